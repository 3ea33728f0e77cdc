"""Who may do what with an application, and until when somebody has promised to act."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import rules

from accounts.people.rules import is_signed_in, is_visible
from stakeholders.entries.rules import is_state


@rules.predicate
def is_applicant(user: Any, application: Any) -> bool:
    return bool(
        application is not None
        and user.is_authenticated
        and user.is_active
        and application.applicant_id == user.pk
    )


rules.add_perm("stakeholders.view_application", is_visible)
# A State user has no members' rights: an organization may have to hide from its own State.
rules.add_perm("stakeholders.add_application", is_signed_in & ~is_state)
rules.add_perm("stakeholders.change_application", is_applicant)
rules.add_perm("stakeholders.submit_application", is_applicant)
rules.add_perm("stakeholders.answer_application", is_applicant)
rules.add_perm("stakeholders.withdraw_application", is_applicant)

DESK_ZONE = ZoneInfo("Europe/Vienna")
SATURDAY = 5


def working_days_after(moment: datetime, days: int) -> datetime:
    """Return the end of the desk's day, Vienna time, `days` working days after `moment`.

    Saturdays and Sundays do not count; public holidays differ by duty station and do.
    """
    day = moment.astimezone(DESK_ZONE)
    while days:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day.replace(hour=18, minute=0, second=0, microsecond=0)
