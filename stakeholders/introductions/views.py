"""Asking for an introduction, its page for both sides, and the desk's list with the switch."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on
from notifications.delivery.preview import Letter, letter_of
from stakeholders.contact.queries import ways_to_write
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.introductions import actions
from stakeholders.introductions.forms import (
    ClaimInvitationForm,
    DeclineForm,
    IntroductionForm,
    PassOnForm,
    TaskForm,
)
from stakeholders.introductions.models import Introduction, IntroductionTask
from stakeholders.introductions.queries import (
    figures,
    goes_by_portal,
    held_task,
    introductions,
    message_to_pass_on,
    open_introduction,
    refusal_for,
)
from workflow.items.queries import next_case
from workflow.moves.enums import BarButton, MoveForm
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25


@form_view(fresh=True)
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """The form for an introduction to a public organization to which this person cannot write.

    To others it says why not; what was typed until then is still there.
    """
    user = request.user
    rows = Stakeholder.objects.visible_to(user).listed_publicly().select_related("country")
    stakeholder = get_object_or_404(rows, pk=pk)
    waiting = open_introduction(user, stakeholder)
    if waiting is not None:
        return redirect(waiting)
    refusal = refusal_for(user, stakeholder)
    form = IntroductionForm(request.POST or None)
    if request.method == "POST" and not refusal and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("background", "purpose", "text")}
        try:
            introduction = actions.ask_for_introduction(stakeholder, actor=user, **cleaned)
        except DomainError as late:
            blame(form, late)  # past a limit too, so that what was typed is still there
        else:
            messages.success(request, _("Your request is sent. You get an e-mail with the answer."))
            return redirect(introduction)
    context = {
        "stakeholder": stakeholder,
        "form": form,
        "refusal": refusal,
        "task": held_task(),
        **ways_to_write(user, stakeholder),
    }
    return render(request, "stakeholders/introductions/ask.html", context, status=403 if refusal else 200)


@form_view(fresh=True)
def introduction(request: SignedIn, pk: int) -> HttpResponse:
    """Show one introduction; by a POST who asked withdraws it, the team or a regional focal point answers."""
    user = request.user
    rows = Introduction.objects.visible_to(user).select_related("stakeholder__country", "asker")
    row = get_object_or_404(rows, pk=pk)
    forms = _forms_for(user, row)
    letters: dict[str, Letter] = {}
    if request.method == "POST":
        previewed = request.POST.get("preview", "")
        name = next((name for name in row.MOVES if name in request.POST or name == previewed), "")
        if name not in forms:
            if row.is_open or not name:
                raise Http404
            messages.warning(request, _("This introduction is closed already."))
            return redirect(row)
        forms[name] = _form(name, row, request.POST)
        if forms[name].is_valid() and name == previewed:
            with refusal_on(forms[name]):
                letters[name] = letter_of(lambda: _act(row, name, forms[name], user), about=row)
        elif forms[name].is_valid() and _answer(request, row, name, forms[name]):
            return redirect(row)
    move_forms = [_move_form(row, name, forms[name], letters.get(name)) for name in FOLDED if name in forms]
    bar = [move_form.button for move_form in move_forms]
    if "pass_on" in forms:
        bar.insert(0, BarButton.to_form("pass_on", _("Pass it on"), "primary"))
    context = {
        "introduction": row,
        "bar": bar,
        "move_forms": move_forms,
        "letter": letters.get("pass_on"),
        "next_case": next_case(user, row, rows) if user.has_perm("stakeholders.hold_introductions") else None,
        "own": row.asker_id == user.pk,
        "forms": forms,
        "to_pass_on": message_to_pass_on(row) if "pass_on" in forms else None,
        "wrong": next((form for form in forms.values() if form.errors), None),
        "decision": next(iter(decisions_on(row)), None),
        "entry": Stakeholder.objects.visible_to(user).filter(pk=row.stakeholder_id).first(),
        "name": row.stakeholder.name_for(user),
        "at_desk": user.has_perm("stakeholders.hold_introductions"),
    }
    return render(request, "stakeholders/introductions/introduction.html", context)


def _forms_for(user: Any, row: Introduction) -> dict[str, Form]:
    """Return the form of each move that this person may make, in the order of their buttons."""
    names = [name for name, _move in moves_open_to(user, row)]
    if row.stakeholder.status != Status.LISTED and "invite" in names:
        names.remove("invite")
    return {name: _form(name, row) for name in names}


# Passing on stands open on the page, since its text is copied from there.
FOLDED = ("invite", "decline")


def _move_form(row: Introduction, name: str, form: Form, letter: Letter | None) -> MoveForm:
    style, address = row.MOVES[name].style, row.get_absolute_url()
    if name == "decline":
        label, submit = pgettext("a request", "Decline"), _("Decline the introduction")
        return MoveForm(name, label, style, form, address, submit, tells=True, letter=letter)
    lead = _(
        "It gets an invitation to claim its profile. The message is not passed on; the person who asked can "
        "write to it afterwards."
    )
    label, submit = _("Invite the organization"), _("Send the invitation")
    return MoveForm(name, label, style, form, address, submit, lead, tells=True, letter=letter)


def _form(name: str, row: Introduction, data: Any = None) -> Form:
    match name:
        case "pass_on":
            return PassOnForm(data, prefix=name, through_portal=goes_by_portal(row))
        case "invite":
            return ClaimInvitationForm(data, prefix=name, initial={"language": get_language()})
        case "decline":
            return DeclineForm(data, prefix=name)
        case _:
            return Form(data)


def _act(row: Introduction, name: str, form: Form, actor: Any) -> None:
    act = {
        "pass_on": actions.pass_on,
        "invite": actions.invite_to_claim,
        "decline": actions.decline_introduction,
        "withdraw": actions.withdraw_introduction,
    }[name]
    act(row, actor=actor, **form.cleaned_data)  # type: ignore[operator]


def _answer(request: SignedIn, row: Introduction, name: str, form: Form) -> bool:
    """Make the move; False where the form says what is wrong."""
    try:
        _act(row, name, form, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
        return True
    except DomainError as refusal:
        blame(form, refusal)
        return False
    if name == "withdraw":
        messages.success(request, _("Your request is withdrawn."))
    else:
        messages.success(request, _("Recorded. The person who asked gets an e-mail."))
    return True


@form_view(permission="stakeholders.hold_introductions")
def desk(request: SignedIn) -> HttpResponse:
    """Show what waits, what it adds to the team's work, and the task, which a POST takes or ends."""
    user = request.user
    form = TaskForm(request.POST if "hold" in request.POST else None)
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_task(actor=user)
            messages.success(request, _("Introductions are no longer offered."))
            return redirect("vetting:introductions")
        if form.is_valid():
            actions.hold_task(actor=user, days=form.cleaned_data["days"])
            messages.success(request, _("You hold the task: introductions are offered now."))
            return redirect("vetting:introductions")
    closed = request.GET.get("state") == "closed"
    task = IntroductionTask.objects.select_related("holder").first()
    if not form.is_bound and task is not None:
        form = TaskForm(initial={"days": task.days})
    context = {
        "page": Paginator(introductions(user, closed=closed), PER_PAGE).get_page(request.GET.get("page")),
        "closed": closed,
        "query": {"state": "closed"} if closed else {},
        "figures": figures(user),
        "task": task if held_task() else None,
        "form": form,
    }
    return render(request, "stakeholders/introductions/desk.html", context)
