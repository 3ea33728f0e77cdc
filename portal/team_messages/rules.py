"""Who answers what people write to the team."""

from typing import Any

import rules

from portal.team_messages.enums import ANSWERED_BY, READ_ALL, Purpose


def purposes_of(user: Any) -> list[Purpose]:
    """Return the purposes of the messages that the person answers, by the roles that they hold now."""
    if not (user.is_authenticated and user.is_active):
        return []
    return [purpose for purpose, role in ANSWERED_BY.items() if user.has_role(role, *READ_ALL)]


@rules.predicate
def answers_messages(user: Any) -> bool:
    return bool(purposes_of(user))


@rules.predicate
def may_answer(user: Any, message: Any = None) -> bool:
    """One of the team for this purpose, who did not write the message."""
    return message is not None and message.purpose in purposes_of(user) and message.sender_id != user.pk


rules.add_perm("portal.view_team_messages", answers_messages)
for _name in ("answer", "close", "hold", "reopen"):
    rules.add_perm(f"portal.{_name}_teammessage", may_answer)
