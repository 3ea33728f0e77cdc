"""Who reads of the sources, keeps their facts up to date, and says from where they are fetched."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role
from taxonomy.hooks import Source

rules.add_perm("taxonomy.view_sources", has_role(*Role.DESK))


def may_see(user: Any, source: Source) -> bool:
    return not source.permission or bool(user.has_perm(source.permission))


def may_set(user: Any, source: Source) -> bool:
    """Return whether the person may set the address of the source."""
    return source.fetching is not None and bool(user.has_perm(source.fetching.permission))


def is_keeper(user: Any, source: Source) -> bool:
    """Return whether the person has the role that keeps the source. The head of the desk keeps all."""
    return may_see(user, source) and bool(user.has_role(source.keeper))


def keeps(user: Any, source: Source) -> bool:
    """Return whether it is this person's work to keep the facts of the source up to date."""
    return may_see(user, source) and bool(user.has_role(source.keeper, Role.HEAD))
