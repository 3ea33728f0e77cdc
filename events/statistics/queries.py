"""An event in numbers: its public meetings, and who took part. No cell about people tells fewer than five.

Meetings are counted exactly: each is named in the public programme. Of people, published participation
figures may tell the sum, so a small cell takes another with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.small_numbers import groups_to_hide
from events.events.models import Event
from events.proposals.models import Proposal
from events.registrations.enums import SEATS
from events.registrations.models import Registration
from stakeholders.entries.enums import Kind
from taxonomy.places.models import Region
from taxonomy.terms.models import Topic


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """`number` is None for fewer than five; `share` is the length of its bar, 0 to 100."""

    code: str
    label: str
    number: int | None
    share: int


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    name: str
    title: str
    code_head: str
    number_head: str
    rows: list[StatisticsRow]


def tables_of(event: Event, *, with_people: bool) -> list[StatisticsTable]:
    """Return the tables that have rows."""
    tables = [*_meetings(event), *(_people(event) if with_people else ())]
    return [table for table in tables if table.rows]


def _meetings(event: Event) -> list[StatisticsTable]:
    public = Proposal.objects.accepted().filter(event=event, public_at__isnull=False)
    counted = pgettext("heading of a column", "Meetings")

    def by(field: str) -> dict[str, int]:
        rows = public.exclude(**{field: None}).order_by().values_list(field)
        return dict(rows.annotate(n=Count("pk")))

    return [
        StatisticsTable(
            "meetings_by_kind",
            _("Meetings by kind of lead organizer"),
            _("Kind of organizer"),
            counted,
            _rows(by("lead__kind"), dict(Kind.choices)),
        ),
        StatisticsTable(
            "meetings_by_region",
            _("Meetings by region of the lead organizer"),
            _("Region"),
            counted,
            _rows(by("lead__country__region"), dict(Region.objects.for_choices())),
        ),
        StatisticsTable(
            "meetings_by_theme",
            _("Meetings by main theme"),
            _("Theme"),
            counted,
            sorted(_rows(by("theme"), dict(Topic.objects.for_choices())), key=lambda row: -(row.number or 0)),
        ),
    ]


def _people(event: Event) -> list[StatisticsTable]:
    confirmed = Registration.objects.confirmed().filter(rules__event=event).order_by()
    attended = confirmed.filter(attended_at__isnull=False)
    counted = pgettext("heading of a column", "People")
    # Newcomers were counted in at no event that began before this one.
    before = Registration.objects.confirmed().filter(
        user=OuterRef("user"), attended_at__isnull=False, rules__event__starts_at__lt=event.starts_at or now()
    )
    came_before: Any = Exists(before)
    known = confirmed.filter(user__isnull=False).annotate(came=came_before)
    times = {
        "first" if not came else "again": n for came, n in known.values_list("came").annotate(n=Count("pk"))
    }
    how = _("Format")
    return [
        StatisticsTable(
            "confirmed_by_mode",
            _("Confirmed places by way of taking part"),
            how,
            counted,
            _rows(_by_mode(confirmed), dict(SEATS), of_people=True),
        ),
        StatisticsTable(
            "counted_by_mode",
            _("People who were checked in, by way of taking part"),
            how,
            counted,
            _rows(_by_mode(attended), dict(SEATS), of_people=True),
        ),
        StatisticsTable(
            "confirmed_by_time",
            _("Confirmed places of newcomers"),
            _("Checked in at an earlier event here"),
            counted,
            _rows(
                times, {"first": _("Never: for the first time"), "again": _("At least once")}, of_people=True
            ),
        ),
    ]


def _by_mode(rows: Any) -> dict[str, int]:
    return dict(rows.values_list("mode").annotate(n=Count("pk")))


def _rows(
    counts: Mapping[str, int], labels: Mapping[Any, Any], *, of_people: bool = False
) -> list[StatisticsRow]:
    """Return rows in the order of the labels; codes without anything are left out."""
    hidden = groups_to_hide(counts) if of_people else set()
    numbers = {code: None if code in hidden else n for code, n in counts.items() if n}
    most = max((n for n in numbers.values() if n is not None), default=0)
    return [
        StatisticsRow(
            str(code), str(label), numbers[code], round(100 * (numbers[code] or 0) / most) if most else 0
        )
        for code, label in labels.items()
        if code in numbers
    ]
