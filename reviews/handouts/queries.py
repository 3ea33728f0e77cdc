"""The checklist and the letters in the reader's language, or in the nearest there is."""

from typing import Any

from django.conf import settings

from reviews.handouts.models import Handout


def handouts(user: Any, language: str) -> list[Handout]:
    """Return each paper in `language`, else in English, else in any language, in their order."""
    order = (language, settings.LANGUAGE_CODE)
    by_slug: dict[str, Handout] = {}
    for paper in sorted(
        Handout.objects.visible_to(user),
        key=lambda paper: order.index(paper.language) if paper.language in order else len(order),
    ):
        by_slug.setdefault(paper.slug, paper)
    return sorted(by_slug.values(), key=lambda paper: (paper.position, paper.slug))


def handout(user: Any, slug: str, language: str) -> Handout | None:
    return next((paper for paper in handouts(user, language) if paper.slug == slug), None)
