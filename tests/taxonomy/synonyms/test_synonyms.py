"""What has several names is found by any of them, in six languages, and the desk keeps the names."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.models import Document
from search.parse import parse
from search.thesaurus import key_of
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.synonyms.models import LISTS, Synonym
from taxonomy.synonyms.queries import thesaurus
from taxonomy.terms.models import Topic

pytestmark = pytest.mark.usefixtures("reference")

TIP, KENYA = "topic:trafficking-in-persons", "country:KEN"


def codes(text):
    return [f"{meaning.facet}:{meaning.code}" for meaning in parse(text).named]


def test_what_is_meant_is_seen_in_every_language(subtests):
    for text, meant in [
        ("trafficking in persons Kenya", [TIP, KENYA]),
        ("human trafficking Kenya", [TIP, KENYA]),
        ("TIP Kenya", [TIP, KENYA]),
        ("thb kenya", [TIP, KENYA]),
        ("Who works on trafficking in persons in Kenya?", [TIP, KENYA]),
        ("Qui travaille sur la traite des êtres humains au Kenya ?", [TIP, KENYA]),
        ("¿Quién trabaja contra la trata de personas en Kenia?", [TIP, KENYA]),
        ("Кто борется с торговлей людьми в Кении", [TIP, KENYA]),
        ("من يعمل على الاتجار بالأشخاص في كينيا", [TIP, KENYA]),
        ("مكافحة الاتجار بالبشر", [TIP]),
        ("谁在肯尼亚打击人口贩运", [KENYA, TIP]),
        ("firearm", ["topic:firearms"]),
        ("migrant smuggling", ["topic:smuggling-of-migrants"]),
        ("Palermo Convention", ["instrument:UNTOC"]),
        ("UNTOC", ["instrument:UNTOC"]),
        ("MLA Iran", ["term:mutual-legal-assistance", "country:IRN"]),
        ("NGO Tanzania", ["kind:ngo", "country:TZA"]),
        ("South Korea", ["country:KOR"]),
        ("NGO KE", ["kind:ngo", KENYA]),
        ("NGOs in the US", ["kind:ngo", "country:USA"]),
        ("witnesses in KE, TZA", [KENYA, "country:TZA"]),
        ("KEN", [KENYA]),
        ("ken us it", []),
        ("WOMEN IN IT", []),
        ('"KE" -UG', []),
        ("academic institutions in Kenya", ["kind:academia", KENYA]),
        ("private sector Kenya", ["kind:private", KENYA]),
        ("Kenyan", []),
        ('"human trafficking"', []),
        ("crime -Kenya", []),
        ("Kenya OR Uganda", []),
        ("trafficking", []),
        ("in", []),
        ("blanchiment d'argent", ["topic:money-laundering"]),
        ("trafic d’armes à feu", ["topic:trafficking-in-firearms"]),
        ("cocaine Burma", ["topic:drug-offences", "country:MMR"]),
        ("calls open now", ["term:page-calls", "term:when-coming"]),
    ]:
        with subtests.test(text=text):
            assert codes(text) == meant


def test_every_name_of_everything_leads_to_what_it_means(reference):
    """Also with an elision: "blanchiment d'argent" was no name of anything."""
    names = thesaurus()
    pairs = [(code, name.text) for code in names.codes for name in names.meaning(code).names]
    assert len(pairs) > 2000
    assert [text for code, text in pairs if code not in codes(text)] == []


def test_the_question_without_a_name_keeps_the_rest():
    tip, kenya = parse("Who works on human trafficking in Kenya? -Mombasa").named
    assert (tip.rest, kenya.rest) == ("Kenya -Mombasa", "human trafficking -Mombasa")


def test_all_names_of_one_thing_ask_the_same(reference):
    texts = [
        "TIP",
        "human trafficking",
        "traite des personnes",
        "торговля людьми",
        "贩运人口",
        "الاتجار بالبشر",
    ]
    others = {parse(text).groups[0][1] for text in texts}
    assert len(others) == 1
    assert len(others.pop().queries) <= 6  # a parameter for each language, however many names


def test_every_name_is_a_question_that_the_database_reads(reference):
    names = thesaurus()
    queries = [query for code in names.codes for query in names.meaning(code).queries]
    with connection.cursor() as cursor:
        of_all = (
            "SELECT to_tsquery(config::regconfig, said) FROM unnest(%s::text[], %s::text[]) x (config, said)"
        )
        cursor.execute(of_all, [list(column) for column in zip(*queries, strict=True)])
    assert Document.objects.filter(tsv=parse("TIP").as_query()).count() == 0


def test_the_seed_says_where_each_comes_from_and_leads_to_codes_that_exist(reference):
    rows = list(Synonym.objects.all())
    assert [row.code for row in rows if not (row.source or row.note)] == []
    known = {name: set(model.objects.values_list("pk", flat=True)) for name, model in LISTS.items()}
    meant = {tuple(row.means.split(":")) for row in rows}
    assert [pair for pair in meant if pair[0] in known and pair[1] not in known[pair[0]]] == []
    assert [row.text for row in rows if not key_of(row.text)] == []
    of_topics = {row.means for row in rows if row.means.startswith("topic:")}
    for means in of_topics | {"term:mutual-legal-assistance", "term:organized-crime"}:
        own = Topic.objects.filter(pk=means.removeprefix("topic:")).exists()
        assert own or {row.language for row in rows if row.means == means} == set(UN_LANGUAGES), means


def test_the_desk_adds_a_name_and_takes_one_out_of_use(curator_client):
    assert codes("hidden routes") == []
    add = reverse("admin:taxonomy_synonym_add")
    data = {"means": TIP, "language": "en", "text": "Hidden routes", "in_use": "on"}
    assert "The list has no such code." in curator_client.post(add, {**data, "means": "topic:nothing"}).text
    assert "Give a list and a code" in curator_client.post(add, {**data, "means": "nothing"}).text
    assert (
        "These words are too common to be searched for."
        in curator_client.post(add, {**data, "text": "of the"}).text
    )
    assert curator_client.post(add, data).status_code == 302
    assert codes("hidden routes") == [TIP]
    row = Synonym.objects.get(text="Hidden routes")
    change = reverse("admin:taxonomy_synonym_change", args=[row.pk])
    assert curator_client.post(change, {**data, "text": "changed"}).status_code == 302
    row.refresh_from_db()
    assert row.text == "Hidden routes"
    curator_client.post(change, {"source": "", "note": "Nobody says so."})
    assert codes("hidden routes") == []


def test_a_merged_topic_leads_to_the_one_that_stayed(reference):
    Topic.objects.filter(pk="counterfeiting").update(merged_into="corruption")
    Topic.touch()
    assert codes("Contrefaçon") == ["topic:corruption"]


def test_names_are_read_once(reference, monkeypatch):
    cache.clear()
    with CaptureQueriesContext(connection) as first:
        first_thesaurus = thesaurus()
    assert len(first) == 1
    with CaptureQueriesContext(connection) as again:
        assert thesaurus() is first_thesaurus
    assert len(again) == 0
    monkeypatch.setattr("taxonomy.synonyms.queries.cache.get_many", lambda keys: {})
    assert thesaurus() is first_thesaurus  # the shared cache is away
