"""Coming into a network, and leaving it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.networks import actions_members, queries
from coordination.networks.enums import MEMBER_MOVES, MemberStatus
from coordination.networks.forms import InviteForm, JoinForm, NoteForm, RoleForm
from coordination.networks.models import NetworkMember
from coordination.networks.views import coordinated_network, visible_network, words_about
from core.errors import DomainError
from core.forms import refusal_on
from core.views import act_page
from stakeholders.entries.forms import FindForm
from stakeholders.family.queries import candidates
from workflow.moves.queries import decisions_on, moves_open_to


@form_view(fresh=True)
def join(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for one of the person's stakeholders to join."""
    network = visible_network(request, pk)
    own = queries.may_ask_for(request.user, network)
    if not own or not network.is_going or not network.open_to_requests:
        raise Http404
    form = JoinForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        whom = next(member for member in own if str(member.pk) == cleaned["stakeholder"])
        with refusal_on(form):
            member = actions_members.ask_to_join(
                network, whom, actor=request.user, role=cleaned["role"], why=cleaned["why"]
            )
            messages.success(
                request, _("Your request has been sent to the network. You are informed of the answer.")
            )
            return redirect(member)
    return act_page(
        request,
        form,
        heading=_("Ask to join"),
        text=_(
            "The coordinators of the network answer, or the WhatsOn team if there are none. The "
            "other members see "
            "the name of your organization, even where the directory does not show it."
        ),
        button=_("Send the request"),
        **words_about(network),
    )


@form_view(fresh=True)
def members(request: SignedIn, pk: int) -> HttpResponse:
    """List members, requests and invitations; a POST invites a stakeholder."""
    network = coordinated_network(request, pk)
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    open_members = NetworkMember.objects.filter(network=network, status__in=MemberStatus.OPEN)
    stakeholders = candidates(request.user, words, but=open_members.values_list("stakeholder_id", flat=True))
    form = InviteForm(request.POST or None, stakeholders=stakeholders)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        whom = next(
            stakeholder for stakeholder in stakeholders if str(stakeholder.pk) == cleaned["stakeholder"]
        )
        with refusal_on(form):
            actions_members.invite(
                network, whom, actor=request.user, role=cleaned["role"], why=cleaned["why"]
            )
            messages.success(request, _("Invited. Its administrators get an e-mail, and answer."))
            return redirect("networks:members", pk)
    context = {
        "network": network,
        "waiting": list(queries.asked_and_invited(network, request.user)),
        "lines": queries.members_of(request.user, network),
        "asks": asks,
        "stakeholders": stakeholders,
        "form": form,
    }
    return render(request, "coordination/networks/members.html", context)


def _visible_member(request: SignedIn, pk: int) -> NetworkMember:
    rows = NetworkMember.objects.visible_to(request.user)
    member = get_object_or_404(rows.select_related("network", "stakeholder__country"), pk=pk)
    own = request.user.memberships.filter(stakeholder=member.stakeholder_id).exists()
    if not own and not request.user.has_perm("coordination.coordinate_network", member.network):
        raise Http404
    return member


@page_view(fresh=True)
def membership(request: SignedIn, pk: int) -> HttpResponse:
    """Show one stakeholder's place in a network and what may be done, to its people and to those
    who run the network."""
    return _page(request, _visible_member(request, pk))


def _page(
    request: SignedIn, member: NetworkMember, form: NoteForm | None = None, name: str = ""
) -> HttpResponse:
    acts = [
        (key, move, form if key == name and form else NoteForm(required=move.needs_reason, prefix=key))
        for key, move in moves_open_to(request.user, member)
    ]
    runs = request.user.has_perm("coordination.coordinate_network", member.network)
    context = {
        "member": member,
        "network": member.network,
        "acts": acts,
        "wrong": bool(form and form.errors),
        "runs": runs,
        "role": RoleForm(initial={"role": member.role})
        if runs and member.status == MemberStatus.IN
        else None,
        # Without names: the people of one side are not told to the other.
        "decisions": decisions_on(member),
        "lines": timeline(member, request.user) if request.user.is_desk else [],
    }
    return render(request, "coordination/networks/membership.html", context)


@act_view(fresh=True)
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    member = _visible_member(request, pk)
    if name not in MEMBER_MOVES:
        raise Http404
    form = NoteForm(request.POST, required=MEMBER_MOVES[name].needs_reason, prefix=name)
    if not form.is_valid():
        return _page(request, member, form, name)
    try:
        actions_members.act(member, name, actor=request.user, note=form.cleaned_data["note"])
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _DONE[name]())
    return redirect(member)


_DONE: dict[str, Any] = {
    "accept": lambda: _("It is in the network now. Its people are informed."),
    "decline": lambda: _("The request was declined. Its people are informed, with the reason."),
    "withdraw": lambda: _("The request is withdrawn."),
    "agree": lambda: _("You are in the network now. Its coordinators are informed."),
    "refuse": lambda: _("The invitation was declined. The network is informed."),
    "recall": lambda: _("The invitation is withdrawn."),
    "leave": lambda: _("You have left the network. Its coordinators are informed."),
    "end": lambda: _("The membership has ended. Its people are informed, with the reason."),
}


@act_view()
def role(request: SignedIn, pk: int) -> HttpResponse:
    member = _visible_member(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions_members.set_role(member, form.cleaned_data["role"], actor=request.user)
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The role is changed. Its people are informed."))
    return redirect(member)
