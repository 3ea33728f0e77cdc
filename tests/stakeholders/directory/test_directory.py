"""The directory: who is shown recipients, what is counted, and that nothing hidden shines through."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.people.enums import Role
from search.actions import index, learn_words
from stakeholders.directory.queries import DirectoryQuery, matching_entries, shown_to
from stakeholders.directory.queries_cards import mark_words, snippet
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import Stakeholder
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.stakeholders.directory.pages import entry
from tests.support import assert_no_growth, markup_of

LIST = "/en/stakeholders/"
VISITOR = AnonymousUser()


def names(response):
    return re.findall(r'entry-title"><a href="[^"]*"><bdi dir="auto">(.*?)</bdi>', response.text)


def number(response, choice):
    """What stands beside one choice of the filters."""
    return int(re.search(rf'id="{choice}"[^>]*>.*?figures quiet">(\d+)<', response.text)[1])


@pytest.fixture
def four(reference):
    entry("Alpha Watch", country_id="KEN", city="Nairobi", topics=["corruption"], mission="We watch ports.")
    entry("Beta College", kind=Kind.ACADEMIA, country_id="KEN", topics=["corruption", "firearms"])
    entry("Gamma Trade", kind=Kind.PRIVATE, country_id="FRA", mission="Ports and ships.")
    entry("Delta Watch", country_id="FRA", topics=["firearms"])


# --- Finding ------------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-16")
def test_words_and_filters_narrow_together(client, four, subtests):
    for query, expected in (
        ("", ["Alpha Watch", "Beta College", "Delta Watch", "Gamma Trade"]),
        ("?kind=ngo", ["Alpha Watch", "Delta Watch"]),
        ("?kind=ngo&kind=private", ["Alpha Watch", "Delta Watch", "Gamma Trade"]),
        ("?country=KEN&kind=ngo", ["Alpha Watch"]),
        ("?kind=ngo&country=KEN", ["Alpha Watch"]),
        ("?region=150", ["Delta Watch", "Gamma Trade"]),
        ("?region=202", ["Alpha Watch", "Beta College"]),
        ("?topic=firearms", ["Beta College", "Delta Watch"]),
        ("?topic=firearms&topic=corruption", ["Alpha Watch", "Beta College", "Delta Watch"]),
        ("?q=ports&sort=name", ["Alpha Watch", "Gamma Trade"]),
        ("?q=nairobi", ["Alpha Watch"]),
        ("?q=ports&country=FRA", ["Gamma Trade"]),
        ("?sort=newest", ["Delta Watch", "Gamma Trade", "Beta College", "Alpha Watch"]),
    ):
        with subtests.test(query=query):
            assert names(client.get(LIST + query)) == expected


@pytest.mark.behaviour("D-16")
def test_counts_stand_beside_every_choice_and_leave_their_own_facet_out(client, four):
    page = client.get(f"{LIST}?kind=ngo&country=KEN")
    assert {kind: number(page, f"kind-{kind}") for kind in Kind.values} == {
        "ngo": 1,
        "academia": 1,
        "private": 0,
        "expert": 0,
        "institute": 0,
    }
    assert number(page, "country-KEN") == 1
    assert re.findall(r'<option value="([A-Z]{3})">(.*?)</option>', page.text) == [("FRA", "France (1)")]
    assert number(page, "topic-corruption") == 1
    assert "1 stakeholder<" in page.text


@pytest.mark.behaviour("D-16")
def test_each_filter_is_a_chip_that_leads_to_the_page_without_it(client, four):
    page = client.get(f"{LIST}?country=KEN&kind=ngo&q=watch")
    chips = re.findall(r'class="chip" href="([^"]*)"', page.text)
    assert chips == ["?kind=ngo&amp;country=KEN", "?q=watch&amp;country=KEN", "?q=watch&amp;kind=ngo"]
    assert names(client.get(LIST + chips[1].replace("&amp;", "&"))) == ["Alpha <mark>Watch</mark>"]


@pytest.mark.behaviour("X-04")
def test_codes_in_the_address_are_neutral_and_labels_follow_the_language(client, four):
    english, french = client.get("/en/stakeholders/?country=KEN"), client.get("/ar/stakeholders/?country=KEN")
    assert names(english) == names(french) == ["Alpha Watch", "Beta College"]
    assert "Kenya" in english.text
    assert "كينيا" in french.text
    assert 'id="country-KEN"' in french.text


@pytest.mark.behaviour("X-01")
def test_the_language_bar_leads_to_the_same_question_in_another_language(client, four):
    page = client.get(f"{LIST}?kind=ngo&country=KEN")
    bar = re.findall(r'href="(/\w\w/stakeholders/[^"]*)"', page.text)
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert f"/{language}/stakeholders/?kind=ngo&amp;country=KEN" in bar


@pytest.mark.behaviour("X-11")
def test_countries_are_offered_by_their_name_in_the_order_of_the_language(client, reference):
    for country in ("DEU", "AUT", "EGY"):
        entry(country, country_id=country)
    offered = r'<option value="([A-Z]{3})">'
    assert re.findall(offered, client.get("/en/stakeholders/").text) == ["AUT", "EGY", "DEU"]
    assert re.findall(offered, client.get("/fr/stakeholders/").text) == ["DEU", "AUT", "EGY"]


def test_what_cannot_be_understood_is_left_out_and_never_an_error(client, four, subtests):
    for query in ("?sort=random", "?q=%00", "?page=x"):
        with subtests.test(query=query):
            page = client.get(LIST + query)
            assert len(names(page)) == 4
            assert ("Not understood and left out" in page.text) is (query != "?page=x")
    for query in ("?kind=nobody", "?country=XXX", "?topic=%00"):
        with subtests.test(query=query):
            page = client.get(LIST + query)
            assert names(page) == []
            assert "so nothing is found." in page.text


def test_a_choice_left_empty_as_forms_send_it_asks_nothing(client, four):
    page = client.get(LIST + "?q=&kind=&region=&country=&topic=&sort=")
    assert len(names(page)) == 4
    assert "Not understood" not in page.text
    assert "nothing is found" not in page.text


def test_an_empty_result_names_the_filters_to_drop_and_what_is_there_without(client, four):
    page = client.get(f"{LIST}?q=ports&country=KEN&topic=firearms")
    ways = re.findall(
        r'<a href="(\?[^"]+)">Without (.*?)</a>\s*<span class="figures quiet">(\d+)<', page.text
    )
    assert ways == [
        ("?country=KEN&amp;topic=firearms", "“ports”", "1"),
        ("?q=ports&amp;country=KEN", "Firearms", "1"),
    ]
    for address, _label, count in ways:
        assert len(names(client.get(LIST + address.replace("&amp;", "&")))) == int(count)


@pytest.mark.behaviour("D-16")
def test_a_misspelt_word_finds_and_says_so_with_the_exact_search_one_click_away(client, four):
    learn_words()
    page = client.get(f"{LIST}?q=colege&kind=academia")
    assert names(page) == ["Beta <mark>College</mark>"]
    assert "Nothing found for “colege”. Showing results for “college”." in page.text
    assert 'href="?q=colege&amp;kind=academia&amp;exact=1"' in page.text
    exact = client.get(f"{LIST}?q=colege&kind=academia&exact=1")
    assert "Showing results for" not in exact.text
    assert "No stakeholder matches all filters" in exact.text


def test_where_nobody_has_all_the_words_the_nearest_are_shown_and_called_so(client, reference):
    for name, mission in (("Safe Harbour", "Trafficking in persons."), ("Kenya Bar", "Lawyers.")):
        index(StakeholderFactory(name=name, mission=mission, country_id="KEN"))
    index(StakeholderFactory(name="Lima Shelter", mission="Trafficking in persons.", country_id="PER"))
    for words in ("human trafficking kenya", "TIP Kenya", "Traite des personnes Kenya"):
        page = client.get(LIST, {"q": words})
        assert names(page) == ["Safe Harbour"]
        assert "No result has all of these words" not in page.text
    page = client.get(f"{LIST}?q=maritime+trafficking+kenya")
    assert names(page) == ["Safe Harbour"]
    assert "No result has all of these words. These have most of them." in page.text
    assert names(client.get(f"{LIST}?q=who+works+on+trafficking+in+persons+in+kenya")) == ["Safe Harbour"]
    # A filter that is in the way is named, and no word is dropped for it.
    page = client.get(f"{LIST}?q=lima+shelter&country=KEN")
    assert "No result has all of these words" not in page.text
    assert "Without Kenya" in page.text
    assert "No stakeholder matches all filters" in client.get(f"{LIST}?q=zebra").text


@pytest.mark.parametrize("listing", (Listing.PUBLIC, Listing.MEMBERS))
def test_a_change_shows_at_once_in_list_and_counts(client, four, listing):
    before = client.get(LIST)
    entry("Epsilon", listing=listing)
    after = client.get(LIST)
    assert len(names(after)) - len(names(before)) == number(after, "kind-ngo") - number(before, "kind-ngo")
    assert number(after, "kind-ngo") == (3 if listing == Listing.PUBLIC else 2)


def test_pages_have_twenty_and_the_last_is_reached(client, reference):
    StakeholderFactory.create_batch(41)
    assert [len(names(client.get(f"{LIST}?page={n}"))) for n in (1, 2, 3, 99)] == [20, 20, 1, 1]


# --- Whoever sees what -------------------------------------------------------------------------------------

READERS_BY_LISTING = {
    # listing: who finds the entry by name
    Listing.PUBLIC: {"visitor", "person", "state", "member", "regional", "desk"},
    Listing.MEMBERS_STATES: {"state", "member", "regional", "desk"},
    Listing.MEMBERS: {"member", "regional", "desk"},
    Listing.COUNTRY: set(),
    Listing.UNLISTED: set(),
}
WHO = ("visitor", "person", "state", "member", "regional", "desk")


def reader(who):
    return {
        "visitor": lambda: None,
        "person": UserFactory,
        "state": lambda: person_with(Role.STATE),
        "member": lambda: member_of(StakeholderFactory(name="Their own", country_id="ISL")),
        "regional": lambda: person_with(Role.REGIONAL),
        "desk": lambda: person_with(Role.VETTING),
    }[who]()


@pytest.mark.behaviour("D-19")
def test_who_finds_whom(client, reference, subtests):
    for listing in Listing.values:
        entry(f"Secret {listing}", listing=listing, city="Hiddenville", topics=["firearms"])
    for status in (Status.LAPSED, Status.SUSPENDED, Status.WITHDRAWN, Status.MERGED):
        entry(f"Secret {status}", status=status, city="Hiddenville")
    for who in WHO:
        with subtests.test(who=who):
            if person := reader(who):
                sign_in(client, person)
            expected = sorted(
                f"Secret {listing}" for listing, readers in READERS_BY_LISTING.items() if who in readers
            )
            by_words = client.get(f"{LIST}?q=hiddenville&sort=name")
            assert names(by_words) == expected
            assert names(client.get(f"{LIST}?country=KEN")) == expected
            assert number(by_words, "kind-ngo") == len(expected)
            assert number(client.get(f"{LIST}?topic=firearms"), "topic-firearms") == len(expected)
            assert f"Kenya ({len(expected)})" in client.get(LIST).text
            for hidden in {f"Secret {code}" for code in (*Listing.values, *Status.values)} - set(expected):
                assert f">{hidden}<" not in markup_of(by_words)


@pytest.mark.behaviour("D-19")
@pytest.mark.parametrize(("hidden", "shown"), ((4, False), (5, True)))
def test_country_only_entries_count_in_their_country_from_five_and_nowhere_else(
    client, reference, hidden, shown
):
    entry("Open", country_id="COL")
    for n in range(hidden):
        entry(f"Veiled {n}", country_id="COL", listing=Listing.COUNTRY, topics=["firearms"])
    entry("Gone", country_id="COL", listing=Listing.UNLISTED)
    country = client.get(f"{LIST}?country=COL")
    assert ("5 more stakeholders take part" in country.text) is shown
    assert names(country) == ["Open"]
    assert number(country, "kind-ngo") == 1
    for query in (
        "",
        "?country=COL&kind=ngo",
        "?country=COL&q=open",
        "?q=veiled",
        "?topic=firearms",
        "?country=PER",
    ):
        assert "more stakeholder" not in client.get(LIST + query).text


def test_the_numbers_agree_with_the_rows_for_every_question(four):
    questions = [
        DirectoryQuery(),
        DirectoryQuery(kind=("ngo",)),
        DirectoryQuery(region=("002",), topic=("firearms",)),
        DirectoryQuery(topic=("corruption", "firearms")),
        DirectoryQuery(q="ports", kind=("ngo", "private")),
        DirectoryQuery(country=("KEN", "FRA"), kind=("academia",)),
    ]
    counts = Counts(VISITOR, 1)
    for question in questions:
        expected = matching_entries(shown_to(VISITOR), VISITOR, question).count()
        assert counts.total(question) == counts.facets(question).total == expected, question


# --- Cost ---------------------------------------------------------------------------------------------------


def test_where_too_many_match_the_page_says_by_what_they_are_sorted(client, four, monkeypatch):
    line = "They are sorted by: Name"
    assert line not in client.get(f"{LIST}?q=watch").text
    monkeypatch.setattr("search.facets.MOST_RANKED", 1)
    page = client.get(f"{LIST}?q=watch")
    assert line in page.text
    assert names(page) == ["Alpha <mark>Watch</mark>", "Delta <mark>Watch</mark>"]
    for other in ("?q=watch&sort=newest", "?q=nairobi", ""):
        assert line not in client.get(LIST + other).text


@pytest.mark.parametrize("query", ("", "?q=watch"))
def test_the_very_first_visit_issues_a_fixed_number_of_statements(client, reference, query):
    """Version, names, numbers, rows; with words what they may mean, best matches, and their spelling."""

    def visit():
        cache.clear()
        return client.get(LIST + query)

    assert_no_growth(visit, lambda: entry("Watch", topics=["firearms"]))
    assert len(names(visit())) == 3


@pytest.mark.parametrize(
    "query", ("", "?kind=ngo", "?kind=ngo&offers=need&fresh=older", "?q=watch", "?q=watch&sort=name")
)
def test_the_directory_issues_a_fixed_number_of_statements(client, reference, query):
    assert_no_growth(lambda: client.get(LIST + query), lambda: entry("Watch", topics=["firearms"]))
    assert len(names(client.get(LIST + query))) == 3


# --- Pages in part ----------------------------------------------------------------------------------------


def test_htmx_gets_the_part_that_changes_and_a_clean_address(client, four):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    part = client.get(f"{LIST}?q=&kind=ngo&country=&sort=name", headers=headers)
    assert part.text.lstrip().startswith("<p")
    assert "<html" not in part.text
    assert names(part) == ["Alpha Watch", "Delta Watch"]
    assert part["HX-Push-Url"] == f"{LIST}?kind=ngo&sort=name"
    assert client.get(f"{LIST}?q=&country=", headers=headers)["HX-Push-Url"] == LIST
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in part["Vary"].split(",")}


def test_going_back_gets_the_whole_page(client, four):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(LIST, headers=headers).text


def test_a_narrowed_directory_is_not_for_search_engines(client, four):
    assert "noindex" not in client.get(LIST).text
    assert "noindex" in client.get(f"{LIST}?kind=ngo").text


def test_kept_pages_of_visitors_change_with_the_directory(client, four, settings, django_assert_num_queries):
    settings.KEEP_PAGES_SECONDS = 60
    client.get(LIST)
    with django_assert_num_queries(1):
        assert len(names(client.get(LIST))) == 4
    entry("Epsilon")
    assert len(names(client.get(LIST))) == 5


@pytest.mark.parametrize("method", ("post", "put", "delete"))
def test_the_directory_is_only_read(client, db, method):
    assert getattr(client, method)(LIST).status_code == 405


# --- Words in all scripts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "html"),
    (
        ("Trafficking in persons", ["trafficking"], "<mark>Trafficking</mark> in persons"),
        ("Wir schützen Zeugen", ["schutzen"], "Wir <mark>schützen</mark> Zeugen"),
        (
            "a <b>port</b> & ports",
            ["port"],
            "a &lt;b&gt;<mark>port</mark>&lt;/b&gt; &amp; <mark>ports</mark>",
        ),
        ("私立東京大学です", ["東京"], "私立<mark>東京</mark>大学です"),
        ("Общество помощи", ["помощь"], "Общество <mark>помощи</mark>"),
        ("important export", ["port"], "important export"),
    ),
)
def test_found_words_are_marked(text, words, html):
    assert mark_words(text, words) == html


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_marking_never_loses_or_adds_text(text, words):
    bare = mark_words(text, words).replace("<mark>", "").replace("</mark>", "")
    assert bare == mark_words(text, [])
    assert len(snippet(text, words).replace("<mark>", "").replace("</mark>", "")) <= 6 * 240


def test_a_cut_text_shows_the_neighbourhood_of_what_was_found():
    text = "nothing " * 60 + "treasure " + "nothing " * 60
    shown = snippet(text, ["treasure"])
    assert shown.startswith("… nothing")
    assert "<mark>treasure</mark>" in shown
    assert shown.endswith(" …")


@pytest.mark.parametrize(
    "name", ("مركز الأمل", "Центр помощи", "東京人権協会", "Łódź Ñandú", "한국 연구소", "ศูนย์ช่วยเหลือ")
)
def test_a_name_is_found_in_its_own_script(client, reference, name):
    entry(name)
    word = name.split()[0][:3] if " " not in name else name.split()[1]
    with override("en"):
        page = client.get(reverse("stakeholders:list"), {"q": word})
    assert [re.sub("</?mark>", "", label) for label in names(page)] == [name]


def test_everybody_in_the_directory_is_visible_to_whom_it_is_shown(reference):
    for listing in Listing.values:
        StakeholderFactory(listing=listing)
    for who in WHO:
        person = reader(who) or VISITOR
        shown = set(shown_to(person).values_list("pk", flat=True))
        assert shown <= set(Stakeholder.objects.visible_to(person).values_list("pk", flat=True))
