"""Dialogues as everybody reads them, and their yearly numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.small_numbers import suppress_if_small
from events.events.enums import EventKind, EventStatus
from events.events.models import Event
from events.hooks import Act, Urgency
from reviews.dialogues.enums import REASONS, LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine, DialogueStatement
from search.enums import Audience
from search.hooks import IS_CANCELLED, Entry, facets_of_days
from taxonomy.terms.queries import topics_in_order

S = LineStatus


@dataclass(frozen=True)
class DialogueList:
    open: list[Dialogue]
    coming: list[Dialogue]
    # To come on the calendar, without a call yet.
    announced: list[Event]
    # With a call of ours (`event.dialogue`) or known from sources alone; the latest first.
    held: list[Event]


def list_dialogues(user: Any) -> DialogueList:
    """Return the dialogues that take applications, the others to come, and those that were held."""
    at = now()
    rows = list(
        Dialogue.objects.visible_to(user).for_page().prefetch_related("event__attendance", "event__documents")
    )
    is_open = [dialogue for dialogue in rows if dialogue.takes_applications]
    coming = [
        dialogue
        for dialogue in rows
        if dialogue not in is_open and not (dialogue.event.ends_at and dialogue.event.ends_at < at)
    ]
    past = [dialogue.event for dialogue in rows if dialogue not in is_open and dialogue not in coming]
    others = Event.objects.visible_to(user).filter(
        kind=EventKind.DIALOGUE, status=EventStatus.PUBLISHED, dialogue=None
    )
    earlier = others.held(at).select_related("dialogue")
    return DialogueList(
        sorted(is_open, key=_closing),
        sorted(coming, key=_start),
        list(others.coming(at)),
        sorted(
            [*past, *earlier.prefetch_related(topics_in_order(), "attendance", "documents")],
            key=lambda event: event.starts_at.timestamp() if event.starts_at else 0,
            reverse=True,
        ),
    )


def _closing(dialogue: Dialogue) -> Any:
    return (dialogue.closes_at or now(), dialogue.pk)


def _start(dialogue: Dialogue) -> Any:
    return (dialogue.event.starts_at is None, dialogue.event.starts_at, dialogue.pk)


def for_page(user: Any, pk: int) -> Dialogue | None:
    preparation = Event.objects.filter(kind=EventKind.PREPARATION, status=EventStatus.PUBLISHED)
    rows = Dialogue.objects.visible_to(user).for_page()
    return (
        rows.prefetch_related(
            "event__attendance",
            "event__documents",
            Prefetch("event__parts", preparation, to_attr="preparation"),
        )
        .filter(pk=pk)
        .first()
    )


def event_part(user: Any, event: Event) -> dict[str, Any] | None:
    """Return the dialogue of an event and the act that leads to its call; None for other events."""
    if event.kind != EventKind.DIALOGUE:
        return None
    dialogue = Dialogue.objects.visible_to(user).filter(event=event).first()
    if dialogue is None:
        return None
    dialogue.event = event
    urgency = Urgency.TAKE_PART if dialogue.takes_applications else Urgency.LOOK_AHEAD
    act = Act(urgency, _("See the call"), dialogue.get_absolute_url())
    return {"dialogue": dialogue, "act": act}


def for_sitemap() -> QuerySet[Dialogue]:
    return Dialogue.objects.shown().filter(event__is_demo=False).order_by("pk")


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield calls of dialogues that everybody may see, with the chair's summary."""
    rows = Dialogue.objects.shown().filter(pk__in=ids).select_related("event")
    for dialogue in rows.prefetch_related("event__topics"):
        event, topics = dialogue.event, list(dialogue.event.topics.all())
        translated = [texts for texts in dialogue.translations.values() if isinstance(texts, dict)]
        text = [
            dialogue.call_text,
            *(texts.get("call_text", "") for texts in translated),
            dialogue.summary,
            dialogue.outcomes,
            " · ".join(topic.name_en for topic in topics),
        ]
        yield Entry(
            object_id=dialogue.pk,
            name=event.title,
            aliases=[texts["title"] for texts in event.translations.values() if texts.get("title")],
            url_name="dialogues:dialogue",
            url_args=[dialogue.pk],
            audience=Audience.PUBLIC,
            text="\n".join(filter(None, text)),
            language=dialogue.language_id,
            country=event.country_id or "",
            facets=[
                *(f"topic:{topic.pk}" for topic in topics),
                *([IS_CANCELLED] if event.is_cancelled else []),
                *facets_of_days(event.starts_at, event.ends_at),
            ],
        )


def statements_of(dialogue: Dialogue) -> list[DialogueStatement]:
    """Return the checked statements in the order of speaking, once the dialogue has begun."""
    if not dialogue.event.has_started:
        return []
    return list(
        DialogueStatement.objects.filter(line__dialogue=dialogue, line__status=S.ACCEPTED)
        .exclude(checked_at=None)
        .select_related("line__application__stakeholder__country", "language")
        .order_by("line__speaks_at", "pk")
    )


def applications_of(user: Any) -> QuerySet[DialogueApplication]:
    """Return the person's own applications and those that they prepared for colleagues; drafts first."""
    if not user.is_authenticated:
        return DialogueApplication.objects.none()
    return (
        DialogueApplication.objects.visible_to(user)
        .filter(Q(applicant=user) | Q(prepared_by=user))
        .select_related("stakeholder", "applicant")
        .prefetch_related(Prefetch("lines", DialogueLine.objects.select_related("dialogue__event")))
        .order_by("submitted_at", "-pk")
    )


# --- Numbers ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Year:
    """Numbers by code; None stands for fewer than five."""

    year: int
    cells: dict[str, int | None]


def columns() -> list[tuple[str, str]]:
    """Return the codes and labels of the columns, in order."""
    reasons = [(code, _("Not accepted: %(reason)s") % {"reason": label}) for code, label in REASONS.items()]
    return [("accepted", _("Accepted")), ("waiting", _("On the waiting list")), *reasons]


def decisions_by_year() -> list[Year]:
    """Return how the lines decided in each year stand, by class of reason, the newest year first.

    There are no sums: with them a hidden cell could be worked out.
    """
    counted: dict[int, Counter[str]] = {}
    rows = (
        DialogueLine.objects.filter(status__in=S.DECIDED, decided_at__isnull=False)
        .exclude(dialogue__event__is_demo=True)
        .annotate(year=ExtractYear("decided_at"))
        .order_by()
        .values_list("year", "status", "reason")
        .annotate(number=Count("pk"))
    )
    for year, status, reason, number in rows:
        counted.setdefault(year, Counter())[reason if status == S.NOT_ACCEPTED else status] += number
    codes = [code for code, _label in columns()]
    return [
        Year(year, {code: suppress_if_small(numbers[code]) for code in codes})
        for year, numbers in sorted(counted.items(), reverse=True)
    ]
