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
    """An administrator or editor of this stakeholder while it takes part."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and stakeholder.status in Status.TAKING_PART
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


# --- Slice "export" -----------------------------------------------------------------------------------
@rules.predicate
def is_reporter(user: Any, report: Any = None) -> bool:
    return report is not None and user.is_authenticated and report.reporter_id == user.pk


rules.add_perm("stakeholders.export_directory", is_desk)
rules.add_perm("stakeholders.view_export", is_visible)
rules.add_perm("stakeholders.view_reports", may_vet)
rules.add_perm("stakeholders.view_report", is_visible)
rules.add_perm("stakeholders.answer_report", may_vet & is_visible & ~is_reporter)
