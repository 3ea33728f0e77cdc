"""Who has a seat of an event, who waits, what is free. What is promised on it is counted under the lock."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from accounts.people.models import User
from events.events.enums import Mode
from events.events.models import Event
from events.registrations.enums import SEATS, QuotaPer, RegistrationStatus
from events.registrations.models import Quota, Registration, RegistrationRules
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder

S = RegistrationStatus


def modes_of(event: Event) -> list[str]:
    """Return the modes in which the event has seats."""
    if event.mode == Mode.HYBRID:
        return [code for code, _label in SEATS]
    return [event.mode]


def stakeholders_for(user: User) -> Any:
    """Return the stakeholders for which the person may take part."""
    return Stakeholder.objects.filter(memberships__user=user, status__in=Status.TAKING_PART).order_by(
        "sort_key", "pk"
    )


class Tally:
    """How many hold a seat or wait, by mode, and what the quotas leave.

    Seats are given by a tally that was read under the lock of the rules; `add` updates it within an act.
    """

    def __init__(self, rules: RegistrationRules) -> None:
        self.rules = rules
        rows = rules.registrations.filter(status__in=[*S.SEATED, S.WAITING])
        numbers = rows.values_list("mode", "status").annotate(n=Count("*"))
        self.by_state = Counter({(mode, status): n for mode, status, n in numbers})
        self._groups: Counter[tuple[str, str]] | None = None

    def add(self, registration: Registration, status: str, n: int = 1) -> None:
        """Count the registration in this status; with n=-1, no longer.

        Its row has to be saved before a quota is asked for.
        """
        self.by_state[registration.mode, status] += n
        if self._groups is not None and status in S.SEATED:
            for group in _groups(registration.stakeholder_id, registration.kind, registration.region):
                self._groups[group] += n

    @cached_property
    def quotas(self) -> list[Quota]:
        """Return the quotas, which are read when a seat is free: most events have none."""
        return list(self.rules.quotas.all())

    def _seated_in(self, per: str, code: str) -> int:
        """Return how many hold a seat in this group; the database is asked once for all groups."""
        if self._groups is None:
            self._groups = Counter()
            seated = self.rules.registrations.filter(status__in=S.SEATED)
            rows = seated.values_list("stakeholder_id", "kind", "region").annotate(n=Count("*"))
            for stakeholder, kind, region, n in rows:
                self._groups.update(dict.fromkeys(_groups(stakeholder, kind, region), n))
        return self._groups[per, code]

    def free(self, mode: str) -> int | None:
        """Return the seats of this mode that nobody holds and nobody was offered; None for no limit."""
        seats = self.rules.seats(mode)
        if seats is None:
            return None
        return max(0, seats - sum(self.by_state[mode, status] for status in S.SEATED))

    @property
    def is_full(self) -> bool:
        """Return whether in every mode nothing is free, or others wait already."""
        return all(self.free(mode) == 0 or self._waits_behind(mode) for mode in modes_of(self.rules.event))

    def _waits_behind(self, mode: str) -> bool:
        return self.rules.seats(mode) is not None and self.waiting(mode) > 0

    def waiting(self, mode: str) -> int:
        return self.by_state[mode, S.WAITING]

    def quota_leaves_room(self, registration: Registration) -> bool:
        for per, code in _groups(registration.stakeholder_id, registration.kind, registration.region):
            for quota in self.quotas:
                if quota.per == per and quota.code in ("", code) and self._seated_in(per, code) >= quota.most:
                    return False
        return True

    def has_seat_for(self, registration: Registration) -> bool:
        return self.free(registration.mode) != 0 and self.quota_leaves_room(registration)


def _groups(stakeholder: int | None, kind: str, region: str) -> list[tuple[str, str]]:
    """Return the quota groups of a person, without those that are not known of them."""
    return [
        (per, code)
        for per, code in (
            (QuotaPer.STAKEHOLDER.value, str(stakeholder or "")),
            (QuotaPer.KIND.value, kind),
            (QuotaPer.REGION.value, region),
        )
        if code
    ]


def position_of(registration: Registration) -> int | None:
    """Return 1 for whoever is next on the waiting list, and None where the person is not on it."""
    if registration.status != S.WAITING:
        return None
    since = registration.queued_at
    before = Q(queued_at__lt=since) | Q(queued_at=since, pk__lt=registration.pk)
    line = registration.rules.registrations.filter(status=S.WAITING, mode=registration.mode)
    return line.filter(before).count() + 1
