"""Whom an issue reaches, and how many subscribers there are; numbers, never addresses."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from core.small_numbers import suppress_if_small
from news.models import Issue, Subscriber
from notifications.bounces.models import Suppression
from taxonomy.terms.models import Topic


class Cell(NamedTuple):
    """`number` is None where it would point at few people."""

    label: str
    number: int | None


class Numbers(NamedTuple):
    total: int
    by_language: list[Cell]
    by_topic: list[Cell]


def reachable(subscribers: "QuerySet[Subscriber]") -> "QuerySet[Subscriber]":
    """Without those whose address is held back: mail came back, or was marked as unwanted."""
    held = Suppression.objects.in_force().alias(lowered=Lower("address"))
    return subscribers.filter(~Exists(held.filter(lowered=Lower(OuterRef("address")))))


def recipients(issue: Issue) -> "QuerySet[Subscriber]":
    """Whom it would reach now: by language and topic, confirmed, not held back. One query for its topics."""
    topics = list(issue.topics.values_list("pk", flat=True))
    found = Subscriber.objects.confirmed().filter(languages__overlap=issue.languages)
    if topics:
        chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"))
        found = found.filter(~Exists(chosen) | Exists(chosen.filter(topic__in=topics)))
    return reachable(found)


def language_for(languages: list[str], issue_languages: list[str]) -> str:
    """The first of a reader's that the issue has."""
    return next(code for code in languages if code in issue_languages)


def numbers_for(issue: Issue) -> Numbers:
    """Of an issue's recipients, by the language in which it comes and by chosen topic. Four queries."""
    found, has = recipients(issue), issue.languages
    return _numbers(found, lambda languages: language_for(languages, has))


def numbers_of_subscribers() -> Numbers:
    """Of all who may get mail, by the language that they prefer and by topic. Three queries."""
    return _numbers(reachable(Subscriber.objects.confirmed()), lambda languages: languages[0])


def _numbers(found: "QuerySet[Subscriber]", language_of: Callable[[list[str]], str]) -> Numbers:
    by_language: Counter[str] = Counter()
    rows = found.order_by().values_list("languages").annotate(number=Count("pk"))
    for languages, number in rows:
        by_language[language_of(languages)] += number
    chosen = Subscriber.topics.through.objects
    by_topic = dict(
        chosen.filter(subscriber__in=found).order_by().values_list("topic").annotate(number=Count("pk"))
    )
    total = by_language.total()
    unchosen = found.filter(~Exists(chosen.filter(subscriber=OuterRef("pk")))).count()
    names = dict(Topic.objects.for_choices())
    topics = sorted((str(names.get(code, code)), number) for code, number in by_topic.items())
    cells = [Cell(name, suppress_if_small(number)) for name, number in topics]
    return Numbers(
        total=total,
        by_language=[
            Cell(get_language_info(code)["name_translated"], suppress_if_small(by_language[code]))
            for code, _name in settings.LANGUAGES
            if by_language[code]
        ],
        by_topic=[Cell(_("All topics"), suppress_if_small(unchosen)), *cells] if unchosen else cells,
    )
