"""What waits for a person among stories: what the desk asks about."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from news.enums.stories import HeldFor, StoryStatus
from news.queries.stories import own_stories
from workflow.hooks import MyPart, Task


def my_work(user: Any) -> MyPart:
    """One query."""
    rows = own_stories(user).filter(status=StoryStatus.ON_HOLD, held_for=HeldFor.AUTHOR)
    return MyPart(
        [
            Task(
                one.title,
                reverse("news:own_story", args=[one.pk]),
                _("Story that the desk asks about"),
                pgettext("button", "Answer"),
                None,
                one.language_id,
                [one.stakeholder.name] if one.stakeholder else [],
            )
            for one in rows
        ]
    )
