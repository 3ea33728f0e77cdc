"""Who may do what with stakeholders and applications. Reads attributes and relations, imports no model."""

from typing import Any, NamedTuple

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_signed_in, is_visible
from stakeholders.enums import MemberRole, Status
from stakeholders.enums.contact import ContactFrom, ContactObstacle
from stakeholders.registry import reportable

may_vet = has_role(Role.VETTING, Role.HEAD)
is_state = has_role(Role.STATE)


def acts_for(user: Any, stakeholder_id: int | None, *roles: str) -> bool:
    """Whether the person has one of the roles (those who write, if none is named) while it takes part."""
    return belongs_to(user, stakeholder_id, *roles, stakeholder__status__in=Status.TAKING_PART)


def belongs_to(user: Any, stakeholder_id: int | None, *roles: str, **standing: Any) -> bool:
    """As `acts_for`, however the stakeholder stands: one may always take back what speaks for one."""
    return bool(
        stakeholder_id
        and is_signed_in(user)
        and user.memberships.filter(
            stakeholder_id=stakeholder_id, role__in=roles or MemberRole.WRITERS, **standing
        ).exists()
    )


@rules.predicate
def is_applicant(user: Any, application: Any) -> bool:
    return bool(
        application is not None
        and user.is_authenticated
        and user.is_active
        and application.applicant_id == user.pk
    )


@rules.predicate
def is_member(user: Any) -> bool:
    """A person in at least one approved, unsuspended stakeholder; never whoever is here for a State."""
    return bool(
        user.is_authenticated
        and user.is_active
        and not user.has_role(Role.STATE)
        and user.memberships.filter(stakeholder__status__in=Status.TAKING_PART).exists()
    )


@rules.predicate
def edits(user: Any, stakeholder: Any) -> bool:
    """An administrator or editor of this stakeholder while it takes part, or could by confirming."""
    return (
        stakeholder is not None
        and stakeholder.status in Status.LOOKED_AFTER
        and belongs_to(user, stakeholder.pk)
    )


rules.add_perm("stakeholders.take_part", is_member)
rules.add_perm("stakeholders.view_stakeholder", is_visible)
rules.add_perm("stakeholders.change_stakeholder", edits)
rules.add_perm("stakeholders.view_application", is_visible)
# A State user has no members' rights: an organization may have to hide from its own State.
rules.add_perm("stakeholders.add_application", is_signed_in & ~is_state)
rules.add_perm("stakeholders.change_application", is_applicant)
for _verb in ("submit", "answer", "withdraw"):
    rules.add_perm(f"stakeholders.{_verb}_application", is_applicant)
for _verb in ("start", "return", "approve", "refuse"):
    rules.add_perm(f"stakeholders.{_verb}_application", may_vet)
rules.add_perm("stakeholders.vet_application", may_vet)
for _verb in ("import_listed", "remove_listed"):
    rules.add_perm(f"stakeholders.{_verb}", has_role(Role.VETTING, Role.CURATION, Role.HEAD))

# --- Vetting in full: checklist, flags, reconsideration ---------------------------------------------


@rules.predicate
def has_open_reconsideration(_user: Any, application: Any) -> bool:
    request = getattr(application, "reconsideration", None)
    return request is not None and request.is_waiting


rules.add_perm("stakeholders.keep_checklist", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.keep_domains", may_vet)
rules.add_perm("stakeholders.trust_sources", has_role(Role.CURATION, Role.HEAD))
rules.add_perm("stakeholders.view_flags", may_vet)
rules.add_perm("stakeholders.raise_flag", may_vet)
rules.add_perm("stakeholders.withdraw_flag", may_vet)
rules.add_perm("stakeholders.view_flag", is_visible)
rules.add_perm("stakeholders.reconsider_application", is_applicant)
rules.add_perm("stakeholders.view_reconsideration", is_visible)
rules.add_perm("stakeholders.decide_reconsideration", may_vet)
rules.add_perm("stakeholders.reopen_application", may_vet & has_open_reconsideration)
rules.add_perm("stakeholders.read_vetting_statistics", is_desk)


# --- Members and changes ------------------------------------------------------------------------------
@rules.predicate
def belongs(user: Any, stakeholder: Any) -> bool:
    """Acts for this stakeholder in whatever role, whatever its status."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(stakeholder_id=stakeholder.pk).exists()
    )


@rules.predicate
def leads(user: Any, stakeholder: Any) -> bool:
    """An administrator of this stakeholder while it is looked after: active, or lapsed."""
    return (
        stakeholder is not None
        and stakeholder.status in Status.LOOKED_AFTER
        and belongs_to(user, stakeholder.pk, MemberRole.ADMIN)
    )


@rules.predicate
def has_members(user: Any, stakeholder: Any) -> bool:
    """An organization; an individual expert is one person."""
    return stakeholder is not None and not stakeholder.is_expert


@rules.predicate
def holds_address(user: Any, invitation: Any) -> bool:
    """Has proved that the invited address is theirs."""
    return bool(
        invitation is not None
        and user.is_authenticated
        and user.is_active
        and user.emailaddress_set.filter(email__iexact=invitation.address, verified=True).exists()
    )


rules.add_perm("stakeholders.manage_stakeholder", belongs | may_vet)
rules.add_perm("stakeholders.manage_members", has_members & leads)
rules.add_perm("stakeholders.leave_stakeholder", has_members & belongs)
rules.add_perm("stakeholders.view_invitation", is_visible)
rules.add_perm("stakeholders.accept_invitation", holds_address)
rules.add_perm("stakeholders.judge_stakeholder", may_vet)


# --- The standing of a stakeholder ------------------------------------------------------------------
def acts_as(*roles: str) -> rules.predicates.Predicate:
    """A predicate: the person has one of these roles in this stakeholder, however it stands."""

    @rules.predicate(name=f"acts_as:{' or '.join(roles)}")
    def acts(user: Any, stakeholder: Any = None) -> bool:
        return stakeholder is not None and belongs_to(user, stakeholder.pk, *roles)

    return acts


looks_after = acts_as(*MemberRole.WRITERS)
rules.add_perm("stakeholders.confirm_stakeholder", looks_after)
rules.add_perm("stakeholders.return_stakeholder", looks_after)
rules.add_perm("stakeholders.withdraw_stakeholder", acts_as(MemberRole.ADMIN) | may_vet)
for _verb in ("suspend", "lift", "vet"):
    rules.add_perm(f"stakeholders.{_verb}_stakeholder", may_vet)


# --- Screening
rules.add_perm("stakeholders.screen", may_vet)


# --- Exports of the directory, reports about entries ----------------------------------------------------
@rules.predicate
def is_reporter(user: Any, report: Any = None) -> bool:
    return report is not None and user.is_authenticated and report.reporter_id == user.pk


@rules.predicate
def moderates(user: Any) -> bool:
    """Gets the reports about at least one kind of thing."""
    roles = {role for thing in reportable.values() for role in thing.roles}
    return bool(user.is_authenticated and user.is_active and user.has_role(*roles, Role.HEAD))


@rules.predicate
def is_its_administrator(user: Any, stakeholder: Any = None) -> bool:
    """However the entry stands: its record is its own."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(stakeholder=stakeholder, role=MemberRole.ADMIN).exists()
    )


rules.add_perm("stakeholders.export_directory", is_desk)
rules.add_perm("stakeholders.view_export", is_visible)
rules.add_perm("stakeholders.view_reports", moderates)
rules.add_perm("stakeholders.view_report", is_visible)
rules.add_perm("stakeholders.answer_report", moderates & is_visible & ~is_reporter)
rules.add_perm("stakeholders.ask_dossier", may_vet | is_its_administrator)


# --- Regional focal points ------------------------------------------------------------------------------
@rules.predicate
def is_shared(user: Any, application: Any = None) -> bool:
    """An application of the places of this regional focal point that they may read a part of."""
    return application is not None and (
        type(application)._default_manager.shared_with(user).filter(pk=application.pk).exists()
    )


rules.add_perm("stakeholders.appoint", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.read_appointments", is_desk)
rules.add_perm("stakeholders.view_appointment", is_visible)
rules.add_perm("stakeholders.change_appointment", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.cover_region", has_role(Role.REGIONAL))
rules.add_perm("stakeholders.read_shared_application", is_shared)
rules.add_perm("stakeholders.recommend_application", is_shared)
rules.add_perm("stakeholders.view_recommendation", is_visible)


# --- Invitations by the desk, State accounts ----------------------------------------------------------
rules.add_perm("stakeholders.invite_stakeholders", may_vet)
rules.add_perm("stakeholders.view_wave", is_visible)
rules.add_perm("stakeholders.view_deskinvitation", is_visible)
rules.add_perm("stakeholders.accept_desk_invitation", holds_address)
rules.add_perm("stakeholders.keep_state_accounts", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.view_stateaccount", is_visible)
rules.add_perm("stakeholders.accept_state_account", holds_address)


# --- Parents and branches, offers and needs -------------------------------------------------------------
rules.add_perm("stakeholders.link_stakeholder", has_members & leads)
rules.add_perm("stakeholders.set_family", may_vet)
rules.add_perm("stakeholders.view_familylink", is_visible)
rules.add_perm("stakeholders.view_offer", is_visible)


# --- Claims of listed entries, requests to join ----------------------------------------------------------
@rules.predicate
def leads_asked(user: Any, request: Any = None) -> bool:
    """Administers the organization that somebody asks to join."""
    return request is not None and leads.test(user, request.stakeholder)


@rules.predicate
def waits_for_desk(user: Any, request: Any = None) -> bool:
    """Nobody of the organization answers, and the person has no part in it."""
    return bool(
        request is not None
        and request.with_desk_since
        and request.user_id != user.pk
        and not belongs.test(user, request.stakeholder)
    )


@rules.predicate
def asks_for_oneself(user: Any, request: Any = None) -> bool:
    return request is not None and user.is_authenticated and request.user_id == user.pk


rules.add_perm("stakeholders.claim_stakeholder", is_signed_in & is_visible & ~is_state)
rules.add_perm("stakeholders.ask_to_join", is_signed_in & is_visible & ~is_state)
rules.add_perm("stakeholders.view_joinrequest", is_visible)
rules.add_perm(
    "stakeholders.answer_joinrequest", (leads_asked | (may_vet & waits_for_desk)) & ~asks_for_oneself
)
rules.add_perm("stakeholders.make_administrator", may_vet)


# --- Merging; messages that the portal relays ---------------------------------------------------------
@rules.predicate
def is_reachable(user: Any, stakeholder: Any) -> bool:
    """It takes part, and somebody administers it."""
    return bool(
        stakeholder is not None
        and stakeholder.status in Status.TAKING_PART
        and stakeholder.memberships.filter(role=MemberRole.ADMIN, user__is_active=True).exists()
    )


class Writer(NamedTuple):
    """What decides to whom a person may write; read once for all entries of a page."""

    is_member: bool
    is_state: bool
    is_confirmed: bool
    is_in_good_standing: bool
    entries: frozenset[int]


def writer(user: Any) -> Writer | None:
    """None for a visitor. Good standing: not somebody whose only entries are suspended or withdrawn."""
    if not is_signed_in(user):
        return None
    standing = dict(user.memberships.values_list("stakeholder_id", "stakeholder__status"))
    member = bool(is_member(user))
    return Writer(
        is_member=member,
        is_state=user.has_role(Role.STATE),
        is_confirmed=user.emailaddress_set.filter(verified=True).exists(),
        is_in_good_standing=member or not {Status.SUSPENDED, Status.WITHDRAWN} & set(standing.values()),
        entries=frozenset(standing),
    )


def contact_obstacle(
    by: Writer | None, stakeholder: Any, *, is_attended: bool, is_blocked: bool
) -> ContactObstacle | None:
    """Why an entry that the reader sees cannot be written to by them; None where it can.

    Page, button and act all ask this. A visitor is offered to sign in only where any account may write.
    """
    stands = {
        ContactObstacle.OWN: by is not None and stakeholder.pk in by.entries,
        ContactObstacle.UNCLAIMED: stakeholder.status == Status.LISTED,
        ContactObstacle.INACTIVE: stakeholder.status not in Status.TAKING_PART,
        ContactObstacle.UNATTENDED: not is_attended,
        ContactObstacle.CLOSED: stakeholder.contact_from == ContactFrom.NOBODY or is_blocked,
        ContactObstacle.UNCONFIRMED: by is not None and not by.is_confirmed,
        ContactObstacle.OUT_OF_STANDING: by is not None and not by.is_in_good_standing,
        ContactObstacle.MEMBERS: stakeholder.contact_from == ContactFrom.MEMBERS
        and not (by is not None and by.is_member),
        ContactObstacle.MEMBERS_STATES: stakeholder.contact_from == ContactFrom.MEMBERS_STATES
        and not (by is not None and (by.is_member or by.is_state)),
        ContactObstacle.SIGN_IN: by is None,
    }
    return next((obstacle for obstacle, holds in stands.items() if holds), None)


@rules.predicate
def may_write_to(user: Any, stakeholder: Any) -> bool:
    return stakeholder is not None and obstacle_for(user, stakeholder) is None


def obstacle_for(user: Any, stakeholder: Any) -> ContactObstacle | None:
    """`contact_obstacle` of one reader and one entry."""
    by = writer(user)
    return contact_obstacle(
        by,
        stakeholder,
        is_attended=is_reachable(user, stakeholder),
        is_blocked=by is not None and stakeholder.blocks.filter(user_id=user.pk).exists(),
    )


@rules.predicate
def began(user: Any, conversation: Any) -> bool:
    return conversation is not None and conversation.sender_id == user.pk


@rules.predicate
def answers_for(user: Any, conversation: Any) -> bool:
    """An administrator or editor of the stakeholder that was written to, while it takes part."""
    return bool(
        conversation is not None
        and conversation.stakeholder.status in Status.TAKING_PART
        and looks_after(user, conversation.stakeholder)
    )


@rules.predicate
def was_answered_officially(user: Any, conversation: Any) -> bool:
    """Of the desk or a regional focal point, and answered by a stakeholder that has not blocked them since.

    Whoever the stakeholder takes new messages of, an answer to the portal's own people may be answered.
    """
    return bool(
        conversation is not None
        and (user.is_desk or user.has_role(Role.REGIONAL))
        and is_reachable(user, conversation.stakeholder)
        and conversation.lines.filter(from_stakeholder=True).exists()
        and not conversation.stakeholder.blocks.filter(user_id=user.pk).exists()
    )


rules.add_perm("stakeholders.merge_stakeholder", may_vet)
rules.add_perm("stakeholders.go_on_conversation", is_signed_in & began & was_answered_officially)
rules.add_perm("stakeholders.contact_stakeholder", is_signed_in & is_visible & may_write_to)
rules.add_perm("stakeholders.view_conversation", is_visible)
rules.add_perm("stakeholders.answer_conversation", is_signed_in & answers_for)
rules.add_perm("stakeholders.report_conversation", is_signed_in & answers_for)
rules.add_perm("stakeholders.choose_contact", edits)


# --- Imports ------------------------------------------------------------------------------------------
for _model in ("import", "importrow", "importsource"):
    rules.add_perm(f"stakeholders.view_{_model}", is_visible)
