"""All that is known of the review of one country: its page, its panel, its documents in the index."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from core.partial_dates import date_text, first_day
from reviews.mechanism.enums import Publicity, Silence, StepStatus
from reviews.mechanism.models import Phase, Secretariat, StepKind
from reviews.mechanism.queries import ReviewLine, phase_name, today
from reviews.tracker.models import CountryReview, ReviewDocument, ReviewingState, StepRecord
from reviews.tracker.queries_deadlines import Calendar, calendar, due_days
from search.enums import Audience
from search.hooks import Entry
from taxonomy.law.models import Cluster, Instrument
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import name_of, names_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country


@dataclass
class Source:
    """One source of the page, told once, with the number by which the cells name it."""

    number: int
    record: StepRecord


@dataclass
class Fact:
    """What one record says, in the words of the page, with the number of its source."""

    record: Any
    source: int
    # None where the step is retired.
    step: StepKind | None
    status: str
    # "" where no date is stated.
    date: str

    @property
    def sentence(self) -> str:
        """Return that this is the latest known step."""
        words = {
            "step": self.step.name if self.step else "",
            "phase": self.record.cluster_id,
            "status": self.status,
            "date": self.date,
        }
        if self.date:
            return _("Latest known step: %(step)s (phase %(phase)s), %(status)s, %(date)s.") % words
        return _("Latest known step: %(step)s (phase %(phase)s), %(status)s, without a date.") % words


@dataclass
class Cell:
    """One step of one phase: what is recorded, or why nothing is."""

    step: StepKind
    facts: list[Fact]
    silence: Silence | None
    due: date | None
    documents: list[ReviewDocument] = field(default_factory=list)

    @property
    def is_recorded(self) -> bool:
        """Whether something of this country stands here, beside what serves the reviews of all."""
        return bool(self.facts) or any(document.review_id for document in self.documents)


@dataclass
class Column:
    """One phase."""

    cluster: Cluster
    starts: str
    ends: str
    is_now: bool
    cells: list[Cell]

    @property
    def recorded(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_recorded]

    @property
    def unrecorded(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_recorded]


@dataclass
class OfInstrument:
    """One instrument: whether the country is a party, who reviews it, the latest known step of each phase."""

    instrument: Instrument
    is_party: bool | None
    reviewing: list[ReviewingState]
    latest: list[Fact]


@dataclass
class ReviewPage:
    review: CountryReview
    columns: list[Column]
    instruments: list[OfInstrument]
    documents: list[ReviewDocument]
    sources: list[Source]
    latest: Fact | None
    now: Column | None
    # The calendar of its group, or of all groups where its own is not known.
    line: ReviewLine | None
    secretariat: Secretariat | None
    has_demo: bool

    @property
    def recorded(self) -> list[Column]:
        """The phases of which something is recorded."""
        return [column for column in self.columns if column.recorded]

    @property
    def unrecorded(self) -> list[Column]:
        return [column for column in self.columns if not column.recorded]

    @property
    def differs_by_instrument(self) -> bool:
        """Whether anything is known of one instrument and not of the others."""
        facts = (fact for column in self.columns for cell in column.cells for fact in cell.facts)
        return any(of.reviewing for of in self.instruments) or any(
            fact.record.instrument_id for fact in facts
        )

    @property
    def has_deadlines(self) -> bool:
        return any(cell.due for column in self.columns for cell in column.cells)


def review_of(user: Any, iso3: str) -> CountryReview | None:
    """Return the review with country, region, group and focal point; None where there is none."""
    reviews = CountryReview.objects.visible_to(user).filter(country=iso3)
    return reviews.select_related("country__region", "group", "focal_point").first()


def page_of(user: Any, review: CountryReview) -> ReviewPage:
    """Return all that the page of a review shows."""
    day = today()
    plan, kinds = calendar(), list(StepKind.objects.all().offered().in_order())
    current = StepRecord.objects.visible_to(user).current(review=review)
    # Steps and phases are few, and read already: hundreds of records do not bring them again.
    records = list(
        current.annotate(cluster_place=F("cluster__position"), instrument_name=name_of("instrument"))
        .defer("recorded_by")
        .latest_first()
    )
    sources = _sources(records)
    facts = _facts(records, sources, {kind.pk: kind for kind in kinds})
    documents = list(ReviewDocument.objects.visible_to(user).of(review).select_related("kind"))
    columns = _columns(review, plan, kinds, facts=facts, documents=documents, day=day)
    known = [fact for fact in facts if fact.record.status in StepStatus.KNOWN and fact.step]
    return ReviewPage(
        review=review,
        columns=columns,
        instruments=_instruments(user, review, known),
        documents=documents,
        sources=sorted(sources.values(), key=lambda source: source.number),
        latest=known[0] if known else None,
        now=next((column for column in columns if column.is_now), None),
        line=plan.line(review, day),
        secretariat=Secretariat.objects.first(),
        has_demo=any(record.is_demo for record in records),
    )


def _key(record: StepRecord) -> tuple[str, str, str]:
    return (record.source, record.source_url, record.source_date)


def _facts(
    records: list[StepRecord], sources: Mapping[tuple[str, str, str], Source], kinds: Mapping[str, StepKind]
) -> list[Fact]:
    labels: dict[str, str] = {code: str(label) for code, label in StepStatus.choices}
    dates = {date: date_text(date) for date in {record.date for record in records}}
    return [
        Fact(
            record,
            sources[_key(record)].number,
            kinds.get(record.step_id),
            labels[record.status],
            dates[record.date],
        )
        for record in records
    ]


def _sources(records: list[StepRecord]) -> dict[tuple[str, str, str], Source]:
    sources: dict[tuple[str, str, str], Source] = {}
    for record in records:
        sources.setdefault(_key(record), Source(len(sources) + 1, record))
    return sources


def _columns(
    review: CountryReview,
    plan: Calendar,
    kinds: list[StepKind],
    *,
    facts: list[Fact],
    documents: list[ReviewDocument],
    day: date,
) -> list[Column]:
    at: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        at[fact.record.cluster_id, fact.record.step_id].append(fact)
    papers: dict[tuple[str | None, str], list[ReviewDocument]] = defaultdict(list)
    for document in documents:
        papers[document.cluster_id, document.kind_id].append(document)
    now = plan.now(review, day)
    columns = []
    for cluster in plan.clusters:
        begins = plan.begin(review, cluster.pk)
        done = {
            fact.record.step_id: fact.record.date
            for kind in kinds
            for fact in at[cluster.pk, kind.pk]
            if fact.record.status == StepStatus.DONE and fact.record.instrument_id is None
        }
        due = due_days(review, cluster.pk, kinds, done, plan)
        phase = plan.of(review, cluster.pk)
        cells = [
            Cell(
                kind,
                at[cluster.pk, kind.pk],
                _silence(at[cluster.pk, kind.pk], kind, begins, due.get(kind.pk), day),
                due.get(kind.pk),
                papers[cluster.pk, kind.document_id] if kind.document_id else [],
            )
            for kind in kinds
        ]
        columns.append(
            Column(
                cluster,
                begins,
                phase.ends if phase else "",
                now is not None and now.cluster_id == cluster.pk,
                cells,
            )
        )
    return columns


def _silence(facts: list[Fact], kind: StepKind, begins: str, due: date | None, day: date) -> Silence | None:
    """Return why nothing is recorded: not due yet, not public by rule, or not recorded."""
    if facts:
        return None
    if (begins and first_day(begins) > day) or (due is not None and due > day):
        return Silence.NOT_DUE
    if kind.publicity == Publicity.NOT_PUBLIC:
        return Silence.NOT_PUBLIC
    return Silence.NOT_RECORDED


def _instruments(user: Any, review: CountryReview, known: list[Fact]) -> list[OfInstrument]:
    reviewing: dict[str, list[ReviewingState]] = defaultdict(list)
    states = ReviewingState.objects.visible_to(user).filter(review=review).select_related("reviewer")
    states = states.only("instrument", "source", *names_of("reviewer"))
    for state in states.order_by("reviewer__sort_en", "pk"):
        reviewing[state.instrument_id].append(state)
    rows = _with_participation(review.country_id)
    return [
        OfInstrument(row, row.is_party, reviewing[row.pk], _latest_by_phase(known, row.pk)) for row in rows
    ]


def _with_participation(iso3: str) -> Any:
    """Return the instruments that are reviewed, each with what the depositary's list says of the country."""
    own = FilteredRelation("participations", condition=Q(participations__country=iso3))
    rows: Any = Instrument.objects.filter(reviewed=True).in_order().annotate(own=own)
    return rows.annotate(
        is_party=F("own__is_party"),
        party_act=F("own__action"),
        party_since=F("own__date"),
        party_source=F("own__source"),
        party_date=F("own__source_date"),
    ).only(*names_of())


def _latest_by_phase(known: list[Fact], instrument: str) -> list[Fact]:
    """Return the latest known step of each phase that concerns the instrument, in the order of phases."""
    latest: dict[str, Fact] = {}
    for fact in known:
        if fact.record.instrument_id in (None, instrument):
            latest.setdefault(fact.record.cluster_id, fact)
    return sorted(latest.values(), key=lambda fact: fact.record.cluster_place)


# --- The review of a country in a few words, for the pages about it ----------------------------------


@dataclass(frozen=True)
class ReviewSummary:
    """What holds for every State: its review in a few words, the questionnaires, to what it is a party."""

    country: Country
    review: CountryReview
    now: Phase | None
    latest: StepRecord | None
    questionnaires: list[ReviewDocument]
    # As `_with_participation` has them; none where nothing is known of any.
    instruments: list[Any]

    @property
    def sources(self) -> list[tuple[str, date | None]]:
        """Return (source, its day) of what is said of the instruments, each once."""
        sources = {(row.party_source, row.party_date) for row in self.instruments if row.party_source}
        return sorted(sources, key=str)


def of_country(user: Any, country: Country) -> ReviewSummary | None:
    """Return the review with its latest known step; None for a country or area that has no review."""
    # A page of a country has read its review with it: what is recorded of one is everybody's.
    review = getattr(country, "review", None)
    if review is None:
        return None
    known = StepRecord.objects.visible_to(user).current(review=review).known()
    documents = ReviewDocument.objects.visible_to(user).of(review).filter(kind=QUESTIONNAIRE)
    instruments = list(_with_participation(country.pk))
    return ReviewSummary(
        country,
        review,
        calendar().now(review, today()) if review.group_id else None,
        known.select_related("step").only(*_OF_THE_LATEST, *names_of("step")).latest_first().first(),
        list(documents.only(*_OF_A_QUESTIONNAIRE)),
        instruments if any(row.party_source for row in instruments) else [],
    )


QUESTIONNAIRE = "questionnaire"
_OF_THE_LATEST = ("cluster", "status")
_OF_A_QUESTIONNAIRE = ("cluster", "symbol", "publicity", *(f"url_{code}" for code in UN_LANGUAGES))


def country_names(user: Any, codes: Any) -> dict[str, str]:
    """Return, for follows, the names of the countries that have a review, by ISO3."""
    rows = CountryReview.objects.visible_to(user).filter(country__in=list(codes)).select_related("country")
    return {review.country_id: review.country.name for review in rows}


def phase_names(_user: Any, codes: Any) -> dict[str, str]:
    """Return, for follows, the names of the phases by code; phases are public."""
    return {
        cluster.pk: phase_name(cluster.pk, cluster.name)
        for cluster in Cluster.objects.filter(pk__in=list(codes))
    }


def reviews_by_name() -> QuerySet[CountryReview]:
    """Return the reviews in the order of the countries' names in the language in use."""
    return CountryReview.objects.select_related("country", "group").order_by(
        f"country__sort_{content_language()}", "pk"
    )


def records_of(review: CountryReview) -> QuerySet[StepRecord]:
    """Return all records of a review, the newest first."""
    rows = StepRecord.objects.filter(review=review)
    return rows.select_related("step", "cluster", "instrument", "recorded_by").order_by("-recorded_at", "-pk")


def review_documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield reviews with the names and codes of the country and the symbols of its documents."""
    rows = CountryReview.objects.filter(pk__in=ids).select_related("country").prefetch_related("documents")
    for review in rows:
        country = review.country
        papers = [f"{paper.symbol} {paper.title}".strip() for paper in review.documents.all()]
        yield Entry(
            object_id=review.pk,
            name=country.name_en,
            url_name="reviews:review",
            url_args=[country.pk],
            audience=Audience.PUBLIC,
            aliases=[*country.names, country.pk],
            text=" · ".join(paper for paper in papers if paper),
            language="en",
            country=country.pk,
            sort_key=country.sort_en,
        )
