"""All that is known of the review of one country: its page, its panel, its documents in the index."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from core.partial_dates import first_day
from core.written_once import written_for_visitors
from reviews.mechanism.enums import Publicity, Silence, StepStatus
from reviews.mechanism.models import Secretariat, StepKind
from reviews.mechanism.queries import phase_name, steps, today
from reviews.tracker.models import CountryReview, ReviewDocument, ReviewingState, StepRecord
from reviews.tracker.queries_deadlines import Calendar, calendar, due_days
from search.enums import Audience
from search.hooks import Entry
from taxonomy.law.models import Cluster, Instrument
from taxonomy.names.sorting import content_language


@dataclass
class Source:
    """One source of the page, told once, with the number by which the cells name it."""

    number: int
    record: StepRecord


@dataclass
class Fact:
    """What one record says, with the number of its source."""

    record: StepRecord
    source: int


@dataclass
class Cell:
    """One step of one phase: what is recorded, or why nothing is."""

    step: StepKind
    facts: list[Fact]
    silence: Silence | None
    due: date | None
    documents: list[ReviewDocument] = field(default_factory=list)


@dataclass
class Column:
    """One phase."""

    cluster: Cluster
    starts: str
    ends: str
    is_now: bool
    cells: list[Cell]


@dataclass
class OfInstrument:
    """One instrument: whether the country is a party, who reviews it, the latest known step of each phase."""

    instrument: Instrument
    is_party: bool | None
    party_since: date | None
    party_source: str
    party_date: date | None
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
    secretariat: Secretariat | None
    has_demo: bool


def review_of(user: Any, iso3: str) -> CountryReview | None:
    """The review with country, region, group and focal point; None where there is none. One query."""
    return next(iter(_reviews(user, iso3)), None)


@written_for_visitors()
def _reviews(user: Any, iso3: str) -> QuerySet[CountryReview]:
    rows = CountryReview.objects.visible_to(user).filter(country=iso3)
    return rows.select_related("country__region", "group", "focal_point")


def page_of(user: Any, review: CountryReview) -> ReviewPage:
    """Seven queries, whatever is recorded."""
    day = today()
    plan, kinds = calendar(), steps()
    records = list(_records(user, review.pk))
    sources = _sources(records)
    facts = [Fact(one, sources[_key(one)].number) for one in records]
    documents = list(ReviewDocument.objects.visible_to(user).of(review).select_related("kind"))
    columns = _columns(review, plan, kinds, facts=facts, documents=documents, day=day)
    known = [
        fact for fact in facts if fact.record.status in StepStatus.KNOWN and not fact.record.step.retired
    ]
    return ReviewPage(
        review=review,
        columns=columns,
        instruments=_instruments(user, review, known),
        documents=documents,
        sources=sorted(sources.values(), key=lambda source: source.number),
        latest=known[0] if known else None,
        now=next((column for column in columns if column.is_now), None),
        secretariat=Secretariat.objects.first(),
        has_demo=any(record.is_demo for record in records),
    )


@written_for_visitors()
def _records(user: Any, review: int) -> QuerySet[StepRecord]:
    current = StepRecord.objects.visible_to(user).current(review=review)
    return current.select_related("cluster", "step", "instrument").latest_first()


def _key(record: StepRecord) -> tuple[str, str, str]:
    return (record.source, record.source_url, record.source_date)


def _sources(records: list[StepRecord]) -> dict[tuple[str, str, str], Source]:
    found: dict[tuple[str, str, str], Source] = {}
    for record in records:
        found.setdefault(_key(record), Source(len(found) + 1, record))
    return found


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
    """Why nothing is recorded: the time has not come, the rule keeps it, or nobody has found anything."""
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
    for state in states.order_by("reviewer__sort_en", "pk"):
        reviewing[state.instrument_id].append(state)
    rows: Any = (
        Instrument.objects.filter(reviewed=True)
        .in_order()
        .annotate(
            own=FilteredRelation("participations", condition=Q(participations__country=review.country_id))
        )
        .annotate(
            is_party=F("own__is_party"),
            party_since=F("own__date"),
            party_source=F("own__source"),
            party_date=F("own__source_date"),
        )
    )
    return [
        OfInstrument(
            row,
            row.is_party,
            row.party_since,
            row.party_source or "",
            row.party_date,
            reviewing[row.pk],
            _latest_by_phase(known, row.pk),
        )
        for row in rows
    ]


def _latest_by_phase(known: list[Fact], instrument: str) -> list[Fact]:
    """Of each phase the latest known step that concerns the instrument, the phases in their order."""
    found: dict[str, Fact] = {}
    for fact in known:
        if fact.record.instrument_id in (None, instrument):
            found.setdefault(fact.record.cluster_id, fact)
    return sorted(found.values(), key=lambda fact: fact.record.cluster.position)


# --- The review of a country in a few words, for the pages about it ----------------------------------


def of_country(user: Any, country: Any) -> Mapping[str, Any] | None:
    """None for a country or area that has no review. Two queries."""
    review = review_of(user, country.pk)
    if review is None:
        return None
    return {"review": review, "country": country, "latest": next(iter(_latest_known(user, review.pk)), None)}


@written_for_visitors()
def _latest_known(user: Any, review: int) -> QuerySet[StepRecord]:
    records = StepRecord.objects.visible_to(user).current(review=review).known()
    return records.select_related("step", "cluster").latest_first()[:1]


def names_seen(user: Any, codes: Any) -> dict[str, str]:
    """ISO3 → name, of the countries that have a review. For follows."""
    rows = CountryReview.objects.visible_to(user).filter(country__in=list(codes)).select_related("country")
    return {review.country_id: review.country.name for review in rows}


def phases_named(_user: Any, codes: Any) -> dict[str, str]:
    """Code → "Phase I: …". For follows; what phases there are is public."""
    return {
        cluster.pk: phase_name(cluster.pk, cluster.name)
        for cluster in Cluster.objects.filter(pk__in=list(codes))
    }


def reviews_by_name() -> QuerySet[CountryReview]:
    """In the order of the names in the language in use."""
    return CountryReview.objects.select_related("country", "group").order_by(
        f"country__sort_{content_language()}", "pk"
    )


def records_of(review: CountryReview) -> QuerySet[StepRecord]:
    """Everything ever recorded of a review, the newest first."""
    rows = StepRecord.objects.filter(review=review)
    return rows.select_related("step", "cluster", "instrument", "recorded_by").order_by("-recorded_at", "-pk")


def review_documents(ids: Sequence[int]) -> Iterator[Entry]:
    """The reviews of all countries, by the country's names and codes and the symbols of their documents."""
    rows = CountryReview.objects.filter(pk__in=ids).select_related("country").prefetch_related("documents")
    for one in rows:
        country = one.country
        papers = [f"{paper.symbol} {paper.title}".strip() for paper in one.documents.all()]
        yield Entry(
            object_id=one.pk,
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
