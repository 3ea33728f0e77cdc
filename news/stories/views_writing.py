"""A stakeholder writes, submits, revises, changes and withdraws its own stories.

These pages do not use those of `workflow.writing`: a story is submitted from its own page, and its writers
and the desk autosave it at the same address. Its form has seven fields, so it stays on one page.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core import autosaves
from core.errors import DomainError, WrongState
from core.forms import refusal_on
from core.resumed_posts import forget_unsaved, to_sign_in, typed_before
from core.time_display import saved_message
from core.views import act_page, refusal_as_warning
from news.stories import actions, queries
from news.stories.enums import StoryStatus
from news.stories.forms import ChangeForm, LanguageForm, WithdrawForm, WriteForm
from news.stories.models import Story
from news.stories.queries import change_rows
from news.stories.views import save_form, story_or_404, text_context, words_about
from stakeholders.entries.enums import Listing
from stakeholders.entries.queries import written_for_by
from workflow.changes.models import ChangeRequest
from workflow.items.queries import holding_on, labelled_requests, open_requests
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25
SHOWN_MOVES = ("return", "hold", "refuse", "withdraw")


@page_view()
def own_list(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.own_stories(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": written_for_by(request.user).exists()}
    return render(request, "news/stories/own/list.html", context)


@form_view(public=True, fresh=True)
def write(request: HttpRequest) -> HttpResponse:
    """Begin a story of a stakeholder. A person who may write for none is shown what to do instead."""
    if not request.user.is_authenticated:
        return to_sign_in(request, "story:new")
    user: Any = request.user
    stakeholders = {str(stakeholder.pk): stakeholder for stakeholder in written_for_by(user)}
    if not stakeholders:
        return render(request, "news/stories/own/nobody.html")
    typed = typed_before(request, "story:new") if request.method != "POST" else None
    data = request.POST if request.method == "POST" else typed
    chosen = stakeholders.get((data or request.GET).get("stakeholder", "")) or (
        next(iter(stakeholders.values())) if len(stakeholders) == 1 else None
    )
    form = WriteForm(data, initial={"language": user.language})
    if request.method == "POST":
        valid = form.is_valid()
        if chosen is None:
            form.add_error(None, _("Choose for which stakeholder you write."))
        elif valid:
            story = actions.draft_story(actor=user, values=form.values(), stakeholder=chosen)
            forget_unsaved(request, "story:new")
            messages.success(request, _("The draft is saved. Only your organization sees it."))
            if "go_on" in request.POST:
                return redirect("news:own_edit", story.pk)
            return redirect("news:own_story", story.pk)
    context: dict[str, Any] = {
        "form": form,
        "story": None,
        "stakeholders": list(stakeholders.values()),
        "chosen": chosen,
        "is_hidden": any(stakeholder.listing != Listing.PUBLIC for stakeholder in stakeholders.values()),
    }
    return render(request, "news/stories/own/edit.html", context)


@form_view(public=True, fresh=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft, or a story that the desk asks about: then only the fields with a question."""
    if not request.user.is_authenticated:
        return to_sign_in(request, f"story:{pk}")
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    if not story.is_written:
        return redirect("news:own_story", pk)
    questions = open_requests(story) if not story.is_draft else {}
    typed = typed_before(request, f"story:{pk}") if request.method != "POST" else None
    form = WriteForm(request.POST if request.method == "POST" else typed, story=story, questions=questions)
    if (
        request.method == "POST"
        and form.is_valid()
        and (saved := save_form(request, story, form)) is not None
    ):
        forget_unsaved(request, f"story:{pk}")
        messages.success(request, saved_message(getattr(request.user, "time_zone", "")))
        return redirect("news:own_edit" if "go_on" in request.POST else "news:own_story", saved.pk)
    for name, text in form.questions.items():
        form.fields[name].help_text = _("Question: %(question)s") % {"question": text}
    context = {
        "form": form,
        "story": story,
        "questions": _question_lines(story),
        "holding": holding_on(story) if story.status == StoryStatus.PENDING else None,
        "images": list(story.images.all()),
    }
    context["may_images"] = not questions or "images" in questions
    context["is_hidden"] = story.stakeholder is not None and story.stakeholder.listing != Listing.PUBLIC
    return render(request, "news/stories/own/edit.html", context)


def _question_lines(story: Story) -> list[tuple[str, str]]:
    """Return (label of the field, question) of the open questions, also of those about images."""
    return [(_("Images") if label == "images" else label, text) for label, text in labelled_requests(story)]


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what is typed, for a writer of the stakeholder or, in a story by the desk, for the desk."""
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    writer = request.user
    by_desk = Story.objects.visible_to(request.user).filter(pk=pk, by_desk=True).exists()
    story = story_or_404(request, pk, "news.change_story", desk=by_desk)
    if not story.is_written:
        return autosaves.refusal_answer(_("This story has been sent."))
    questions = open_requests(story) if not story.is_draft else {}
    form = WriteForm(request.POST, story=story, questions=questions)

    def save() -> Story:
        return actions.save_story(
            story, actor=writer, version=form.cleaned_data["version"], values=form.values()
        )

    return autosaves.autosave(request, f"story:{pk}", form, save)


@page_view(fresh=True)
def page(request: SignedIn, pk: int) -> HttpResponse:
    """Show a story to its writers: status, questions of the desk, the text as read, and possible acts."""
    story = story_or_404(request, pk, "news.view_story", desk=False)
    user = request.user
    moves = dict(moves_open_to(user, story))
    if story.status == StoryStatus.ON_HOLD and not story.is_written:
        moves.pop("submit", None)
    if not story.is_public:
        moves.pop("withdraw", None)
    may_write = user.has_perm("news.submit_story", story)
    change = ChangeRequest.objects.about(story).open().first()
    context = {
        **text_context(story),
        "moves": moves,
        "may_edit": may_write and story.is_written,
        "may_change": may_write and story.status in StoryStatus.SHOWN and change is None,
        "change": change,
        "change_rows": change_rows(change.before, change.after) if change else [],
        "questions": _question_lines(story),
        "decisions": [decision for decision in decisions_on(story) if decision.move in SHOWN_MOVES],
        "versions": [version for version in queries.versions_of(user, story) if version.pk != story.pk],
        "may_translate": may_write and story.status not in (StoryStatus.WITHDRAWN, StoryStatus.REFUSED),
    }
    return render(request, "news/stories/own/story.html", context)


@act_view()
def submit(request: SignedIn, pk: int) -> HttpResponse:
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    try:
        story = actions.submit_story(story, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, " ".join([str(refusal), *refusal.fields.values()]))
        return redirect("news:own_edit" if refusal.fields else "news:own_story", pk)
    if story.status == StoryStatus.PUBLISHED:
        messages.success(request, _("The story is public. The WhatsOn team reads it afterwards."))
    else:
        messages.success(
            request, _("The story has been submitted. You will be informed of the decision by e-mail.")
        )
    return redirect("news:own_story", pk)


@act_view()
def revise(request: SignedIn, pk: int) -> HttpResponse:
    """Make a story that was submitted or declined a draft again."""
    story = story_or_404(request, pk, "news.revise_story", desk=False)
    with refusal_as_warning(request):
        actions.revise_story(story, actor=request.user)
        messages.success(request, _("The story is a draft again."))
        return redirect("news:own_edit", pk)
    return redirect("news:own_story", pk)


@act_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    with refusal_as_warning(request):
        actions.discard_story(story, actor=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("news:own")
    return redirect("news:own_story", pk)


@form_view()
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    story = story_or_404(request, pk, "news.withdraw_story", desk=False)
    if not story.is_public:
        return redirect("news:own_story", pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"reason": "author"})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.withdraw_story(story, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The story is withdrawn. Its address says so."))
            return redirect("news:own_story", pk)
    return act_page(
        request,
        form,
        heading=_("Withdraw the story"),
        button=_("Withdraw it"),
        style="danger",
        lead=_("Its address then shows the title, the day, the reason and your note. This cannot be undone."),
        **words_about(story, desk=False),
    )


@form_view(fresh=True)
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Propose another text of a published story."""
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    if story.status not in StoryStatus.SHOWN:
        return redirect("news:own_story", pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, story=story)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.propose(story, actor=request.user, values=form.values())
            messages.success(
                request, _("The change has been submitted. Until it is decided, the story stays as it is.")
            )
            return redirect("news:own_story", pk)
    return act_page(
        request,
        form,
        heading=_("Propose a change"),
        lead=_(
            "The story is public. Changes are shown once the WhatsOn team has approved them. Contact the "
            "WhatsOn team about its images."
        ),
        crumbs="news/stories/_crumbs.html",
        story=story,
        button=_("Submit the change"),
        back=reverse("news:own_story", args=[pk]),
    )


@act_view()
def take_back_change(request: SignedIn, pk: int) -> HttpResponse:
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    proposed = ChangeRequest.objects.about(story).open().filter(proposed_by=request.user).first()
    with refusal_as_warning(request):
        if proposed is None:
            raise WrongState(_("Only the person who proposed the change can withdraw it."))
        actions.decide(proposed, "withdraw", actor=request.user)
        messages.success(request, _("The change is withdrawn."))
    return redirect("news:own_story", pk)


@form_view()
def translate(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a version in another language."""
    story = story_or_404(request, pk, "news.submit_story", desk=False)
    return begin_version(request, story, desk=False)


def begin_version(request: HttpRequest, story: Story, *, desk: bool) -> HttpResponse:
    """Ask for a language and begin the version in it; also a page of the desk."""
    languages_written = {version.language_id for version in queries.versions_of(request.user, story)}
    user: Any = request.user
    form = LanguageForm(request.POST if request.method == "POST" else None, without=languages_written)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.begin_version(story, actor=user, language=form.cleaned_data["language"])
        except DomainError as refusal:
            form.add_error("language", str(refusal))
        else:
            messages.success(
                request, _("A draft with the text to translate is ready. It is submitted separately.")
            )
            return redirect("newsdesk:edit" if desk else "news:own_edit", version.pk)
    return act_page(
        request,
        form,
        heading=_("Write it in another language"),
        button=_("Begin"),
        lead=_("Readers get the version in their language, and links to the others."),
        **words_about(story, desk=desk),
    )
