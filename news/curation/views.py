"""Where the desk writes stories and decides on those of stakeholders."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.decorators import form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.forms import refusal_on
from core.views import act_page, refusal_as_warning
from news.curation import actions, queries
from news.curation.forms import DecideForm, DeskForm, HoldForm, PublishForm, RefuseForm, ReturnForm
from news.stories import actions as stories_actions
from news.stories import queries as stories_queries
from news.stories.actions import terms_of
from news.stories.enums import StoryStatus
from news.stories.forms import WithdrawForm
from news.stories.models import Story
from news.stories.queries import versions_of
from news.stories.views import save_form, story_or_404, text_context, words_about
from news.stories.views_writing import begin_version
from notifications.delivery.preview import Letter, letter_of
from notifications.follows.queries import number_told
from notifications.happenings.enums import Weight
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.trust.queries import levels_of
from taxonomy.names.enums import UN_LANGUAGES
from workflow.changes.models import ChangeRequest
from workflow.items.forms import assign_form
from workflow.items.models import WorkItem
from workflow.items.queries import holding_of, item_of, labelled_requests, next_case
from workflow.moves.enums import BarButton, Move, MoveForm
from workflow.moves.queries import decisions_on, is_recused, moves_open_to

PER_PAGE = 25
# Moves that need no more than a button; the others have a form in the panel of the case.
PLAIN = ("resume", "pull", "archive", "restore")
FORMS: dict[str, type[Form]] = {
    "publish": PublishForm,
    "return": ReturnForm,
    "hold": HoldForm,
    "refuse": RefuseForm,
    "withdraw": WithdrawForm,
}


@page_view(permission="news.curate_stories")
def home(request: SignedIn) -> HttpResponse:
    """List the stories in one state, with the number in each and who holds what."""
    numbers = queries.desk_counts(request.user)
    state = request.GET.get("state", "")
    if state not in queries.STATES:
        state = next((name for name in ("waiting", "held", "scheduled") if numbers[name]), "published")
    page = Paginator(queries.desk_list(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    held = queries.holders_of(request.user, page.object_list)
    context = {
        "state": state,
        "query": {"state": state},
        "states": [(name, label, numbers[name]) for name, label in queries.STATES.items()],
        "page": page,
        "rows": [(story, held.get(story.pk)) for story in page.object_list],
        "changes": list(queries.changes_waiting(request.user)),
        "to_reread": list(queries.to_reread(request.user)),
    }
    return render(request, "news/curation/home.html", context)


def _on_behalf(request: SignedIn) -> Any:
    return (
        Stakeholder.objects.visible_to(request.user)
        .filter(status__in=Status.TAKING_PART)
        .order_by("sort_key")
    )


@form_view(permission="news.curate_stories", fresh=True)
def new(request: SignedIn) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = DeskForm(data, initial={"language": request.user.language}, on_behalf=_on_behalf(request))
    if request.method == "POST" and form.is_valid():
        story = stories_actions.draft_story(
            actor=request.user,
            values=form.values(),
            stakeholder=form.cleaned_data["stakeholder"],
            by_desk=True,
        )
        messages.success(request, _("The draft is saved. Only the desk sees it."))
        return redirect("newsdesk:edit" if "go_on" in request.POST else "newsdesk:story", story.pk)
    return render(request, "news/curation/edit.html", {"form": form, "story": None})


@form_view(fresh=True)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Edit a story; a change of a published one leaves a revision."""
    story = story_or_404(request, pk, "news.change_story", desk=True)
    if story.status in (StoryStatus.WITHDRAWN, StoryStatus.REFUSED):
        return redirect("newsdesk:story", pk)
    form = DeskForm(request.POST if request.method == "POST" else None, story=story)
    if request.method == "POST" and form.is_valid() and save_form(request, story, form) is not None:
        messages.success(request, _("The story is saved."))
        return redirect("newsdesk:edit" if "go_on" in request.POST else "newsdesk:story", pk)
    context = {"form": form, "story": story, "images": list(story.images.all())}
    return render(request, "news/curation/edit.html", context)


@page_view(fresh=True)
def page(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, story_or_404(request, pk, "news.view_story", desk=True))


def _page(request: SignedIn, story: Story, letters: Any = None, **bound: Form) -> HttpResponse:
    """Render all that the desk sees and may do about one story. `letters`: the e-mail of a decision."""
    user = request.user
    moves = _open_moves(user, story)
    versions = versions_of(user, story)
    item = item_of(story)
    author = story.author if not story.by_desk else None
    move_forms = _move_forms(story, moves, bound, letters or {})
    context = {
        **text_context(story),
        "bar": _buttons(story, item, moves, move_forms),
        "move_forms": list(move_forms.values()),
        "may_edit": user.has_perm("news.change_story", story)
        and story.status not in (StoryStatus.WITHDRAWN, StoryStatus.REFUSED),
        "recused": is_recused(user, story),
        "item": item,
        "holding": holding_of(item) if item is not None else None,
        "next_case": next_case(user, story, Story.objects.visible_to(user)),
        "by_author": True,
        "assign": bound.get("assign") or assign_form(item),
        "wrong": next((form for form in bound.values() if form.errors), None),
        "versions": [version for version in versions if version.pk != story.pk],
        "previews": _previews(versions, story),
        "questions": labelled_requests(story),
        "levels": levels_of(author, story.stakeholder) if author and story.stakeholder else None,
        "author": author,
        "change": ChangeRequest.objects.about(story).open().first(),
        "revisions": [
            (revision, stories_queries.revision_rows(revision.changes))
            for revision in story.revisions.select_related("by")[:20]
        ],
        "decisions": [decision for decision in decisions_on(story) if decision.reason or decision.note],
        "lines": timeline(story, user),
    }
    return render(request, "news/curation/story.html", context)


def _buttons(
    story: Story, item: WorkItem | None, moves: dict[str, Move], move_forms: dict[str, MoveForm]
) -> list[BarButton]:
    """Return what may be done with the story: acts at once, and moves with a form on the page."""
    buttons = []
    if item is not None and item.what == "reread":
        address = reverse("newsdesk:act", args=[story.pk, "mark_read"])
        buttons.append(BarButton("mark_read", _("I have read it"), "primary", posts_to=address))
    for name, move in moves.items():
        if name in move_forms:
            buttons.append(move_forms[name].button)
        elif name in PLAIN:
            address = reverse("newsdesk:act", args=[story.pk, name])
            buttons.append(BarButton(name, move.label, move.style, posts_to=address))
    return buttons


def _open_moves(user: User, story: Story) -> dict[str, Move]:
    closed = _unavailable_moves(story)
    return {name: move for name, move in moves_open_to(user, story) if name not in closed}


def _form(name: str, story: Story, data: Any = None) -> Any:
    initial = {"zone": story.zone} if name == "publish" else {}
    return FORMS[name](data, initial=initial, auto_id=f"id_{name}_%s")


def _move_forms(
    story: Story, moves: dict[str, Move], bound: dict[str, Form], letters: dict[str, Letter]
) -> dict[str, MoveForm]:
    return {
        name: MoveForm(
            name,
            move.label,
            move.style,
            bound.get(name) or _form(name, story),
            reverse("newsdesk:act", args=[story.pk, name]),
            reached=number_told(terms_of(story), Weight.NEWS) if name == "publish" else 0,
            tells=name != "hold" and story.stakeholder_id is not None,
            letter=letters.get(name),
            **_words(name),
        )
        for name, move in moves.items()
        if name in FORMS
    }


def _unavailable_moves(story: Story) -> set[str]:
    """Return moves of the table that the further state of the story does not allow."""
    closed = set()
    if story.by_desk:
        closed |= {"return"}
    if story.status == StoryStatus.PUBLISHED:
        closed |= {"pull"} if story.is_public else {"archive", "withdraw"}
    return closed


def _previews(versions: list[Story], story: Story) -> list[tuple[str, Story, str]]:
    """Return (language of the interface, version that its readers get, its address there)."""
    first = next((version for version in versions if version.original_id is None), story)
    by_language = {version.language_id: version for version in versions}
    previews = []
    for code in UN_LANGUAGES:
        version = by_language.get(code, first)
        with override(code):
            previews.append((code, version, f"{version.get_absolute_url()}?language={version.language_id}"))
    return previews


@form_view()
def act_on(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one act of the desk; what it asks first is asked on the page of the story."""
    story = story_or_404(request, pk, "news.view_story", desk=True)
    if name in ("take", "put_back", "mark_read", *PLAIN):
        return _at_once(request, story, name)
    if name == "give":
        return _give(request, story)
    if name not in FORMS:
        raise Http404
    if name not in _open_moves(request.user, story):
        messages.warning(request, _("This decision is not possible now. Please check the status."))
        return redirect("newsdesk:story", pk)
    if request.method != "POST":
        return redirect(reverse("newsdesk:story", args=[pk]) + f"#move-{name}")
    return _decide(request, story, name)


def _decide(request: SignedIn, story: Story, name: str) -> HttpResponse:
    """Make the decision of a form, or show its e-mail first."""
    form = _form(name, story, request.POST)
    letters: dict[str, Letter] = {}
    if form.is_valid():
        with refusal_on(form):
            if "preview" not in request.POST:
                messages.success(request, _do(name, story, form, request.user))
                return redirect("newsdesk:story", story.pk)
            letters[name] = letter_of(lambda: _do(name, story, form, request.user), about=story)
    return _page(request, story, letters, **{name: form})


def _at_once(request: SignedIn, story: Story, name: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("newsdesk:story", story.pk)
    acts: dict[str, Any] = {
        "take": (actions.take, _("The story is assigned to you; colleagues see that.")),
        "put_back": (actions.put_back, _("The story is unassigned.")),
        "mark_read": (actions.mark_read, _("It is recorded that the desk has read it.")),
        "resume": (actions.resume_story, _("The story is back with the desk.")),
        "pull": (actions.pull_story, _("The story is unscheduled and back with the desk.")),
        "archive": (actions.archive_story, _("The story is archived: it remains at its address only.")),
        "restore": (actions.restore_story, _("The story is in lists and search again.")),
    }
    act, done = acts[name]
    with refusal_as_warning(request):
        act(story, actor=request.user)
        messages.success(request, done)
    return redirect("newsdesk:story", story.pk)


def _give(request: SignedIn, story: Story) -> HttpResponse:
    form = assign_form(item_of(story), request.POST) if request.method == "POST" else None
    if form is None:
        return redirect("newsdesk:story", story.pk)
    if form.is_valid():
        with refusal_on(form):
            actions.give(story, actor=request.user, to=form.cleaned_data["to"])
            messages.success(request, _("Reassigned to %(name)s.") % {"name": form.cleaned_data["to"]})
            return redirect("newsdesk:story", story.pk)
    return _page(request, story, assign=form)


def _do(name: str, story: Story, form: Any, actor: User) -> str:
    """Make the decision and return its message. Raises as the acts do."""
    cleaned = form.cleaned_data
    match name:
        case "publish":
            actions.publish_story(story, actor=actor, at=cleaned["at"], zone=cleaned["zone"])
            if cleaned["at"]:
                return _("The story is scheduled. Followers are informed when it is published.")
            return _("The story is published. Followers are informed now.")
        case "return":
            actions.return_story(story, actor=actor, questions=form.questions, note=cleaned["note"])
            return _("The story was returned to its author, who is informed now.")
        case "hold":
            actions.hold_story(story, actor=actor, **cleaned)
            return _("The story is on hold. Its author sees that, and your line.")
        case "refuse":
            actions.refuse_story(story, actor=actor, **cleaned)
            return _("The story was declined. Its author is informed now.")
    stories_actions.withdraw_story(story, actor=actor, **cleaned)
    return _("The story is withdrawn. Its address says so.")


def _words(name: str) -> dict[str, Any]:
    """Return what the button of a form says, and what follows from the move."""
    match name:
        case "publish":
            return {"submit": _("Publish it"), "lead": _("The story will be public.")}
        case "return":
            return {
                "submit": _("Return it"),
                "lead": _(
                    "Ask about what is missing; only that can be changed then. The author "
                    "corrects it and submits it again."
                ),
            }
        case "hold":
            return {
                "submit": _("Put on hold"),
                "lead": _("Its author sees that it is on hold, with the reason and your line."),
            }
        case "refuse":
            return {
                "submit": _("Decline"),
                "lead": _("Its author reads the reason and your line, and may send it again."),
            }
    return {
        "submit": _("Withdraw it"),
        "lead": _(
            "Its address then shows the title, the day, the reason and your note. This cannot be undone."
        ),
    }


@form_view()
def translate(request: SignedIn, pk: int) -> HttpResponse:
    """Of a story that the desk wrote; what others wrote they translate themselves."""
    story = story_or_404(request, pk, "news.change_story", desk=True)
    if not story.by_desk:
        raise Http404
    return begin_version(request, story, desk=True)


@form_view()
def discard(request: SignedIn, pk: int) -> HttpResponse:
    story = story_or_404(request, pk, "news.change_story", desk=True)
    if not story.is_draft:
        return redirect("newsdesk:story", pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            stories_actions.discard_story(story, actor=request.user)
            messages.success(request, _("The draft is gone."))
            return redirect("newsdesk:home")
    return act_page(
        request,
        form,
        style="danger",
        heading=_("Delete the draft"),
        button=_("Delete the draft"),
        lead=_("Only the desk has seen it. This cannot be undone."),
        **words_about(story, desk=True),
    )


@form_view(permission="news.curate_stories", fresh=True)
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Show a proposed change of a published story, and decide on it."""
    change_request = get_object_or_404(ChangeRequest.objects.filter(subject_kind=queries.STORY), pk=pk)
    story = get_object_or_404(
        Story.objects.visible_to(request.user).select_related("stakeholder", "language"),
        pk=change_request.subject_id,
    )
    may_decide = "approve" in dict(moves_open_to(request.user, change_request))
    form = DecideForm(request.POST if request.method == "POST" else None)
    letter = None

    def act() -> None:
        stories_actions.decide(
            change_request, form.cleaned_data["outcome"], actor=request.user, note=form.cleaned_data["note"]
        )

    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            if "preview" not in request.POST:
                act()
                messages.success(request, _("Decided. Its author is informed now."))
                return redirect("newsdesk:story", story.pk)
            letter = letter_of(act, about=story)
    context = {
        "story": story,
        "change": change_request,
        "rows": stories_queries.change_rows(change_request.before, change_request.after),
        "form": form,
        "letter": letter,
        "next_case": next_case(request.user, change_request, queries.changes_waiting(request.user)),
        "may_decide": may_decide,
        "bar": [BarButton.to_form("decide", _("Decide"), "primary")] if may_decide else [],
    }
    return render(request, "news/curation/change.html", context)
