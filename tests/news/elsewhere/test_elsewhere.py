"""News elsewhere: loaded once, told as what others published, and the desk's to edit and hide."""

import csv
import re
import shutil

import pytest

from accounts.people.enums import Role
from audit.models import Entry
from news.elsewhere.models import NewsLink
from news.seed import FILE, load_news_links
from portal.content import FOLDER
from search.models import Document
from taxonomy.seed import BadRow
from taxonomy.sources.queries import known_sources
from tests.factories.accounts import person_with, sign_in
from tests.factories.news import NewsLinkFactory, StoryFactory

pytestmark = pytest.mark.django_db
LIST, FEED, DESK = "/en/news/elsewhere/", "/en/news/elsewhere/feed/", "/en/desk/news/elsewhere/"
ANSWERS = {
    "url": "https://example.org/a-report",
    "title": "A report",
    "publisher": "Example House",
    "published_on": "2025-03",
    "language": "fr",
    "topics": ["firearms"],
    "countries": ["KEN"],
    "summary": "What the house reports.",
    "source": "",
    "source_date": "2026-11-28",
    "confidence": "high",
    "note": "",
}


@pytest.fixture
def folder(tmp_path):
    shutil.copy(FOLDER / FILE, tmp_path)
    return tmp_path


def change_file(folder, change):
    """Write the file anew with what `change` makes of its rows."""
    with (folder / FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows = change(rows)
    with (folder / FILE).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def rows_of_file():
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = rows_of_file()
SHOWN = sum(row["confidence"] != "low" for row in ROWS)


def counts_text(counts):
    return str(counts[FILE])


def test_links_are_loaded_once_and_found(client, reference):
    assert counts_text(load_news_links(FOLDER)) == f"{len(ROWS)} created, 0 updated, 0 unchanged, 0 skipped"
    assert counts_text(load_news_links(FOLDER)) == f"0 created, 0 updated, {len(ROWS)} unchanged, 0 skipped"
    assert Document.objects.filter(kind="news.newslink").count() == SHOWN
    assert NewsLink.objects.filter(title_is_ours=True).count() == sum(
        row["title_is_ours"] == "y" for row in ROWS
    )
    results = client.get("/en/search/?q=Putrajaya").text
    assert "Building partnerships against organized crime in Asia" in results
    assert "News elsewhere" in results
    assert "Progress of the UNTOC Review Mechanism" in client.get("/en/countries/KEN/").text
    page = client.get(LIST).text
    assert f"{SHOWN} links" in page
    last, rest = divmod(SHOWN, 20)
    assert client.get(f"{LIST}?page={last + 1}").text.count("story-line") == rest > 0


def test_a_row_of_low_confidence_is_hidden_until_the_desk_shows_it(client, reference):
    load_news_links(FOLDER)
    hidden = NewsLink.objects.filter(hidden=True)
    assert set(hidden.values_list("code", flat=True)) == {
        row["code"] for row in ROWS if row["confidence"] == "low"
    }
    assert all(link.note.startswith("Of low confidence.") for link in hidden)
    title = hidden[0].title
    assert title not in client.get(LIST, {"q": title}).text
    sign_in(client, person_with(Role.CURATION))
    assert title in client.get(DESK, {"state": "hidden"}).text
    hidden.update(hidden=False)
    load_news_links(FOLDER)
    assert not NewsLink.objects.filter(hidden=True).exists()


@pytest.mark.parametrize(("button", "is_shown"), (("show", True), ("hide", False)))
def test_links_of_low_confidence_are_work_of_the_desk_until_it_has_decided(
    client, reference, button, is_shown
):
    load_news_links(FOLDER)
    waiting = NewsLink.objects.waiting()
    number = waiting.count()
    assert number == len(ROWS) - SHOWN > 0
    curator = person_with(Role.CURATION)
    sign_in(client, curator)

    def counted():
        menu = client.get("/en/desk/").text
        return re.findall(r'class="desk-count" href="/en/desk/news/elsewhere/\?state=waiting">(\d+)<', menu)

    assert counted() == [str(number)]
    assert known_sources(curator, "news")[0].figures.waiting == number
    link = waiting[0]
    assert f'href="{DESK}{link.pk}/"' in client.get(f"{DESK}?state=waiting").text
    page = client.get(f"{DESK}{link.pk}/").text
    assert "Leave the link hidden" in page
    assert "The content file is not sure of this link." in page
    client.post(f"{DESK}{link.pk}/{button}/")
    assert waiting.count() == number - 1
    assert NewsLink.objects.get(pk=link.pk).hidden is not is_shown
    assert Entry.objects.filter(action=f"news.link.{button}").count() == 1
    client.post(f"{DESK}{link.pk}/{button}/")  # twice is once
    assert Entry.objects.filter(action=f"news.link.{button}").count() == 1
    load_news_links(FOLDER)
    assert waiting.count() == number - 1  # nor does loading again ask anew


def test_a_link_that_the_desk_hides_does_not_wait(client, reference):
    link = NewsLinkFactory()
    sign_in(client, person_with(Role.CURATION))
    client.post(f"{DESK}{link.pk}/hide/")
    assert NewsLink.objects.get(pk=link.pk).hidden
    assert not NewsLink.objects.waiting().exists()
    assert "Leave the link hidden" not in client.get(f"{DESK}{link.pk}/").text


def test_what_the_desk_did_stays_and_what_left_the_file_says_so(reference, folder):
    load_news_links(folder)
    first, second, third = NewsLink.objects.order_by("pk")[:3]
    NewsLink.objects.filter(pk=first.pk).update(title="As the desk has it", edited_by_hand=True)
    NewsLink.objects.filter(pk=second.pk).update(hidden=True)

    def other(rows):
        rows = [row for row in rows if row["code"] != third.code]
        for row in rows:
            if row["code"] in (first.code, second.code):
                row.update(title="As the file has it now", topics="corruption", countries="PER;KEN")
        return rows

    change_file(folder, other)
    assert (
        counts_text(load_news_links(folder)) == f"0 created, 1 updated, {len(ROWS) - 3} unchanged, 1 skipped"
    )
    for link in (first, second, third):
        link.refresh_from_db()
    assert first.title == "As the desk has it"
    assert (second.title, second.hidden) == ("As the file has it now", True)
    assert list(second.topics.values_list("pk", flat=True)) == ["corruption"]
    assert set(second.countries.values_list("pk", flat=True)) == {"KEN", "PER"}
    assert (first.gone_since, second.gone_since) == (None, None)
    assert third.gone_since is not None
    load_news_links(FOLDER)
    third.refresh_from_db()
    assert third.gone_since is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("confidence", "sure"),
        ("url", "javascript:x"),
        ("topics", "no-topic"),
        ("countries", "XXX"),
        ("language", "xx"),
        ("title", ""),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(reference, folder, column, value):
    def other(rows):
        rows[4][column] = value
        return rows

    change_file(folder, other)
    with pytest.raises(BadRow, match=r"news_links\.csv, line 6"):
        load_news_links(folder)
    assert not NewsLink.objects.exists()


def test_an_address_that_another_link_has_is_skipped(reference, folder):
    load_news_links(folder)
    renamed, edited, changed = NewsLink.objects.order_by("pk")[:3]
    NewsLink.objects.filter(pk=edited.pk).update(url="https://example.org/new", edited_by_hand=True)
    NewsLinkFactory(url="https://example.org/by-the-desk")

    def other(rows):
        for row in rows:
            if row["code"] == renamed.code:
                row["code"] = "renamed"
            if row["code"] == changed.code:
                row["url"] = "https://example.org/by-the-desk"
        return [*rows, {**rows[0], "code": "brought", "url": "https://example.org/new"}]

    change_file(folder, other)
    assert (
        counts_text(load_news_links(folder)) == f"0 created, 0 updated, {len(ROWS) - 3} unchanged, 4 skipped"
    )
    assert not NewsLink.objects.filter(code__in=("renamed", "brought")).exists()


def test_an_address_stands_in_the_file_once(reference, folder):
    change_file(folder, lambda rows: [*rows, {**rows[0], "code": "again"}])
    with pytest.raises(BadRow, match=f"line {len(ROWS) + 2}, column 'url'"):
        load_news_links(folder)


def test_the_page_of_a_country_has_the_links_about_it_and_leads_to_all(client, reference):
    NewsLinkFactory(title="About Peru", countries=["PER"])
    assert "country-elsewhere" not in client.get("/en/countries/KEN/").text
    assert client.get(f"{LIST}?country=KEN").text.count("story-line") == 0
    NewsLinkFactory(title="Hidden", countries=["KEN"], hidden=True)
    for day in range(1, 7):
        NewsLinkFactory(title=f"Of day {day}", countries=["KEN", "UGA"], published_on=f"2024-10-0{day}")
    page = client.get("/en/countries/KEN/").text
    assert [f"Of day {day}" in page for day in range(1, 7)] == [False, True, True, True, True, True]
    assert "Hidden" not in page
    assert "About Peru" not in page
    assert 'href="/en/news/elsewhere/?country=KEN"' in page
    narrowed = client.get(f"{LIST}?country=KEN").text
    assert "6 links" in narrowed
    assert "About Peru" not in narrowed
    assert '<option value="KEN" selected>' in narrowed
    assert '<option value="FRA"' not in narrowed  # no link is about it
    link = NewsLink.objects.get(title="About Peru")
    assert 'href="/en/countries/PER/"' in client.get(link.get_absolute_url()).text


def test_lists_tell_whose_it_is_and_have_a_feed(client, reference):
    undated = NewsLinkFactory(title="Arms at sea", topics=["firearms"], title_is_ours=True, published_on="")
    two = NewsLinkFactory(title="Les armes", topics=["firearms", "corruption"], language_id="fr")
    NewsLinkFactory(title="Nobody sees it", topics=["firearms"], hidden=True)
    StoryFactory(title="A story of ours")
    page = client.get(LIST).text
    assert "2 links" in page
    for words in (
        undated.url,
        "A publisher",
        "October 2024",
        "date not found",
        "title in our words",
        "in French",
    ):
        assert words in page
    assert "read on 28 November 2026" in page
    assert page.index(two.title) < page.index(undated.title)  # what has no date comes last
    for absent in ("Nobody sees it", "A story of ours"):
        assert absent not in page
    assert undated.title not in client.get("/en/news/").text
    narrowed = client.get(f"{LIST}?topic=firearms&language=fr&year=2024&publisher=A+publisher").text
    assert two.title in narrowed
    assert undated.title not in narrowed
    assert (
        "“1999” is not a choice of the filter “Year”, so nothing is found."
        in client.get(f"{LIST}?year=1999").text
    )
    assert "No link matches all of your filters" in client.get(f"{LIST}?topic=cybercrime").text
    feed = client.get(f"{FEED}?language=fr")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert f'<link href="{two.url}"' in feed.text
    assert undated.title not in feed.text
    arabic = client.get("/ar/news/elsewhere/").text
    assert '<bdi lang="en" dir="ltr">What it is about.</bdi>' in arabic


def test_an_empty_page_leads_on(client, reference):
    assert 'href="/en/news/"' in client.get(LIST).text.partition('class="empty"')[2]
    assert f'href="{LIST}"' in client.get("/en/news/").text.partition('class="empty"')[2]


def test_the_desk_adds_edits_and_hides(client, reference):
    sign_in(client, person_with(Role.CURATION))
    wrong = client.post(f"{DESK}new/", {**ANSWERS, "url": "ftp://example.org", "published_on": "soon"}).text
    assert wrong.count("aria-invalid") == 2
    assert client.post(f"{DESK}new/", ANSWERS)["Location"] == DESK
    link = NewsLink.objects.get()
    assert (link.source, link.code, link.edited_by_hand) == (link.url, "", True)
    assert Document.objects.get(kind="news.newslink").object_id == link.pk
    assert "There is a link to this page already." in client.post(f"{DESK}new/", ANSWERS).text
    page = f"{DESK}{link.pk}/"
    client.post(page, {**ANSWERS, "title": "Another title"})
    link.refresh_from_db()
    assert link.title == "Another title"
    assert "added a link to news elsewhere" in client.get(page).text
    assert client.post(f"{page}hide/")["Location"] == page
    assert not Document.objects.filter(kind="news.newslink").exists()
    assert link.title in client.get(f"{DESK}?state=hidden").text
    assert "Hidden" in client.get(link.get_absolute_url()).text
    client.logout()
    assert client.get(link.get_absolute_url()).status_code == 404
    sign_in(client, person_with(Role.HEAD))
    client.post(f"{page}show/")
    client.logout()
    shown = client.get(link.get_absolute_url()).text
    assert link.url in shown
    assert "noindex" in shown


def test_a_link_that_the_desk_added_is_not_loaded_beside_it(reference):
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    NewsLinkFactory(code="", url=row["url"], title="By the desk", edited_by_hand=True)
    assert (
        counts_text(load_news_links(FOLDER)) == f"{len(ROWS) - 1} created, 0 updated, 0 unchanged, 1 skipped"
    )
    assert NewsLink.objects.get(url=row["url"]).title == "By the desk"
