"""Who may do what with stakeholders and applications. Reads attributes and relations, imports no model."""

from typing import Any

import rules

from accounts.enums import Role
from accounts.rules import has_role, is_desk
from stakeholders.enums import MemberRole, Status

may_vet = has_role(Role.VETTING, Role.HEAD)


@rules.predicate
def is_person(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def is_visible(user: Any, obj: Any) -> bool:
    """The one truth of who sees a row is its queryset's `visible_to`; this asks it."""
    if obj is None:
        return False
    return type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()


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
    """A person in at least one approved, unsuspended stakeholder."""
    return bool(
        user.is_authenticated
        and user.is_active
        and user.memberships.filter(stakeholder__status__in=Status.TAKING_PART).exists()
    )


@rules.predicate
def edits(user: Any, stakeholder: Any) -> bool:
    """An administrator or editor of this stakeholder while it takes part, or could by confirming."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and stakeholder.status in Status.LOOKED_AFTER
        and user.memberships.filter(
            stakeholder_id=stakeholder.pk, role__in=(MemberRole.ADMIN, MemberRole.EDITOR)
        ).exists()
    )


rules.add_perm("stakeholders.take_part", is_member)
rules.add_perm("stakeholders.view_stakeholder", is_visible)
rules.add_perm("stakeholders.change_stakeholder", edits)
rules.add_perm("stakeholders.view_application", is_visible)
rules.add_perm("stakeholders.add_application", is_person)
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
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and stakeholder.status in Status.LOOKED_AFTER
        and user.memberships.filter(stakeholder_id=stakeholder.pk, role=MemberRole.ADMIN).exists()
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


rules.add_perm("stakeholders.manage_stakeholder", belongs | is_desk)
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
        return bool(
            stakeholder is not None
            and user.is_authenticated
            and user.is_active
            and user.memberships.filter(stakeholder_id=stakeholder.pk, role__in=roles).exists()
        )

    return acts


looks_after = acts_as(MemberRole.ADMIN, MemberRole.EDITOR)
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


rules.add_perm("stakeholders.export_directory", is_desk)
rules.add_perm("stakeholders.view_export", is_visible)
rules.add_perm("stakeholders.view_reports", may_vet)
rules.add_perm("stakeholders.view_report", is_visible)
rules.add_perm("stakeholders.answer_report", may_vet & is_visible & ~is_reporter)


# --- Imports ------------------------------------------------------------------------------------------
for _model in ("import", "importrow", "importsource"):
    rules.add_perm(f"stakeholders.view_{_model}", is_visible)
