"""What waits for a person among networks: invitations to the stakeholders that they administer."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.queries.networks import invitations_to
from workflow.registry import MyPart, Task


def my_work(user: Any) -> MyPart:
    """One query."""
    return MyPart(
        [
            Task(
                one.network.name, one.get_absolute_url(), _("Network that invites you"),
                pgettext("button", "Answer"), None, one.network.language_id,
                [one.stakeholder.name, one.get_role_display()],
            )
            for one in invitations_to(user)
        ]
    )  # fmt: skip
