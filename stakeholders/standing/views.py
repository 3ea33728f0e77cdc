"""How an entry stands: what its own people do about it, and the desk's page of one entry."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.views import refusal_as_warning
from notifications.delivery.preview import letter_of
from stakeholders.applications.queries import whole_entry
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import people_of
from stakeholders.registers.queries import ecosoc_answer
from stakeholders.standing import actions
from stakeholders.standing.forms import ConfirmForm, LiftForm, ReasonedForm
from stakeholders.standing.queries import applications_about, for_standing
from stakeholders.vetting.queries import family_for_desk
from workflow.moves.enums import MoveForm
from workflow.moves.queries import decisions_on, is_recused, moves_open_to


def _own_entry(request: HttpRequest, pk: int, permission: str) -> Stakeholder:
    """Return an entry with which the person may do this; anybody else gets a 404."""
    entry = get_object_or_404(for_standing(Stakeholder.objects.visible_to(request.user)), pk=pk)
    if not request.user.has_perm(permission, entry):
        raise Http404
    return entry


@form_view()
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """Show the whole entry; a POST confirms it."""
    stakeholder = _own_entry(request, pk, "stakeholders.confirm_stakeholder")
    user: Any = request.user
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Please check the profile again, then confirm."))
            return redirect("stakeholders:confirm", pk)
        with refusal_as_warning(request):
            done = actions.confirm(stakeholder, actor=user, version=form.cleaned_data["seen"])
            messages.success(request, _confirmation_message(stakeholder, done))
            return redirect("portal:me")
        return redirect("stakeholders:confirm", pk)
    context = {
        "stakeholder": stakeholder,
        "sections": whole_entry(stakeholder),
        "form": ConfirmForm(initial={"seen": stakeholder.updated_at.isoformat()}),
        "may_withdraw": "withdraw" in dict(moves_open_to(user, stakeholder)),
    }
    return render(request, "stakeholders/standing/confirm.html", context)


def _confirmation_message(before: Stakeholder, done: Stakeholder) -> str:
    if before.is_lapsed:
        return _("Thank you. “%(name)s” is back in the directory.") % {"name": done.name}
    return _("Thank you. “%(name)s” is confirmed for another year.") % {"name": done.name}


@form_view()
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Say first what it means; for administrators of the entry, since the desk has its own page."""
    stakeholder = _own_entry(request, pk, "stakeholders.withdraw_stakeholder")
    user: Any = request.user
    if not stakeholder.memberships.filter(user=user).exists():
        raise Http404
    if "withdraw" not in dict(moves_open_to(user, stakeholder)):
        messages.warning(request, _("This profile has been withdrawn already."))
        return redirect(stakeholder)
    if request.method == "POST":
        with refusal_as_warning(request):
            actions.withdraw(stakeholder, actor=user)
            messages.success(
                request, _("“%(name)s” is withdrawn and no longer shown.") % {"name": stakeholder.name}
            )
        return redirect("portal:me")
    return render(request, "stakeholders/standing/withdraw.html", {"stakeholder": stakeholder})


# --- The desk's page of one entry: how it stands, who acts for it, what was decided, and what can be -

FORMS: dict[str, type[Form]] = {"suspend": ReasonedForm, "lift": LiftForm, "withdraw": ReasonedForm}
MOST = 20


def _entry_for_desk(request: HttpRequest, pk: int) -> Stakeholder:
    """Return an entry for those who vet; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.vet_stakeholder"):
        raise Http404
    return get_object_or_404(for_standing(Stakeholder.objects.visible_to(request.user)), pk=pk)


@page_view()
def stakeholder(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _entry_for_desk(request, pk))


@form_view()
def stakeholder_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Suspend, lift or withdraw, with a reason that the people of the entry read.

    Whoever changes the language while a form shows its errors comes here by GET, and is led back.
    """
    entry = _entry_for_desk(request, pk)
    if name not in FORMS:
        raise Http404
    if request.method != "POST":
        return redirect("vetting:stakeholder", pk)
    form = FORMS[name](request.POST, prefix=name)
    if not form.is_valid():
        return _page(request, entry, **{name: form})
    try:
        if "preview" in request.POST:
            letter = letter_of(lambda: _do(name, entry, form.cleaned_data, request.user), about=entry)
            return _page(request, _entry_for_desk(request, pk), {name: letter}, **{name: form})
        done = _do(name, entry, form.cleaned_data, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, entry, **{name: form})
    else:
        messages.success(request, done)
    return redirect("vetting:stakeholder", pk)


@act_view()
def remove_listing(request: SignedIn, pk: int) -> HttpResponse:
    """Take an unclaimed entry out, by one click on its page."""
    entry = _entry_for_desk(request, pk)
    try:
        actions.remove_listing(entry, actor=request.user)
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” is no longer listed.") % {"name": entry.name})
    return redirect("vetting:stakeholder", pk)


def _do(name: str, entry: Stakeholder, cleaned: dict[str, Any], actor: Any) -> str:
    match name:
        case "suspend":
            actions.suspend(entry, actor=actor, **cleaned)
            return _("Suspended. It is out of the directory, and its people get an e-mail with the reason.")
        case "lift":
            actions.lift(entry, actor=actor, **cleaned)
            return _("Lifted. The profile is active again, and its people get an e-mail.")
    actions.withdraw(entry, actor=actor, **cleaned)
    return _("Withdrawn. Its page is gone for good, and its people get an e-mail with the reason.")


_LEADS = {
    "suspend": gettext_lazy(
        "The profile leaves the directory and the search, its people do not count as members, and they can "
        "neither edit nor confirm it. The suspension can be lifted at any time."
    ),
    "lift": gettext_lazy(
        "The profile returns to the directory as its people chose, and they count as members. If its yearly "
        "confirmation is overdue, a new period of grace begins."
    ),
    "withdraw": gettext_lazy(
        "For good: the profile leaves the directory and the search, and its address says that it is gone. To "
        "return, the stakeholder has to register again."
    ),
}


def _page(request: HttpRequest, entry: Stakeholder, letters: Any = None, **bound: Form) -> HttpResponse:
    moves = dict(moves_open_to(request.user, entry))
    move_forms = [
        MoveForm(
            name,
            move.label,
            move.style,
            bound.get(name) or FORMS[name](prefix=name),
            reverse("vetting:stakeholder_move", args=[entry.pk, name]),
            move.label,
            _LEADS[name],
            tells=True,
            letter=(letters or {}).get(name),
        )
        for name, move in moves.items()
        if name in FORMS
    ]
    context = {
        "stakeholder": entry,
        "people": people_of([entry.pk])[entry.pk],
        "applications": applications_about(entry)[:MOST],
        "notes": [decision for decision in decisions_on(entry) if decision.reason or decision.note],
        "ecosoc": ecosoc_answer(entry),
        "lines": timeline(entry, request.user),
        "desk_family": family_for_desk(entry, request.user),
        "bar": [move_form.button for move_form in move_forms],
        "move_forms": move_forms,
        "may_merge": "merge" in moves,
        "merged_into": entry.merged_into,
        "recused": is_recused(request.user, entry),
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "stakeholders/standing/desk.html", context)
