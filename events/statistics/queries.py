"""An event in numbers: its public meetings, and who took part. No cell about people tells fewer than five.

Meetings are counted exactly: each is named in the public programme. Of people there are no sums, with which
a hidden cell could be worked out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.small_numbers import suppress_if_small
from events.events.models import Event
from events.proposals.models import Proposal
from events.registrations.enums import SEATS
from events.registrations.models import Registration
from stakeholders.entries.enums import Kind
from taxonomy.places.models import Region
from taxonomy.terms.models import Topic


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is None for fewer than five; `share` is the length of its bar, 0 to 100."""

    code: str
    label: str
    number: int | None
    share: int


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    title: str
    what: str
    counted: str
    rows: list[Row]


def tables_of(event: Event, *, with_people: bool) -> list[Table]:
    """Those that hold something. Three statements for the meetings, three for the people."""
    found = [*_meetings(event), *(_people(event) if with_people else ())]
    return [table for table in found if table.rows]


def _meetings(event: Event) -> list[Table]:
    public = Proposal.objects.accepted().filter(event=event, public_at__isnull=False)
    counted = pgettext("heading of a column", "Meetings")

    def by(field: str) -> dict[str, int]:
        rows = public.exclude(**{field: None}).order_by().values_list(field)
        return dict(rows.annotate(n=Count("pk")))

    return [
        Table(
            "meetings_by_kind",
            _("Meetings by kind of lead organizer"),
            _("Kind of organizer"),
            counted,
            _rows(by("lead__kind"), dict(Kind.choices)),
        ),
        Table(
            "meetings_by_region",
            _("Meetings by region of the lead organizer"),
            _("Region"),
            counted,
            _rows(by("lead__country__region"), dict(Region.objects.for_choices())),
        ),
        Table(
            "meetings_by_theme",
            _("Meetings by main theme"),
            _("Theme"),
            counted,
            _rows(by("theme"), dict(Topic.objects.for_choices())),
        ),
    ]


def _people(event: Event) -> list[Table]:
    confirmed = Registration.objects.confirmed().filter(rules__event=event).order_by()
    there = confirmed.filter(attended_at__isnull=False)
    counted = pgettext("heading of a column", "People")
    # Who was counted in at no event that began before this one.
    before = Registration.objects.confirmed().filter(
        user=OuterRef("user"), attended_at__isnull=False, rules__event__starts_at__lt=event.starts_at or now()
    )
    asked: Any = Exists(before)
    known = confirmed.filter(user__isnull=False).annotate(came=asked)
    times = {
        "first" if not came else "again": n for came, n in known.values_list("came").annotate(n=Count("pk"))
    }
    how = _("Format")
    return [
        Table(
            "confirmed_by_mode",
            _("Confirmed places by way of taking part"),
            how,
            counted,
            _rows(_by_mode(confirmed), dict(SEATS), say=suppress_if_small),
        ),
        Table(
            "counted_by_mode",
            _("People who were counted in, by way of taking part"),
            how,
            counted,
            _rows(_by_mode(there), dict(SEATS), say=suppress_if_small),
        ),
        Table(
            "confirmed_by_time",
            _("Confirmed places of newcomers"),
            _("Counted in at an earlier event here"),
            counted,
            _rows(
                times,
                {"first": _("Never: for the first time"), "again": _("At least once")},
                say=suppress_if_small,
            ),
        ),
    ]


def _by_mode(rows: Any) -> dict[str, int]:
    return dict(rows.values_list("mode").annotate(n=Count("pk")))


def _rows(found: Mapping[str, int], labels: Mapping[Any, Any], say: Any = int) -> list[Row]:
    """In the order of the list that the codes come from, never by number; what is nothing is left out."""
    said = {code: say(n) for code, n in found.items() if n}
    most = max((n for n in said.values() if n is not None), default=0)
    return [
        Row(str(code), str(label), said[code], round(100 * (said[code] or 0) / most) if most else 0)
        for code, label in labels.items()
        if code in said
    ]
