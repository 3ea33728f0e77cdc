"""What people hear of stories."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from news.queries import stories
from notifications.hooks import Channel, kind
from stakeholders.entries.rules import acts_for_somebody, holds


def _curates(user: Any) -> bool:
    return holds(user, Role.CURATION)


kind(
    "news.story_published",
    label=_("A story is published"),
    group=pgettext_lazy("group of messages", "News"),
    mail=Channel.DAILY,
    still_visible=stories.is_shown,
    readers=stories.readers,
    seen=stories.seen,
)
for _name, _label in (
    ("published", _("Your story is published")),
    ("returned", _("The desk asks you about your story")),
    ("refused", _("The desk does not take your story")),
    ("withdrawn", _("The desk has withdrawn your story")),
    ("changed", _("The desk has decided on a change of your story")),
):
    kind(
        f"news.yours_{_name}",
        label=_label,
        group=_("Your stories"),
        essential=True,
        still_visible=stories.theirs,
        concerns=acts_for_somebody,
    )
for _name, _label in (
    ("arrived", _("A story waits for the desk")),
    ("change_arrived", _("A change of a story waits for the desk")),
):
    kind(
        f"news.{_name}",
        label=_label,
        group=_("Work of the desk"),
        still_visible=stories.theirs,
        concerns=_curates,
    )
