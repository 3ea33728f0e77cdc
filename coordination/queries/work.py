"""What waits for a person in coordination: invitations of networks, and what follows from activities."""

from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.queries.activities import to_do_of
from coordination.queries.networks import invitations_to
from core.time_display import VIENNA
from workflow.hooks import MyPart, Task


def my_work(user: Any) -> MyPart:
    """Three queries at most."""
    invited = [
        Task(
            one.network.name,
            one.get_absolute_url(),
            _("Network that invites you"),
            pgettext("button", "Answer"),
            None,
            one.network.language_id,
            [one.stakeholder.name, one.get_role_display()],
        )
        for one in invitations_to(user)
    ]
    to_do = [
        Task(
            one.text,
            reverse("activities:activity", args=[one.activity_id]) + "#follows",
            _("What follows from an activity"),
            pgettext("an activity", "Open"),
            datetime.combine(one.due_on + timedelta(days=1), time(), VIENNA),
            "",
            [one.activity.title],
        )
        for one in to_do_of(user)
    ]
    return MyPart([*invited, *to_do])
