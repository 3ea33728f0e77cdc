"""Who may do what with dialogues, applications to them and statements."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.entries.enums import MemberRole, Status

runs_dialogues = has_role(Role.REVIEWS, Role.HEAD)


@rules.predicate
def applies_with_it(user: Any, application: Any = None) -> bool:
    """Return whether the user is the applicant, and writes for a stakeholder that takes part.

    For whom an administrator prepared it, any member of the stakeholder does.
    """
    return bool(
        application is not None
        and user.is_authenticated
        and user.is_active
        and application.applicant_id == user.pk
        and user.memberships.filter(
            stakeholder_id=application.stakeholder_id,
            role__in=MemberRole.values if application.prepared_by_id else MemberRole.WRITERS,
            stakeholder__status__in=Status.TAKING_PART,
        ).exists()
    )


@rules.predicate
def prepared_it(user: Any, application: Any = None) -> bool:
    """Return whether the user prepares the draft for a colleague, as administrator of the stakeholder."""
    return bool(
        application is not None
        and user.is_authenticated
        and user.is_active
        and application.is_draft
        and application.prepared_by_id == user.pk
        and user.memberships.filter(
            stakeholder_id=application.stakeholder_id,
            role=MemberRole.ADMIN,
            stakeholder__status__in=Status.TAKING_PART,
        ).exists()
    )


@rules.predicate
def prepares_it(user: Any, application: Any = None) -> bool:
    """Return whether the user still prepares it: the colleague, who then writes, was not asked yet."""
    return prepared_it.test(user, application) and application.asked_at is None


@rules.predicate
def applies_on(user: Any, line: Any = None) -> bool:
    return line is not None and applies_with_it.test(user, line.application)


@rules.predicate
def is_its_person(user: Any, line: Any = None) -> bool:
    """Return whether the user is the applicant, whatever the stakeholder's status."""
    return bool(
        line is not None
        and user.is_authenticated
        and user.is_active
        and line.application.applicant_id == user.pk
    )


@rules.predicate
def leads_its_stakeholder(user: Any, line: Any = None) -> bool:
    """Return whether the user administers the stakeholder, so may withdraw a colleague's application."""
    return bool(
        line is not None
        and user.is_authenticated
        and user.is_active
        and user.memberships.filter(
            stakeholder_id=line.application.stakeholder_id, role=MemberRole.ADMIN
        ).exists()
    )


rules.add_perm("reviews.view_dialogue", is_visible)
rules.add_perm("reviews.run_dialogues", runs_dialogues)
rules.add_perm("reviews.extend_dialogue", runs_dialogues)

rules.add_perm("reviews.view_dialogueapplication", is_visible)
rules.add_perm("reviews.change_dialogueapplication", applies_with_it | prepares_it)
rules.add_perm("reviews.discard_dialogueapplication", applies_with_it | prepared_it)

rules.add_perm("reviews.view_dialogueline", is_visible)
rules.add_perm("reviews.submit_dialogueline", applies_on)
rules.add_perm("reviews.take_dialogueline", applies_on)
rules.add_perm("reviews.speak_dialogueline", applies_on)
rules.add_perm("reviews.ask_dialogueline", is_its_person)
rules.add_perm("reviews.withdraw_dialogueline", is_its_person | leads_its_stakeholder)
rules.add_perm("reviews.shortlist_dialogueline", runs_dialogues)
rules.add_perm("reviews.unlist_dialogueline", runs_dialogues)
rules.add_perm("reviews.pass_dialogueline", runs_dialogues)
rules.add_perm("reviews.accept_dialogueline", runs_dialogues)
rules.add_perm("reviews.wait_dialogueline", runs_dialogues)
rules.add_perm("reviews.refuse_dialogueline", runs_dialogues)
rules.add_perm("reviews.decline_dialogueline", runs_dialogues)
rules.add_perm("reviews.reopen_dialogueline", runs_dialogues)
