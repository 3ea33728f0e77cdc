"""Being found: every facet, map and coverage, no dead ends, and that nothing hidden shines through."""

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.enums import Role
from search.actions import index, learn_words
from search.models import Word
from search.spelling import corrected_text, did_you_mean
from stakeholders.directory.queries import CODES, DirectoryQuery, matching_entries, shown_to
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.models import Offer
from taxonomy.places.map_marks import HEIGHT, WIDTH, marks
from taxonomy.places.models import Country
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.stakeholders.directory.pages import LIST, MAP, names, total
from tests.support import assert_no_growth, markup_of

COVERAGE = "/en/stakeholders/coverage/"
VISITOR = AnonymousUser()


def entry(name, *, topics=(), articles=(), areas=(), languages=(), says=(), **fields):
    stakeholder = StakeholderFactory(name=name, **fields)
    stakeholder.topics.set(topics)
    stakeholder.articles.set(articles)
    stakeholder.engagement_areas.set(areas)
    stakeholder.languages.set(languages)
    for direction in says:
        offer(stakeholder, direction)
    index(stakeholder)
    DirectoryVersion.objects.bump()
    return stakeholder


def offer(stakeholder, direction, audience=OfferAudience.PUBLIC, **fields):
    return Offer.objects.create(
        stakeholder=stakeholder,
        direction=direction,
        audience=audience,
        area_id="advocacy",
        text="What",
        **fields,
    )


def number(response, choice):
    return int(re.search(rf'id="{choice}"[^>]*>.*?figures quiet">(\d+)<', response.text)[1])


def listed(response):
    """What the list beside the map says: place → number."""
    lines = re.findall(
        r'<li><a href="[^"]*">([^<]*)</a> <span class="figures quiet">([\d,]+)<', response.text
    )
    return {unescape(name): int(count.replace(",", "")) for name, count in lines}


def drawn(response):
    """What the marks say: place → number, as it is spoken."""
    marks = re.findall(r'aria-label="([^":]+): ([\d,]+) stakeholders?"><title>', response.text)
    return {unescape(name): int(count.replace(",", "")) for name, count in marks}


@pytest.fixture
def four(reference):
    long_ago = now() - timedelta(days=200)
    entry(
        "Alpha",
        country_id="KEN",
        topics=["firearms"],
        articles=["UNTOC-5"],
        languages=["sw"],
        areas=["advocacy"],
        says=[Direction.OFFER],
        confirmed_at=now(),
    )
    entry(
        "Beta",
        country_id="KEN",
        kind=Kind.ACADEMIA,
        languages=["en", "sw"],
        areas=["research"],
        confirmed_at=long_ago,
    )
    entry(
        "Gamma",
        country_id="FRA",
        articles=["UNTOC-5", "UNTOC-6"],
        languages=["fr"],
        says=[Direction.OFFER, Direction.NEED],
        confirmed_at=long_ago - timedelta(days=300),
    )
    entry("Delta", country_id="TUV", status=Status.LISTED, source_name="A list", source_date=now().date())


# --- Facets -------------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-16")
def test_each_facet_narrows_list_and_map_alike(client, four, subtests):
    for query, expected in (
        ("article=UNTOC-5", ["Alpha", "Gamma"]),
        ("article=UNTOC-6", ["Gamma"]),
        ("area=advocacy", ["Alpha"]),
        ("area=advocacy&area=research", ["Alpha", "Beta"]),
        ("language=sw", ["Alpha", "Beta"]),
        ("language=sw&language=fr&kind=ngo", ["Alpha", "Gamma"]),
        ("standing=active", ["Alpha", "Beta", "Gamma"]),
        ("standing=listed", ["Delta"]),
        ("offers=offer", ["Alpha", "Gamma"]),
        ("offers=need", ["Gamma"]),
        ("offers=offer&offers=need", ["Alpha", "Gamma"]),
        ("fresh=quarter", ["Alpha"]),
        ("fresh=year", ["Alpha", "Beta"]),
        ("fresh=older", ["Delta", "Gamma"]),
        ("fresh=year&country=KEN&language=en", ["Beta"]),
    ):
        with subtests.test(query=query):
            page = client.get(f"{LIST}?{query}")
            assert names(page) == expected
            assert total(page) == total(client.get(f"{MAP}?{query}")) == len(expected)


def test_the_numbers_agree_with_the_rows_for_every_choice_of_every_question(four):
    questions = [
        DirectoryQuery(),
        DirectoryQuery(kind=("ngo",), language=("sw",)),
        DirectoryQuery(article=("UNTOC-5",), offers=("need",)),
        DirectoryQuery(country=("KEN",), fresh=("year",), standing=("active",)),
        DirectoryQuery(region=("002", "150"), area=("advocacy", "research")),
        DirectoryQuery(q="alpha OR gamma", topic=("firearms",)),
    ]
    for question in questions:
        facets = Counts(VISITOR, 1).facets(question)
        assert facets.total == matching_entries(shown_to(VISITOR), VISITOR, question).count()
        for name in CODES:
            without = question.without(name)
            assert facets.without[name] in (0, matching_entries(shown_to(VISITOR), VISITOR, without).count())
            for code, counted in facets.beside[name].items():
                alone = DirectoryQuery(
                    **{**{key: getattr(without, key) for key in (*CODES, "q")}, name: (code,)}
                )
                assert counted == matching_entries(shown_to(VISITOR), VISITOR, alone).count(), (
                    question,
                    name,
                    code,
                )


@pytest.mark.behaviour("D-16")
def test_an_address_is_the_same_in_any_order_and_every_choice_is_a_chip(client, four):
    first = client.get(f"{LIST}?language=sw&kind=ngo&fresh=year&offers=offer")
    other = client.get(f"{LIST}?offers=offer&fresh=year&kind=ngo&language=sw")
    chips = [re.findall(r'class="chip" href="([^"]*)"', page.text) for page in (first, other)]
    assert chips[0] == chips[1]
    assert len(chips[0]) == 4
    for chip in chips[0]:
        assert "Alpha" in names(client.get(LIST + unescape(chip)))


def test_an_offer_that_is_over_closed_or_for_others_is_neither_counted_nor_found(client, reference):
    quiet = entry("Quiet")
    offer(quiet, Direction.OFFER, until=now().date() - timedelta(days=2))
    offer(quiet, Direction.OFFER, closed_at=now())
    offer(quiet, Direction.OFFER, OfferAudience.MEMBERS)
    assert number(client.get(LIST), "kind-ngo") == 1
    assert 'id="offers-offer"' not in client.get(LIST).text
    assert names(client.get(f"{LIST}?offers=offer")) == []
    assert "1 offer<" not in markup_of(client.get(LIST))
    sign_in(client, member_of(StakeholderFactory(listing=Listing.UNLISTED)))
    assert number(client.get(LIST), "offers-offer") == 1
    assert names(client.get(f"{LIST}?offers=offer")) == ["Quiet"]
    assert "1 offer<" in client.get(LIST).text


@pytest.mark.behaviour("D-16")
def test_a_card_says_freshness_plainly(client, four):
    text = client.get(LIST).text
    assert f"confirmed {now():%B %Y}" in text
    assert f"source seen in {now():%B %Y}" in text
    assert "2 needs" not in text
    assert text.count("1 offer<") == 2


# --- No dead ends ---------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-16")
def test_an_empty_result_says_what_to_drop_and_shows_the_nearest(client, four):
    page = client.get(f"{LIST}?language=sw&article=UNTOC-6&kind=ngo")
    ways = re.findall(
        r'<a href="(\?[^"]+)">Without (.*?)</a>\s*<span class="figures quiet">(\d+)<', page.text
    )
    assert [count for _url, _label, count in ways] == ["1", "1"]
    for address, _label, count in ways:
        assert total(client.get(LIST + unescape(address))) == int(count)
    assert "The nearest" in page.text
    assert len(names(page)) == 1


@pytest.mark.behaviour("D-16")
def test_where_leaving_out_one_thing_does_not_help_each_is_offered_alone(client, four):
    page = client.get(f"{LIST}?language=sw&article=UNTOC-6&standing=listed")
    ways = re.findall(r'<a href="(\?[^"]+)">Only (.*?)</a>\s*<span class="figures quiet">(\d+)<', page.text)
    assert [count for _url, _label, count in ways] == ["1", "2"]
    for address, _label, count in ways:
        assert total(client.get(LIST + unescape(address))) == int(count)
    assert len(names(page)) == 1


@pytest.mark.behaviour("D-16")
@pytest.mark.parametrize(
    ("name", "typed"),
    (
        ("World organisation of ports", "organisaton"),
        ("Общество помощи", "общетво"),
        ("مركز الأمل للدراسات", "للدراست"),
        ("Institut für Kriminologie", "kriminolgie"),
    ),
)
def test_a_misspelt_word_finds_in_any_script(client, reference, name, typed):
    entry(name)
    learn_words()
    page = client.get(LIST, {"q": typed})
    assert names(page) == [name]
    assert "exact=1" in page.text


@pytest.mark.behaviour("D-16")
@pytest.mark.parametrize(
    ("name", "typed"),
    (
        ("私立東京大学研究所", "大学"),
        ("中国政法大学", "政法"),
        ("ศูนย์ช่วยเหลือผู้เสียหาย", "ช่วยเหลือ"),
        ("Łódź Center", "lodz"),
        ("جمعيّة الأُمَل", "الامل"),
        ("Фонд «Надежда»", "надежда"),
    ),
)
def test_names_are_found_in_their_script_and_inside_words_without_spaces(client, reference, name, typed):
    entry(name)
    assert names(client.get(LIST, {"q": typed})) == [name]


def test_a_slip_that_somebody_made_too_still_leads_to_the_common_word(client, reference):
    entry("Univesity of one")
    for n in range(20):
        entry(f"University {n}")
    learn_words()
    page = client.get(f"{LIST}?q=univesity")
    assert names(page) == ["Univesity of one"]
    assert "Did you mean:" in page.text
    assert 'href="?q=university"' in page.text
    assert "Did you mean:" not in client.get(f"{LIST}?q=univesity&exact=1").text
    assert "Did you mean:" not in client.get(f"{LIST}?q=university").text


def test_where_too_many_are_found_to_rank_what_is_called_so_still_comes_first(client, reference, monkeypatch):
    monkeypatch.setattr("search.facets.MOST_RANKED", 2)
    for name in ("Aardvark Watch", "Badger Watch", "Watch", "Zebra Watch"):
        entry(name)
    entry("Zoo Watch", acronym="MSU watch")
    assert names(client.get(f"{LIST}?q=watch")) == [
        "Watch",
        "Aardvark Watch",
        "Badger Watch",
        "Zebra Watch",
        "Zoo Watch",
    ]


def test_words_that_are_too_long_to_ask_are_cut_and_not_left_out(client, reference):
    entry("Trafficking Watch")
    entry("Zebra")
    assert names(client.get(LIST, {"q": "trafficking " * 30})) == ["Trafficking Watch"]


def test_what_the_words_name_becomes_a_filter_and_the_plain_result_stays(client, four):
    for page in (client.get(f"{LIST}?q=firearms+in+Kenya"), client.get(f"{MAP}?q=firearms+in+Kenya")):
        ways = re.findall(r'<li><a href="([^"]*)"><bdi>(.*?)</bdi> <span class="quiet">', page.text)
        assert ways == [("?q=Kenya&amp;topic=firearms", "Firearms"), ("?q=firearms&amp;country=KEN", "Kenya")]
        assert total(page) == 1
    assert 'class="meant"' not in client.get(f"{LIST}?q=Kenya&country=KEN").text
    # In another language, without the word: everybody there.
    assert '<a href="?country=KEN"><bdi>Kenya</bdi>' in client.get(f"{LIST}?q=Kenia").text
    assert 'class="meant"' not in client.get(f"{LIST}?q=ken").text


def test_only_words_that_everybody_may_find_are_learnt(reference):
    entry("Openword")
    entry("Hiddenword", listing=Listing.UNLISTED)
    entry("Membersword", listing=Listing.MEMBERS)
    learn_words()
    assert set(Word.objects.filter(word__endswith="word").values_list("word", flat=True)) == {"openword"}


@pytest.mark.behaviour("D-19")
def test_a_word_that_was_learnt_and_is_hidden_since_is_never_proposed(client, reference):
    stakeholder = entry("Ornithology")
    learn_words()
    stakeholder.listing = Listing.UNLISTED
    stakeholder.save()
    index(stakeholder)
    DirectoryVersion.objects.bump()
    assert corrected_text(VISITOR, "ornitholgy") == "ornithology"
    assert did_you_mean(VISITOR, "ornitholgy") is None
    assert "ornithology" not in client.get(f"{LIST}?q=ornitholgy").text.lower()
    assert "ornithology" not in client.get(f"{MAP}?q=ornitholgy").text.lower()


# --- Map and coverage ------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-17")
def test_map_and_list_say_the_same_and_each_place_leads_to_its_list(client, four):
    page = client.get(MAP)
    assert listed(page) == {"France": 1, "Kenya": 2, "Tuvalu": 1}
    # A place without a point on the map stands in the list alone.
    assert drawn(page) == {"France": 1, "Kenya": 2}
    for address, count in re.findall(
        r'<li><a href="(/en/stakeholders/\?[^"]*)">[^<]*</a> <span class="figures quiet">(\d+)', page.text
    ):
        assert total(client.get(unescape(address))) == int(count)
    assert "do not imply the expression of any opinion" in page.text


@pytest.mark.behaviour("D-17")
def test_the_map_keeps_the_question(client, four):
    page = client.get(f"{MAP}?language=sw&kind=academia")
    assert listed(page) == drawn(page) == {"Kenya": 1}
    assert 'href="/en/stakeholders/?kind=academia&amp;country=KEN&amp;language=sw"' in page.text


def test_every_mark_is_of_a_known_country_and_on_the_map(reference):
    known = set(Country.objects.values_list("pk", flat=True))
    assert set(marks()) <= known
    assert len(marks()) > 220
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in marks().values())


def cells(response, country):
    row = re.search(rf'<tr><th scope="row">{country}</th>(.*?)</tr>', response.text)[1]
    return [int(digits or 0) for digits in re.findall(r'<td class="number">(?:<a[^>]*>(\d+)|<span)', row)]


@pytest.mark.behaviour("D-16")
def test_coverage_tells_where_somebody_is_and_where_nobody_is(client, four):
    page = client.get(COVERAGE)
    assert cells(page, "Kenya") == [2, 1, 1, 0, 0, 0]
    assert cells(page, "Chad") == [0, 0, 0, 0, 0, 0]
    assert "none yet" in page.text
    assert 'href="/en/stakeholders/?kind=ngo&amp;country=KEN"' in page.text
    topics = client.get(f"{COVERAGE}?by=topic&region=002")
    assert sum(cells(topics, "Kenya")[1:]) == 1
    assert "France</th>" not in markup_of(topics)
    assert "Kenya</th>" in client.get(f"{COVERAGE}?empty=1").text


@pytest.mark.behaviour("D-16")
def test_coverage_begins_with_the_regions_and_a_map_and_folds_the_countries(client, four):
    page = client.get(COVERAGE)
    begin = page.text.index
    assert begin('id="regions"') < begin('class="map"') < begin('id="region-002"')
    assert drawn(page) == {"France": 1, "Kenya": 2}
    row = re.search(
        r'<th scope="row"><a href="\?by=kind&amp;region=002">Africa</a>.*?</tr>', page.text, re.DOTALL
    )[0]
    numbers = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row.split("<td")[1:-1]]
    assert numbers[0].endswith("1 of 60")
    assert [number.rpartition(">")[2].split()[-1] for number in numbers[1:]] == ["2", "1", "1", "0", "0", "0"]
    for address in re.findall(r'<a href="(/en/stakeholders/[^"]*)"', row):
        assert total(client.get(unescape(address))) in (1, 2)
    folds = re.findall(r'<details class="disclosure"( open)?>\s*<summary>\s*<h3', page.text)
    assert folds == [""] * 5
    africa = client.get(f"{COVERAGE}?region=002")
    assert re.findall(r'<details class="disclosure"( open)?>\s*<summary>\s*<h3', africa.text) == [" open"]
    assert 'class="map"' not in africa.text


def test_what_coverage_cannot_understand_is_left_out(client, four, subtests):
    for query in ("?by=votes", "?by=%00", "?empty=x"):
        with subtests.test(query=query):
            assert cells(client.get(COVERAGE + query), "Kenya") == [2, 1, 1, 0, 0, 0]


# --- Nothing hidden ----------------------------------------------------------------------------------------

HIDDEN = (
    *({"listing": listing} for listing in Listing.values if listing != Listing.PUBLIC),
    *({"status": status} for status in (Status.LAPSED, Status.SUSPENDED, Status.WITHDRAWN, Status.MERGED)),
)
VISIBLE_COUNTS = {"visitor": 0, "person": 0, "state": 1, "member": 2, "regional": 2, "desk": 2}
READERS = {
    "visitor": lambda: None,
    "person": UserFactory,
    "state": lambda: person_with(Role.STATE),
    "member": lambda: member_of(StakeholderFactory(name="Own", country_id="ISL")),
    "regional": lambda: person_with(Role.REGIONAL),
    "desk": lambda: person_with(Role.VETTING),
}


@pytest.mark.slow
@pytest.mark.behaviour("D-19")
def test_page_counts_facets_map_and_coverage_show_nobody_hidden(client, reference, subtests):
    """Of eight hidden entries with everything that could leak, only what the reader's class sees."""
    for at, fields in enumerate(HIDDEN):
        entry(
            f"Secretname{at}",
            country_id="PER",
            topics=["firearms"],
            articles=["UNTOC-5"],
            languages=["qu"],
            areas=["advocacy"],
            says=[Direction.OFFER],
            confirmed_at=now(),
            **fields,
        )
    for who, make in READERS.items():
        with subtests.test(who=who):
            if person := make():
                sign_in(client, person)
            visible = VISIBLE_COUNTS[who]
            everywhere = {
                "article": "UNTOC-5",
                "language": "qu",
                "area": "advocacy",
                "offers": "offer",
                "fresh": "quarter",
                "country": "PER",
                "topic": "firearms",
            }
            for name, code in everywhere.items():
                assert total(client.get(f"{LIST}?{name}={code}")) == visible, name
            page = client.get(f"{LIST}?country=PER")
            assert len(names(page)) == visible
            for choice in ("topic-firearms", "area-advocacy", "offers-offer", "fresh-quarter"):
                assert (number(page, choice) if f'id="{choice}"' in page.text else 0) == visible, choice
            assert listed(client.get(f"{MAP}?country=PER")) == ({"Peru": visible} if visible else {})
            assert drawn(client.get(f"{MAP}?country=PER")) == ({"Peru": visible} if visible else {})
            assert cells(client.get(COVERAGE), "Peru")[0] == visible
            assert sum(cells(client.get(f"{COVERAGE}?by=topic"), "Peru")[1:]) == visible


@pytest.mark.behaviour("D-19")
def test_a_state_never_sees_what_is_for_members_though_both_are_signed_in(client, reference):
    entry("Onlymembers", country_id="PER", listing=Listing.MEMBERS)
    sign_in(client, member_of(StakeholderFactory(country_id="ISL")))
    assert listed(client.get(f"{MAP}?country=PER")) == {"Peru": 1}
    client.logout()
    sign_in(client, person_with(Role.STATE))
    assert listed(client.get(f"{MAP}?country=PER")) == {}
    assert cells(client.get(COVERAGE), "Peru")[0] == 0


# --- Cost ---------------------------------------------------------------------------------------------------


def test_the_very_first_visit_issues_a_fixed_number_of_statements(client, reference, subtests):
    def visit(address):
        cache.clear()
        return client.get(address)

    for address in (
        LIST,
        f"{LIST}?language=sw&offers=need&fresh=older&article=UNTOC-5",
        MAP,
        COVERAGE,
        f"{COVERAGE}?by=topic",
    ):
        with subtests.test(address=address):
            assert_no_growth(partial(visit, address), lambda: entry("Watch", topics=["firearms"]))


def test_another_spelling_costs_the_same_however_much_is_found(client, reference):
    def add():
        entry("Organisation")
        learn_words()

    assert_no_growth(lambda: client.get(f"{LIST}?q=organisaton"), add)
    assert len(names(client.get(f"{LIST}?q=organisaton"))) == 3


@pytest.mark.parametrize("address", ("map", "coverage"))
@pytest.mark.parametrize("method", ("post", "put", "delete"))
def test_map_and_coverage_are_only_read(client, db, address, method):
    assert getattr(client, method)(reverse(f"stakeholders:{address}")).status_code == 405


def test_map_and_coverage_speak_every_language(client, four, subtests):
    for language in ("ar", "zh", "fr", "ru", "es"):
        with subtests.test(language=language), override(language):
            for name in ("map", "coverage"):
                assert client.get(reverse(f"stakeholders:{name}")).status_code == 200


def test_a_search_over_everything_tells_kind_and_country_without_a_statement_more(client, reference):
    def search():
        return client.get(reverse("portal:search"), {"q": "watch"})

    with override("fr"):
        assert_no_growth(search, lambda: entry("Watch", kind=Kind.ACADEMIA, country_id="EGY"))
        assert search().text.count("<span>Égypte</span>") == 3
    with override("en"):
        page = search().text
    assert page.count("<span>Academic or research institution</span><span>Egypt</span>") == 3
