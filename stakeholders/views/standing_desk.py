"""The desk's page of one entry: how it stands, who acts for it, what was decided, and what can be."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.queries import timeline
from core.errors import DomainError, WrongState
from stakeholders.actions import standing as act
from stakeholders.forms.standing import LiftForm, ReasonedForm
from stakeholders.models import Stakeholder
from stakeholders.queries.family import family_for_desk
from stakeholders.queries.standing import applications_about, for_standing, people_of
from workflow.moves.queries import decisions_on, is_recused, moves_open_to

FORMS: dict[str, type[Form]] = {"suspend": ReasonedForm, "lift": LiftForm, "withdraw": ReasonedForm}
MOST = 20


def _vetting(request: HttpRequest, pk: int) -> Stakeholder:
    """For whoever does not vet, the page is not there."""
    if not request.user.has_perm("stakeholders.vet_stakeholder"):
        raise Http404
    return get_object_or_404(for_standing(Stakeholder.objects.visible_to(request.user)), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD"])
def stakeholder(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _vetting(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Suspend, lift or withdraw, with a reason that the people of the entry read.

    Whoever changes the language while a form shows its errors comes here by GET, and is led back.
    """
    found = _vetting(request, pk)
    if name not in FORMS:
        raise Http404
    if request.method != "POST":
        return redirect("vetting:stakeholder", pk)
    form = FORMS[name](request.POST, prefix=name)
    if not form.is_valid():
        return _page(request, found, **{name: form})
    try:
        done = _do(name, found, form.cleaned_data, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, **{name: form})
    else:
        messages.success(request, done)
    return redirect("vetting:stakeholder", pk)


def _do(name: str, found: Stakeholder, said: dict[str, Any], actor: Any) -> str:
    match name:
        case "suspend":
            act.suspend(found, actor=actor, **said)
            return _("Suspended. It is out of the directory, and its people get a mail with the reason.")
        case "lift":
            act.lift(found, actor=actor, **said)
            return _("Lifted. The entry is active again, and its people get a mail.")
    act.withdraw(found, actor=actor, **said)
    return _("Withdrawn. Its page is gone for good, and its people get a mail with the reason.")


def _page(request: HttpRequest, found: Stakeholder, **bound: Form) -> HttpResponse:
    moves = dict(moves_open_to(request.user, found))
    context = {
        "stakeholder": found,
        "people": people_of([found.pk])[found.pk],
        "applications": applications_about(found)[:MOST],
        "notes": [one for one in decisions_on(found) if one.reason or one.note],
        "lines": timeline(found, request.user),
        "desk_family": family_for_desk(found, request.user),
        "acts": [
            (name, move, bound.get(name) or FORMS[name](prefix=name))
            for name, move in moves.items()
            if name in FORMS
        ],
        "may_merge": "merge" in moves,
        "merged_into": found.merged_into,
        "recused": is_recused(request.user, found),
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "stakeholders/standing/desk.html", context)
