"""What an entry's own people do about its standing: confirm it each year, or withdraw it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from stakeholders.actions import standing as act
from stakeholders.forms.standing import ConfirmForm
from stakeholders.models import Stakeholder
from stakeholders.queries.standing import for_standing, whole_entry
from workflow.moves.queries import moves_open_to


def _own(request: HttpRequest, pk: int, verb: str) -> Stakeholder:
    """An entry with which the person may do this; for anybody else the page is not there."""
    found = get_object_or_404(for_standing(Stakeholder.objects.visible_to(request.user)), pk=pk)
    if not request.user.has_perm(f"stakeholders.{verb}_stakeholder", found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole entry, and one button: everything is right."""
    stakeholder = _own(request, pk, "confirm")
    user: Any = request.user
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Please look at the entry again, then confirm."))
            return redirect("stakeholders:confirm", pk)
        try:
            done = act.confirm(stakeholder, actor=user, seen=form.cleaned_data["seen"])
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect("stakeholders:confirm", pk)
        messages.success(request, _said(stakeholder, done))
        return redirect("portal:me")
    context = {
        "stakeholder": stakeholder,
        "sections": whole_entry(stakeholder),
        "form": ConfirmForm(initial={"seen": stakeholder.updated_at.isoformat()}),
        "may_withdraw": "withdraw" in dict(moves_open_to(user, stakeholder)),
    }
    return render(request, "stakeholders/standing/confirm.html", context)


def _said(before: Stakeholder, done: Stakeholder) -> str:
    if before.is_lapsed:
        return _("Thank you. “%(name)s” is back in the directory.") % {"name": done.name}
    return _("Thank you. “%(name)s” is confirmed for another year.") % {"name": done.name}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say first what it means; for administrators of the entry, since the desk has its own page."""
    stakeholder = _own(request, pk, "withdraw")
    user: Any = request.user
    if not stakeholder.memberships.filter(user=user).exists():
        raise Http404
    if "withdraw" not in dict(moves_open_to(user, stakeholder)):
        messages.warning(request, _("This entry has been withdrawn already."))
        return redirect(stakeholder)
    if request.method == "POST":
        try:
            act.withdraw(stakeholder, actor=user)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("“%(name)s” is withdrawn and no longer shown.") % {"name": stakeholder.name}
            )
        return redirect("portal:me")
    return render(request, "stakeholders/standing/withdraw.html", {"stakeholder": stakeholder})
