"""What the desk and a stakeholder do with an event of theirs."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.events.dates import begins
from events.events.enums import EventKind, EventStatus, Mode
from events.events.models import Event
from events.hooks import found_with
from notifications.follows.actions import drop_deadline, set_deadline, tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from search.actions import index
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.rules import acts_for
from stakeholders.hooks import sentences_of
from taxonomy.places.queries import regions_of
from workflow.items.actions import answer_requests, ask, close_items, open_item, pause, resume
from workflow.items.queries import due_of
from workflow.moves.actions import lock, move
from workflow.moves.models import Decision

LISTS = ("languages", "topics")
# When and where: people have it in their calendars and have booked a journey.
PLACE_AND_TIME = frozenset(
    ("starts_at", "ends_at", "whole_days", "zone", "mode", "city", "country", "venue", "link")
)
# What else a calendar shows.
ON_CALENDARS = PLACE_AND_TIME - {"link"} | {"title", "about", "translations"}
NEAR = "start"
LOOK = "look"


def draft_event(*, actor: User, values: Mapping[str, Any], organizer: Stakeholder | None = None) -> Event:
    """Begin a draft: of the house's own, or, with `organizer`, of a stakeholder for which the person acts."""
    if organizer is None:
        if not actor.has_perm("events.add_event"):
            raise PermissionDenied
    elif not acts_for(actor, organizer.pk):
        raise PermissionDenied
    with transaction.atomic():
        event = Event(written_by=actor, organizer=organizer, is_demo=actor.is_demo)
        write_event(event, values)
        record(event, "events.event.write", actor=actor)
    return event


def save_event(event: Event, *, actor: User, version: int, values: Mapping[str, Any]) -> Event:
    """Save a change of the text; once the event is published, time and place change by rescheduling alone.

    A draft is saved as it is typed, and its history says only that it was written.

    Raises WrongState where another window has saved since, or where the event's status allows no change.
    """
    with transaction.atomic():
        event = lock_for_change(event, actor, version)
        is_public = event.status == EventStatus.PUBLISHED
        if not is_public and event.status not in (*EventStatus.WRITTEN, EventStatus.SUBMITTED):
            raise WrongState(_("This event can no longer be changed."))
        if event.organizer_id and event.status not in EventStatus.WRITTEN and not _runs(actor):
            raise WrongState(_("The event is with the WhatsOn team now. Withdraw it, or await the answer."))
        if is_public:
            values = {name: value for name, value in values.items() if name not in PLACE_AND_TIME}
        fields = write_event(event, values)
        if fields and not event.is_draft:
            record(event, "events.event.change", actor=actor, fields=", ".join(sorted(fields)))
        if is_public and fields:
            refresh_index_and_pages(event)
            keep_reminder(event)
    return event


def publish_event(event: Event, *, actor: User) -> Event:
    """Show the event to everybody, and inform those who follow its country, topics or organizer."""
    with transaction.atomic():
        event = lock_event(event)
        if not actor.has_perm("events.publish_event", event):
            raise PermissionDenied
        refuse_incomplete(event)
        move(event, "publish", actor=actor, published_at=now())
        close_items(event)
        answer_requests(event, actor=actor)
        refresh_index_and_pages(event)
        keep_reminder(event)
        facts = {"title": event.title, **begins(event)}
        if not event.is_over:
            tell_followers(event, "events.event_published", f"event:{event.pk}", facts)
        _tell_organizer(event, "events.yours_published", facts)
    return event


# --- A stakeholder's own ------------------------------------------------------------------------------------
def submit_event(event: Event, *, actor: User) -> Event:
    with transaction.atomic():
        event = lock_event(event)
        if not actor.has_perm("events.submit_event", event):
            raise PermissionDenied
        _refuse(gaps_to_submit(event))
        move(event, "submit", actor=actor)
        open_item(event, LOOK, waits_for=Role.EVENTS)
        resume(event)
        answer_requests(event, actor=actor)
        notify_all(
            people_of_the_desk(),
            "events.arrived",
            key=f"event:{event.pk}:sent:{_round(event)}",
            url_name="eventdesk:event",
            url_args=[event.pk],
            subject=event,
            facts={
                "title": event.title,
                "organizer": event.organizer.name if event.organizer else "",
                "due": due_of(event),
            },
        )
    return event


def return_event(event: Event, *, actor: User, questions: Mapping[str, str], note: str = "") -> Event:
    """Return the event to its organizer with questions at its fields; the desk's time is paused."""
    requests = {field: clean_block(text) for field, text in questions.items() if clean_block(text)}
    note = clean_block(note)
    if not requests and not note:
        raise DomainError(
            _("Describe what is missing."),
            fields={"note": _("Ask at a field, or write a message to the organizer.")},
        )
    with transaction.atomic():
        event = lock_event(event)
        move(event, "return", actor=actor, note=note)
        pause(event)
        ask(event, requests, actor=actor)
        _tell_organizer(event, "events.yours_returned", {"title": event.title, "note": note})
    return event


def refuse_event(event: Event, *, actor: User, reason: str, note: str = "") -> Event:
    note = clean_block(note)
    with transaction.atomic():
        event = lock_event(event)
        move(event, "refuse", actor=actor, reason=reason, note=note)
        close_items(event)
        answer_requests(event, actor=actor)
        _tell_organizer(event, "events.yours_refused", {"title": event.title, "reason": reason, "note": note})
    return event


def withdraw_event(event: Event, *, actor: User) -> Event:
    with transaction.atomic():
        event = lock_event(event)
        move(event, "withdraw", actor=actor)
        close_items(event)
        answer_requests(event, actor=actor)
    return event


def discard_event(event: Event, *, actor: User) -> None:
    """Delete a draft."""
    with transaction.atomic():
        event = lock_for_change(event, actor)
        if not event.is_draft:
            raise WrongState(_("This is no longer a draft."))
        event.delete()


def translate_event(
    event: Event, *, actor: User, version: int, language: str, values: Mapping[str, str]
) -> Event:
    """Save title and description in another language; an empty title removes the translation."""
    if language == event.language_id:
        raise DomainError(_("The event is written in this language."))
    with transaction.atomic():
        event = lock_for_change(event, actor, version)
        texts = {name: text for name, text in values.items() if text}
        translations = {**event.translations, language: texts}
        if not texts.get("title"):
            translations.pop(language)
        if write_event(event, {"translations": translations}):
            record(event, "events.event.change", actor=actor, fields="translations")
            if event.status in EventStatus.SHOWN:
                refresh_index_and_pages(event)
    return event


def gaps_of(event: Event) -> dict[str, str]:
    """Return, by the field of the form, what has to be entered before the event can be shown."""
    gaps = {}
    if event.starts_at is None or event.ends_at is None:
        gaps["first_day"] = _("Enter when the event takes place.")
    if event.mode in Mode.ON_SITE:
        if not event.city:
            gaps["city"] = _("Enter the city where the event takes place, or choose online.")
        if event.country_id is None:
            gaps["country"] = _("Choose the country or area, or choose online.")
    if event.organizer_id:
        if not event.about:
            gaps["about"] = _("Describe the event in a few sentences.")
        if event.kind not in EventKind.STAKEHOLDERS:
            gaps["kind"] = _("Choose a kind of event from the list.")
    return gaps


def gaps_to_submit(event: Event) -> dict[str, str]:
    """Return, by the field of the form, what has to be entered before its organizer can submit the event."""
    past = {"first_day": _("Choose a day in the future.")} if event.is_over else {}
    return gaps_of(event) | past


def refuse_incomplete(event: Event) -> None:
    """Raise DomainError, by the field of the form, where an event cannot be shown yet."""
    _refuse(gaps_of(event))


def _refuse(gaps: Mapping[str, str]) -> None:
    if gaps:
        raise DomainError(_("The event is not complete yet."), fields=dict(gaps))


# --- Whom it concerns ---------------------------------------------------------------------------------------
def terms_of(event: Event) -> list[str]:
    """Return the terms whose followers are informed of the event."""
    terms = [f"event:{event.pk}"]
    if event.country_id:
        terms.append(f"country:{event.country_id}")
        terms += [f"region:{code}" for code in regions_of().get(event.country_id, ())]
    terms += [f"topic:{pk}" for pk in event.topics.values_list("pk", flat=True)]
    if event.organizer and event.organizer.is_named_publicly:
        terms.append(f"stakeholder:{event.organizer_id}")
    return terms


def people_of_the_desk() -> QuerySet[User]:
    return holders_of(Role.EVENTS)


def people_who_write(stakeholder_id: int) -> QuerySet[User]:
    return User.objects.filter(
        memberships__stakeholder=stakeholder_id, memberships__role__in=MemberRole.WRITERS, is_active=True
    ).distinct()


def tell_followers(event: Event, kind: str, key: str, facts: Mapping[str, Any]) -> None:
    tell(
        kind,
        event,
        key=key,
        terms=terms_of(event),
        weight=Weight.STEP,
        url_name="events:event",
        url_args=[event.pk, event.slug],
        facts=facts,
    )


def _tell_organizer(event: Event, kind: str, facts: Mapping[str, Any]) -> None:
    if event.organizer_id is None:
        return
    notify_all(
        people_who_write(event.organizer_id),
        kind,
        key=f"event:{event.pk}:{kind}:{_round(event)}",
        url_name="events:own",
        url_args=[event.pk],
        facts=facts,
        subject=event,
    )


def _round(event: Event) -> int:
    """Return how often the event was sent to the desk."""
    return Decision.objects.about(event).filter(move="submit").count()


# --- What every act shares ----------------------------------------------------------------------------------
def lock_event(event: Event) -> Event:
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def lock_for_change(event: Event, actor: User, version: int | None = None) -> Event:
    return lock(event, actor, "events.change_event", version=version)


def _runs(actor: User) -> bool:
    return actor.has_perm("events.run_events")


def write_event(event: Event, values: Mapping[str, Any]) -> list[str]:
    """Set columns and lists; return the names of those that have changed."""
    plain = {name: value for name, value in values.items() if name not in LISTS}
    changed = [name for name, value in plain.items() if getattr(event, name) != value]
    for name, value in plain.items():
        setattr(event, name, value)
    if event.status == EventStatus.PUBLISHED and ON_CALENDARS & set(changed):
        event.sequence += 1
    if event.code:
        event.edited_by_hand = True
    event.version += 1
    event.updated_at = now()
    event.save()
    for name in LISTS:
        if name in values:
            before = set(getattr(event, name).values_list("pk", flat=True))
            after = {getattr(choice, "pk", choice) for choice in values[name]}
            if before != after:
                getattr(event, name).set(after)
                changed.append(name)
    return changed


def refresh_index_and_pages(event: Event) -> None:
    """Update the index and the cached pages to what everybody sees of the event."""
    index(event)
    for index_too in found_with.values():
        index_too(event)
    DirectoryVersion.objects.bump()


def keep_reminder(event: Event) -> None:
    """Set the deadline by which followers are reminded before the event begins."""
    if event.starts_at is None or event.has_started:
        drop_deadline(event, NEAR)
        return
    set_deadline(
        "events.event_near",
        event,
        NEAR,
        event.starts_at,
        terms=[f"event:{event.pk}"],
        url_name="events:event",
        url_args=[event.pk, event.slug],
        facts={"title": event.title, **begins(event)},
    )


# --- What happened to events, as sentences -----------------------------------------------------------

sentence("events.event.write", gettext_lazy("%(actor)s wrote the event"))
sentence("events.event.change", gettext_lazy("%(actor)s changed the event (%(fields)s)"))
for _name, _text in (
    ("publish", gettext_lazy("%(actor)s published the event")),
    ("cancel", gettext_lazy("%(actor)s cancelled the event")),
    ("reschedule", gettext_lazy("%(actor)s moved the event to %(starts)s")),
):
    sentence(f"events.event.{_name}", _text, audience=Audience.PUBLIC)
sentences_of("events.event")
