"""Invitations: the desk's pages, and the pages of the invited person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn, remember_address
from audit.queries import timeline
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame
from stakeholders.invitations import actions, actions_desk
from stakeholders.invitations.filters import StateFilter
from stakeholders.invitations.forms import AddressForm, BeginForm, DeskInviteForm, RefuseForm
from stakeholders.invitations.models import DeskInvitation, Invitation
from stakeholders.invitations.queries import desk_list, waves, with_labels, with_state

PER_PAGE = 25


def inviting(request: HttpRequest) -> Any:
    """The person, where they may invite; for anybody else none of this is there."""
    if not request.user.has_perm("stakeholders.invite_stakeholders"):
        raise Http404
    return request.user


@form_view(fresh=True)
def invitations(request: SignedIn) -> HttpResponse:
    """Whom the desk has invited and what came of it; sent, one more."""
    user = inviting(request)
    form = DeskInviteForm(initial={"language": get_language(), "kind": "ngo"})
    if request.method == "POST":
        form = DeskInviteForm(request.POST)
        if form.is_valid() and _invited(request, form):
            return redirect("vetting:invitations")
    filters = StateFilter(request.GET, desk_list(user))
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_labels(page.object_list)
    context = {"form": form, "page": page, "waves": waves(user)[:20], "filters": filters}
    return render(request, "stakeholders/invitations/list.html", context)


def _invited(request: HttpRequest, form: DeskInviteForm) -> bool:
    said = form.cleaned_data
    try:
        actions_desk.invite_to_register(said.pop("address"), actor=request.user, **said)  # type: ignore[arg-type]
    except TooMany:
        raise
    except DomainError as refusal:
        blame(form, refusal)
        return False
    messages.success(request, _("The invitation is on its way."))
    return True


@page_view(fresh=True)
def desk_invitation(request: SignedIn, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return _page(request, found, AddressForm(initial={"address": found.address}))


def _found(request: HttpRequest, pk: int) -> Any:
    rows = with_state(DeskInvitation.objects.visible_to(inviting(request)))
    rows = rows.select_related("country", "wave", "stakeholder", "application", "invited_by", "accepted_by")
    return with_labels([get_object_or_404(rows, pk=pk)])[0]


def _page(request: HttpRequest, found: DeskInvitation, form: AddressForm) -> HttpResponse:
    context = {"invitation": found, "form": form, "lines": timeline(found, request.user)[:20]}
    return render(request, "stakeholders/invitations/invitation.html", context)


@form_view(fresh=True)
def desk_invitation_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Write again or withdraw. Whoever changes the language at a form's errors is led back."""
    found = _found(request, pk)
    if name not in ("again", "withdraw"):
        raise Http404
    if request.method != "POST":
        return redirect(found)
    form = AddressForm(request.POST) if name == "again" else None
    if form is not None and not form.is_valid():
        return _page(request, found, form)
    actor: Any = request.user
    try:
        if form is not None:
            actions_desk.write_again(found, actor=actor, address=form.cleaned_data["address"])
            messages.success(request, _("The invitation is on its way. The old link opens nothing any more."))
        else:
            actions_desk.withdraw_desk_invitation(found, actor=actor)
            messages.success(request, _("The invitation is withdrawn."))
    except (TooMany, WrongState) as late:
        if isinstance(late, TooMany):
            raise
        messages.warning(request, str(late))
    except DomainError as refusal:
        if form is None:
            raise
        blame(form, refusal)
        return _page(request, found, form)
    return redirect(found)


# --- The invited person -------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens. Opening it changes nothing."""
    found = DeskInvitation.objects.select_related("country", "stakeholder").by_token(token).first()
    if found is None:
        raise Http404
    return _answer(request, found)


@form_view(fresh=True)
def own_invited(request: SignedIn, pk: int) -> HttpResponse:
    """The same without the link, for whoever has proved that the address is theirs."""
    found = DeskInvitation.objects.select_related("country", "stakeholder").filter(pk=pk).first()
    if found is None or not request.user.has_perm("stakeholders.accept_desk_invitation", found):
        raise Http404
    return _answer(request, found)


def _answer(request: Any, found: DeskInvitation) -> HttpResponse:
    user = request.user
    fits = user.is_authenticated and user.has_perm("stakeholders.accept_desk_invitation", found)
    mine = fits and found.accepted_by_id == user.pk
    if not found.is_good and not mine:
        return render(request, "stakeholders/invitations/ended.html", {"invitation": found}, status=410)
    no = RefuseForm(request.POST if "decline" in request.POST else None)
    if no.is_valid():
        return decline_by_form(
            request, actions_desk.decline_desk_invitation, found, no.cleaned_data["reason"]
        )
    begins = request.method == "POST" and fits and not no.is_bound
    form = BeginForm(request.POST if begins else None)
    if begins and form.is_valid():
        try:
            application = actions_desk.accept_desk_invitation(found, actor=user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("This is what we know. Please put it right, fill in what is missing, and send it.")
            )
            return redirect("stakeholders:application", application.pk)
    if not request.user.is_authenticated:
        remember_address(request, found.address)
    context: dict[str, Any] = {
        "invitation": found,
        "known": found.stakeholder or found,
        "fits": fits,
        "form": form,
        "refuse": no,
        "here": request.path,
    }
    return render(request, "stakeholders/invitations/begin.html", context)


def decline_by_form(request: Any, decline: Callable[..., object], found: Any, reason: str) -> HttpResponse:
    """Whoever came by the link or holds the address says no; it counts without an account."""
    try:
        decline(found, actor=request.user if request.user.is_authenticated else None, reason=reason)
    except WrongState as late:
        messages.warning(request, str(late))
        return redirect(request.path)
    messages.success(request, _("The invitation is declined."))
    return redirect("portal:home")


@form_view(public=True, fresh=True)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation. Opening it changes nothing; who holds the address accepts by a button."""
    found = Invitation.objects.select_related("stakeholder", "invited_by").by_token(token).first()
    if found is None:
        raise Http404
    return _answer_colleague(request, found)


@form_view(fresh=True)
def own_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """The same without the link, for whoever has proved that the address is theirs."""
    found = Invitation.objects.select_related("stakeholder", "invited_by").filter(pk=pk).first()
    if found is None or not request.user.has_perm("stakeholders.accept_invitation", found):
        raise Http404
    return _answer_colleague(request, found)


def _answer_colleague(request: Any, found: Invitation) -> HttpResponse:
    if not found.is_good:
        own = request.user.is_authenticated and request.user.has_perm(
            "stakeholders.manage_stakeholder", found.stakeholder
        )
        ended = {"invitation": found, "stakeholder": found.stakeholder if own else None}
        return render(request, "stakeholders/invitations/colleague_ended.html", ended, status=410)
    no = RefuseForm(request.POST if "decline" in request.POST else None)
    if no.is_valid():
        return decline_by_form(request, actions.decline, found, no.cleaned_data["reason"])
    fits = request.user.is_authenticated and request.user.has_perm("stakeholders.accept_invitation", found)
    if request.method == "POST" and fits and not no.is_bound:
        try:
            actions.accept(found, actor=request.user)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        messages.success(request, _("You now act for %(name)s.") % {"name": found.stakeholder.name})
        return redirect("stakeholders:manage", found.stakeholder_id)
    if not request.user.is_authenticated:
        remember_address(request, found.address)
    context: dict[str, Any] = {
        "invitation": found,
        "stakeholder": found.stakeholder,
        "fits": fits,
        "here": request.path,
        "refuse": no,
    }
    return render(request, "stakeholders/invitations/colleague.html", context)
