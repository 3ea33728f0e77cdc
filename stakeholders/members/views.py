"""The page of a stakeholder for its own people: who acts for it, and who is invited to."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import blame, refusal_on
from core.views import act_page, refusal_as_warning
from stakeholders.changes.enums import parts_of
from stakeholders.changes.queries import changes_of, shown_changes
from stakeholders.claims.queries import requests_to
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.views import managed_entry, words_about
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import Invitation
from stakeholders.invitations.queries import open_invitations
from stakeholders.members import actions
from stakeholders.members.forms import InviteForm, RoleForm, ShownForm
from stakeholders.members.queries import members_of

MOST_LINES = 50


def _led_entry(request: HttpRequest, pk: int) -> Stakeholder:
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.manage_members", stakeholder):
        raise Http404
    return stakeholder


@page_view(fresh=True)
def manage(request: SignedIn, pk: int) -> HttpResponse:
    """Show members with their roles, open invitations, changes that wait, and what has happened."""
    return _page(request, managed_entry(request, pk), InviteForm())


def _page(request: SignedIn, stakeholder: Stakeholder, invite_form: InviteForm) -> HttpResponse:
    user = request.user
    members = list(members_of(stakeholder, user))
    mine = next((membership for membership in members if membership.user_id == user.pk), None)
    changes = changes_of(stakeholder, user)
    context = {
        "stakeholder": stakeholder,
        "members": members,
        "mine": mine,
        "sees_addresses": user.is_desk or bool(mine and mine.role == "admin"),
        "may_lead": user.has_perm("stakeholders.manage_members", stakeholder),
        "may_edit": user.has_perm("stakeholders.change_stakeholder", stakeholder),
        "invitations": list(open_invitations(stakeholder, user)),
        "invite_form": invite_form,
        "join_requests": list(requests_to(stakeholder, user)),
        "changes": shown_changes(changes, stakeholder, user),
        "parts": parts_of(stakeholder.kind),
        "has_open_change": any(change.status == "proposed" for change in changes),
        "lines": timeline(stakeholder, user, as_subject=True)[:MOST_LINES],
    }
    return render(request, "stakeholders/members/page.html", context)


@act_view(fresh=True)
def invite(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = _led_entry(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            invitations_actions.invite(stakeholder, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation is on its way to %(address)s.") % form.cleaned_data)
            return redirect("stakeholders:manage", pk)
    return _page(request, stakeholder, form)


@act_view()
def change_invitation(request: SignedIn, pk: int, invitation: int) -> HttpResponse:
    """Send it again, or withdraw it."""
    stakeholder = _led_entry(request, pk)
    mine = Invitation.objects.visible_to(request.user).filter(stakeholder=stakeholder)
    stored_invitation = get_object_or_404(mine, pk=invitation)
    again = "again" in request.POST
    if not again and "withdraw" not in request.POST:
        raise Http404
    with refusal_as_warning(request):
        if again:
            invitations_actions.invite_again(stored_invitation, actor=request.user)
            messages.success(
                request,
                _("A new link is on its way to %(address)s.") % {"address": stored_invitation.address},
            )
        else:
            invitations_actions.withdraw_invitation(stored_invitation, actor=request.user)
            messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("stakeholders:manage", pk)


@form_view(fresh=True)
def member(request: SignedIn, pk: int, membership: int) -> HttpResponse:
    """Show one member; a POST gives another role or ends the membership."""
    stakeholder = _led_entry(request, pk)
    members = Membership.objects.visible_to(request.user).filter(stakeholder=stakeholder)
    stored_membership = get_object_or_404(members.select_related("user"), pk=membership)
    removes = "remove" in request.POST
    form: Form = RoleForm(request.POST or None, initial={"role": stored_membership.role})
    if request.method == "POST" and removes:
        form = Form(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            if removes:
                actions.remove_member(stored_membership, actor=request.user)
                messages.success(request, _("The membership is ended."))
            else:
                actions.change_role(stored_membership, form.cleaned_data["role"], actor=request.user)
                messages.success(request, _("The role is changed."))
            return redirect("stakeholders:manage", pk)
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("stakeholders:manage", pk)
        except DomainError as refusal:
            form = RoleForm(request.POST if not removes else {"role": stored_membership.role})
            form.full_clean()
            blame(form, refusal)
    context = {
        "stakeholder": stakeholder,
        "membership": stored_membership,
        "form": form,
        "is_self": stored_membership.user_id == request.user.pk,
    }
    return render(request, "stakeholders/members/member.html", context)


@form_view(fresh=True)
def shown(request: SignedIn, pk: int) -> HttpResponse:
    """Whether, and as what, the person is named on the profile."""
    stakeholder = managed_entry(request, pk)
    mine = get_object_or_404(Membership, stakeholder=stakeholder, user=request.user)
    initial = {"is_shown": mine.is_shown, "position": mine.position}
    form = ShownForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.show_on_profile(stakeholder, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your choice is saved."))
            return redirect("stakeholders:manage", pk)
    return act_page(
        request,
        form,
        heading=_("Your name on the profile"),
        text=_("Only you can choose this. You can change it at any time."),
        **words_about(stakeholder),
    )


@form_view(fresh=True)
def leave(request: SignedIn, pk: int) -> HttpResponse:
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.leave_stakeholder", stakeholder):
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            actions.leave(stakeholder, actor=request.user)
            messages.success(request, _("You no longer act for %(name)s.") % {"name": stakeholder.name})
            return redirect("portal:me")
        return redirect("stakeholders:manage", pk)
    words = words_about(stakeholder) | {"back_text": pgettext("a member", "Stay")}
    return act_page(
        request,
        heading=_("Leave"),
        text=_(
            "You can then no longer act for it, nor see what only its members see. An administrator may "
            "invite you again. Your account stays."
        ),
        button=pgettext("a stakeholder", "Leave"),
        style="danger",
        **words,
    )
