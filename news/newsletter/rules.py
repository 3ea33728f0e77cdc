"""Who makes the newsletter."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role

MAKERS = (Role.CURATION, Role.HEAD)
makes_newsletter = has_role(*MAKERS)


@rules.predicate
def is_second_person(user: Any, issue: Any = None) -> bool:
    """Has written nothing in it."""
    return issue is not None and user.pk not in issue.writers


rules.add_perm("news.make_newsletter", makes_newsletter)
rules.add_perm("news.approve_newsletter", makes_newsletter & is_second_person)
rules.add_perm("news.send_newsletter", makes_newsletter)
