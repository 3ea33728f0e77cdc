"""The search over everything as its readers meet it: cases by language, tabs, filters, what never leaks."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from portal.help.queries import HELP
from reviews.calls.models import Call
from search import frequent_searches
from search.actions import catch_up, index, index_many, index_soon, learn_words
from search.enums import Audience
from search.models import Change, Document, Often, Stale
from stakeholders.entries.enums import Kind, Listing
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.resources import EditionFactory, ResourceFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth, markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.behaviour("K-09")]
URL = "/en/search/"


@pytest.fixture
def entry(reference):
    def make(name, *, text="", language="en", **fields):
        fields = {"country_id": "KEN", "kind": Kind.NGO, "listing": Listing.PUBLIC, **fields}
        stakeholder = StakeholderFactory(name=name, mission=text, mission_language_id=language, **fields)
        index(stakeholder)
        return stakeholder

    return make


def titles(page):
    return re.findall(r'<h2 class="entry-title"><a href="[^"]*"><bdi>(.*?)</bdi>', page)


def main_of(page):
    return page.split("<main")[1].split("</main>")[0]


def reading_of(page):
    match = re.search(r'searched-as">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", "", match.group(1)).split()) if match else ""


# name, language, text, what is asked, whether it is found
CASES = [
    ("Watch on elections", "en", "They observed ballots.", "election observing", True),
    ("Institute of Law", "en", "", "institutes", True),
    ("Crime Watch", "en", "", '"crime watch"', True),
    ("Crime and Watch", "en", "", '"crime watch"', False),
    ("Crime Watch", "en", "", "crime -watch", False),
    ("Crime Watch", "en", "", "zebra OR crime", True),
    ("Observatoire", "fr", "Les élections libres", "election", True),
    ("Observatoire", "fr", "Les elections libres", "élections", True),
    ("Observatoire", "fr", "Les élections libres", '"elections libres"', True),
    ("Fundación", "es", "Investigación de los tribunales", "investigaciones tribunal", True),
    ("Fundación", "es", "Investigación de los tribunales", "INVESTIGACIÓN", True),
    ("Центр права", "ru", "Суды и борьба с преступностью", "суд", True),
    ("Центр права", "ru", "Всё о суде", "все о судах", True),
    ("مركز", "ar", "المُحَاكَمَة العادلة", "محاكمة", True),
    ("مركز", "ar", "إجراءات المحاكمات", "محاكمة", True),
    ("منظّمة الأمل", "ar", "", "منظمه الامل", True),
    ("研究所", "zh", "最高人民法院的判决", "法院", True),
    ("研究所", "zh", "最高人民法院的判决", '"人民法院"', True),
    ("研究所", "zh", "最高人民法院的判决", "民院", False),
    ("東京大学", "", "", "京大", True),
    ("UNTOC 大学 суд مركز", "en", "", "untoc 大学 суд مركز", True),
    ("UNTOC 大学 суд", "en", "", "大学untoc", True),
    ("Ornithology Circle", "en", "", "ornitholgy", True),
    ("Университет", "ru", "", "унивирситет", True),
    ("Ornithology Circle", "en", "", '"ornitholgy"', False),
]


def test_cases_in_six_languages(client, entry):
    """One world for each case would cost a minute: each entry is taken out of the index after its case."""
    wrong = []
    for name, language, text, question, is_found in CASES:
        Document.objects.all().delete()
        entry(name, text=text, language=language or None)
        learn_words()
        page = client.get(URL, {"q": question})
        assert page.status_code == 200
        if titles(page.text) != ([name] if is_found else []):
            wrong.append((name, text, question, titles(page.text)))
    assert wrong == []


ODD_WORDS = (
    "",
    " ",
    "a" * 10_000,
    "界" * 10_000,
    '"' * 300,
    "\x00crime\x00",
    "crime & | ! <-> :*",
    "'); --",
    "-",
    "OR OR",
    '-"',
    "crime OR",
    "%_\\",
    "\ud7ff\u202e",
    "AND NOT (crime",
)


def test_no_words_are_an_error(client, entry, subtests):
    entry("Crime Watch")
    for odd_words in ODD_WORDS:
        with subtests.test(words=odd_words[:20]):
            for address in (URL, f"{URL}suggest/"):
                assert client.get(address, {"q": odd_words}).status_code == 200
            filters = dict.fromkeys(("kind", "country", "topic", "region", "page"), odd_words)
            assert client.get(URL, {"q": "crime", **filters}).status_code == 200


def test_a_reader_searches_sees_how_it_was_read_narrows_and_widens(client, entry):
    entry("Nairobi Crime Watch", text="They look at smuggled goods.")
    entry("Crime Forum", country_id="CHE", kind=Kind.ACADEMIA)
    Call.objects.all().delete()
    response = client.get(URL, {"q": "crime -zebra"})
    page = markup_of(response)
    assert sorted(titles(page)) == ["Crime Forum", "Nairobi Crime Watch"]
    assert reading_of(response.text) == "Searched as: crime… + not zebra"
    assert 'aria-current="page">All<span class="quiet figures">2</span>' in page
    assert "Kenya (1)" in page
    assert "Africa (1)" in page
    assert "Switzerland (1)" in page
    narrowed = markup_of(client.get(URL, {"q": "crime", "region": "002", "kind": "stakeholders.stakeholder"}))
    assert titles(narrowed) == ["Nairobi Crime Watch"]
    assert re.search(r'class="chip" href="\?q=crime&amp;kind=stakeholders.stakeholder"', narrowed)
    nothing = markup_of(client.get(URL, {"q": "nairobi", "country": "CHE"}))
    assert "Without Switzerland" in nothing
    assert 'href="?q=nairobi"' in nothing
    assert "/en/countries/KEN/" in markup_of(client.get(URL, {"q": "kenya"}))
    for as_typed in ("kyoto", '"Crime  Watch" élec', "Watch OR Forum", "l’article", "法院"):
        assert reading_of(client.get(URL, {"q": as_typed}).text) == "", as_typed
    assert reading_of(client.get(URL, {"q": "the watch"}).text) == "Searched as: watch…"
    marked = markup_of(client.get(URL, {"q": "smuggling"}))
    assert "<mark>smuggled</mark>" in marked


CALLED = {
    "who in the Sahel works on ports": ["Guardians"],
    "ports in Western Africa": ["Guardians"],
    "الساحل": ["Guardians"],
    "Нигерия": ["Guardians"],
    "NGO Nigeria": ["Guardians"],
    "stakeholder Kenya": ["Harbour"],
}


def test_what_something_is_called_finds_it_and_is_not_shown(client, entry, subtests):
    entry("Guardians", country_id="NGA", text="We watch ports.")
    entry("Harbour", text="We watch ports.", kind=Kind.ACADEMIA)
    for question, expected in CALLED.items():
        with subtests.test(question=question):
            page = client.get(URL, {"q": question}).text
            assert titles(page) == expected
            assert "Sub-Saharan" not in page.split('class="found"')[-1]


def test_a_record_is_found_by_the_languages_of_its_editions(client, reference):
    guide = ResourceFactory(title="Guide on ports", original__language_id="en")
    EditionFactory(resource=guide, language_id="fr", title="Guide des ports")
    index(guide)
    for question in ("guide ports in French", "guide ports français"):
        assert titles(client.get(URL, {"q": question}).text) == ["Guide on ports"]
    page = client.get(URL, {"q": "ports", "language": "fr"}).text
    assert titles(page) == ["Guide on ports"]
    assert titles(client.get(URL, {"q": "ports", "language": "es"}).text) == []


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("what does Kenya's review look like", ["Kenya"]),
        ("courts in Papua New Guinea", ["Papua New Guinea"]),
        ("the text of article 37", ["Article 37: Relation with protocols"]),
    ],
)
def test_a_question_that_names_a_country_or_an_article_leads_to_its_page(client, reference, question, ways):
    shortcuts = client.get(URL, {"q": question}).text.split('id="shortcuts"')[1].split("</ul>")[0]
    labels = [re.sub(r" \(.*", "", label) for label in re.findall(r"<bdi>(.*?)</bdi>", shortcuts)]
    assert [label for label in labels if label in ways] == ways


def test_where_nothing_has_all_the_words_the_nearest_are_shown_and_called_so(client, entry):
    entry("Safe Harbour", text="Trafficking in persons in Kenya")
    entry("Kenya Bar", text="Lawyers of Mombasa")
    learn_words()
    page = client.get(URL, {"q": "maritime trafficking Kenya"}).text
    assert "No result has all of these words. These have most of them." in page
    assert titles(page) == ["Safe Harbour"]
    page = client.get(URL, {"q": "zebra Kenya"}).text
    assert "No result has all of these words. These have some of them." in page
    assert sorted(titles(page)) == ["Kenya Bar", "Safe Harbour"]
    plain = client.get(URL, {"q": "Who works on trafficking in persons in Kenya?"}).text
    assert (
        titles(plain) == titles(client.get(URL, {"q": "trafficking persons Kenya"}).text) == ["Safe Harbour"]
    )
    assert "No result has all of these words" not in plain
    assert reading_of(plain).startswith("Searched as: trafficking in persons or ")
    assert reading_of(plain).endswith(" + Kenya…")
    for question in ("human trafficking Kenya", "TIP Kenya", "торговля людьми Кения", "人口贩运肯尼亚"):
        page = client.get(URL, {"q": question}).text
        assert titles(page) == ["Safe Harbour"]
        assert "No result has all of these words" not in page
    # A filter that is in the way is named first; one word alone has no nearest.
    assert "Without Switzerland" in client.get(URL, {"q": "safe harbour", "country": "CHE"}).text
    assert titles(client.get(URL, {"q": "zebra"}).text) == []


def test_what_the_words_name_is_offered_as_a_filter(client, entry):
    entry("Safe Harbour", text="Trafficking in persons in Kenya")
    page = client.get(URL, {"q": "Who works on TIP in Kenya?"}).text
    ways = re.findall(r'<li><a href="([^"]*)"><bdi>(.*?)</bdi> <span class="quiet">(.*?)</span>', page)
    assert ways == [
        ("?q=Kenya&amp;topic=trafficking-in-persons", "Trafficking in persons", "Topic"),
        ("?q=TIP&amp;country=KEN", "Kenya", "Country or area"),
    ]
    assert titles(page) == ["Safe Harbour"]
    # Words have to remain, and what is asked already is not offered.
    assert 'id="meant"' not in client.get(URL, {"q": "Kenya"}).text
    assert 'id="meant"' not in client.get(URL, {"q": "TIP Kenya", "country": "KEN", "topic": "firearms"}).text


def test_where_nothing_is_in_the_time_that_is_asked_for_the_page_says_so_above_the_others(client, reference):
    index(EventFactory(title="Events of the forum", starts_at=now() - timedelta(days=9)))
    later = now().year + 3
    upcoming, of_year = "Nothing upcoming was found.", f"Nothing in {later} was found."
    for words, sentences in (
        ("upcoming events", [upcoming]),
        (f"events {later}", [of_year]),
        (f"events {(now() - timedelta(days=9)).year}", []),
        ("upcoming events&exact=1", []),
        ("upcoming events zebra", []),
    ):
        page = main_of(client.get(f"{URL}?q={words}").text)
        assert [text for text in (upcoming, of_year) if text in page] == sentences, words
    index(EventFactory(title="Events of the other forum", starts_at=now() + timedelta(days=9)))
    page = main_of(client.get(f"{URL}?q=upcoming events").text)
    assert upcoming not in page
    assert titles(page) == ["Events of the other forum"]


def test_what_is_called_just_so_comes_first_however_many_there_are(client, entry, monkeypatch):
    monkeypatch.setattr("search.results.MOST_OF_EACH", 2)
    for n in range(4):
        entry(f"Crime Watch {n}", text="Crime watch, crime watch and again crime watch.")
    entry("Crime: the Watch")
    entry("CRIME WATCH")
    assert titles(client.get(URL, {"q": "crime watch"}).text)[0] == "CRIME WATCH"
    assert titles(client.get(URL, {"q": "crime: the watch"}).text)[0] == "Crime: the Watch"


def test_names_in_other_scripts_are_found_by_their_sound_and_it_is_said(client, entry):
    entry("Центр надежды и правосудия", language="ru")
    entry("جامعة القاهرة الجديدة", language="ar")
    entry("Πανεπιστήμιο Θεσσαλονίκης", language=None)
    entry("Zebra")
    learn_words()
    for typed, name in (
        ("Tsentr nadezhdy i pravosudiya", "Центр надежды и правосудия"),
        ("Centr nadeždy i pravosudija", "Центр надежды и правосудия"),
        ("Jami'at al-Qahira al-jadida", "جامعة القاهرة الجديدة"),
        ("gamiat alqahira", "جامعة القاهرة الجديدة"),
        ("gamiat xylophon", ""),
        ("Panepistimio Thessalonikis", "Πανεπιστήμιο Θεσσαλονίκης"),
        ("Panepistēmio Thessaloníkēs", "Πανεπιστήμιο Θεσσαλονίκης"),
    ):
        page = client.get(URL, {"q": typed}).text
        assert titles(page) == ([name] if name else []), typed
        assert ("Showing names in other scripts that sound like it." in page) is bool(name)
    assert titles(client.get(URL, {"q": '"Tsentr nadezhdy"'}).text) == []


def test_another_word_is_offered_and_not_shown_instead(client, entry):
    """Seen on a running portal: "élections" was answered with collections."""
    entry("Museum", text="It keeps collections.")
    learn_words()
    page = client.get(URL, {"q": "élections"}).text
    assert titles(page) == []
    assert "Did you mean" not in page  # "elections" is a word of English, and right
    page = client.get(URL, {"q": "rollections"}).text
    assert titles(page) == []
    assert re.search(r'Did you mean <a href="\?q=collections"><bdi>collections</bdi>', page)


def test_a_misspelt_word_is_shown_for_another_and_can_be_searched_exactly(client, entry):
    entry("Ornithology Circle")
    learn_words()
    page = client.get(URL, {"q": "ornitholgy"}).text
    assert "Nothing found for “ornitholgy”. Showing results for “ornithology”." in page
    assert titles(page) == ["Ornithology Circle"]
    exact = client.get(URL, {"q": "ornitholgy", "exact": "1"}).text
    assert titles(exact) == []
    assert 'Did you mean <a href="?q=ornithology' in exact


def test_more_than_is_counted_is_said_to_be_more_and_never_a_wrong_number(client, entry, monkeypatch):
    monkeypatch.setattr("search.results.MOST_OF_EACH", 2)
    monkeypatch.setattr("search.results.MOST", 4)
    for n in range(5):
        entry(f"Crime Watch {n}", country_id="KEN" if n else "CHE")
    page = markup_of(client.get(URL, {"q": "crime"}))
    assert 'All<span class="quiet figures">2+</span>' in markup_of(page)
    assert "More than 2 results" in page
    assert "Kenya (" not in page
    assert "More than 4 results" in markup_of(
        client.get(URL, {"q": "crime", "kind": "stakeholders.stakeholder"})
    )
    few = {"q": "crime", "kind": "stakeholders.stakeholder", "country": "KEN"}
    assert "4 results" in markup_of(client.get(URL, few))


@pytest.mark.parametrize(("page", "question"), (("", "crime"), ("suggest/", "cr"), ("suggest/", "wat")))
def test_a_page_costs_the_same_whatever_is_found(client, entry, page, question):
    assert_no_growth(lambda: client.get(f"{URL}{page}", {"q": question}), lambda: entry("Crime Watch"))


def test_what_members_alone_may_find_never_leaks(client, entry):
    """Neither as a line nor as a number, a suggestion, another spelling, a word or a kept page."""
    hidden = entry("Quetzalcoatl Circle", listing=Listing.MEMBERS, text="Xylophonists", country_id="CHE")
    entry("Quite another circle")
    learn_words()
    member = UserFactory()
    sign_in(client, member)
    desk = client.__class__()
    sign_in(desk, person_with(Role.CURATION))
    assert titles(desk.get(URL, {"q": "quetzalcoatl"}).text) == ["Quetzalcoatl Circle"]
    for reader in (client.__class__(), client):
        for word in ("quetzalcoatl", "quetzalcotl", "xylophonists", "quetz"):
            page = main_of(reader.get(URL, {"q": word}).text).replace(word, "").replace(word.lower(), "")
            assert "uetzalcoatl" not in page
            assert titles(page) == []
            assert "figures" not in page
            assert "uetzalcoatl" not in reader.get(f"{URL}suggest/", {"q": word}).text
        circle = reader.get(URL, {"q": "circle"}).text
        assert titles(circle) == ["Quite another circle"]
        assert "Switzerland (" not in circle
        assert "Kenya (1)" in circle
    hidden.listing = Listing.PUBLIC
    hidden.save()
    index(hidden)
    learn_words()
    visitor = client.__class__()
    assert titles(visitor.get(URL, {"q": "quetzalcotl"}).text) == ["Quetzalcoatl Circle"]
    hidden.listing = Listing.MEMBERS
    hidden.save()
    index(hidden)
    again = main_of(visitor.get(URL, {"q": "quetzalcotl"}).text).replace("quetzalcotl", "")
    assert titles(again) == []
    assert "uetzalcoatl" not in again


def test_a_kept_page_is_old_as_soon_as_the_index_changes(client, entry, settings):
    settings.KEEP_PAGES_SECONDS = 600
    stakeholder = entry("Crime Watch")
    assert titles(client.get(URL, {"q": "crime"}).text) == ["Crime Watch"]
    stakeholder.listing = Listing.MEMBERS
    stakeholder.save()
    index(stakeholder)
    assert titles(client.get(URL, {"q": "crime"}).text) == []


def test_suggestions_begin_with_what_was_typed(client, entry):
    entry("Watch on Crime")
    entry("Crime Watch", text="<script>")
    page = client.get(f"{URL}suggest/", {"q": "crim"}).text
    assert re.findall(r"<bdi>(.*?)</bdi>", page) == ["Crime Watch", "Watch on Crime"]
    assert 'role="option"' in page
    assert "/en/stakeholders/" in page
    assert "Kenya" in client.get(f"{URL}suggest/", {"q": "keny"}).text
    assert client.get(f"{URL}suggest/", {"q": "c"}).text.strip() == ""


# --- The index --------------------------------------------------------------------------------------------
def test_what_changes_in_bulk_is_brought_in_by_a_worker(client, entry, monkeypatch):
    monkeypatch.setattr("search.actions.AT_ONCE", 2)
    ids = [entry(f"Crime Watch {n}").pk for n in range(3)]
    Document.objects.all().delete()
    index_soon("stakeholders.stakeholder", ids[:2])
    assert Document.objects.count() == 2
    assert not Stale.objects.exists()
    Document.objects.all().delete()
    index_soon("stakeholders.stakeholder", ids)
    index_soon("stakeholders.stakeholder", ids)
    assert Stale.objects.count() == 3
    assert not Document.objects.exists()
    sign_in(client, person_with(Role.CURATION))
    assert "3 objects are not in the search yet" in client.get("/en/desk/search/").text
    assert catch_up(most=2) == 2
    assert (catch_up(), catch_up()) == (1, 0)
    assert Document.objects.count() == 3
    assert "No pending items" in client.get("/en/desk/search/").text


def test_every_change_of_the_index_has_another_version(entry):
    from search.actions import drop, forget_changes

    versions = [Change.objects.version()]
    stakeholder = entry("Crime Watch")
    versions.append(Change.objects.version())
    forget_changes()
    versions.append(Change.objects.version())
    index_many("stakeholders.stakeholder", [stakeholder.pk])
    versions.append(Change.objects.version())
    drop(stakeholder)
    versions.append(Change.objects.version())
    assert len(set(versions)) == len(versions)


# --- What people search for -----------------------------------------------------------------------------
def test_the_desk_sees_what_at_least_five_visitors_looked_for(client, entry, db):
    cache.clear()
    entry("Crime Watch")
    for number in range(5):
        for _again in range(2):
            client.get(URL, {"q": "Zebra  Crossings"}, REMOTE_ADDR=f"10.0.0.{number}")
        if number < 4:
            client.get(URL, {"q": "somebody's name"}, REMOTE_ADDR=f"10.0.0.{number}")
            client.get(URL, {"q": "crime"}, REMOTE_ADDR=f"10.0.0.{number}")
            assert not Often.objects.exists()
    assert list(Often.objects.values_list("text", "visitors", "in_vain")) == [("zebra crossings", 5, 5)]
    client.get(URL, {"q": "crime"}, REMOTE_ADDR="10.0.0.9")
    assert Often.objects.get(text="crime").in_vain == 0
    assert "10.0.0" not in str(list(Often.objects.values()))
    assert client.get("/en/desk/search/").status_code == 302
    sign_in(client, person_with(Role.STATE))
    assert client.get("/en/desk/search/").status_code == 404
    client.logout()
    sign_in(client, person_with(Role.CURATION))
    page = client.get("/en/desk/search/").text
    assert page.split('id="often"')[0].count("zebra crossings") == 1
    assert "somebody" not in page
    assert ">crime<" in page
    Often.objects.filter(text="crime").update(week="2020-01-06")
    frequent_searches.forget_old()
    assert [row.text for row in Often.objects.all()] == ["zebra crossings"]


def test_every_kind_that_is_registered_is_made_of_what_everybody_sees(reference, capsys):
    call_command("rebuild_index")
    output = capsys.readouterr().out
    for kind in (
        "stakeholders.stakeholder",
        "events.event",
        "events.proposal",
        "reviews.call",
        "reviews.contribution",
        "reviews.countryreview",
        "reviews.dialogue",
    ):
        assert f"{kind}: " in output
    hidden = Document.objects.exclude(audience=Audience.PUBLIC)
    assert set(hidden.values_list("kind", "audience")) == {(HELP, None)}  # the handbook for staff
    for document in Document.objects.all()[:50]:
        assert reverse(document.url_name, args=document.url_args)
