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


def own_or_404[I: TokenInvitation](request: HttpRequest, invitation: I, permission: str) -> I:
    """Return the invitation to whoever has proved that its address is theirs; anybody else gets a 404."""
    if not request.user.has_perm(permission, invitation):
        raise Http404
    return invitation


def answer(
    request: Any,
    invitation: TokenInvitation,
    template: str,
    *,
    fits: bool,
    accept: Callable[[], HttpResponse],
    decline: Callable[..., object],
    form_class: type[Form] = Form,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render the page with its two buttons, or carry out the answer.

    Only a person who `fits` may accept, by a form that may ask something; whoever came by the link or holds
    the address may decline, with or without an account.
    """
    refuse = RefuseForm(request.POST if "decline" in request.POST else None)
    if refuse.is_valid():
        return _decline(request, invitation, decline, refuse.cleaned_data["reason"])
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
        remember_only(request, invitation.address)
    page = {"invitation": invitation, "fits": fits, "form": form, "refuse": refuse, "here": request.path}
    return render(request, template, page | dict(context or {}))


def _decline(
    request: Any, invitation: TokenInvitation, decline: Callable[..., object], reason: str
) -> HttpResponse:
    try:
        decline(invitation, actor=request.user if request.user.is_authenticated else None, reason=reason)
    except WrongState as late:
        messages.warning(request, str(late))
        return redirect(request.path)
    messages.success(request, _("The invitation is declined."))
    return redirect("portal:home")


# --- To register ----------------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link in the mail opens. Opening it changes nothing."""
    return _to_register(request, get_object_or_404(BY_DESK.by_token(token)))


@form_view(fresh=True)
def own_invited(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(BY_DESK, pk=pk)
    return _to_register(request, own_or_404(request, invitation, "stakeholders.accept_desk_invitation"))


def _to_register(request: Any, invitation: DeskInvitation) -> HttpResponse:
    user = request.user
    fits = user.has_perm("stakeholders.accept_desk_invitation", invitation)
    mine = fits and invitation.accepted_by_id == user.pk
    if not invitation.is_good and not mine:
        return render(request, "stakeholders/invitations/ended.html", {"invitation": invitation}, status=410)

    def accept() -> HttpResponse:
        application = actions_desk.accept_desk_invitation(invitation, actor=user)
        messages.success(
            request, _("This is what we know. Please correct it, fill in what is missing, and submit it.")
        )
        return redirect("stakeholders:application", application.pk)

    return answer(
        request,
        invitation,
        "stakeholders/invitations/begin.html",
        fits=fits,
        accept=accept,
        decline=actions_desk.decline_desk_invitation,
        form_class=BeginForm,
        context={"known": invitation.stakeholder or invitation, "is_listed": invitation.is_of_listed_entry},
    )


# --- To act for an organization -------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation by its link, which changes nothing; who holds the address accepts by a button."""
    return _to_act(request, get_object_or_404(COLLEAGUES.by_token(token)))


@form_view(fresh=True)
def own_invitation(request: SignedIn, pk: int) -> HttpResponse:
    invitation = get_object_or_404(COLLEAGUES, pk=pk)
    return _to_act(request, own_or_404(request, invitation, "stakeholders.accept_invitation"))


def _to_act(request: Any, invitation: Invitation) -> HttpResponse:
    user, stakeholder = request.user, invitation.stakeholder
    if not invitation.is_good:
        own = user.is_authenticated and user.has_perm("stakeholders.manage_stakeholder", stakeholder)
        ended = {"invitation": invitation, "stakeholder": stakeholder if own else None}
        return render(request, "stakeholders/invitations/colleague_ended.html", ended, status=410)

    def accept() -> HttpResponse:
        actions.accept(invitation, actor=user)
        messages.success(request, _("You now act for %(name)s.") % {"name": stakeholder.name})
        return redirect("stakeholders:manage", stakeholder.pk)

    return answer(
        request,
        invitation,
        "stakeholders/invitations/colleague.html",
        fits=user.has_perm("stakeholders.accept_invitation", invitation),
        accept=accept,
        decline=actions.decline,
        context={"stakeholder": stakeholder},
    )
