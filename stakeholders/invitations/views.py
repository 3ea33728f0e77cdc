"""Whom the desk has invited: the desk's pages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame, refusal_on
from stakeholders.invitations import actions_desk
from stakeholders.invitations.filters import StateFilter
from stakeholders.invitations.forms import AddressForm, DeskInviteForm
from stakeholders.invitations.models import DeskInvitation
from stakeholders.invitations.queries import desk_list, lists, progress, waves, with_labels, with_state

PER_PAGE = 25


def inviting_user(request: HttpRequest) -> Any:
    """Return the person, who must be allowed to invite; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.invite_stakeholders"):
        raise Http404
    return request.user


@form_view(fresh=True)
def invitations(request: SignedIn) -> HttpResponse:
    """List whom the desk has invited and what came of it; a POST invites one more."""
    user = inviting_user(request)
    form = DeskInviteForm(initial={"language": get_language(), "kind": "ngo"})
    if request.method == "POST":
        form = DeskInviteForm(request.POST)
        if form.is_valid():
            with refusal_on(form):
                actions_desk.invite_to_register(actor=user, **form.cleaned_data)
                messages.success(request, _("The invitation is on its way."))
                return redirect("vetting:invitations")
    filters = StateFilter(request.GET, desk_list(user))
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_labels(page.object_list)
    context = {
        "form": form,
        "page": page,
        "waves": waves(user)[:20],
        "lists": lists(user)[:20],
        "progress": progress(DeskInvitation.objects.visible_to(user)),
        "filters": filters,
    }
    return render(request, "stakeholders/invitations/list.html", context)


@page_view(fresh=True)
def desk_invitation(request: SignedIn, pk: int) -> HttpResponse:
    invitation = _get_invitation(request, pk)
    return _page(request, invitation, AddressForm(initial={"address": invitation.address}))


def _get_invitation(request: HttpRequest, pk: int) -> Any:
    rows = with_state(DeskInvitation.objects.visible_to(inviting_user(request)))
    rows = rows.select_related("country", "wave", "stakeholder", "application", "invited_by", "accepted_by")
    return with_labels([get_object_or_404(rows, pk=pk)])[0]


def _page(request: HttpRequest, invitation: DeskInvitation, form: AddressForm) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "lines": timeline(invitation, request.user)[:20]}
    return render(request, "stakeholders/invitations/invitation.html", context)


@form_view(fresh=True)
def desk_invitation_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Write again or withdraw. A GET, as after a change of language at a form's errors, leads back."""
    invitation = _get_invitation(request, pk)
    if name not in ("again", "withdraw"):
        raise Http404
    if request.method != "POST":
        return redirect(invitation)
    form = AddressForm(request.POST) if name == "again" else None
    if form is not None and not form.is_valid():
        return _page(request, invitation, form)
    actor: Any = request.user
    try:
        if form is not None:
            actions_desk.write_again(invitation, actor=actor, address=form.cleaned_data["address"])
            messages.success(request, _("The invitation is on its way. The old link no longer works."))
        else:
            actions_desk.withdraw_desk_invitation(invitation, actor=actor)
            messages.success(request, _("The invitation is withdrawn."))
    except WrongState as late:
        messages.warning(request, str(late))
    except TooMany:
        raise
    except DomainError as refusal:
        if form is None:
            raise
        blame(form, refusal)
        return _page(request, invitation, form)
    return redirect(invitation)
