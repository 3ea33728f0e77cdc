"""One event, for its pages; the desk's list; who may read of it; documents for the index."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy

from audit.models import Entry as Said
from events.events.enums import EventKind, EventStatus
from events.events.models import Event
from news.hooks import ItemText
from notifications.outbox.models import Message
from search.enums import Audience
from search.hooks import IS_CANCELLED, Entry, facets_of_days
from search.text import in_all_languages
from stakeholders.entries.models import entries_of
from taxonomy.places.models import Country
from workflow.moves.models import Decision

STATES: dict[str, str | Promise] = {
    "waiting": pgettext_lazy("events at the desk", "For review"),
    "returned": pgettext_lazy("events at the desk", "With their organizers"),
    "draft": pgettext_lazy("events at the desk", "Drafts"),
    "coming": pgettext_lazy("events at the desk", "Upcoming"),
    "past": pgettext_lazy("events at the desk", "Past"),
    "cancelled": pgettext_lazy("events at the desk", "Cancelled"),
    "closed": pgettext_lazy("events at the desk", "Declined or withdrawn"),
    "moderated": pgettext_lazy("events at the desk", "Hidden or taken down"),
}

# Kinds by which somebody hears in person that the event is moved or cancelled.
TOLD_OF_CHANGE = (
    "events.registration_moved",
    "events.registration_event_cancelled",
    "events.organizer_event_moved",
    "events.organizer_event_cancelled",
)


class EventChange(NamedTuple):
    """One entry of the public history. `move`: publish, reschedule, cancel; `before` where it was moved."""

    at: datetime
    move: str
    before: Event | None
    after: Event | None
    note: str


def _in_state(state: str) -> Q:
    if state in ("coming", "past"):
        over = Q(ends_at__lt=now()) | Q(ends_at=None)
        return Q(status=EventStatus.PUBLISHED) & (over if state == "past" else ~over)
    return {
        "waiting": Q(status=EventStatus.SUBMITTED),
        "returned": Q(status=EventStatus.RETURNED),
        "draft": Q(status=EventStatus.DRAFT),
        "cancelled": Q(status=EventStatus.CANCELLED),
        "closed": Q(status__in=(EventStatus.REFUSED, EventStatus.WITHDRAWN)),
        "moderated": Q(status__in=(EventStatus.HIDDEN, EventStatus.REMOVED)),
    }[state]


def desk_counts(user: Any) -> dict[str, int]:
    """Return how many events have each status."""
    counted = {state: Count("pk", filter=_in_state(state)) for state in STATES}
    return Event.objects.visible_to(user).aggregate(**counted)


def desk_list(user: Any, state: str) -> QuerySet[Event]:
    rows = (
        Event.objects.visible_to(user).filter(_in_state(state)).select_related("body", "organizer", "country")
    )
    if state == "past":
        return rows.past()
    return rows.order_by("updated_at" if state == "waiting" else "starts_at", "pk")


def own_events(user: Any) -> QuerySet[Event]:
    """Return the events of the person's stakeholders, the latest change first."""
    rows = Event.objects.visible_to(user).filter(organizer__in=entries_of(user))
    return rows.select_related("organizer", "body", "country").order_by("-updated_at", "-pk")


def changes_of(event: Event) -> list[EventChange]:
    """Return how the event was published, moved and cancelled, as everybody may know it; the latest first."""
    names = ["events.event.publish", "events.event.reschedule", "events.event.cancel"]
    entries = Said.objects.filter(
        subject_kind="events.event", subject_id=event.pk, action__in=names
    ).order_by("-at", "-pk")
    why = Decision.objects.about(event).filter(move="cancel").values_list("note", flat=True).first() or ""
    changes = []
    for entry in entries:
        move_name = entry.action.rpartition(".")[2]
        before, after = (_as_event(entry.data.get(side)) for side in ("before", "after"))
        changes.append(EventChange(entry.at, move_name, before, after, why if move_name == "cancel" else ""))
    return changes


def _as_event(stored: Any) -> Event | None:
    if not stored:
        return None
    moments = {
        name: datetime.fromisoformat(stored[name]) if stored.get(name) else None
        for name in ("starts_at", "ends_at")
    }
    return Event(
        **moments,
        zone=stored["zone"],
        mode=stored["mode"],
        city=stored["city"],
        venue=stored["venue"],
        whole_days=stored.get("whole_days", False),
    )


def first_start(changes: Iterable[EventChange]) -> str:
    """Return when it was to begin before it was moved for the last time, as ISO text, or ""."""
    for change in changes:
        if change.move == "reschedule" and change.before and change.before.starts_at:
            return change.before.starts_at.isoformat()
    return ""


# --- Who hears of it ----------------------------------------------------------------------------------------
def titles_seen(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Return id → title of those of these events that are shown, for follows."""
    numbers = [code for code in codes if code.isdecimal()]
    rows = Event.objects.visible_to(user).shown().filter(pk__in=numbers)
    return {str(event.pk): event.told_title[0] for event in rows}


def is_shown(_user: Any, pk: int | None) -> bool:
    return pk is not None and Event.objects.shown().filter(pk=pk).exists()


def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    """Return these people where the event is shown, else nobody."""
    return people if is_shown(None, pk) else people.none()


def readers_of_change(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    """Return the `readers` without those who were informed of this change as registered or as organizers."""
    shown = Event.objects.shown()
    sequence = shown.filter(pk=pk).values_list("sequence", flat=True).first() if pk is not None else None
    if sequence is None:
        return people.none()
    messages = Message.objects.filter(
        kind__in=TOLD_OF_CHANGE,
        user__isnull=False,
        key__in=[f"event:{pk}:{change}:{sequence}" for change in ("moved", "event_moved", "event_cancelled")],
    )
    return people.exclude(pk__in=messages.values("user"))


def pairs_seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    shown_ids = set(
        Event.objects.shown().filter(pk__in={pk for _person, pk in pairs}).values_list("pk", flat=True)
    )
    return {pair for pair in pairs if pair[1] in shown_ids}


# --- The index ----------------------------------------------------------------------------------------------
def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield the entries of the index for the events that are shown."""
    rows = Event.objects.visible_to(AnonymousUser()).filter(pk__in=ids)
    rows = rows.select_related("body", "organizer", "country", "part_of")
    events = list(rows.prefetch_related("topics", "documents"))
    codes = {code for event in events for code in event.supporting_states}
    states = dict(Country.objects.filter(pk__in=codes).values_list("pk", "name_en"))
    for event in events:
        translated = [text for texts in event.translations.values() for text in texts.values()]
        yield Entry(
            object_id=event.pk,
            name=event.title,
            aliases=[texts["title"] for texts in event.translations.values() if texts.get("title")],
            text="\n".join(
                filter(
                    None,
                    (
                        event.about,
                        event.body.name_en if event.body else "",
                        event.organizer.name if event.organizer and event.organizer.is_named_publicly else "",
                        event.part_of.title if event.part_of and event.part_of.is_shown else "",
                        *event.organizer_names,
                        *event.co_organizer_names,
                        *event.speaker_institutions,
                        *(states.get(code, code) for code in event.supporting_states),
                        *(f"{document.symbol} {document.title}" for document in event.documents.all()),
                        ", ".join(filter(None, (event.venue, event.city))),
                        " · ".join(topic.name_en for topic in event.topics.all()),
                        *translated,
                    ),
                )
            ),
            language=event.language_id,
            audience=Audience.PUBLIC,
            country=event.country_id or "",
            facets=[
                f"event:{event.kind}",
                *(f"topic:{topic.pk}" for topic in event.topics.all()),
                *([IS_CANCELLED] if event.is_cancelled else []),
                *facets_of_days(event.starts_at, event.ends_at),
            ],
            url_name="events:event",
            url_args=[event.pk, event.slug],
            sort_key=event.starts_at.isoformat() if event.starts_at else "",
            words=in_all_languages(EventKind(event.kind).label),
        )


def item_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """Return, for the newsletter, title and description in each language that an event has."""
    return {
        event.pk: {
            event.language_id: ItemText(event.title, event.about),
            **{
                code: ItemText(texts.get("title") or event.title, texts.get("about", ""))
                for code, texts in event.translations.items()
                if texts.get("title")
            },
        }
        for event in Event.objects.shown().filter(pk__in=ids)
    }


def event_visible(user: Any, pk: int | None) -> bool:
    return pk is not None and Event.objects.visible_to(user).filter(pk=pk).exists()
