"""Stories as feeds and as machines read a page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.feeds import AtomFeed
from core.text import in_script
from news.stories.models import Story, StoryImage
from news.stories.texts import plain


def address_of(story: Story) -> str:
    return settings.SITE_URL + story.get_absolute_url()


def picture_of(image: StoryImage) -> str:
    return settings.SITE_URL + reverse("core:file", args=["story-image", image.pk])


def publisher_of(user: Any, story: Story) -> str:
    if story.stakeholder:
        return story.stakeholder.name_for(user)
    return str(_("United Nations Office on Drugs and Crime"))


def atom_of(user: Any, stories: Iterable[Story], *, title: str, link: str, own: str) -> str:
    """Return a feed of stories of one language."""
    feed = AtomFeed(title=title, link=link, own=own)
    for story in stories:
        feed.add_item(
            title=story.title,
            link=address_of(story),
            description=story.summary or plain(story.text)[:400],
            unique_id=f"{settings.SITE_URL}/news/{story.pk}",
            author_name=publisher_of(user, story),
            categories=[topic.name for topic in story.topics.all()],
            pubdate=story.publish_at,
            updateddate=max(filter(None, (story.publish_at, story.updated_at))),
        )
    return feed.writeString("utf-8")


def linked_data(
    user: Any, story: Story, images: Iterable[StoryImage], topics: Iterable[Any], countries: Iterable[Any]
) -> SafeString:
    """Return JSON-LD of what the page shows to `user`, safe inside a script element."""
    is_named = story.stakeholder is None or story.stakeholder.is_named_to(user)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{settings.SITE_URL}/news/{story.pk}",
        "url": address_of(story),
        "headline": story.title,
        "description": story.summary,
        "inLanguage": story.language_id,
        "datePublished": story.publish_at.isoformat() if story.publish_at else "",
        "dateModified": story.updated_at.isoformat(),
        "author": {"@type": "Organization", "name": publisher_of(user, story)} if is_named else None,
        "publisher": {"@type": "Organization", "name": "WhatsOn"},
        "image": [
            {
                "@type": "ImageObject",
                "url": picture_of(image),
                "caption": image.caption or image.alt,
                "creditText": image.credit,
                "width": image.width,
                "height": image.height,
            }
            for image in images
        ],
        "about": [topic.name for topic in topics],
        "contentLocation": [{"@type": "Country", "name": country.name} for country in countries],
    }
    return in_script({key: value for key, value in data.items() if value})
