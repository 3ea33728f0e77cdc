"""An applicant's way: choose, write, send, see how each dialogue stands, and what can be done."""

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.drafts import Gap
from core.forms import refusal_on
from core.text import whole
from core.views import act_page
from reviews.dialogue_applications import actions
from reviews.dialogue_applications.forms import (
    APPLICATION,
    AgainForm,
    ApplicationForm,
    ColleagueForm,
    StatementForm,
    writing_form,
)
from reviews.dialogue_applications.queries import (
    OF_THE_PERSON,
    colleagues_in,
    for_page,
    gaps,
    stakeholders_led_by,
    standing_of,
    steps_on,
    tickets_of,
)
from reviews.dialogues.models import DialogueApplication, DialogueLine
from stakeholders.entries.queries import written_for_by
from workflow.receipts.models import Receipt
from workflow.writing.views import DraftPages, Verb, confirm

CRUMBS = "reviews/dialogue_applications/_crumbs.html"


def to_write(request: HttpRequest, pk: int) -> DialogueApplication:
    """The person's own, or one that they prepare for a colleague, of a stakeholder that they administer."""
    user: Any = request.user
    rows = DialogueApplication.objects.visible_to(user).filter(Q(applicant=user) | Q(prepared_by=user))
    return get_object_or_404(for_page(rows), pk=pk)


def _for_colleague(request: HttpRequest, application: DialogueApplication) -> bool:
    return application.applicant_id != request.user.pk


def _waits_for_colleague(request: HttpRequest, application: DialogueApplication) -> bool:
    """Return whether it was prepared by the reader, and is now its applicant's to confirm."""
    return _for_colleague(request, application) and application.waits_for_colleague


def own_line(request: HttpRequest, pk: int) -> DialogueLine:
    """Return a line of the person's own; raise Http404 for any other."""
    user: Any = request.user
    rows = (
        DialogueLine.objects.visible_to(user)
        .filter(application__applicant=user)
        .select_related("dialogue__event", "dialogue__language", "application__stakeholder", "statement")
    )
    return get_object_or_404(rows, pk=pk)


def _words_about(line: DialogueLine) -> dict[str, Any]:
    about, language = line.dialogue.event.told_title
    return {"crumbs": CRUMBS, "application": line.application, "about": about, "language": language}


@form_view(fresh=True)
def apply(request: SignedIn) -> HttpResponse:
    """Choose for which stakeholder to apply. A POST begins a draft, or leads to an existing one."""
    mine = list(written_for_by(request.user).select_related("country"))
    dialogues = _dialogue_ids(request)
    problem = ""
    if request.method == "POST":
        chosen = next(
            (stakeholder for stakeholder in mine if str(stakeholder.pk) == request.POST.get("stakeholder")),
            None,
        )
        if chosen is not None:
            return redirect(
                "dialogues:write", actions.begin(chosen, actor=request.user, dialogues=dialogues).pk
            )
        problem = _("Choose for which stakeholder you apply.")
    context = {
        "choices": mine,
        "dialogues": dialogues,
        "problem": problem,
        "led": stakeholders_led_by(request.user),
        "query": urlencode([("dialogue", pk) for pk in dialogues]),
    }
    return render(request, "reviews/dialogue_applications/apply.html", context)


def _dialogue_ids(request: HttpRequest) -> list[int]:
    texts = request.POST.getlist("dialogue") or request.GET.getlist("dialogue")
    return [pk for text in texts if (pk := whole(text))]


@form_view(fresh=True)
def apply_for(request: SignedIn, pk: int) -> HttpResponse:
    """An administrator chooses the colleague for whom to prepare an application. A POST begins the draft."""
    led = get_object_or_404(stakeholders_led_by(request.user), pk=pk)
    dialogues = _dialogue_ids(request)
    people = colleagues_in(led, request.user)
    form = ColleagueForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            person = form.cleaned_data["person"]
            application = actions.prepare(led, person, actor=request.user, dialogues=dialogues)
            return redirect("dialogues:write", application.pk)
    context = {"stakeholder": led, "form": form, "people": people}
    return render(request, "reviews/dialogue_applications/apply_for.html", context)


class ApplicationPages(DraftPages):
    """It may be prepared for a colleague, who is then asked to confirm it; its page shows the receipt."""

    draft = APPLICATION
    name = "dialogueapplication"
    folder = "reviews/dialogue_applications"
    write_at = "dialogues:write"
    check_at = "dialogues:check"
    is_sent = gettext_lazy("This application has been sent.")

    def own(self, request: HttpRequest, pk: int) -> DialogueApplication:
        return to_write(request, pk)

    def is_open(self, request: HttpRequest, row: DialogueApplication) -> bool:
        return row.is_draft

    def closed(self, request: HttpRequest, row: DialogueApplication) -> HttpResponse | None:
        if not row.is_draft and request.method == "POST":
            messages.warning(request, _("This application has been sent meanwhile, so nothing was saved."))
        if not row.is_draft or _waits_for_colleague(request, row):
            return redirect(row)
        return None

    def form(
        self, request: HttpRequest, row: DialogueApplication, data: Any = None, files: Any = None
    ) -> ApplicationForm:
        if not request.user.has_perm("reviews.change_dialogueapplication", row):
            raise Http404
        return writing_form(row, data, for_colleague=_for_colleague(request, row))

    def gaps(self, request: HttpRequest, row: DialogueApplication) -> list[Gap]:
        hidden = OF_THE_PERSON if _for_colleague(request, row) else ()
        return [gap for gap in gaps(row) if gap.field not in hidden]

    def write_context(self, request: HttpRequest, row: DialogueApplication) -> dict[str, Any]:
        return {
            "application": row,
            "stakeholder": row.stakeholder,
            "topics": list(row.stakeholder.topics.in_order()),
            "for_colleague": _for_colleague(request, row),
        }

    def saved_text(self, request: HttpRequest) -> str:
        return _("The draft is saved. Nothing has been sent yet.")

    def check_context(
        self, request: HttpRequest, row: DialogueApplication, gaps: list[Gap]
    ) -> dict[str, Any]:
        return {"application": row, "lines": row.lines.all(), "for_colleague": _for_colleague(request, row)}

    def send(self, request: HttpRequest, row: DialogueApplication) -> Receipt | None:
        actor = cast("User", request.user)
        try:
            if not _for_colleague(request, row):
                return actions.submit(row, actor=actor)[1]
            actions.ask_to_confirm(row, actor=actor)
        except PermissionDenied:
            raise Http404 from None
        return None

    def sent_text(self, request: HttpRequest, row: DialogueApplication) -> str:
        if _for_colleague(request, row):
            return _("%(name)s gets an e-mail. Nothing is sent before they confirm.") % {
                "name": row.applicant
            }
        return _("Your application has been submitted. The receipt is on this page.")

    def is_over(self, request: HttpRequest, row: DialogueApplication) -> bool:
        return not row.is_draft or _waits_for_colleague(request, row)

    def sent_before(self, request: HttpRequest, row: DialogueApplication) -> HttpResponse:
        """Say so where it was sent a moment ago; else its page says what has become of it."""
        if not _for_colleague(request, row) and row.lines.undecided().exists():
            messages.success(request, self.sent_text(request, row))
        return redirect(row)

    def receipt_page(self, row: DialogueApplication, receipt: Receipt | None) -> HttpResponse:
        return redirect(row)


PAGES = ApplicationPages()


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return PAGES.autosave(request, pk)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    application = to_write(request, pk)
    if PAGES.is_over(request, application):
        return redirect(application)
    return PAGES.check(request, application)


@page_view(fresh=True)
def page(request: SignedIn, pk: int) -> HttpResponse:
    """A line for each dialogue: its state, since when, why, the promised day, and what comes next."""
    rows = for_page(DialogueApplication.objects.visible_to(request.user))
    application = get_object_or_404(rows, pk=pk)
    is_own = application.applicant_id == request.user.pk
    prepared = application.prepared_by_id == request.user.pk
    if not is_own and not request.user.memberships.filter(stakeholder=application.stakeholder_id).exists():
        return redirect("dialoguedesk:home")
    if application.is_draft and not (prepared and application.waits_for_colleague):
        return redirect("dialogues:write", pk)
    lines = list(application.lines.all())
    context = {
        "application": application,
        "lines": [standing_of(line, request.user) for line in lines],
        "receipts": Receipt.objects.about(application),
        "is_own": is_own,
        "steps": steps_on(lines),
        "tickets": tickets_of(request.user, lines) if is_own else [],
        "desk_email": settings.DESK_EMAIL,
    }
    return render(request, "reviews/dialogue_applications/application.html", context)


@form_view(fresh=True)
def discard(request: SignedIn, pk: int) -> HttpResponse:
    application = to_write(request, pk)
    if not application.is_draft:
        return redirect(application)
    if not request.user.has_perm("reviews.discard_dialogueapplication", application):
        raise Http404
    verb = Verb(
        actions.discard,
        done=_("The draft is deleted."),
        heading=_("Delete the draft"),
        text=_("What you wrote is deleted for good. Nothing had been sent."),
        button=_("Delete the draft"),
        style="danger",
    )
    return confirm(
        request, application, verb, crumbs=CRUMBS, application=application, done_at="dialogues:list"
    )


@form_view(fresh=True)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    rows = DialogueLine.objects.visible_to(request.user).select_related("dialogue__event", "application")
    line = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("reviews.withdraw_dialogueline", line):
        raise Http404
    verb = Verb(
        actions.withdraw,
        done=_("It is withdrawn."),
        heading=_("Withdraw"),
        text=_(
            "Your applications to the other dialogues of the form stay. Your place here, if you "
            "have one, goes to the next person."
        ),
        button=_("Withdraw the application"),
        style="danger",
    )
    return confirm(request, line, verb, **_words_about(line))


@form_view(fresh=True)
def take(request: SignedIn, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    verb = Verb(
        actions.take,
        done=_("The place is yours."),
        heading=_("Take the place"),
        text=_(
            "You are registered at once. If you do not want the place, withdraw: it goes to the next person."
        ),
        button=_("Take the place"),
    )
    return confirm(request, line, verb, **_words_about(line))


@form_view(fresh=True)
def ask_reason(request: SignedIn, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    verb = Verb(
        actions.ask_reason,
        done=_("Your request has been submitted. You receive an e-mail once the reason is given."),
        heading=_("Ask for the reason"),
        text=_(
            "The WhatsOn team asks the Extended Bureau for the category of its reason. Who objected is never "
            "disclosed."
        ),
        button=_("Ask that it be stated"),
    )
    return confirm(request, line, verb, **_words_about(line))


@form_view(fresh=True)
def ask_again(request: SignedIn, pk: int) -> HttpResponse:
    line = own_line(request, pk)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.ask_again(line, actor=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Your request for reconsideration has been submitted."))
            return redirect("dialogues:application", line.application_id)
    heading = _("Ask for reconsideration")
    words = {"back": line, "back_text": _("Leave it as it is"), **_words_about(line)}
    return act_page(request, form, heading=heading, button=heading, **words)


@form_view(fresh=True)
def statement(request: SignedIn, pk: int) -> HttpResponse:
    """Write a statement, with the term that it has to respect."""
    line = own_line(request, pk)
    if line.status != "accepted":
        raise Http404
    form = StatementForm(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_on(form):
            actions.send_statement(
                line,
                actor=request.user,
                text=cleaned["text"],
                language=cleaned["language"],
                agrees=cleaned["agrees"],
            )
            messages.success(request, _("Your statement has been submitted, and is being checked."))
            return redirect("dialogues:application", line.application_id)
    context = {"line": line, "form": form, "statement": getattr(line, "statement", None)}
    return render(request, "reviews/dialogue_applications/statement.html", context)
