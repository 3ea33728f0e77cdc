"""The desk's pages about changes of vetted fields."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError, WrongState
from stakeholders.actions import changes as act
from stakeholders.forms.entry import ApproveChangeForm, RefuseChangeForm
from stakeholders.models import Stakeholder
from stakeholders.queries.changes import (
    changes_visible_to,
    proposed,
    rows_of,
    waiting_changes,
    with_stakeholders,
)
from stakeholders.queries.duplicates import likely
from workflow.changes.models import ChangeRequest
from workflow.moves.queries import decisions_on, moves_open_to

PER_PAGE = 25


def _vetting(request: HttpRequest) -> None:
    if not request.user.has_perm("stakeholders.vet_application"):
        raise Http404


@login_required
@require_http_methods(["GET", "HEAD"])
def change_queue(request: HttpRequest) -> HttpResponse:
    """Changes that wait for the desk, the oldest first."""
    _vetting(request)
    page = Paginator(waiting_changes(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": with_stakeholders(page.object_list)}
    return render(request, "stakeholders/vetting/changes.html", context)


@login_required
@require_http_methods(["GET", "HEAD"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after beside each other, who else is like that, and the decision."""
    _vetting(request)
    return _page(request, _one(request, pk))


def _one(request: HttpRequest, pk: int) -> ChangeRequest:
    rows: Any = changes_visible_to(request.user).select_related("proposed_by")
    found: ChangeRequest = get_object_or_404(rows, pk=pk)
    return found


def _page(request: HttpRequest, one: ChangeRequest, **bound: Form) -> HttpResponse:
    stakeholder = get_object_or_404(
        Stakeholder.objects.visible_to(request.user).select_related("country"), pk=one.subject_id
    )
    moves = dict(moves_open_to(request.user, one))
    alike = likely(proposed(stakeholder, one), Stakeholder.objects.exclude(pk=stakeholder.pk), most=10)
    context = {
        "change": one,
        "stakeholder": stakeholder,
        "rows": rows_of(one, stakeholder.kind),
        "matches": alike,
        "decisions": decisions_on(one),
        "moves": moves,
        "recused": one.status == "proposed" and "approve" not in moves,
        "approve_form": bound.get("approve") or ApproveChangeForm(prefix="approve"),
        "refuse_form": bound.get("refuse") or RefuseChangeForm(prefix="refuse"),
        "wrong": any(form.errors for form in bound.values()),
    }
    return render(request, "stakeholders/vetting/change.html", context)


@login_required
@require_POST
def change_move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Approve or refuse."""
    _vetting(request)
    one = _one(request, pk)
    forms: dict[str, type[Form]] = {"approve": ApproveChangeForm, "refuse": RefuseChangeForm}
    if name not in forms:
        raise Http404
    form = forms[name](request.POST, prefix=name)
    if not form.is_valid():
        return _page(request, one, **{name: form})
    user: Any = request.user
    try:
        act.decide(one, name, actor=user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, **{name: form})
    else:
        messages.success(
            request,
            _("Approved. The entry shows the new values.")
            if name == "approve"
            else _("Refused. The entry stays as it is; its people get a mail with your note."),
        )
    return redirect("vetting:change", pk)
