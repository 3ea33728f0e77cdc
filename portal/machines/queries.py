"""What search engines are told."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from reviews.calls.models import Call
from reviews.calls.queries import public_calls
from reviews.dialogues import queries as dialogues_queries
from reviews.dialogues.models import Dialogue
from reviews.handouts.models import Handout
from reviews.tracker.models import CountryReview
from stakeholders.entries.models import Stakeholder


def stakeholders_for_sitemap() -> QuerySet[Stakeholder]:
    """Those that every visitor may find, in a steady order."""
    return Stakeholder.objects.visible_to(AnonymousUser()).only("pk", "slug", "updated_at").order_by("pk")


def reviews_for_sitemap() -> QuerySet[CountryReview]:
    return CountryReview.objects.visible_to(AnonymousUser()).order_by("country")


def calls_for_sitemap() -> QuerySet[Call]:
    return public_calls().filter(is_demo=False).order_by("pk")


def dialogues_for_sitemap() -> QuerySet[Dialogue]:
    return dialogues_queries.for_sitemap()


def handouts_for_sitemap() -> QuerySet[Handout]:
    return Handout.objects.visible_to(AnonymousUser()).filter(language="en").order_by("slug")


def chunk(rows: QuerySet[Any], number: int, size: int) -> Iterator[Any]:
    """The rows of the `number`-th part (from 1) of at most `size` rows each."""
    return iter(rows[(number - 1) * size : number * size])
