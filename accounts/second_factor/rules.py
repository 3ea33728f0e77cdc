"""Who may check and who may confirm that a second factor is taken away."""

from typing import Any

import rules

from accounts.people.rules import is_administrator


@rules.predicate
def is_somebody_else(user: Any, reset: Any = None) -> bool:
    return reset is not None and user.pk != reset.user_id


@rules.predicate
def is_second_to_check(user: Any, reset: Any = None) -> bool:
    """Somebody has made sure who asks, and it was another person."""
    return reset is not None and reset.checked_at is not None and user.pk != reset.checked_by_id


rules.add_perm("accounts.check_reset", is_administrator & is_somebody_else)
rules.add_perm("accounts.confirm_reset", is_administrator & is_somebody_else & is_second_to_check)
