"""Objects of which the index holds passages: pages of a file, each found for its object."""

import pytest

from accounts.people.models import User
from search import hooks as search_hooks
from search import results
from search.actions import drop, index, index_many, learn_words, rebuild
from search.enums import Audience
from search.hits import hits
from search.hooks import PAGES_FROM, Entry, Source
from search.models import Document, Word
from search.queries import find, matching_ids, ranked_ids
from search.spelling import did_you_mean
from tests.search.conftest import KIND

pytestmark = pytest.mark.django_db
PAGES = [
    "Contents",
    "On smuggling of migrants by sea",
    "On firearms",
    "Smuggling, smuggling: more of smuggling",
]


def parts(person):
    return list(Document.objects.filter(object_id=person.pk).order_by("part").values_list("part", "text"))


def test_an_object_is_found_once_whichever_of_its_passages_match(put, visitor):
    toolkit = put("Toolkit on smuggling", text="For prosecutors.", pages=PAGES)
    other = put("Field guide", text="Smuggling too.")
    documents = find(visitor, "smuggling")
    assert [(document.object_id, document.part) for document in documents] == [(toolkit.pk, 0), (other.pk, 0)]
    assert documents.count() == 2
    assert sorted(matching_ids(visitor, "smuggling", KIND)) == [toolkit.pk, other.pk]
    assert list(ranked_ids(visitor, "smuggling", KIND, User.objects.all())) == [toolkit.pk, other.pk]
    (only,) = find(visitor, "firearms")
    assert (only.object_id, only.part, only.part_label) == (toolkit.pk, 3, "p. 3")


def test_a_word_of_the_name_and_a_word_of_a_page_meet(put, visitor):
    put("Toolkit", pages=PAGES)
    assert [document.part for document in find(visitor, "toolkit firearms")] == [3]
    assert [document.part for document in find(visitor, '"smuggling of migrants" toolkit')] == [2]
    assert not find(visitor, "migrants firearms").exists()


def test_the_best_passages_are_shown_with_their_names_and_what_was_found(put, visitor):
    put(
        "Toolkit on smuggling",
        text="For prosecutors.",
        language="en",
        pages=[*PAGES, "Smuggled, and so on", "x"],
    )
    put("Quay", text="Smuggling")
    toolkit, _quay = hits(find(visitor, "smuggling"), "smuggling")
    assert toolkit.snippet == "For prosecutors."
    assert [(hit.part, hit.label) for hit in toolkit.passages] == [(2, "p. 2"), (4, "p. 4"), (5, "p. 5")]
    assert toolkit.passages[0].snippet == "On <mark>smuggling</mark> of migrants by sea"
    (hit,) = hits(find(visitor, "toolkit"), "toolkit")
    assert hit.passages == []


def test_passages_in_scripts_without_spaces(put, visitor):
    put("指南", language="zh", pages=["目录", "打击跨国有组织犯罪"])
    (hit,) = hits(find(visitor, "组织犯罪"), "组织犯罪")
    assert [(passage.label, passage.snippet) for passage in hit.passages] == [
        ("p. 2", "打击跨国有<mark>组织犯罪</mark>")
    ]


def test_passages_are_found_by_whom_finds_the_object(put, visitor):
    toolkit = put("Toolkit", audience=Audience.MEMBERS, pages=PAGES, country="KEN", facets=["topic:tip"])
    assert set(Document.objects.filter(object_id=toolkit.pk).values_list("audience", "country")) == {
        (2, "KEN")
    }
    assert not find(visitor, "firearms").exists()
    put("Toolkit", person=toolkit, pages=PAGES, country="KEN", facets=["topic:tip"])
    assert find(visitor, "firearms", country="KEN", facets=["topic:tip"]).count() == 1
    put("Toolkit", person=toolkit, audience=None, pages=PAGES)
    assert not find(visitor, "firearms").exists()


def test_parts_that_are_gone_leave_the_index(put, monkeypatch):
    person = put("Toolkit", pages=PAGES)
    beside = put("Other", pages=["One"])
    assert [part for part, _ in parts(person)] == [0, 1, 2, 3, 4]
    put("Toolkit", person=person, pages=["Anew", "Firearms"])
    assert parts(person) == [(0, ""), (1, "Anew"), (2, "Firearms")]
    monkeypatch.setattr("search.actions.BATCH", 2)
    Document.objects.create(kind=KIND, object_id=person.pk, part=9, title="Old", url_name="x", tsv="old")
    assert rebuild(KIND) == 2
    assert [part for part, _ in parts(person)] == [0, 1, 2]
    put("Toolkit", person=person)
    assert [part for part, _ in parts(person)] == [0]
    drop(beside)
    assert parts(beside) == []
    person.name = "Hidden"
    person.save()
    index(person)
    assert not Document.objects.exists()


def test_what_is_refused_may_stand_on_no_page(put, visitor):
    toolkit = put("Toolkit", pages=PAGES)
    guide = put("Guide", text="On smuggling", file_pages=["Smuggling again", "Contents"])
    assert [document.object_id for document in find(visitor, "smuggling -firearms")] == [guide.pk]
    assert list(matching_ids(visitor, "smuggling -firearms", KIND)) == [guide.pk]
    assert [document.object_id for document in find(visitor, "smuggling -again")] == [toolkit.pk]
    assert not find(visitor, 'smuggling -guide -"On firearms"').exists()
    found_both = results.search_results(visitor, "smuggling")
    left = results.search_results(visitor, "smuggling -firearms")
    assert (found_both.total.number, left.total.number, left.counts[KIND].number) == (2, 1, 1)
    assert [hit.object_id for hit in left.hits] == [guide.pk]


def test_pages_are_written_again_only_where_something_of_them_changed(put, visitor):
    pages = Document.objects.filter(part__gte=PAGES_FROM).order_by("part")

    def labels():
        return list(pages.values_list("part_label", flat=True))

    toolkit = put("Toolkit", text="Old words", file_pages=["Firearms", "Courts"])
    pages.update(part_label="kept")
    put("Toolkit", person=toolkit, text="New words", file_pages=["Firearms", "Courts"])
    assert labels() == ["kept", "kept"]
    assert Document.objects.get(part=0).text == "New words"
    (hit,) = hits(find(visitor, "firearms"), "firearms")
    assert hit.passages[0].url == "/files/resource/7/#page=1"
    put("Toolkit", person=toolkit, audience=Audience.MEMBERS, file_pages=["Firearms", "Courts"])
    assert labels() == ["p. 1", "p. 2"]
    assert not find(visitor, "firearms").exists()
    pages.update(part_label="kept")
    rebuild(KIND)
    assert labels() == ["p. 1", "p. 2"]
    put("Toolkit", person=toolkit, file_pages=["Firearms"])
    assert labels() == ["p. 1"]
    put("Toolkit", person=toolkit)
    assert labels() == []


def test_a_long_file_is_written_in_parts_and_in_few_statements(put, monkeypatch, django_assert_num_queries):
    person = put("Toolkit", pages=["Page"] * 9)
    monkeypatch.setattr("search.actions.BATCH", 4)
    with django_assert_num_queries(1 + 3):
        assert index_many(KIND, [person.pk]) == 1
    assert len(parts(person)) == 10


def test_a_passage_before_its_object_is_refused(put, monkeypatch):
    person = put("Toolkit")
    lost = Entry(person.pk, "Toolkit", "portal:home", Audience.PUBLIC, part=1)
    monkeypatch.setitem(search_hooks.documents._entries, KIND, Source("Person", lambda ids: [lost]))
    with pytest.raises(ValueError, match="before its object"):
        index(person)


def test_words_of_passages_are_learnt_and_the_name_counts_once(put, visitor):
    put("Toolkit", pages=["firearms", "firearms again"])
    learn_words()
    assert dict(Word.objects.values_list("word", "times")) == {
        "toolkit": 1,
        "firearms": 2,
        "again": 1,
        "person": 1,
    }
    assert did_you_mean(visitor, "firearmes") == "firearms"
