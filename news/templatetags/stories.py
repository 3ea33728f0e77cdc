"""How stories are told on pages. None of these asks the database."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.translation import pgettext

from news.stories.enums import RefuseReason, WithdrawReason
from news.stories.feeds import picture_of
from news.stories.models import Story
from taxonomy.names.sorting import content_language

register = template.Library()

LOOKS = {
    "draft": "quiet",
    "pending": "waiting",
    "on_hold": "waiting",
    "published": "done",
    "archived": "quiet",
    "refused": "refused",
    "withdrawn": "refused",
}


@register.filter
def story_look(story: Story) -> str:
    return "waiting" if story.is_scheduled else LOOKS[story.status]


@register.filter
def story_stands(story: Story) -> str:
    """How it stands, for those who keep it."""
    if story.is_scheduled:
        return pgettext("status of a story", "Scheduled")
    if story.is_written and not story.is_draft:
        return pgettext("status of a story", "Returned for changes")
    return str(story.get_status_display())


@register.filter
def other_language(story: Story) -> bool:
    """Whether its text is in another language than the page, so that a label has to say so."""
    return story.language_id != content_language()


@register.filter
def refuse_reason(code: str) -> str:
    return str(dict(RefuseReason.choices).get(code, code))


@register.filter
def withdraw_reason(code: str) -> str:
    return str(dict(WithdrawReason.choices).get(code, code))


@register.filter
def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def lead_image(story: Story) -> Any:
    """The first of the images that the page has loaded, or None."""
    return next(iter(story.images.all()), None)


@register.filter
def whole_address(image: Any) -> str:
    return picture_of(image)


@register.simple_tag
def site(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
