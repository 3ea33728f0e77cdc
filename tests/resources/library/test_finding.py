"""The library is found: every facet with its number, and/not choices, and nothing hidden shines through."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.timezone import now

from accounts.people.enums import Role
from resources.library.filters import LibraryFilter
from resources.library.queries import CODES, LINKED, LibraryQuery, narrow_resources, readable_resources
from resources.library.queries_counts import Counts
from resources.records.models import LibraryChange
from tests.factories.accounts import person_with
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def resource(title, *, links=None, **fields):
    record = ResourceFactory(title=title, **fields)
    for name, codes in (links or {}).items():
        getattr(record, name).set(codes)
    return record


@pytest.fixture
def shelf(reference):
    resource(
        "Alpha",
        kind="toolkit",
        publisher="UNODC",
        published_on="2024-05-01",
        links={
            "topics": ["corruption", "firearms"],
            "articles": ["UNTOC-5"],
            "instruments": ["UNTOC"],
            "countries": ["KEN"],
        },
    )
    both = resource(
        "Beta",
        publisher="UNODC",
        published_on="2020-01-01",
        links={
            "topics": ["corruption", "cybercrime"],
            "articles": ["UNTOC-5", "UNTOC-6"],
            "instruments": ["UNTOC", "FA"],
            "regions": ["014"],
            "countries": ["FRA", "KEN"],
        },
    )
    EditionFactory(resource=both, language_id="fr")
    resource("Gamma", kind="report", publisher="A press", links={"regions": ["150"]})
    resource("Hidden", kind="report", audience="members", links={"topics": ["corruption"]})
    resource("Later", embargo_until=now() + timedelta(hours=1), links={"topics": ["corruption"]})
    for state in ("draft", "pending", "archived", "withdrawn"):
        resource_in(state, title=state)


def titles(query, user=VISITOR):
    question = LibraryFilter(QueryDict(query)).question
    return sorted(narrow_resources(readable_resources(user), user, question).values_list("title", flat=True))


def test_each_facet_narrows_and_leaves_out(shelf, subtests):
    for query, expected in (
        ("", ["Alpha", "Beta", "Gamma"]),
        ("kind=toolkit&kind=report", ["Alpha", "Gamma"]),
        ("crime=corruption", ["Alpha", "Beta"]),
        ("article=UNTOC-5&article=UNTOC-6", ["Alpha", "Beta"]),
        ("article=UNTOC-5&article=UNTOC-6&article_all=1", ["Beta"]),
        ("article=UNTOC-5&not_article=UNTOC-6", ["Alpha"]),
        ("not_article=UNTOC-6", ["Alpha", "Gamma"]),
        ("instrument=FA", ["Beta"]),
        ("country=KEN&country=FRA&country_all=1", ["Beta"]),
        ("region=002", ["Alpha", "Beta"]),
        ("region=150", ["Beta", "Gamma"]),
        ("region=002&not_region=150", ["Alpha"]),
        ("region=014", ["Alpha", "Beta"]),
        ("language=fr", ["Beta"]),
        ("language=en&language=fr&language_all=1", ["Beta"]),
        ("year=2024&year=2020", ["Alpha", "Beta"]),
        ("publisher=UNODC&not_year=2020", ["Alpha"]),
        ("year=2024&year=2020&year=twenty", ["Alpha", "Beta"]),  # what is not known is left out
        ("kind=nothing&publisher=UNODC", []),
    ):
        with subtests.test(query=query):
            assert titles(query) == expected


def test_the_numbers_agree_with_the_rows_for_every_choice_of_every_question(shelf, django_assert_num_queries):
    questions = [
        "",
        "kind=toolkit&crime=corruption",
        "article=UNTOC-5&article=UNTOC-6&article_all=1&region=150",
        "country=KEN&not_article=UNTOC-6",
        "region=002&region=150&year=2020",
        "publisher=UNODC&language=fr",
        "not_kind=report&topic=firearms",
    ]
    for user in (VISITOR, member_of(StakeholderFactory())):
        for query in questions:
            question = LibraryFilter(QueryDict(query)).question
            facets = Counts(user, "1").facets(question)
            assert facets.total == narrow_resources(readable_resources(user), user, question).count()
            for name in CODES:
                if question.codes(name):
                    assert (
                        facets.without[name]
                        == narrow_resources(readable_resources(user), user, question.without(name)).count()
                    )
                for code, counted in facets.beside[name].items():
                    every = question.needs_every(name)
                    codes = (*question.codes(name), code) if every else (code,)
                    other_question = LibraryQuery(
                        q=question.q, of={**question.of, name: codes}, but=question.but, every=question.every
                    )
                    assert (
                        counted == narrow_resources(readable_resources(user), user, other_question).count()
                    ), (query, name, code)
    with django_assert_num_queries(1):
        Counts(VISITOR, "2").facets(LibraryQuery(of=dict.fromkeys(LINKED, ("002",))))


@pytest.mark.parametrize(("reader", "expected"), (("visitor", 0), ("member", 1), ("state", 0), ("desk", 1)))
def test_counts_show_each_reader_only_theirs(shelf, reader, expected):
    people = {
        "visitor": lambda: VISITOR,
        "member": lambda: member_of(StakeholderFactory()),
        "state": lambda: person_with(Role.STATE),
        "desk": lambda: person_with(Role.CURATION),
    }
    user = people[reader]()
    assert titles("crime=corruption&kind=report", user) == ["Hidden"] * expected
    assert Counts(user, "1").facets(LibraryQuery()).beside["kind"]["report"] == 1 + expected


def test_a_question_is_the_same_in_any_order(shelf):
    first = LibraryFilter(
        QueryDict("kind=report&kind=guide&article_all=1&article=UNTOC-6&article=UNTOC-5&sort=date")
    )
    second = LibraryFilter(
        QueryDict("sort=date&article=UNTOC-5&kind=guide&article=UNTOC-6&kind=report&article_all=1")
    )
    assert first.question.query() == second.question.query()
    assert LibraryFilter(QueryDict(first.question.query())).question == first.question
    assert LibraryQuery.of_query(first.question.query()) == first.question


def test_the_version_changes_with_every_table_and_with_the_end_of_an_embargo(reference):
    version, versions = LibraryChange.objects.version, []

    def changed():
        versions.append(version())
        assert len(set(versions)) == len(versions)

    changed()
    record = ResourceFactory()
    changed()
    record.topics.add("firearms")
    changed()
    record.editions.update(title="Other")
    changed()
    type(record).objects.filter(pk=record.pk).update(embargo_until=now() + timedelta(hours=1))
    changed()
    before = version()
    assert version() == before
    LibraryChange.objects.update(at=now() - timedelta(days=3))
    LibraryChange.objects.forget_old()
    changed()
    assert LibraryChange.objects.count() == 1
