"""Whom a story concerns, and what follows from its being seen."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from news.models import Story
from notifications.follows.actions import tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from search.actions import index
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import DirectoryVersion
from taxonomy.places.queries import regions_of
from workflow.moves.models import Decision

BATCH = 200


def terms_of(story: Story) -> list[str]:
    """What people follow who are told of it."""
    countries = list(story.countries.values_list("pk", flat=True))
    within = regions_of() if countries else {}
    regions = sorted({code for country in countries for code in within.get(country, ())})
    terms = [f"country:{pk}" for pk in countries] + [f"region:{code}" for code in regions]
    terms += [f"topic:{pk}" for pk in story.topics.values_list("pk", flat=True)]
    if story.stakeholder_id:
        terms.append(f"stakeholder:{story.stakeholder_id}")
    return terms


def seen_anew(story: Story) -> None:
    """The index and the kept pages follow what everybody sees."""
    index(story)
    DirectoryVersion.objects.bump()


def tell_published() -> int:
    """Tell of every story whose instant has come; each once, however often and by how many this runs."""
    told = 0
    waiting = Story.objects.current().filter(told_at=None)
    for pk in list(waiting.order_by("publish_at", "pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Story.objects.current().filter(pk=pk, told_at=None)
            story = rows.select_for_update(no_key=True, skip_locked=True).first()
            if story is not None:
                tell_now(story)
                told += 1
    return told


def tell_now(story: Story) -> None:
    """In the transaction that holds the story. Its versions in other languages are no news of their own."""
    group = Q(pk=story.group) | Q(original=story.group)
    is_first = not Story.objects.filter(group).exclude(pk=story.pk).exclude(told_at=None).exists()
    story.told_at = now()
    Story.objects.filter(pk=story.pk).update(told_at=story.told_at)
    seen_anew(story)
    if is_first:
        tell(
            "news.story_published",
            story,
            key=f"story:{story.pk}",
            terms=terms_of(story),
            weight=Weight.NEWS,
            url_name="news:story",
            url_args=[story.pk, story.slug],
            facts={"title": story.title, "summary": story.summary},
        )


def tell_authors(story: Story, what: str, **facts: Any) -> None:
    """Administrators and editors of its stakeholder."""
    if story.stakeholder_id is None:
        return
    people = User.objects.filter(
        memberships__stakeholder=story.stakeholder_id,
        memberships__role__in=MemberRole.WRITERS,
        is_active=True,
    ).distinct()
    notify_all(
        people,
        f"news.yours_{what}",
        key=f"story:{story.pk}:{what}:{_round(story)}",
        url_name="news:own_story",
        url_args=[story.pk],
        facts={"title": story.title, **facts},
        subject=story,
    )


def tell_desk(
    kind: str, story: Story, *, key: str, url_name: str, url_args: list[Any], facts: Mapping[str, Any]
) -> None:
    notify_all(
        people_of_the_desk(), kind, key=key, url_name=url_name, url_args=url_args, facts=facts, subject=story
    )


def people_of_the_desk() -> QuerySet[User]:
    return holders_of(Role.CURATION)


def _round(story: Story) -> int:
    """How many steps it has taken: what is told of one step is told once."""
    return Decision.objects.about(story).count()
