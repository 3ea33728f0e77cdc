"""Who has a seat of an event, who waits, and what is free. What is promised on it is asked under the lock."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q

from accounts.people.models import User
from core.database import reading_connection
from events.events.enums import Mode
from events.events.models import Event
from events.registrations.enums import SEATS, QuotaPer, RegistrationStatus
from events.registrations.models import Registration, RegistrationRules
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder

S = RegistrationStatus


def modes_of(event: Event) -> list[str]:
    """The kinds of seats that an event has."""
    if event.mode == Mode.HYBRID:
        return [code for code, _label in SEATS]
    return [event.mode]


def stakeholders_for(user: User) -> Any:
    """Those that the person may take part for."""
    return Stakeholder.objects.filter(memberships__user=user, status__in=Status.TAKING_PART).order_by(
        "sort_key", "pk"
    )


# By hand, since the seats are counted under the lock on every registration: Django takes eight times as long
# to write the statement as the database to answer it. With them comes whether the rules and the event are the
# rows that were read before the lock, and the key of a registration that is to come.
_COUNTED = """
SELECT counted.mode, counted.status, counted.n, EXISTS (SELECT FROM events_quota WHERE rules_id = %(rules)s),
    kept.as_read, (SELECT nextval(pg_get_serial_sequence('events_registration', 'id')) WHERE %(takes)s)
FROM (
    SELECT {as_read} AS as_read
    FROM events_registrationrules JOIN events_event ON events_event.id = event_id
    WHERE events_registrationrules.id = %(rules)s
) kept LEFT JOIN (
    SELECT mode, status, count(*) AS n FROM events_registration
    WHERE rules_id = %(rules)s AND status = ANY(%(statuses)s) GROUP BY mode, status
) counted ON true
"""
# A row that is written anew stands elsewhere (ctid), or another transaction wrote it (xmin).
AS_READ = (
    "concat_ws(' ', events_registrationrules.xmin, events_registrationrules.ctid, events_event.xmin, "
    "events_event.ctid)"
)
# Whether the form has questions of its own.
ASKS = "EXISTS (SELECT FROM events_registrationquestion WHERE rules_id = events_registrationrules.id)"


class Tally:
    """How many hold a seat or wait, by mode, and what the quotas leave. One to three statements.

    `takes`: a registration is about to come, whose key is `next_key`.
    """

    def __init__(self, rules: RegistrationRules, *, takes: bool = False) -> None:
        self.rules = rules
        values: dict[str, Any] = {"rules": rules.pk, "statuses": [*S.SEATED, S.WAITING], "takes": takes}
        with reading_connection().cursor() as cursor:
            cursor.execute(_COUNTED.format(as_read=AS_READ), values)
            found = cursor.fetchall()
        self.by_state = Counter({(mode, status): n for mode, status, n, *_rest in found if mode})
        *_rest, has_quotas, self.as_read, self.next_key = found[0]
        self.quotas = list(rules.quotas.all()) if has_quotas else []
        self.groups: Counter[tuple[str, str]] = Counter()
        if self.quotas:
            seated = rules.registrations.filter(status__in=S.SEATED)
            for stakeholder, kind, region, n in seated.values_list(
                "stakeholder_id", "kind", "region"
            ).annotate(n=Count("pk")):
                self._add(stakeholder, kind, region, n)

    def _add(self, stakeholder: int | None, kind: str, region: str, n: int) -> None:
        for group in _groups(stakeholder, kind, region):
            self.groups[group] += n

    def free(self, mode: str) -> int | None:
        """Seats of this mode that nobody holds and nobody was offered; None: no limit."""
        seats = self.rules.seats(mode)
        if seats is None:
            return None
        return max(0, seats - sum(self.by_state[mode, status] for status in S.SEATED))

    @property
    def is_full(self) -> bool:
        """Whether in every mode nothing is free, or others wait already."""
        return all(self.free(mode) == 0 or self._waits_behind(mode) for mode in modes_of(self.rules.event))

    def _waits_behind(self, mode: str) -> bool:
        return self.rules.seats(mode) is not None and self.waiting(mode) > 0

    def waiting(self, mode: str) -> int:
        return self.by_state[mode, S.WAITING]

    def quota_leaves_room(self, one: Registration) -> bool:
        for per, code in _groups(one.stakeholder_id, one.kind, one.region):
            for quota in self.quotas:
                if quota.per == per and quota.code in ("", code) and self.groups[per, code] >= quota.most:
                    return False
        return True

    def has_seat_for(self, one: Registration) -> bool:
        return self.free(one.mode) != 0 and self.quota_leaves_room(one)

    def seat(self, one: Registration, status: str, n: int = 1) -> None:
        """Count that `one` now holds (or with n=-1 no longer holds) a seat."""
        self.by_state[one.mode, status] += n
        self._add(one.stakeholder_id, one.kind, one.region, n)


def _groups(stakeholder: int | None, kind: str, region: str) -> list[tuple[str, str]]:
    """The quotas' groups that a person counts in; nobody counts in what is not known of them."""
    return [
        (per, code)
        for per, code in (
            (QuotaPer.STAKEHOLDER.value, str(stakeholder or "")),
            (QuotaPer.KIND.value, kind),
            (QuotaPer.REGION.value, region),
        )
        if code
    ]


def position_of(one: Registration) -> int | None:
    """1 for whoever is next on the waiting list; None where the person is not on it. One statement."""
    if one.status != S.WAITING:
        return None
    before = Q(queued_at__lt=one.queued_at) | Q(queued_at=one.queued_at, pk__lt=one.pk)
    return one.rules.registrations.filter(before, status=S.WAITING, mode=one.mode).count() + 1
