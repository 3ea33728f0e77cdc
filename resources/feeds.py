"""Lists of the library as Atom feeds."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.html import strip_tags

from core.feeds import AtomFeed
from resources.queries.lines import Line


def library_atom(lines: Iterable[Line], *, title: str, link: str, own: str) -> str:
    """One entry for each line; `link` and `own` are whole addresses."""
    feed = AtomFeed(title=title, link=link, own=own)
    for line in lines:
        told = line.resource
        feed.add_item(
            title=line.plain_title,
            link=settings.SITE_URL + line.url,
            description=strip_tags(line.abstract),
            author_name=told.publisher or None,
            categories=[str(line.kind)],
            unique_id=f"{settings.SITE_URL}/resources/{told.pk}",
            pubdate=told.published_at,
            updateddate=told.published_at,
        )
    return feed.writeString("utf-8")
