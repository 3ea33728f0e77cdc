"""Registrations in the registries of the apps below, and on the pages of events."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, erasers, sections
from accounts.people.enums import Role
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from events.events.dates import days_of
from events.events.enums import Mode
from events.events.files import calendar_file, place_of
from events.events.models import Event
from events.events.queries import event_visible
from events.registrations.actions import follow_standing, forget
from events.registrations.models import Registration
from notifications.hooks import asks_for_answer, kind
from stakeholders.hooks import after_standing
from workflow.hooks import desk_pages, desk_roles, parties_on

REGISTRATION = "events.registration"


def _parties_on(registration: Registration) -> set[str]:
    return {
        *([f"person:{registration.user_id}"] if registration.user_id else []),
        *([f"stakeholder:{registration.stakeholder_id}"] if registration.stakeholder_id else []),
    }


parties_on.register(REGISTRATION, _parties_on)
desk_pages.register(REGISTRATION, "eventdesk:registration")
desk_roles.register(REGISTRATION, (Role.EVENTS,))
after_standing.register("events.registrations", follow_standing)


def _visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs of a person and a registration that is their own."""
    return _own_pairs(Registration.objects.all(), pairs)


def _certified_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs of a person and a registration of theirs whose certificate is valid now."""
    return _own_pairs(Registration.objects.certified(), pairs)


def _own_pairs(
    registrations: QuerySet[Registration], pairs: Collection[tuple[int, int]]
) -> set[tuple[int, int]]:
    rows = registrations.filter(pk__in={pk for _person, pk in pairs})
    return set(rows.values_list("user_id", "pk")) & set(pairs)


def _event_known(user: Any, pk: int | None) -> bool:
    """Return whether the person may see the event, or is registered for it.

    These hear that it ended, also where the desk took it down.
    """
    registered = Registration.objects.filter(user=user, rules__event=pk)
    return pk is not None and (event_visible(user, pk) or registered.exists())


def _own_data(user: Any) -> list[list[DataField]]:
    """Return each registration with its answers."""
    rows = Registration.objects.filter(user=user).select_related("rules__event", "stakeholder", "certificate")
    return [
        [
            data_field("event", _("Event"), registration.event.title),
            *data_fields(
                registration, "stakeholder", "mode", "status", "received_at", "shown", "attended_at"
            ),
            *(
                [data_field("certificate", _("Code of the certificate"), registration.certificate.code)]
                if hasattr(registration, "certificate")
                else []
            ),
            *(
                data_field(f"answer_{answer.question_id}", answer.question.text, answer.text)
                for answer in registration.answers.all()
            ),
            *(
                data_field(f"proposed_{answer.question_id}", answer.question.text, answer.proposed)
                for answer in registration.answers.all()
                if answer.proposed is not None
            ),
        ]
        for registration in rows.prefetch_related("answers__question").order_by("pk")
    ]


sections.register(
    "registrations",
    Section(
        _("Registrations for events"),
        _("The events for which you registered, with status and answers."),
        _own_data,
    ),
)
erasers.register("events.registrations", forget)


def takes_part(user: Any) -> bool:
    return Registration.objects.filter(user=user).exists()


def details(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """Return, by id of the message, what a confirmation says of its event when the mail leaves."""
    rows = Registration.objects.select_related("rules__event__country")
    registrations = rows.in_bulk({message.subject_id for message in messages})
    return {
        message.pk: _details(registrations[message.subject_id])
        for message in messages
        if message.subject_id in registrations
    }


def _details(registration: Registration) -> dict[str, Any]:
    event = registration.rules.event
    if not event.is_shown or event.starts_at is None or event.ends_at is None:
        return {}
    first, last = days_of(event)
    its_page = {"args": [event.pk, event.slug]}
    return {
        "ends": "" if event.whole_days and first == last else event.ends_at.isoformat(),
        "place": partial(place_of, event) if registration.mode == Mode.IN_PERSON else "",
        "programme": partial(_address, "events:programme", **its_page) if event.has_programme else "",
        "calendar": partial(_address, "events:event_file", **its_page),
    }


def _address(name: str, args: list[Any]) -> str:
    return settings.SITE_URL + reverse(name, args=args)


YOURS = _("Your registrations for events")
for _name, _label in (
    ("events.registration_received", _("Your registration was received and is pending approval")),
    ("events.registration_waiting", _("You are on a waiting list")),
    ("events.registration_offered", _("A place is offered to you")),
    ("events.registration_confirmed", _("Your place is confirmed")),
    ("events.registration_declined", _("Your registration was declined")),
    ("events.registration_cancelled", _("Your registration was cancelled")),
    ("events.registration_expired", _("Your registration ran out")),
    ("events.registration_change_received", _("Your changed answers are pending approval")),
    ("events.registration_change_taken", _("Your changed answers were approved")),
    ("events.registration_change_left", _("Your changed answers were not approved")),
):
    kind(
        _name,
        label=_label,
        group=YOURS,
        essential=True,
        among=lambda user: Registration.objects.filter(user=user),
        visible_pairs=_visible_pairs,
        concerns=takes_part,
        attach=calendar_file if _name == "events.registration_confirmed" else None,
        prepare=details if _name == "events.registration_confirmed" else None,
    )
for _name, _label in (
    ("events.registration_moved", _("An event that you registered for was moved")),
    ("events.registration_event_cancelled", _("An event that you registered for was cancelled")),
):
    kind(
        _name,
        label=_label,
        group=YOURS,
        essential=True,
        still_visible=_event_known,
        concerns=takes_part,
        attach=calendar_file,
    )
kind(
    "events.registration_reminder",
    label=_("Reminder of an event in which you take part"),
    group=YOURS,
    among=Event.objects.visible_to,
    concerns=takes_part,
)
kind(
    "events.registration_certificate",
    label=_("Your certificate of attendance is ready"),
    group=YOURS,
    among=lambda user: Registration.objects.certified().filter(user=user),
    visible_pairs=_certified_pairs,
    concerns=takes_part,
)
kind(
    "events.registration_invited",
    label=_("You are invited to an event"),
    group=YOURS,
    essential=True,
    among=Event.objects.visible_to,
)
asks_for_answer("events.registration_offered", "events.registration_invited")

desk_card(
    "eventdesk:home",
    group="events",
    position=30,
    part="#waiting",
    title=_("Registrations to approve"),
    text=_("Decide who takes part."),
    permission="events.run_events",
    work=("decide",),
    kind=REGISTRATION,
    do=_("Review registration"),
)

help_at("events#registration", "events.registration_desk")
