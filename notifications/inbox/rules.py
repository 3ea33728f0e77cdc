"""Whose a notice is."""

from typing import Any

import rules


@rules.predicate
def is_recipient(user: Any, notice: Any) -> bool:
    return bool(user.is_authenticated and notice is not None and notice.user_id == user.pk)


rules.add_perm("notifications.view_notice", is_recipient)
rules.add_perm("notifications.change_notice", is_recipient)
