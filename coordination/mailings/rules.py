"""Who may write to many stakeholders, let it leave beyond a limit, and answer."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk
from coordination.mailings.enums import Hat
from stakeholders.entries.enums import MemberRole, Status

covers_region = has_role(Role.REGIONAL)
releases = has_role(Role.HEAD, Role.ADMINISTRATOR)


def writes_as(user: Any, hat: str) -> bool:
    """Whether the person may write under this hat now."""
    return bool(covers_region(user) if hat == Hat.REGIONAL else is_desk(user))


@rules.predicate
def wrote_it(user: Any, letter: Any = None) -> bool:
    return letter is not None and user.is_authenticated and letter.by_id == user.pk


@rules.predicate
def under_its_hat(user: Any, letter: Any = None) -> bool:
    return letter is not None and writes_as(user, letter.hat)


@rules.predicate
def answers_it(user: Any, copy: Any = None) -> bool:
    """Who looks after a stakeholder that takes part, while whoever wrote still acts under that hat."""
    if copy is None or not (user.is_authenticated and user.is_active):
        return False
    writer = copy.letter.by
    return bool(
        writer is not None
        and writer.pk != user.pk
        and writes_as(writer, copy.letter.hat)
        and copy.stakeholder.status in Status.TAKING_PART
        and user.memberships.filter(stakeholder_id=copy.stakeholder_id, role__in=MemberRole.WRITERS).exists()
    )


rules.add_perm("coordination.write_to_region", covers_region)
rules.add_perm("coordination.write_to_directory", is_desk)
rules.add_perm("coordination.change_letter", wrote_it & under_its_hat)
rules.add_perm("coordination.steer_letter", (wrote_it & under_its_hat) | releases)
rules.add_perm("coordination.release_letters", releases)
rules.add_perm("coordination.release_letter", releases & ~wrote_it)
rules.add_perm("coordination.answer_letter", answers_it)
