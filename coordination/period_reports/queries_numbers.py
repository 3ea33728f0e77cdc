"""What coordination came to in numbers: counted in the database, in a fixed number of statements.

Everything starts at what the reader may see, and counts nobody who hides from members. Countries stand in the
order of their names, never of their numbers. What every visitor can count (public entries of the directory,
contributions published by name, events) is exact for everybody. Of all else a cell in which fewer than five
are not public is told to the desk alone, and in nothing that is published; nor is another one from which it
could be worked out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordination.activities.enums import ActivityKind
from coordination.activities.models import Activity
from core.bulk import any_of
from core.small_numbers import FEWEST
from core.time_display import VIENNA
from events.events.enums import EventStatus
from events.events.models import Event
from events.proposals.models import Proposal
from events.registrations.enums import RegistrationStatus, ShownTo
from events.registrations.models import Registration
from reviews.contributions.enums import ContributionStatus, Visibility
from reviews.contributions.models import Contribution
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import DialogueLine
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.enums import SHARED_LISTINGS, Kind, Listing, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic
from workflow.moves.models import Decision


@dataclass(frozen=True, slots=True)
class Span:
    """Days by the desk's clock, both counted."""

    first: date
    last: date

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.first, time(), VIENNA)

    @property
    def ends(self) -> datetime:
        """The instant after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), VIENNA)

    def holds(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.starts, f"{field}__lt": self.ends})


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row with a number for each column, None where suppressed; `shares`: lengths of bars, 0 to 100."""

    code: str
    label: str
    numbers: list[int | None]
    shares: list[int]
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A column for each period of the report, or for each of its own `heads`."""

    name: str
    title: str
    row_heading: str
    counted: str
    rows: list[ReportRow]
    heads: list[str] = field(default_factory=list)
    head_codes: list[str] = field(default_factory=list)
    about: str = ""

    @property
    def suppressed(self) -> str:
        """Return what stands for a suppressed number, which in some tables may be five or more."""
        if self.heads:
            return "*"
        if self.name in ADDING_UP or self.name in PARTLY_PUBLIC:
            return _("Suppressed")
        return _("Suppressed (fewer than 5)")


# Each row is of others than the next, so that together they are what another table adds up to.
ADDING_UP = frozenset(("vetting", "not_public"))
# Of some rows everybody can count a part elsewhere.
PARTLY_PUBLIC = frozenset(("vetting", "participation"))


class _Percentile(Aggregate):
    """The value below which a given part of the rows lies, for durations."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = DurationField()

    def __init__(self, expression: Any, part: float, **extra: Any) -> None:
        super().__init__(expression, part=str(float(part)), **extra)


_COUNT = partial(Count, "pk")
_COUNT_STAKEHOLDERS = partial(Count, "stakeholder", distinct=True)

# Rows by code → a count for each period.
CountsByCode = Mapping[str, list[int]]


class Numbers:
    def __init__(self, user: Any, places: Collection[str] | None, spans: list[Span], exactly: bool) -> None:
        self.user, self.spans, self.exactly = user, spans, exactly
        self.codes = None if places is None else any_of(sorted(places))

    def tables(self) -> list[ReportTable]:
        topics, countries = (dict(choices) for choices in choices_of(Topic, Country))
        kinds: dict[str, Any] = dict(Kind.choices)
        who = pgettext("heading of a column", "Stakeholders")
        listed, came, hidden_away = self._by_kind()
        tables = [
            self._table(
                ("by_kind", _("In the directory at the end of the period, by kind"), _("Kind"), who),
                kinds,
                listed,
                hides=False,
            ),
            self._table(
                ("came_by_kind", _("Newly approved in the period, by kind"), _("Kind"), who),
                kinds,
                came,
                hides=False,
            ),
            self._table(
                (
                    "by_country",
                    _("In the directory at the end of the period, by country or area"),
                    _("Country or area"),
                    who,
                ),
                countries,
                self._listed_by("country_id"),
                hides=False,
            ),
            self._table(
                ("by_topic", _("In the directory at the end of the period, by topic"), _("Topic"), who),
                topics,
                self._listed_by("topics"),
                hides=False,
            ),
            self._table(
                (
                    "not_public",
                    _("Shown to members or States only at the end of the period, by kind"),
                    _("Kind"),
                    who,
                ),
                kinds,
                hidden_away,
            ),
            *self._vetting(),
            *self._activities(countries),
            *self._participation(),
        ]
        return [table for table in tables if table.rows]

    # --- Stakeholders
    def _stakeholders(self, prefix: str = "") -> Q:
        condition = Q(**{f"{prefix}status__in": Status.SHOWN, f"{prefix}listing__in": SHARED_LISTINGS})
        return condition if self.codes is None else condition & Q(**{f"{prefix}country__in": self.codes})

    def _directory_rows(self) -> QuerySet[Stakeholder]:
        rows = Stakeholder.objects.visible_to(self.user).filter(self._stakeholders())
        return rows.alias(came=Coalesce("approved_at", "created_at")).order_by()

    def _each(self, name: str, aggregate: Any, when: Any) -> dict[str, Any]:
        """Return {name0: …, name1: …}: `aggregate` for each period, of the rows in `when(span)`."""
        return {f"{name}{n}": aggregate(filter=when(span)) for n, span in enumerate(self.spans)}

    def _across(self, counts: Mapping[str, Any], name: str) -> list[Any]:
        """Return the values of `_each` for this name, by period."""
        return [counts[f"{name}{n}"] for n in range(len(self.spans))]

    def _columns(
        self, rows: Mapping[str, tuple[str, Mapping[str, Any], str]]
    ) -> tuple[dict[str, str], CountsByCode]:
        """From code → (label, counts, name in them), return the labels and the numbers by code."""
        labels = {code: label for code, (label, _counts, _name) in rows.items()}
        return labels, {code: self._across(counts, name) for code, (_label, counts, name) in rows.items()}

    def _by_kind(self) -> tuple[CountsByCode, CountsByCode, CountsByCode]:
        """Return counts by kind of public entries, of new ones among them, and of those not public."""
        public = Q(listing=Listing.PUBLIC)
        by_kind = (
            self._directory_rows()
            .values("kind")
            .annotate(
                **self._each("listed", _COUNT, lambda span: public & Q(came__lt=span.ends)),
                **self._each("new", _COUNT, lambda span: public & span.holds("approved_at")),
                **self._each("hidden", _COUNT, lambda span: ~public & Q(came__lt=span.ends)),
            )
        )
        rows = list(by_kind)
        listed, new, hides = (self._counts_by(rows, "kind", name) for name in ("listed", "new", "hidden"))
        return listed, new, hides

    def _listed_by(self, field: str) -> CountsByCode:
        public = self._directory_rows().filter(listing=Listing.PUBLIC)
        rows = (
            public.exclude(**{field: None})
            .values(field)
            .annotate(**self._each("n", _COUNT, lambda span: Q(came__lt=span.ends)))
        )
        return self._counts_by(rows, field, "n")

    # --- Vetting
    def _applications(self) -> QuerySet[Application]:
        if self.user.is_desk:
            rows = Application.objects.visible_to(self.user).filter(listing__in=SHARED_LISTINGS)
            rows = rows.exclude(status__in=(ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN))
        else:
            rows = Application.objects.shared_with(self.user)
        return rows.order_by() if self.codes is None else rows.filter(country__in=self.codes).order_by()

    def _vetting(self) -> list[ReportTable]:
        applications = self._applications()
        in_directory = Q(stakeholder__status__in=Status.SHOWN, stakeholder__listing=Listing.PUBLIC)
        received = applications.aggregate(
            **self._each("n", _COUNT, lambda span: span.holds("submitted_at")),
            **self._each("public", _COUNT, lambda span: span.holds("submitted_at") & in_directory),
        )
        decided = self._decision_counts(applications, in_directory)
        rows = {
            "received": (_("Received"), received, "n"),
            "approved": (_("Approved"), decided, "approve"),
            "refused": (_("Not approved"), decided, "refuse"),
        }
        public = {"received": self._across(received, "public"), "approved": self._across(decided, "public")}
        applied = pgettext("heading of a column", "Applications")
        head = ("vetting", _("Applications in the period"), _("What became of them"), applied)
        return [self._table(head, *self._columns(rows), public=public), *self._vetting_days(decided)]

    def _decision_counts(self, applications: QuerySet[Application], in_directory: Q) -> dict[str, Any]:
        """Count approvals (and those `public` now) and refusals, and measure how long they took."""
        sent = Application.objects.filter(pk=OuterRef("subject_id")).values("submitted_at")
        listed = applications.filter(in_directory).values("pk")
        decisions = Decision.objects.filter(
            subject_kind="stakeholders.application",
            move__in=("approve", "refuse"),
            subject_id__in=applications.values("pk"),
        )
        return (
            decisions.order_by()
            .annotate(took=F("at") - Subquery(sent))
            .aggregate(
                **self._each("approve", _COUNT, lambda s: s.holds("at") & Q(move="approve")),
                **self._each(
                    "public", _COUNT, lambda s: s.holds("at") & Q(move="approve", subject_id__in=listed)
                ),
                **self._each("refuse", _COUNT, lambda s: s.holds("at") & Q(move="refuse")),
                **self._each("half", partial(_Percentile, "took", 0.5), lambda s: s.holds("at")),
                **self._each("most", partial(_Percentile, "took", 0.9), lambda s: s.holds("at")),
            )
        )

    def _vetting_days(self, decided: Mapping[str, Any]) -> list[ReportTable]:
        if not any(took is not None for took in self._across(decided, "half")):
            return []
        numbers = zip(self._across(decided, "approve"), self._across(decided, "refuse"), strict=True)
        enough = [self.exactly or approved + refused >= FEWEST for approved, refused in numbers]
        labels = {"half": _("Half were decided within"), "most": _("Nine of ten were decided within")}
        rows = []
        for code, label in labels.items():
            took = zip(self._across(decided, code), enough, strict=True)
            days = [_days(duration) if is_enough else None for duration, is_enough in took]
            rows.append(ReportRow(code, label, days, [0] * len(days)))
        return [
            ReportTable(
                "vetting_days",
                _("Time from application to decision, for applications decided in the period"),
                _("Part of the applications"),
                pgettext("heading of a column", "Days"),
                rows,
            )
        ]

    # --- Activities
    def _activities(self, countries: Mapping[str, Any]) -> list[ReportTable]:
        held = Activity.objects.visible_to(self.user).held().order_by()
        if self.codes is not None:
            held = held.in_countries(self.codes)
        rows = list(
            held.values("kind").annotate(
                **self._each("n", _COUNT, lambda s: s.holds("starts_at")),
                **self._each("people", partial(Sum, "took_part", default=0), lambda s: s.holds("starts_at")),
            )
        )
        # The activities of others that a reader may not see are not counted for them, so by place it is
        # the countries of those that they do see.
        through = Activity.countries.through._default_manager.filter(activity__in=held.values("pk"))
        if self.codes is not None:
            through = through.filter(country__in=self.codes)
        placed = (
            through.order_by()
            .values("country_id")
            .annotate(**self._each("n", _COUNT, lambda s: s.holds("activity__starts_at")))
        )
        counted = pgettext("heading of a column", "Activities")
        people = pgettext("heading of a column", "People")
        kind_heading, country_heading = _("Kind"), _("Country or area")
        kinds: dict[str, Any] = dict(ActivityKind.choices)
        held_by_kind = ("activities", _("Activities held, by kind"), kind_heading, counted)
        people_by_kind = ("people", _("People who took part in activities, by kind"), kind_heading, people)
        by_country = (
            "activities_by_country",
            _("Activities held, by country or area"),
            country_heading,
            counted,
        )
        return [
            self._table(held_by_kind, kinds, self._counts_by(rows, "kind", "n"), hides=False),
            self._table(people_by_kind, kinds, self._counts_by(rows, "kind", "people")),
            self._table(by_country, countries, self._counts_by(placed, "country_id", "n"), hides=False),
        ]

    # --- Calls, dialogues, events
    def _participation(self) -> list[ReportTable]:
        contributions, dialogues, registered = (
            self._contributions(),
            self._dialogues(),
            self._registration_counts(),
        )
        rows = {
            "contributions": (_("Contributions sent to calls"), contributions, "n"),
            "contributors": (_("Stakeholders that sent one"), contributions, "who"),
            "dialogues": (_("Applications to constructive dialogues"), dialogues, "n"),
            "dialogues_in": (_("Places given in constructive dialogues"), dialogues, "in"),
            "registered": (_("Confirmed places at events"), registered, "n"),
            "attended": (_("People who checked in at events"), registered, "in"),
        }
        public = {
            code: self._across(counts, f"{name}_public")
            for code, (_label, counts, name) in rows.items()
            if f"{name}_public0" in counts
        }
        # Each of these is public by name.
        listed = {
            "published": (
                _("Contributions published with the name of the stakeholder"),
                contributions,
                "published",
            ),
            "named": (_("Stakeholders that these contributions name as lead"), contributions, "named"),
            "events": (_("Events on the calendar, held in these places"), self._events(), "n"),
            "meetings": (_("Meetings at events that these stakeholders led"), self._meetings(), "n"),
        }
        counted = pgettext("heading of a column", "Number")
        part = ("participation", _("Taking part in calls, dialogues and events"), _("What"), counted)
        in_public = ("listed", _("Public contributions and events"), _("What"), counted)
        return [
            self._table(part, *self._columns(rows), public=public),
            self._table(in_public, *self._columns(listed), hides=False),
        ]

    def _contributions(self) -> dict[str, Any]:
        theirs = self._stakeholders("stakeholder__")
        sent = Contribution.objects.exclude(
            status__in=(ContributionStatus.DRAFT, ContributionStatus.WITHDRAWN)
        ).order_by()
        if self.codes is not None:
            sent = sent.filter(stakeholder__country__in=self.codes)
        by_name = Q(status=ContributionStatus.PUBLISHED, visibility=Visibility.PUBLIC)
        who = _COUNT_STAKEHOLDERS
        return sent.aggregate(
            **self._each("n", _COUNT, lambda s: theirs & s.holds("submitted_at")),
            **self._each("n_public", _COUNT, lambda s: theirs & s.holds("submitted_at") & by_name),
            **self._each("who", who, lambda s: theirs & s.holds("submitted_at")),
            **self._each("who_public", who, lambda s: theirs & s.holds("submitted_at") & by_name),
            # Whoever is named by a contribution is public with it, whatever the directory shows of them.
            **self._each("published", _COUNT, lambda s: s.holds("published_at") & by_name),
            **self._each("named", who, lambda s: s.holds("published_at") & by_name),
        )

    def _dialogues(self) -> dict[str, Any]:
        lines = DialogueLine.objects.exclude(status__in=(LineStatus.DRAFT, LineStatus.WITHDRAWN)).filter(
            self._stakeholders("application__stakeholder__")
        )
        accepted = Q(status=LineStatus.ACCEPTED)
        spoke = accepted & Q(statement__checked_at__isnull=False, dialogue__event__starts_at__lte=now())
        return lines.order_by().aggregate(
            **self._each("n", _COUNT, lambda s: s.holds("application__submitted_at")),
            **self._each("n_public", _COUNT, lambda s: s.holds("application__submitted_at") & spoke),
            **self._each("in", _COUNT, lambda s: s.holds("decided_at") & accepted),
            **self._each("in_public", _COUNT, lambda s: s.holds("decided_at") & spoke),
        )

    def _registration_counts(self) -> dict[str, Any]:
        seats = Registration.objects.filter(
            self._stakeholders("stakeholder__"), status=RegistrationStatus.CONFIRMED
        )
        shown = Q(user__isnull=False, shown=ShownTo.EVERYONE, stakeholder__listing=Listing.PUBLIC)
        attended = Q(attended_at__isnull=False)
        return seats.order_by().aggregate(
            **self._each("n", _COUNT, lambda s: s.holds("rules__event__starts_at")),
            **self._each("n_public", _COUNT, lambda s: s.holds("rules__event__starts_at") & shown),
            **self._each("in", _COUNT, lambda s: s.holds("rules__event__starts_at") & attended),
        )

    def _meetings(self) -> dict[str, Any]:
        meetings = Proposal.objects.accepted().filter(self._stakeholders("lead__"), public_at__isnull=False)
        return meetings.order_by().aggregate(**self._each("n", _COUNT, lambda s: s.holds("event__starts_at")))

    def _events(self) -> dict[str, Any]:
        events = Event.objects.visible_to(self.user).filter(status=EventStatus.PUBLISHED)
        if self.codes is not None:
            events = events.filter(country__in=self.codes)
        return events.order_by().aggregate(**self._each("n", _COUNT, lambda s: s.holds("starts_at")))

    # --- Tables
    def _counts_by(self, rows: Any, field: str, name: str) -> CountsByCode:
        return {str(row[field]): self._across(row, name) for row in rows}

    def _table(
        self,
        head: tuple[str, str, str, str],
        labels: Mapping[str, Any],
        counts: CountsByCode,
        *,
        hides: bool = True,
        public: CountsByCode = MappingProxyType({}),
    ) -> ReportTable:
        """`head`: name, title, and the headings of its columns. In the order of `labels`.

        Rows that are nothing in every period are left out. `public`: how many of each everybody can count.
        """
        known = {code: numbers for code, numbers in counts.items() if any(numbers) and code in labels}
        if self.exactly or not hides:
            cells: dict[str, list[int | None]] = {code: [*numbers] for code, numbers in known.items()}
        else:
            columns = [
                suppress_small(
                    [numbers[n] for numbers in known.values()],
                    name=head[0],
                    public=[public[code][n] if code in public else 0 for code in known],
                )
                for n in range(len(self.spans))
            ]
            cells = {code: [column[at] for column in columns] for at, code in enumerate(known)}
        most = max((number or 0 for numbers in cells.values() for number in numbers), default=0)
        rows = [
            ReportRow(
                code,
                str(label),
                cells[code],
                [round(100 * (number or 0) / most) if most else 0 for number in cells[code]],
            )
            for code, label in labels.items()
            if code in cells
        ]
        return ReportTable(*head, rows)


def suppress_small(numbers: Sequence[int], *, name: str, public: Sequence[int] = ()) -> list[int | None]:
    """Return a column with None for its small cells; zero stays, since it is of nobody.

    `public`: how many of each cell everybody can count by name. What is left is small, not the number: of
    seven, five of them public, the two others would be told with it; of three that are all public, nobody.

    Of a table in `ADDING_UP` another table tells the sum, from which a cell hidden alone could be worked out:
    there the next smallest ones are hidden too, until what is hidden is FEWEST together.
    """
    left = [number - known for number, known in zip_longest(numbers, public, fillvalue=0)]
    hidden = {at for at, number in enumerate(left) if 0 < number < FEWEST}
    if name in ADDING_UP and hidden:
        for at in sorted(range(len(left)), key=lambda at: left[at]):
            if len(hidden) > 1 and sum(left[index] for index in hidden) >= FEWEST:
                break
            if left[at]:
                hidden.add(at)
    return [None if at in hidden else number for at, number in enumerate(numbers)]


def _days(took: timedelta | None) -> int | None:
    """Return whole days, begun ones counted."""
    return None if took is None else max(0, -(-took // timedelta(days=1)))
