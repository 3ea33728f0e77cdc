"""What pages about registration show."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.events.models import Event
from events.hooks import Act, Urgency
from events.registrations.enums import SEATS, Admission, RegistrationStatus, Stage
from events.registrations.models import (
    Registration,
    RegistrationAnswer,
    RegistrationQuestion,
    RegistrationRules,
)
from events.registrations.queries_seats import Tally, modes_of, position_of
from stakeholders.entries.enums import MemberRole, Status

S = RegistrationStatus


def rules_of(event: Event) -> RegistrationRules | None:
    rules = RegistrationRules.objects.filter(event=event).first()
    if rules is not None:
        rules.event = event
    return rules


def questions_of(rules: RegistrationRules, *stages: str) -> list[RegistrationQuestion]:
    return list(rules.questions.filter(stage__in=stages))


def questions_now(registration: Registration) -> list[RegistrationQuestion]:
    """Return the questions that the person may answer now; those of the second form come with the seat."""
    stages = (Stage.FIRST, Stage.SEATED) if registration.is_confirmed else (Stage.FIRST,)
    return questions_of(registration.rules, *stages)


def own_of(user: Any, rules: RegistrationRules) -> Registration | None:
    """Return the person's live registration, or else the last one."""
    if not user.is_authenticated:
        return None
    registrations = list(rules.registrations.filter(user=user).order_by("-pk")[:20])
    registration = next(
        (each for each in registrations if each.is_live), registrations[0] if registrations else None
    )
    if registration is not None:
        registration.rules = rules
    return registration


class Places(NamedTuple):
    """One mode: how many places, how many are free (None: no limit), how many wait."""

    mode: str
    label: str
    seats: int | None
    free: int | None
    waiting: int

    @property
    def is_taken(self) -> bool:
        """Whether whoever registers now waits: nothing is free, or others wait before them."""
        return self.seats is not None and (not self.free or self.waiting > 0)


def only_waiting(rules: RegistrationRules, places: list[Places]) -> bool:
    """Return whether the event is full, so that whoever registers now comes on the waiting list."""
    return rules.admission != Admission.APPROVAL and all(mode_places.is_taken for mode_places in places)


def places_of(rules: RegistrationRules) -> list[Places]:
    tally = Tally(rules)
    modes = modes_of(rules.event)
    return [
        Places(code, str(label), rules.seats(code), tally.free(code), tally.waiting(code))
        for code, label in SEATS
        if code in modes
    ]


def event_part(user: Any, event: Event) -> dict[str, Any] | None:
    """Return the part of an event's public page; None where one does not register here."""
    rules = rules_of(event)
    if rules is None or (rules.opens_at is None and own_of(user, rules) is None):
        return None
    own = own_of(user, rules)
    leads = (
        user.is_authenticated
        and user.memberships.filter(
            role=MemberRole.ADMIN, stakeholder__status__in=Status.TAKING_PART
        ).exists()
    )
    places = places_of(rules)
    is_full = only_waiting(rules, places)
    is_open = rules.is_open and not event.has_started and not event.is_cancelled
    return {
        "rules": rules,
        "act": _act(event, own, rules, is_open=is_open, is_full=is_full),
        "own": own,
        "position": position_of(own) if own else None,
        "places": places,
        "is_full": is_full,
        "is_open": is_open,
        "by_approval": rules.admission == Admission.APPROVAL,
        "by_invitation": rules.admission == Admission.INVITATION,
        "may_bring": leads,
        "named": rules.registrations.model.objects.named_to(user, rules).count(),
    }


def _act(
    event: Event, own: Registration | None, rules: RegistrationRules, *, is_open: bool, is_full: bool
) -> Act | None:
    """Return what the reader can do about their registration, or about having none."""
    if event.is_over or event.is_cancelled:
        return None
    if own and own.is_offered:
        return Act(Urgency.ANSWER, _("Accept or leave"), own.get_absolute_url())
    if own and own.is_live:
        return Act(Urgency.OWN, _("See your registration"), own.get_absolute_url())
    if not is_open or rules.admission == Admission.INVITATION:
        return None
    label = _("Join the waiting list") if is_full else pgettext("for an event", "Register")
    return Act(Urgency.TAKE_PART, label, reverse("events:register", args=[event.pk, event.slug]))


def desk_part(user: Any, event: Event) -> dict[str, Any] | None:
    if not user.has_perm("events.run_registrations", event):
        return None
    rules = rules_of(event)
    if rules is None:
        return {"rules": None}
    return {"rules": rules, "places": places_of(rules), "states": numbers_of(rules)}


def numbers_of(rules: RegistrationRules) -> list[tuple[str, str, int]]:
    """Return (code, label, number) of the statuses that somebody has."""
    counts = dict(rules.registrations.order_by().values_list("status").annotate(n=Count("pk")))
    return [(code, str(label), counts[code]) for code, label in S.choices if code in counts]


def desk_list(user: Any, rules: RegistrationRules) -> Any:
    return (
        Registration.objects.visible_to(user)
        .filter(rules=rules)
        .select_related("user", "stakeholder", "counted_by")
        .order_by("pk")
    )


def live_registrations(user: Any) -> QuerySet[Registration]:
    """Return the person's live registrations, the earliest event first."""
    rows = Registration.objects.filter(user=user, status__in=S.LIVE).select_related("rules__event")
    return rows.order_by("rules__event__starts_at", "pk")


def those_to_come(rows: Iterable[Registration]) -> list[Registration]:
    """Return the registrations for events that are neither over nor cancelled."""
    return [
        registration
        for registration in rows
        if not registration.event.is_over and not registration.event.is_cancelled
    ]


def my_registrations(user: Any) -> list[Registration]:
    """Return the person's registrations for events that are not over."""
    return those_to_come(user.ask_once("registrations", lambda: list(live_registrations(user))))


def with_answers(rows: Any, *, sensitive: bool) -> Any:
    answers = RegistrationAnswer.objects.select_related("question")
    if not sensitive:
        answers = answers.filter(question__is_sensitive=False)
    return rows.prefetch_related(Prefetch("answers", queryset=answers, to_attr="given_answers"))


def events_with_place(user: Any) -> Any:
    """Return the events at which the person has, or was offered, a place."""
    return Registration.objects.filter(user=user, status__in=S.SEATED).values_list(
        "rules__event_id", flat=True
    )
