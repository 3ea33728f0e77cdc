"""The numbers of the directory come from sets: after every change they are those of the rows, for all."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from threading import Event

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils.timezone import now
from pyroaring import BitMap

from accounts.people.enums import Role
from search.actions import drop, index
from search.models import Document
from search.parse import parse
from search.queries import matching_ids, ranked_ids
from stakeholders.directory import actions, queries, queries_rows, queries_sets
from stakeholders.directory.models import FacetSet, PendingEntry
from stakeholders.directory.queries import (
    CODES,
    LINKED,
    DirectoryQuery,
    matching_entries,
    offers_seen,
    shown_to,
)
from stakeholders.directory.queries_counts import count_facets
from stakeholders.directory.queries_documents import documents
from stakeholders.directory.queries_rows import CardRow, card_rows, cards, rows_of
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.exchange.models import Offer
from stakeholders.logos.models import Logo
from stakeholders.moderation.enums import Standing
from taxonomy.law.models import Article
from taxonomy.places.queries import regions_of
from taxonomy.terms.models import EngagementArea, Language, Topic
from tests.factories.accounts import person_with
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import run_together, together

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()
PLACES = ("KEN", "FRA", "PER")
WORDS = ("harbour", "harbours", "harbinger", "coast", "forest", "research")
# Far from all others, so that a set has more than one container.
FAR = 2 * 65_536 + 5
QUESTIONS = (
    {},
    {"kind": ("ngo",)},
    {"kind": ("ngo", "academia"), "country": ("KEN",)},
    {"region": ("002",), "topic": ("firearms",)},
    {"region": ("150",), "country": ("FRA", "KEN"), "fresh": ("older",)},
    {"topic": ("firearms", "corruption"), "standing": ("active",)},
    {"fresh": ("quarter",), "offers": ("offer", "need")},
    {"fresh": ("year", "older"), "area": ("*",), "language": ("*",), "article": ("*",)},
    {"q": "harbour"},
    {"q": "harb", "kind": ("ngo",)},
    {"q": "harbour coast"},
    {"q": "coast -forest", "country": ("KEN",)},
    {"q": '"harbour coast"'},
    {"q": "nothing has this", "missing": 1},
    {"q": "research", "topic": ("firearms",), "offers": ("offer",)},
)


@pytest.fixture
def readers(reference):
    own = StakeholderFactory(name="Of the member", country_id="FRA", listing=Listing.MEMBERS)
    index(own)
    return {
        "visitor": VISITOR,
        "State": person_with(Role.STATE, country="KEN"),
        "member": member_of(own),
        "regional": person_with(Role.REGIONAL),
        "regional of a place": person_with(Role.REGIONAL, country="KEN"),
        "desk": person_with(Role.CURATION),
    }


@pytest.fixture
def questions(reference):
    any_of = {"area": EngagementArea, "language": Language, "article": Article}
    some = {
        name: tuple(model.objects.order_by("pk").values_list("pk", flat=True)[:2])
        for name, model in any_of.items()
    }
    filled = [
        {name: some[name] if codes == ("*",) else codes for name, codes in codes_by_facet.items()}
        for codes_by_facet in QUESTIONS
    ]
    return [DirectoryQuery(**codes_by_facet) for codes_by_facet in filled]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """What is far down in a directory of some dozen entries."""
    monkeypatch.setattr(queries_rows, "MOST_SORTED", 0)


class Acts:
    """Whatever may happen to entries, by an act of the portal or by a statement of anybody's."""

    def __init__(self, seed):
        self.chance, self.far = random.Random(seed), count(FAR)
        self.terms = {
            name: list(Stakeholder._meta.get_field(field).related_model.objects.order_by("pk")[:3])
            for name, field in LINKED.items()
        }
        self.terms["topic"] = list(Topic.objects.filter(pk__in=("firearms", "corruption")))

    def pick(self):
        return self.chance.choice(list(Stakeholder.objects.order_by("pk")))

    def add(self):
        days = self.chance.choice((None, 1, 91, 92, 93, 365, 366, 367, 500))
        stakeholder = StakeholderFactory(
            pk=self.chance.choice((None, next(self.far))),
            name=" ".join(self.chance.sample(WORDS, 3)),
            **self._fields(),
            source_name="A register",
            source_date=now().date(),
            confirmed_at=None if days is None else now() - timedelta(days=days),
        )
        for name, field in LINKED.items():
            getattr(stakeholder, field).set(self.chance.sample(self.terms[name], self.chance.randrange(3)))
        index(stakeholder)

    def _fields(self):
        return {
            "kind": self.chance.choice(Kind.values),
            "country_id": self.chance.choice(PLACES),
            "listing": self.chance.choice(Listing.values),
            "status": self.chance.choice((Status.ACTIVE, Status.ACTIVE, Status.LISTED, Status.SUSPENDED)),
        }

    def change(self):
        name, value = self.chance.choice(list(self._fields().items()))
        Stakeholder.objects.filter(pk=self.pick().pk).update(**{name: value})

    def change_many(self):
        Stakeholder.objects.filter(country_id="KEN").update(confirmed_at=now(), kind=Kind.ACADEMIA)

    def file(self):
        name = self.chance.choice(list(LINKED))
        field = getattr(self.pick(), LINKED[name])
        self.chance.choice((field.add, field.remove))(self.chance.choice(self.terms[name]))

    def move_terms(self):
        through, (first, second) = Stakeholder.topics.through, self.terms["topic"]
        moving = through.objects.filter(topic=first).exclude(
            stakeholder__in=through.objects.filter(topic=second).values("stakeholder")
        )
        moving.update(topic=second)

    def rename(self):
        stakeholder = self.pick()
        stakeholder.name = " ".join(self.chance.sample(WORDS, 2))
        stakeholder.save()
        index(stakeholder)

    def hide_words(self):
        Document.objects.filter(object_id=self.pick().pk).update(audience=self.chance.choice((None, 0, 2)))

    def unindex(self):
        drop(self.pick())

    def remove(self):
        stakeholder = self.pick()
        if not stakeholder.memberships.exists():
            stakeholder.delete()

    def offer(self):
        Offer.objects.create(
            stakeholder=self.pick(),
            direction=self.chance.choice(("offer", "need")),
            audience=self.chance.choice((Listing.PUBLIC, Listing.MEMBERS)),
            topic=self.terms["topic"][0],
            text="Boats",
        )

    def show_picture(self):
        fields = {"status": self.chance.choice(Standing.values), "alt": "A lamp", "size": 1}
        Logo.objects.update_or_create(stakeholder=self.pick(), defaults=fields)

    def take_up(self):
        actions.take_up_changes()

    def take_up_elsewhere(self):
        """As another process does it: this one has the sets of before."""
        known = queries_sets._sets
        actions.take_up_changes()
        queries_sets._sets = known

    def lose_sets(self):
        """As a process that has just begun."""
        queries_sets._sets = queries_sets.Sets(None, {}, {})

    def any(self):
        names = [name for name in vars(Acts) if not name.startswith("_") and name not in ("any", "pick")]
        getattr(self, name := self.chance.choice(names))()
        return name


def counted_from_rows(user, question):
    """The same numbers by looking at every entry."""
    everybody = shown_to(user)
    offers = {}
    for entry, direction in offers_seen(user).values_list("stakeholder_id", "direction"):
        offers.setdefault(entry, set()).add(direction)

    def codes(stakeholder):
        fresh = [
            code
            for code in ("quarter", "year")
            if stakeholder.confirmed_at and stakeholder.confirmed_at >= queries.fresh_since(code)
        ]
        return {
            "kind": [stakeholder.kind],
            "country": [stakeholder.country_id],
            "standing": [stakeholder.status],
            "region": regions_of()[stakeholder.country_id],
            "offers": offers.get(stakeholder.pk, ()),
            "fresh": fresh if "year" in fresh else ["older"],
            **{
                name: getattr(stakeholder, field).values_list("pk", flat=True)
                for name, field in LINKED.items()
            },
        }

    rows = list(matching_entries(everybody, user, question))
    beside, without = {name: Counter() for name in CODES}, Counter()
    for name in CODES:
        its = (
            list(matching_entries(everybody, user, replace(question, **{name: ()})))
            if question.codes(name)
            else rows
        )
        for stakeholder in its:
            beside[name].update(codes(stakeholder)[name])
        if question.codes(name) and its:
            without[name] = len(its)
    return (
        len(rows),
        {k: v for k, v in beside.items() if v},
        without,
        Counter(stakeholder.country_id for stakeholder in rows),
    )


def counted_from_sets(user, question):
    counted = count_facets(user, question)
    return counted.total, {k: v for k, v in counted.beside.items() if v}, counted.without, counted.places


def check(user, question, context=None):
    assert counted_from_sets(user, question) == counted_from_rows(user, question), (question, context)


def check_pages(user, question):
    rows = matching_entries(shown_to(user), user, question)
    for sort, order in queries.ORDERS.items():
        expected = list(rows.order_by(*order).values_list("pk", flat=True))
        for start in range(0, len(expected) + 1, 7):
            for answer in (None, BitMap(expected)):
                page = rows_of(user, replace(question, sort=sort), start, start + 7, answer=answer)
                assert [row.pk for row in page] == expected[start : start + 7], (question, sort, start)


def check_statements(user, question):
    """What is kept as text finds what its queryset does."""
    with connection.cursor() as cursor:
        cursor.execute(*queries.offers_statement(user))
        offers = cursor.fetchall()
        cursor.execute(*queries_sets.words_statement(user, question))
        matched = [pk for (pk,) in cursor.fetchall()]
    assert sorted(offers) == sorted(offers_seen(user).values_list("stakeholder_id", "direction"))
    ids = matching_ids(user, question.q, queries.INDEXED, question.missing)
    assert sorted(matched) == sorted(ids), question
    shown = shown_to(user)
    best = list(ranked_ids(user, question.q, queries.INDEXED, shown, question.missing))
    assert queries_rows._ranked_ids(question, BitMap(best)) == best, question
    everybody = list(Stakeholder.objects.values_list("pk", flat=True))
    assert comparable(card_rows(user, everybody)) == comparable(cards(user, shown))


def test_an_entry_has_no_passages(reference):
    """So the words of a question are looked for in one document for each entry."""
    (document,) = documents([StakeholderFactory(mission="Harbours").pk])
    assert (document.part, *document.pages()) == (0,)


def comparable(rows):
    return {
        row.pk: [
            sorted(value) if isinstance(value, list) else value
            for value in (getattr(row, name) for name in CardRow._fields)
        ]
        for row in rows
    }


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_numbers_and_pages_are_those_of_the_rows(readers, questions, seed):
    acts = Acts(seed)
    with_words = [question for question in questions if parse(question.q, question.missing)]
    for _ in range(14):
        acts.add()
    acts.take_up()
    for _ in range(12):
        done = [acts.any() for _ in range(4)]
        for reader, user in readers.items():
            question = acts.chance.choice(questions)
            check(user, question, (reader, done))
            check_statements(user, acts.chance.choice(with_words))
        check_pages(user, question)


def test_every_reader_is_told_every_number_of_what_is_kept(readers, questions):
    acts = Acts(7)
    for _ in range(20):
        acts.add()
    acts.take_up()
    assert not PendingEntry.objects.exists()
    for user in readers.values():
        for question in questions:
            assert counted_from_sets(user, question) == counted_from_rows(user, question), question


def test_freshness_passes_by_itself(reference, monkeypatch):
    acts = Acts(3)
    for days in (0, 90, 91, 92, 364, 365, 366):
        StakeholderFactory(name=f"After {days}", confirmed_at=now() - timedelta(days=days))
    acts.take_up()
    for later in range(4):
        monkeypatch.setattr(queries, "now", lambda later=later: now() + timedelta(days=later))
        for question in (
            DirectoryQuery(),
            DirectoryQuery(fresh=("quarter",)),
            DirectoryQuery(fresh=("older",)),
        ):
            check(VISITOR, question)


def test_words_of_what_is_hidden_are_in_no_number(reference):
    for listing in (Listing.PUBLIC, *[Listing.MEMBERS] * 5):
        index(StakeholderFactory(name="Harbour", listing=listing))
    actions.take_up_changes()
    assert counted_from_sets(VISITOR, DirectoryQuery(q="harbour"))[0] == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_the_sets_are_written_is_not_lost():
    stakeholder = StakeholderFactory(name="Harbour")
    actions.take_up_changes()
    written, taken = Event(), Event()

    def change():
        with transaction.atomic():
            Stakeholder.objects.filter(pk=stakeholder.pk).update(kind=Kind.ACADEMIA)
            written.set()
            taken.wait(20)

    def take_up():
        written.wait(20)
        try:
            StakeholderFactory(name="Coast")
            actions.take_up_changes()  # neither sees the other's change nor waits for it
            return counted_from_sets(VISITOR, DirectoryQuery())[1]["kind"]
        finally:
            taken.set()

    assert together(change, take_up) == [None, None]
    for _time in range(2):
        assert counted_from_sets(VISITOR, DirectoryQuery())[1]["kind"] == Counter(ngo=1, academia=1)
        actions.take_up_changes()


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_one_entry_the_one_that_is_committed_later_counts_too():
    entry = StakeholderFactory(name="Harbour")
    actions.take_up_changes()
    first, second = (topic.pk for topic in Topic.objects.order_by("pk")[:2])
    written, counted = Event(), Event()

    def file(topic):
        Stakeholder.topics.through.objects.create(stakeholder=entry, topic_id=topic)

    def file_late():
        with transaction.atomic():
            file(first)
            written.set()
            counted.wait(20)

    def file_and_count():
        written.wait(20)
        try:
            file(second)
            return counted_from_sets(VISITOR, DirectoryQuery())[1]["topic"]
        finally:
            counted.set()

    assert run_together(file_late, file_and_count) == [None, Counter({second: 1})]
    assert counted_from_sets(VISITOR, DirectoryQuery())[1]["topic"] == Counter({first: 1, second: 1})


def test_the_image_of_1_0_0_finds_what_has_changed_since(reference):
    """It counts from rows whom its own table names, and takes them up itself."""
    entry = StakeholderFactory()
    actions.take_up_changes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stakeholders_facetchange WHERE stakeholder_id = %s", [entry.pk])
        assert cursor.fetchone()[0] > 0


def test_a_code_that_nobody_holds_any_more_has_no_set(reference):
    entry = StakeholderFactory(kind=Kind.ACADEMIA)
    actions.take_up_changes()
    assert FacetSet.objects.filter(facet="kind", code=Kind.ACADEMIA).exists()
    entry.delete()
    actions.take_up_changes()
    assert not FacetSet.objects.filter(facet="kind", code=Kind.ACADEMIA).exists()
    assert counted_from_sets(VISITOR, DirectoryQuery())[0] == 0


def test_a_process_reads_only_the_sets_that_differ(reference):
    StakeholderFactory(country_id="KEN", kind=Kind.NGO)
    actions.take_up_changes()
    check(VISITOR, DirectoryQuery())
    known = queries_sets._sets.members["country"]
    StakeholderFactory(country_id="FRA", kind=Kind.ACADEMIA)
    actions.take_up_changes()
    check(VISITOR, DirectoryQuery())
    assert queries_sets._sets.members["country"]["KEN"] is known["KEN"]
    assert queries_sets._sets.members["country"].keys() == {"KEN", "FRA"}


def test_an_answer_is_one_query_however_many_are_found(reference, django_assert_num_queries):
    for number in range(30):
        StakeholderFactory(name=f"Harbour {number}")
    actions.take_up_changes()
    question = DirectoryQuery(q="harbour", kind=("ngo",), country=("KEN",))
    count_facets(VISITOR, question)  # what is read once in a process: sets, regions, words
    with django_assert_num_queries(1):
        count_facets(VISITOR, question)
