"""The text of a trust page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from portal.pages.models import Page


def page_text(user: Any, slug: str, language: str) -> Page | None:
    """The text of a trust page in a language, in English where there is none, or None."""
    return Page.objects.visible_to(user).filter(slug=slug).in_language(language).first()


def pages_for_sitemap() -> QuerySet[Page]:
    return Page.objects.visible_to(AnonymousUser()).filter(language="en").order_by("slug")
