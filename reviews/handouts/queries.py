"""The checklist and the letters in the reader's language, or in the nearest there is."""

from typing import Any

from django.conf import settings

from reviews.handouts.models import Handout


def handouts(user: Any, language: str) -> list[Handout]:
    """Of each paper one text: in `language`, else in English, else as there is; in their order."""
    order = (language, settings.LANGUAGE_CODE)
    found: dict[str, Handout] = {}
    for one in sorted(
        Handout.objects.visible_to(user),
        key=lambda one: order.index(one.language) if one.language in order else len(order),
    ):
        found.setdefault(one.slug, one)
    return sorted(found.values(), key=lambda one: (one.position, one.slug))


def handout(user: Any, slug: str, language: str) -> Handout | None:
    return next((one for one in handouts(user, language) if one.slug == slug), None)
