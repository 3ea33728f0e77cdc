"""The portal in numbers, and what a person has to do."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Count, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.facets import WIDEST
from core.subqueries import non_empty
from events.registrations.queries import my_registrations
from portal.opportunities.enums import OpportunityKind
from portal.opportunities.queries import Opportunity, OpportunityQuery
from reviews.tracker.models import CountryReview
from stakeholders.directory.queries import DirectoryQuery, shown_to
from stakeholders.directory.queries_counts import Counts, Facets
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder, entries_of
from stakeholders.entries.rules import memberships_of
from stakeholders.state_accounts.queries import states_of
from taxonomy.names.models import choices_of
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic
from workflow.hooks import MyPart, Submission, Task, my_work

NUMBERS_SECONDS = 60 * 60
FEW_OPEN = 2


@dataclass(frozen=True)
class Numbers:
    """The numbers of stakeholders that everybody can find, counted at one instant."""

    facets: Facets
    counted_at: datetime

    @property
    def stakeholders(self) -> int:
        return self.facets.total

    @property
    def countries(self) -> int:
        return len(self.facets.places)

    @property
    def marks(self) -> list[Mark]:
        """Return the marks of the countries that have a stakeholder, for a small map."""
        known = marks()
        return [known[code] for code in sorted(self.facets.places) if code in known]


@dataclass(frozen=True)
class CountRow:
    label: str
    count: int
    # The query string of the directory that finds them.
    query: str


@dataclass(frozen=True)
class CountTable:
    name: str
    title: str
    # The head of the first column.
    heading: str
    rows: list[CountRow]
    note: str = ""

    @property
    def most(self) -> int:
        return max((row.count for row in self.rows), default=0)


def directory_version() -> int:
    """Return a number that changes with everything that the directory shows."""
    return DirectoryVersion.objects.current()


def numbers(version: int) -> Numbers:
    """Return the counts of what a visitor may see, cached under `version`: see `directory_version`."""

    def count() -> Numbers:
        return Numbers(Counts(AnonymousUser(), version).facets(DirectoryQuery()), now())

    stored = cache.get(f"portal:numbers:{version}")
    if stored is None:
        stored = count()
        cache.set(f"portal:numbers:{version}", stored, NUMBERS_SECONDS)
    return stored


def places(version: int) -> Numbers:
    """Return `numbers` of stakeholders and countries alone, which take less time, for the front page."""
    key = f"portal:places:{version}"
    stored: Numbers | None = cache.get(key)
    if stored is None:
        rows = shown_to(AnonymousUser()).order_by().values_list("country").annotate(number=Count("pk"))
        by_country = Counter(dict(rows))
        stored = Numbers(Facets(total=by_country.total(), places=by_country), now())
        cache.set(key, stored, NUMBERS_SECONDS)
    return stored


def tables(numbers: Numbers) -> list[CountTable]:
    """Return the numbers by kind and region in the order of their names, by topic the largest first.

    Those that are 0 are among them.
    """
    regions, topics = choices_of(Region, Topic)
    by_topic = numbers.facets.beside["topic"]
    topics = sorted(topics, key=lambda topic: -by_topic[topic[0]])
    many = _("One stakeholder can be in several lines.")
    groups: list[tuple[str, str, str, list[tuple[str, str]], str]] = [
        (
            "kind",
            _("By kind"),
            pgettext("of stakeholder", "Kind"),
            [(kind.value, str(kind.label)) for kind in Kind],
            "",
        ),
        ("region", _("By region"), _("Region"), [region for region in regions if region[0] in WIDEST], ""),
        ("topic", _("By topic"), _("Topic"), topics, many),
    ]
    return [
        CountTable(
            name,
            title,
            heading,
            [
                CountRow(str(label), numbers.facets.beside[name][code], f"{name}={code}")
                for code, label in choices
            ],
            note,
        )
        for name, title, heading, choices, note in groups
    ]


@dataclass(frozen=True)
class Work:
    """What a person has to do, the earliest due first; what they sent, the latest first; the rest by app."""

    tasks: list[Task]
    submissions: list[Submission]
    panels: list[MyPart]


def work_of(user: Any) -> Work:
    """Return what every app has for *My work* of this person."""
    memberships_of(user)  # cached on the user: the parts below use them
    own = {(name, key): rows for name, work in my_work.items() for key, rows in work.own(user).items()}
    present = non_empty({key: rows.any for key, rows in own.items()})
    rows: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in my_work}
    for name, key in present:
        any_rows, read = own[name, key]
        rows[name][key] = list(read() if read else any_rows)
    parts = sorted(
        (work.part(user, rows[name]) for name, work in my_work.items()), key=lambda part: part.position
    )
    tasks = [task for part in parts for task in part.tasks]
    tasks.sort(key=lambda task: (task.due is None, task.due.timestamp() if task.due else 0))
    sent = [submission for part in parts for submission in part.submissions]
    sent.sort(key=lambda submission: submission.at.timestamp() if submission.at else 0, reverse=True)
    return Work(tasks, sent, [part for part in parts if part.context])


def open_to(user: Any, opportunities: Iterable[Opportunity]) -> tuple[OpportunityQuery, list[Opportunity]]:
    """Return the query for the topics and countries of the stakeholders that the person acts for, and the
    opportunities that match it, without the events they are registered for. A person without an organization
    is offered events and courses alone.
    """
    topics = Stakeholder.topics.through._default_manager.filter(stakeholder=OuterRef("pk"))
    entries = Stakeholder.objects.filter(pk__in=entries_of(user, standing=Status.TAKING_PART))
    own = list(entries.values_list("country_id", "kind", ArraySubquery(topics.values("topic"))))
    query = OpportunityQuery(
        topic=tuple(sorted({code for _country, _kind, codes in own for code in codes})),
        country=tuple(sorted({country for country, _kind, _topics in own if country})),
        who=tuple(sorted({kind for _country, kind, _topics in own})),
    )
    matching = [opportunity for opportunity in opportunities if query.finds(opportunity)]
    if user.is_unaffiliated and not own:  # all else is for stakeholders
        for_everybody = (OpportunityKind.REGISTRATION, OpportunityKind.COURSE)
        matching = [opportunity for opportunity in matching if opportunity.kind in for_everybody]
    if all(opportunity.kind != OpportunityKind.REGISTRATION for opportunity in matching):
        return query, matching
    registered = {registration.event.pk for registration in my_registrations(user)}
    return query, [
        opportunity
        for opportunity in matching
        if not (
            opportunity.kind == OpportunityKind.REGISTRATION
            and opportunity.event
            and opportunity.event.pk in registered
        )
    ]


def reasons_for(
    query: OpportunityQuery, opportunities: Iterable[Opportunity]
) -> list[tuple[Opportunity, list[str]]]:
    """Return each with what it names of the kind, country and topics of the person's stakeholders."""
    rows = list(opportunities)
    if not any(row.topic or row.country or row.region or row.who for row in rows):
        return [(row, []) for row in rows]
    countries, topics = (dict(choices) for choices in choices_of(Country, Topic))
    kinds = {code: str(label) for code, label in Kind.choices}
    return [
        (
            row,
            [
                *(kinds[code] for code in query.who if code in row.who),
                *(countries[code] for code in query.country if code in countries and row.is_in(code)),
                *(topics[code] for code in query.topic if code in topics and code in row.topic),
            ],
        )
        for row in rows
    ]


# --- For a State user ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class OwnState:
    """What the page of tasks shows a State user of their State."""

    country: Country
    has_review: bool
    # Of the directory, as this user finds it.
    stakeholders: int
    # Calls and dialogues: those that name the country first, then what is open to all countries.
    open: list[Opportunity]


def own_states(user: Any, opportunities: Callable[[], Iterable[Opportunity]]) -> list[OwnState]:
    """Return the States for which the person is here; `opportunities` is called where there is any."""
    countries = states_of(user)
    if not countries:
        return []
    codes = [country.pk for country in countries]
    reviewed = set(
        CountryReview.objects.visible_to(user).filter(country__in=codes).values_list("country", flat=True)
    )
    entries = shown_to(user).filter(country__in=codes).order_by().values_list("country")
    by_country = dict(entries.annotate(number=Count("pk")))
    kinds = (OpportunityKind.CALL, OpportunityKind.DIALOGUE)
    consultations = [opportunity for opportunity in opportunities() if opportunity.kind in kinds]
    return [
        OwnState(
            country,
            country.pk in reviewed,
            by_country.get(country.pk, 0),
            sorted(
                filter(OpportunityQuery(country=(country.pk,)).finds, consultations),
                key=lambda opportunity: not opportunity.country,
            )[:FEW_OPEN],
        )
        for country in countries
    ]
