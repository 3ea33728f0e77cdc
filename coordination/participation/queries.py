"""Taking part in numbers: eight figures, by group, for a period or an event and for the one before it.

One statement for each kind of row counts all groups and both periods at once, so their number does not grow
with the events. Those who hide from members are counted nowhere. No number of fewer than five is told, and
none from which it could be worked out: beside a total, hidden groups are at least five together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.participation.enums import (
    ABOUT_DIMENSIONS,
    AGAIN,
    DEFINITIONS,
    FIRST,
    NOT_STATED,
    PERIODS,
    Dimension,
    Figure,
)
from coordination.period_reports.queries_numbers import ReportRow, ReportTable, Span
from coordination.surveys.models import SurveyAnswer
from core.small_numbers import FEWEST, groups_to_hide, suppress_if_small
from core.time_display import VIENNA
from events.events.enums import EventStatus
from events.events.models import Event
from events.proposals.enums import ProposalStatus as Meeting
from events.proposals.enums import SpeakerGender, SpeakerStatus
from events.proposals.models import Proposal, Speaker
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from reviews.contributions.enums import ContributionStatus as Text
from reviews.contributions.models import Contribution
from reviews.dialogues.enums import Gender, LineStatus
from reviews.dialogues.models import DialogueLine
from stakeholders.entries.enums import SHARED_LISTINGS, Kind
from taxonomy.names.models import choices_of
from taxonomy.places.models import Region
from taxonomy.terms.models import Language


@dataclass(frozen=True)
class Selection:
    """What is counted: the events of a period, or one event; perhaps of one region or kind alone."""

    span: Span
    event: Event | None = None
    region: str = ""
    kind: str = ""

    @cached_property
    def event_before(self) -> Event | None:
        """Return the event of the same body and kind before the chosen one."""
        if self.event is None or self.event.starts_at is None or self.event.body_id is None:
            return None
        earlier = Event.objects.filter(
            status=EventStatus.PUBLISHED,
            body=self.event.body_id,
            kind=self.event.kind,
            starts_at__lt=self.event.starts_at,
        )
        return earlier.order_by("-starts_at").first()

    @cached_property
    def span_before(self) -> Span | None:
        """Return the same days as many years earlier as the period is long."""
        if self.event is None:
            years = (self.span.last - self.span.first).days // 366 + 1
            return Span(_years_before(self.span.first, years), _years_before(self.span.last, years))
        return span_of(self.event_before) if self.event_before else None

    @property
    def heads(self) -> list[str]:
        """Return the names of the period or event, and of the one before, if there is one."""
        if self.event:
            return [event.told_title[0] for event in (self.event, self.event_before) if event]
        spans = [span for span in (self.span, self.span_before) if span]
        return [f"{date_format(span.first)} – {date_format(span.last)}" for span in spans]

    def conditions(self, source: "Source") -> list[Q]:
        """Return for each period which rows of the source belong to it."""
        if self.event:
            events = [event for event in (self.event, self.event_before) if event]
            return [Q(**{source.event: event}) for event in events] if source.event else []
        return [span.holds(source.at) for span in (self.span, self.span_before) if span]


def span_of(event: Event) -> Span | None:
    """Return the days of an event, as far as they are known."""
    if event.starts_at is None or event.ends_at is None:
        return None
    return Span(event.starts_at.astimezone(VIENNA).date(), event.ends_at.astimezone(VIENNA).date())


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Source:
    """Rows that are counted: `at` is the field of their time, `event` that of their event, if they have one.

    `groups` says of which field each dimension is, `figures` which rows each figure counts.
    """

    rows: QuerySet[Any]
    at: str
    event: str
    groups: Mapping[str, Any]
    figures: Mapping[str, Q]

    def dimensions(self) -> set[str]:
        return {*self.groups, Dimension.YEAR} | ({Dimension.EVENT} if self.event else set())


def _sources() -> Iterator[Source]:
    came_before = Registration.objects.confirmed().filter(
        user=OuterRef("user"),
        attended_at__isnull=False,
        rules__event__starts_at__lt=OuterRef("rules__event__starts_at"),
    )
    was_here: Any = Exists(came_before)
    shared = {"listing__in": SHARED_LISTINGS}
    yield Source(
        Registration.objects.filter(
            Q(stakeholder=None) | Q(stakeholder__listing__in=SHARED_LISTINGS),
            rules__event__status=EventStatus.PUBLISHED,
        ),
        "rules__event__starts_at",
        "rules__event",
        {
            Dimension.REGION: F("region"),
            Dimension.KIND: F("kind"),
            Dimension.LANGUAGE: F("user__language"),
            Dimension.FIRST_TIME: Case(
                When(user=None, then=Value(NOT_STATED)),
                When(was_here, then=Value(AGAIN)),
                default=Value(FIRST),
            ),
        },
        {
            Figure.REGISTERED: ~Q(status=RegistrationStatus.CANCELLED),
            Figure.CONFIRMED: Q(status=RegistrationStatus.CONFIRMED),
            Figure.CAME: Q(attended_at__isnull=False),
        },
    )
    yield Source(
        Proposal.objects.filter(
            authorized_at__isnull=False, event__status=EventStatus.PUBLISHED, **_of("lead", shared)
        ).exclude(status__in=(Meeting.DRAFT, Meeting.WITHDRAWN, Meeting.MERGED, Meeting.REMOVED)),
        "event__starts_at",
        "event",
        {**_organization("lead"), Dimension.LANGUAGE: F("language_id")},
        {Figure.APPLIED: Q(), Figure.ACCEPTED: Q(status__in=(Meeting.ACCEPTED, Meeting.HIDDEN))},
    )
    yield Source(
        Speaker.objects.filter(
            proposal__status=Meeting.ACCEPTED,
            proposal__public_at__isnull=False,
            proposal__event__status=EventStatus.PUBLISHED,
            proposal__event__starts_at__lte=now(),
            **_of("proposal__lead", shared),
        ).exclude(status=SpeakerStatus.DECLINED),
        "proposal__event__starts_at",
        "proposal__event",
        {
            **_organization("proposal__lead"),
            Dimension.GENDER: F("gender"),
            Dimension.LANGUAGE: F("proposal__language_id"),
        },
        {Figure.SPOKE: Q()},
    )
    yield Source(
        DialogueLine.objects.filter(
            dialogue__event__status=EventStatus.PUBLISHED, **_of("application__stakeholder", shared)
        ).exclude(status__in=(LineStatus.DRAFT, LineStatus.WITHDRAWN)),
        "dialogue__event__starts_at",
        "dialogue__event",
        {
            **_organization("application__stakeholder"),
            Dimension.GENDER: Case(
                When(application__gender=Gender.OTHER, then=Value(SpeakerGender.ANOTHER)),
                default=F("application__gender"),
            ),
            Dimension.LANGUAGE: F("application__language_id"),
        },
        {
            Figure.APPLIED: Q(),
            Figure.ACCEPTED: Q(status=LineStatus.ACCEPTED),
            Figure.SPOKE: Q(
                status=LineStatus.ACCEPTED,
                statement__checked_at__isnull=False,
                dialogue__event__starts_at__lte=now(),
            ),
        },
    )
    yield Source(
        Contribution.objects.filter(**_of("stakeholder", shared)).exclude(
            status__in=(Text.DRAFT, Text.WITHDRAWN, Text.REMOVED)
        ),
        "submitted_at",
        "",
        {**_organization("stakeholder"), Dimension.LANGUAGE: F("language_id")},
        {Figure.CONTRIBUTED: Q()},
    )
    yield Source(
        SurveyAnswer.objects.filter(survey__closed_at__isnull=False),
        "survey__closed_at",
        "survey__event",
        {Dimension.REGION: F("region"), Dimension.KIND: F("kind")},
        {Figure.ANSWERED: Q()},
    )


def _of(path: str, conditions: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{path}__{name}": value for name, value in conditions.items()}


def _organization(path: str) -> dict[str, Any]:
    return {Dimension.REGION: F(f"{path}__country__region_id"), Dimension.KIND: F(f"{path}__kind")}


@dataclass
class Counts:
    """By figure and number of the period: `totals`, and of the first period `groups` by dimension."""

    totals: dict[str, Counter[int]] = field(default_factory=dict)
    groups: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)


def count(selection: Selection) -> Counts:
    """Return the exact numbers. Nobody is shown them: see `tables_of`."""
    counts = Counts()
    counted = [(source, selection.conditions(source)) for source in _sources()]
    counted = [(source, conditions) for source, conditions in counted if conditions]
    # A figure of several sources has each group that one of them has; the others' rows state none.
    for source, _conditions in counted:
        for figure in source.figures:
            counts.totals.setdefault(figure, Counter())
            for dimension in source.dimensions():
                counts.groups.setdefault(dimension, {}).setdefault(figure, Counter())
    for source, conditions in counted:
        for row in _count_rows(source, selection, conditions):
            for figure in source.figures:
                number = row[f"n_{figure}"]
                counts.totals[figure][row["period"]] += number
                if row["period"] == 0 and number:
                    for dimension, by_figure in counts.groups.items():
                        if figure in by_figure:
                            by_figure[figure][row.get(f"by_{dimension}", NOT_STATED)] += number
    return counts


def _count_rows(source: Source, selection: Selection, conditions: list[Q]) -> QuerySet[Any, dict[str, Any]]:
    """Return numbers of every figure of the source, by all of its groups together and by period."""
    periods = [When(condition, then=Value(n)) for n, condition in enumerate(conditions)]
    groups: dict[str, Any] = {
        f"by_{dimension}": Coalesce(expression, Value(NOT_STATED), output_field=CharField())
        for dimension, expression in source.groups.items()
    }
    groups["by_year"] = Cast(ExtractYear(source.at, tzinfo=VIENNA), CharField())
    if source.event:
        groups["by_event"] = Coalesce(Cast(f"{source.event}_id", CharField()), Value(NOT_STATED))
    within = Q()
    for condition in conditions:
        within |= condition
    rows = source.rows.filter(within).annotate(period=Case(*periods), **groups)
    for dimension, code in ((Dimension.REGION, selection.region), (Dimension.KIND, selection.kind)):
        if code:
            rows = rows.filter(**{f"by_{dimension}": code})
    numbers = {f"n_{figure}": Count("pk", filter=condition) for figure, condition in source.figures.items()}
    return rows.order_by().values("period", *groups).annotate(**numbers)


def tables_of(selection: Selection) -> list[ReportTable]:
    """Return the figures in all and by group, without what could point at fewer than five."""
    counts = count(selection)
    figures = [figure for figure in Figure if figure in counts.totals]
    # Of the event that was chosen, its own row and its year would only say the total again.
    left_out = {Dimension.EVENT, Dimension.YEAR} if selection.event else set()
    dimensions = [dimension for dimension in Dimension if dimension in counts.groups.keys() - left_out]
    labels = _labels(counts)
    tables = [_by_group(dimension, counts, figures, labels[dimension]) for dimension in dimensions]
    return [_totals(counts, figures, selection), *(table for table in tables if table.rows)]


def _totals(counts: Counts, figures: list[Figure], selection: Selection) -> ReportTable:
    """Return the first table, whose `about` says what all of them leave out."""
    heads = selection.heads
    numbers = {
        figure: [suppress_if_small_or_none(counts.totals[figure][n]) for n in range(len(heads))]
        for figure in figures
    }
    most = max((number or 0 for row in numbers.values() for number in row), default=0)
    rows = [
        ReportRow(
            str(figure),
            str(figure.label),
            numbers[figure],
            [round(100 * (number or 0) / most) if most else 0 for number in numbers[figure]],
            str(DEFINITIONS[figure]),
        )
        for figure in figures
    ]
    title, heading = _("Participation"), pgettext("heading of a column", "What is counted")
    return ReportTable(
        "participation", title, heading, _("Number"), rows, heads, PERIODS[: len(heads)], note_on(selection)
    )


def suppress_if_small_or_none(number: int) -> int | None:
    """Return nought as it is: it is of nobody."""
    return suppress_if_small(number) if number else 0


def _by_group(
    dimension: Dimension, counts: Counts, figures: list[Figure], labels: Mapping[str, str]
) -> ReportTable:
    """Return a column for each figure that is counted by this dimension, a row for each group."""
    shown = [figure for figure in figures if figure in counts.groups[dimension]]
    columns = [_suppressed(counts.groups[dimension][figure]) for figure in shown]
    codes = [code for code in labels if any(code in column for column in columns)]
    rows = [
        ReportRow(code, labels[code], [column.get(code, 0) for column in columns], [0] * len(columns))
        for code in codes
    ]
    return ReportTable(
        f"participation_by_{dimension}",
        str(dimension.label),
        str(dimension.label),
        _("Number"),
        rows,
        [str(figure.label) for figure in shown],
        [str(figure) for figure in shown],
        str(ABOUT_DIMENSIONS[dimension]),
    )


def _suppressed(groups: Mapping[str, int]) -> dict[str, int | None]:
    hidden = groups_to_hide(groups)
    return {code: None if code in hidden else number for code, number in groups.items()}


def _labels(counts: Counts) -> dict[str, dict[str, str]]:
    """Return by dimension the name of each group, in the order in which groups are shown."""
    regions, languages = (dict(choices) for choices in choices_of(Region, Language))
    events, years = (_codes(counts, dimension) for dimension in (Dimension.EVENT, Dimension.YEAR))
    held = Event.objects.filter(pk__in=[code for code in events if code]).order_by("starts_at", "pk")
    names: dict[str, dict[str, Any]] = {
        Dimension.REGION: regions,
        Dimension.KIND: dict(Kind.choices),
        Dimension.GENDER: dict(SpeakerGender.choices),
        Dimension.LANGUAGE: {**dict(settings.LANGUAGES), **languages},
        Dimension.FIRST_TIME: {FIRST: _("For the first time"), AGAIN: _("Came before")},
        Dimension.EVENT: {str(event.pk): event.told_title[0] for event in held} if events else {},
        Dimension.YEAR: {year: year for year in sorted(years) if year},
    }
    nothing = {Dimension.EVENT: _("No event"), Dimension.GENDER: _("Not stated, not asked or erased")}
    return {
        dimension: {
            **{code: str(name) for code, name in known.items()},
            NOT_STATED: str(nothing.get(Dimension(dimension), _("Not stated"))),
        }
        for dimension, known in names.items()
    }


def _codes(counts: Counts, dimension: str) -> set[str]:
    return {code for column in counts.groups.get(dimension, {}).values() for code in column}


def note_on(selection: Selection) -> str:
    """Return what the figures leave out."""
    text = _(
        "Numbers below %(fewest)s are suppressed, and so are others from which they could be worked out. "
        "Organizations that are not listed are counted nowhere."
    ) % {"fewest": FEWEST}
    if selection.event is None:
        return text
    return f"{text} {_('The event is compared with the one before it of the same body and kind.')}"
