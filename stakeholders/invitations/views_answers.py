"""The invited person's pages: what the link in a mail opens, and the same for whoever holds the address."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view
from accounts.people.requests import SignedIn, remember_only
from core.errors import DomainError, WrongState
from stakeholders.invitations import actions, actions_desk
from stakeholders.invitations.forms import BeginForm, RefuseForm
from stakeholders.invitations.models import DeskInvitation, Invitation, TokenInvitation

COLLEAGUES = Invitation.objects.select_related("stakeholder", "invited_by")
BY_DESK = DeskInvitation.objects.select_related("country", "stakeholder")


def own_or_404[I: TokenInvitation](request: HttpRequest, found: I, permission: str) -> I:
    """Without the link it is there only for whoever has proved that the address is theirs."""
    if not request.user.has_perm(permission, found):
        raise Http404
    return found


def answer(
    request: Any,
    found: TokenInvitation,
    template: str,
    *,
    fits: bool,
    accept: Callable[[], HttpResponse],
    decline: Callable[..., object],
    form_class: type[Form] = Form,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page with its two buttons: whoever `fits` accepts, by a form that may ask something.

    Whoever came by the link or holds the address says no; it counts without an account.
    """
    refuse = RefuseForm(request.POST if "decline" in request.POST else None)
    if refuse.is_valid():
        return _decline(request, found, decline, refuse.cleaned_data["reason"])
    accepts = request.method == "POST" and fits and not refuse.is_bound
    form = form_class(request.POST if accepts else None)
    if form.is_valid():
        try:
            return accept()
        except DomainError as refusal:
            if not form.fields:
                messages.warning(request, str(refusal))
                return redirect(request.path)
            form.add_error(None, str(refusal))
    if not request.user.is_authenticated:
        remember_only(request, found.address)
    page = {"invitation": found, "fits": fits, "form": form, "refuse": refuse, "here": request.path}
    return render(request, template, page | dict(context or {}))


def _decline(
    request: Any, found: TokenInvitation, decline: Callable[..., object], reason: str
) -> HttpResponse:
    try:
        decline(found, actor=request.user if request.user.is_authenticated else None, reason=reason)
    except WrongState as late:
        messages.warning(request, str(late))
        return redirect(request.path)
    messages.success(request, _("The invitation is declined."))
    return redirect("portal:home")


# --- To register ----------------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens. Opening it changes nothing."""
    return _to_register(request, get_object_or_404(BY_DESK.by_token(token)))


@form_view(fresh=True)
def own_invited(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(BY_DESK, pk=pk)
    return _to_register(request, own_or_404(request, found, "stakeholders.accept_desk_invitation"))


def _to_register(request: Any, found: DeskInvitation) -> HttpResponse:
    user = request.user
    fits = user.has_perm("stakeholders.accept_desk_invitation", found)
    mine = fits and found.accepted_by_id == user.pk
    if not found.is_good and not mine:
        return render(request, "stakeholders/invitations/ended.html", {"invitation": found}, status=410)

    def accept() -> HttpResponse:
        application = actions_desk.accept_desk_invitation(found, actor=user)
        messages.success(
            request, _("This is what we know. Please correct it, fill in what is missing, and submit it.")
        )
        return redirect("stakeholders:application", application.pk)

    return answer(
        request,
        found,
        "stakeholders/invitations/begin.html",
        fits=fits,
        accept=accept,
        decline=actions_desk.decline_desk_invitation,
        form_class=BeginForm,
        context={"known": found.stakeholder or found, "is_listed": found.is_of_listed_entry},
    )


# --- To act for an organization -------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation. Opening it changes nothing; who holds the address accepts by a button."""
    return _to_act(request, get_object_or_404(COLLEAGUES.by_token(token)))


@form_view(fresh=True)
def own_invitation(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(COLLEAGUES, pk=pk)
    return _to_act(request, own_or_404(request, found, "stakeholders.accept_invitation"))


def _to_act(request: Any, found: Invitation) -> HttpResponse:
    user, stakeholder = request.user, found.stakeholder
    if not found.is_good:
        own = user.is_authenticated and user.has_perm("stakeholders.manage_stakeholder", stakeholder)
        ended = {"invitation": found, "stakeholder": stakeholder if own else None}
        return render(request, "stakeholders/invitations/colleague_ended.html", ended, status=410)

    def accept() -> HttpResponse:
        actions.accept(found, actor=user)
        messages.success(request, _("You now act for %(name)s.") % {"name": stakeholder.name})
        return redirect("stakeholders:manage", stakeholder.pk)

    return answer(
        request,
        found,
        "stakeholders/invitations/colleague.html",
        fits=user.has_perm("stakeholders.accept_invitation", found),
        accept=accept,
        decline=actions.decline,
        context={"stakeholder": stakeholder},
    )
