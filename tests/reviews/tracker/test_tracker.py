"""The tracker and the page of one country, as a visitor sees them."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.utils.formats import date_format
from openpyxl import load_workbook

from reviews.mechanism.models import Phase, StepKind
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument, ReviewingState
from taxonomy.hooks import country_panels
from taxonomy.law.models import Participation
from taxonomy.places.models import Country
from tests.factories.reviews import recorded, review_of
from tests.factories.stakeholders import StakeholderFactory
from tests.support import lines_of, words_of

pytestmark = pytest.mark.usefixtures("mechanism")


def listed_countries(client, **parameters):
    page = client.get("/en/reviews/", {"page": "all"} | parameters)
    assert page.status_code == 200
    return re.findall(r'<th scope="row"><a href="/en/reviews/([A-Z]{3})/">', page.content.decode())


def test_every_country_stands_in_the_tracker_with_its_latest_step_date_and_source(client):
    recorded("KEN", "consultation", date="2023-05-04", source="CTOC/COP/2023/7")
    recorded("KEN", "questionnaire", "under_way", date="2024-10")
    page = client.get("/en/reviews/", {"page": "all"})
    row = re.search(r'<a href="/en/reviews/KEN/">.*?</tr>', page.content.decode(), re.DOTALL)[0]
    assert len(listed_countries(client)) == 197
    row = " ".join(re.sub(r"<[^>]*>", " ", row).split())
    assert "Answers to the self-assessment questionnaire Under way, October 2024 · CTOC/COP/2026/1" in row
    assert row.count("Not yet recorded") == 1  # of the three other phases together
    beside = words_of(page).partition("Parties that are not States")[2]
    convention = Participation.objects.get(pk="EU-UNTOC")
    assert f"European Union {convention.instrument.name} Approval, 21 May 2004" in beside
    assert convention.source in beside
    assert "Review group No public information" in beside


def test_filters_narrow_and_are_told_with_the_way_out(client):
    recorded("KEN", "summary", date="2024-01-01")
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    assert listed_countries(client, region="002", step="summary") == ["KEN"]
    assert listed_countries(client, step="summary", group="2", un_group="african") == ["KEN"]
    assert "KEN" in listed_countries(client, group=["1", "2"])
    assert "KEN" not in listed_countries(client, group="unknown")
    assert listed_countries(client, step="summary", group="3") == []
    page = client.get("/en/reviews/", {"step": "summary", "region": "002"}).content.decode()
    assert 'href="?region=002"' in page
    assert "noindex" in page
    wrong = client.get("/en/reviews/", {"group": "best", "sort": "progress"}).content.decode()
    assert "“best” is not a choice of the filter “Review group”, so nothing is found." in wrong
    assert "Not understood and left out: Sort by." in wrong
    assert (
        "No country matches" in client.get("/en/reviews/", {"step": "summary", "group": "3"}).content.decode()
    )


def test_a_page_has_twenty_five_countries_and_a_name_or_a_code_finds_one(client):
    first = client.get("/en/reviews/", {"sort": "name"})
    assert len(re.findall(r'<th scope="row"><a href="/en/reviews/', first.text)) == 25
    assert "Show all 197 countries on one page" in words_of(first)
    assert listed_countries(client, q="keny") == listed_countries(client, q="KEN") == ["KEN"]
    assert listed_countries(client, q="Côte") == listed_countries(client, q="cote d") == ["CIV"]
    assert listed_countries(client, q="Atlantis") == []
    assert 'href="?q=land&amp;page=' not in client.get("/en/reviews/", {"q": "land"}).text
    assert [row["iso3"] for row in lines_of(client.get("/en/reviews/tracker.csv", {"q": "keny"}))] == ["KEN"]


def opened(client, address="/en/reviews/"):
    page = client.get(address)
    assert page.status_code == 200
    return re.findall(r'<th scope="row"><a href="/en/reviews/([A-Z]{3})/">', page.text)


def test_it_opens_on_what_is_recorded_and_one_press_has_all(client):
    recorded("ZWE", "summary", date="2024-01-01")
    recorded("FRA", "observations", "no_information")
    page = client.get("/en/reviews/")
    known = listed_countries(client, information="recorded")
    assert opened(client) == known[:25]
    assert opened(client, "/en/reviews/?page=2") == known[25:50]
    assert opened(client, "/en/reviews/?information=recorded&page=2") == known[25:50]
    assert "ZWE" in known
    assert len(known) < 197
    tabs = re.search(r'<nav class="views".*?</nav>', page.text, re.DOTALL)[0]
    assert re.search(r'<a href="/en/reviews/" aria-current="page">\s*With recorded steps', tabs)
    assert re.search(r'<a href="/en/reviews/\?sort=name">\s*All 197 countries', tabs)
    assert "noindex" not in page.text
    everything = client.get("/en/reviews/?sort=name")
    assert "197 countries" in words_of(everything)
    assert re.search(r'sort=name" aria-current="page">\s*All 197', everything.text)
    assert "noindex" not in everything.text
    # A name is looked for among all of them: nothing is ticked that nobody chose.
    assert not re.search(r"<input[^>]* checked", page.text)
    assert listed_countries(client, q="Afghanistan") == ["AFG"]
    assert 'href="/en/reviews/tracker.csv?information=recorded"' in page.text


def test_where_nothing_is_recorded_it_opens_on_all(client):
    StepKind.objects.update(retired=True)
    page = client.get("/en/reviews/")
    assert "197 countries" in words_of(page)
    assert "No country matches" not in page.text


def test_countries_with_recorded_steps_can_be_asked_for(client):
    before = listed_countries(client, information="recorded")
    recorded("FRA", "observations", "no_information")
    assert listed_countries(client, information="recorded") == before
    recorded("FRA", "summary", date="2024-01-01")
    after = listed_countries(client, information="recorded")
    assert set(after) - set(before) <= {"FRA"}
    assert "FRA" in after
    assert len(after) + len(listed_countries(client, information="unknown")) == 197


def test_each_phase_has_its_latest_known_step_or_says_why_there_is_none(client, time_machine):
    time_machine.move_to(datetime(2024, 3, 1, tzinfo=UTC))
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    recorded("KEN", "summary", phase="I", date="2023-01-01")
    recorded("KEN", "questionnaire", "no_information", phase="I")
    recorded("KEN", "questionnaire", "no_information", phase="II")
    page = client.get("/en/reviews/", {"q": "KEN"}).text
    row = re.search(r'<a href="/en/reviews/KEN/">.*?</tr>', page, re.DOTALL)[0]
    cells = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row.split("<td")[2:]]
    assert "Summary of the list of observations Done, 1 January 2023" in cells[0]
    assert "Now, by the calendar" in cells[1]
    assert "No public information" in cells[1]
    assert cells[2].startswith('colspan="2"')
    assert cells[2].count("Not yet due") == 1
    assert "Phase III–IV: " in cells[2]  # on a phone nothing else says of which phases it is told
    assert len(cells) == 3


def test_a_filter_by_instrument_asks_for_parties_and_not_knowing_is_not_being_one(client):
    Participation.objects.filter(country="KEN", instrument="FA").update(is_party=True)
    Participation.objects.filter(country="FRA", instrument="FA").update(is_party=None, date=None)
    parties = listed_countries(client, instrument="FA")
    assert "KEN" in parties
    assert "FRA" not in parties
    assert "Firearms Protocol Not known" in words_of(client.get("/en/countries/FRA/"))
    recorded("KEN", "summary", instrument="FA", date="2024-01-01")
    assert listed_countries(client, instrument="FA", step="summary") == ["KEN"]
    assert listed_countries(client, instrument="TIP", step="summary") == []


def test_the_address_of_the_map_leads_to_the_table_with_its_question(client):
    answer = client.get("/en/reviews/map/?region=002&step=summary")
    assert (answer.status_code, answer.url) == (301, "/en/reviews/?region=002&step=summary")
    assert client.get("/en/reviews/map/").url == "/en/reviews/"


def test_the_file_cannot_run_and_a_workbook_names_its_filters(client):
    recorded("KEN", "summary", date="2024-01-01", source="=HYPERLINK(1)")
    response = client.get("/en/reviews/tracker.csv", {"step": "summary", "sort": "date"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = lines_of(response)
    assert (row["iso3"], row["latest_step_date"], row["source"]) == ("KEN", "2024-01-01", "'=HYPERLINK(1)")
    answer = client.get("/en/reviews/tracker.xlsx", {"step": "summary", "sort": "date"})
    sheet, about = load_workbook(io.BytesIO(answer.getvalue())).worksheets
    heads, cells = sheet.iter_rows(values_only=True)
    values = dict(zip(heads, cells, strict=True))
    assert values["Latest known step"] == "Summary of the list of observations"
    assert (values["Date"].date(), values["Source"]) == (date(2024, 1, 1), "'=HYPERLINK(1)")
    lines = dict(line[:2] for line in about.iter_rows(max_row=6, values_only=True))
    assert lines["Filters"].splitlines() == [
        "Latest known step: Summary of the list of observations",
        "Sort by: Date of the latest record",
    ]


# --- The page of one country ------------------------------------------------------------------------------


@pytest.mark.behaviour("R-01")
def test_the_page_says_by_instrument_and_phase_what_is_known_with_date_and_source(client):
    CountryReview.objects.filter(country="KEN").update(group="2", source="https://example.org/groups")
    recorded("KEN", "questionnaire", date="2023-06-01", source="CTOC/COP/2023/7")
    recorded("KEN", "feedback", "under_way", instrument="FA", date="2023-09")
    ReviewingState.objects.create(
        review=review_of("KEN"), instrument_id="FA", reviewer_id="FRA", source="A published overview"
    )
    page = client.get("/en/reviews/KEN/")
    text = words_of(page)
    assert "Kenya is in review group 2 (nominal start: 1 November 2021)." in text
    assert (
        "Latest known step: Written feedback of the reviewing States (phase I), Under way, September 2023."
        in text
    )
    assert "Phase I: Written feedback of the reviewing States, Under way, September 2023" in text
    assert "Phase I: Answers to the self-assessment questionnaire, Done, 1 June 2023" in text
    # Sentences above say the dates too, so each is looked for in the cell of its step.
    cells = [cell.partition("</li>")[0] for cell in page.text.split('<li class="phase-step">')[1:]]
    for step, expected in (
        ("Answers to the self-assessment questionnaire", ("<strong>Done</strong>", "1 June 2023", "[2]")),
        (
            "Written feedback of the reviewing States",
            ("Firearms Protocol:", "<strong>Under way</strong>", "September 2023", "[1]"),
        ),
    ):
        cell = next(cell for cell in cells if f"<h4>{step}" in cell)
        for part in expected:
            assert part in cell, (step, part)
    assert "France" in text
    assert "A published overview" in text
    assert 'id="source-1"' in page.content.decode()
    assert "CTOC/COP/2023/7" in text
    assert "Due by the rule on 1 December 2023." in text


def test_what_is_not_recorded_is_one_line(client):
    """A State without any record has one fold; the steps beside a record have one of their phase."""
    steps = len(StepKind.objects.all().offered())
    [fold] = folds(client.get("/en/reviews/AFG/"))
    assert fold.startswith("No step is recorded yet. What the four phases are")
    assert fold.count("Not yet recorded") + fold.count("Not public by rule") == 4 * steps
    assert "Group 1 " in fold  # the calendar of all groups, where its own is not known
    assert "Group 3 " in fold
    assert "No step is recorded, so there is no source" not in client.get("/en/reviews/AFG/").text
    recorded("AFG", "questionnaire", phase="II", date="2024-01-01")
    of_phase, others = folds(page := client.get("/en/reviews/AFG/"))
    assert of_phase.startswith(f"{steps - 1} other steps of this phase: nothing is recorded yet")
    assert others.startswith("No step of the other phases is recorded yet. What they are")
    shown = re.sub(r"<details.*?</details>", "", page.text, flags=re.DOTALL)
    assert "Not yet recorded" not in shown
    assert "Answers to the self-assessment questionnaire" in shown


def folds(page):
    """The text of each fold but the glossary's."""
    all_folds = re.findall(r"<details.*?</details>", page.text.partition("<main")[2], re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]*>", " ", fold).split()) for fold in all_folds]
    return [text for text in texts if not text.startswith("Glossary")]


def test_the_table_by_instrument_is_there_once_something_differs_by_it(client):
    recorded("KEN", "questionnaire", date="2024-01-01")
    assert 'id="instruments"' not in client.get("/en/reviews/KEN/").text
    recorded("KEN", "summary", instrument="FA")
    assert 'id="instruments"' in client.get("/en/reviews/KEN/").text


def test_the_page_of_the_state_has_what_holds_for_every_state(client, time_machine):
    time_machine.move_to(datetime(2024, 3, 1, tzinfo=UTC))
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    Participation.objects.filter(country="KEN").update(source="A depositary", source_date="2026-01-15")
    Participation.objects.filter(country="KEN", instrument="FA").update(is_party=False, date=None)
    page = client.get("/en/countries/KEN/")
    text = words_of(page)
    assert "Kenya is in review group 2." in text
    assert "By the calendar of its group it is in Phase II, from 2023 to 2025." in text
    convention = Participation.objects.get(pk="KEN-UNTOC")
    act, day = convention.get_action_display(), date_format(convention.date, "DATE_FORMAT")
    assert f"{convention.instrument.name} Party: {act}, {day}" in text
    assert "Firearms Protocol Not a party" in text
    assert text.count("A depositary (15 January 2026)") == 1
    assert 'href="https://docs.un.org/en/CTOC/COP/WG.10/2020/3"' in page.text
    assert "https://docs.un.org/fr/CTOC/COP/WG.10/2020/3" in client.get("/fr/countries/KEN/").text
    # What it says is not said again by the page of its review, which leads here.
    review = client.get("/en/reviews/KEN/")
    assert "A depositary" not in review.text
    assert 'href="/en/countries/KEN/"' in review.text
    assert 'id="country-treaties"' not in client.get("/en/countries/ABW/").text


def test_a_phase_without_a_nominal_end_has_no_sentence_that_breaks_off(client, time_machine):
    time_machine.move_to(datetime(2024, 3, 1, tzinfo=UTC))
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    Phase.objects.filter(group="2", cluster="II").update(ends="")
    text = words_of(client.get("/en/countries/KEN/"))
    assert "Kenya is in review group 2." in text
    assert "By the calendar of its group" not in text


@pytest.mark.behaviour("R-03")
def test_the_kinds_of_no_information_are_words_of_their_own(client, time_machine):
    time_machine.move_to(datetime(2022, 3, 1, tzinfo=UTC))
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    recorded("KEN", "observations", "no_information")
    page = client.get("/en/reviews/KEN/").content.decode()
    cells = dict(re.findall(r"<h4>([^<]*)</h4>\s*<p class=\"step-fact\">\s*(?:<strong>)?([^<]*)<", page)[:10])
    assert cells["List of observations"] == "No public information"
    assert cells["Preliminary consultation"] == "Not public by rule"
    assert cells["Summary of the list of observations"] == "Not yet recorded"
    assert cells["Answers to the self-assessment questionnaire"] == "Not yet due"
    second = page.split('id="phase-II"')[1]
    assert second.count("Not yet due") >= 10
    assert "Not started" not in page


@pytest.mark.behaviour("R-04")
def test_documents_have_symbol_date_and_languages_or_are_not_public(client):
    review = review_of("KEN")
    ReviewDocument.objects.create(
        review=review,
        cluster_id="I",
        kind_id="observations",
        symbol="CTOC/COP/WG.9/2024/2",
        date="2024-05",
        publicity="public",
        url_en="https://example.org/en",
        url_ar="https://example.org/ar",
    )
    ReviewDocument.objects.create(
        review=review, cluster_id="I", kind_id="feedback", title="Feedback", publicity="not_public"
    )
    page = client.get("/en/reviews/KEN/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))
    assert re.search(r"List of observations CTOC/COP/WG.9/2024/2, May 2024: \S+ · English", text)
    assert "Written feedback Feedback: not public" in text
    assert 'hreflang="ar"' in page


@pytest.mark.parametrize(
    ("nominated", "says"),
    (("yes", "has named an official"), ("no", "has not named an official yet"), ("unknown", "is not known")),
)
def test_the_focal_point_is_named_only_where_published(client, nominated, says):
    FocalPoint.objects.update_or_create(
        review=review_of("KEN"), defaults={"nominated": nominated, "source": "A page", "name": ""}
    )
    text = words_of(client.get("/en/reviews/KEN/"))
    assert says in text
    assert "official of a State here: Secretariat of the Conference of the Parties, Vienna." in text


def test_notes_for_ourselves_are_on_no_public_page(client):
    ReviewDocument.objects.create(review=review_of("KEN"), kind_id="summary", title="A paper", source="x")
    page = client.get("/en/reviews/KEN/")
    text = words_of(page)
    assert "Phase I: Criminalization and jurisdiction" in text
    assert "A paper" in text
    for note in ("not verified", "no link found", "The calendar is not known", "there is no source of one"):
        assert note not in text


def test_stakeholders_of_the_country_are_those_the_reader_may_find(client):
    StakeholderFactory(name="Coastal Watch")
    StakeholderFactory(name="Hidden House", listing="unlisted")
    StakeholderFactory(name="Elsewhere", country_id="FRA")
    page = client.get("/en/countries/KEN/").content.decode()
    assert "Coastal Watch" in page
    for address in ("/en/reviews/KEN/", "/en/countries/KEN/"):
        page = client.get(address).content.decode()
        assert "Hidden House" not in page
        assert "Elsewhere" not in page


def test_the_country_page_brings_the_panels_together(client):
    recorded("KEN", "summary", date="2024-01-01")
    text = words_of(client.get("/en/countries/KEN/"))
    assert "Review under the Convention" in text
    assert "Latest known step: Summary of the list of observations (phase I), Done." in text
    assert "No stakeholder from here is in the directory yet." in text
    assert "Review under the Convention" not in words_of(client.get("/en/countries/ABW/"))
    assert client.get("/en/countries/XXX/").status_code == 404
    index = client.get("/en/countries/").content.decode()
    assert index.index("Africa") < index.index("Asia")
    assert 'href="/en/countries/KEN/"' in index


def test_a_demonstration_says_what_it_is_where_no_banner_does(client):
    """Pages have the banner, and no mark at each fact; a feed is read elsewhere."""
    recorded("KEN", "summary", date="2024-01-01", is_demo=True)
    for address in ("/en/reviews/?step=summary", "/en/reviews/KEN/", "/en/countries/KEN/"):
        assert "Demonstration" not in client.get(address).content.decode(), address
    assert "Demonstration:" in client.get("/en/reviews/KEN/changes.atom").content.decode()
    assert "noindex" in client.get("/en/reviews/KEN/").content.decode()


# --- Files ----------------------------------------------------------------------------------------------


def test_deadlines_come_as_a_calendar(client):
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    recorded("KEN", "focal_point", date="2021-11-10")
    response = client.get("/en/reviews/KEN/deadlines.ics")
    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 2  # the focal point was named
    assert "DTSTART;VALUE=DATE:20220501\r\nDTEND;VALUE=DATE:20220502\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    arabic = client.get("/ar/reviews/KEN/deadlines.ics").content
    assert all(len(line) <= 75 for line in arabic.split(b"\r\n"))


def test_changes_come_as_a_feed(client):
    recorded("KEN", "summary", date="2024-01-01")
    recorded("FRA", "summary")
    everything = client.get("/en/reviews/changes.atom").content.decode()
    assert "<title>Kenya: Summary of the list of observations (Phase I: " in everything
    assert everything.index("France") < everything.index("Kenya")
    own = client.get("/en/reviews/KEN/changes.atom").content.decode()
    assert "France" not in own
    assert "http://testserver/en/reviews/KEN/" in own


# --- What it costs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("countries", (1, 3))
@pytest.mark.parametrize("address", ("/en/reviews/", "/en/reviews/?instrument=FA&region=002&sort=region"))
def test_the_tracker_costs_the_same_whatever_is_recorded(
    client, django_assert_max_num_queries, countries, address
):
    for iso3 in ("KEN", "FRA", "BRA")[:countries]:
        for phase in ("I", "II"):
            recorded(iso3, "summary", phase=phase, date="2024-01-01")
    with django_assert_max_num_queries(6):
        client.get(address)


@pytest.mark.parametrize("rows", (1, 3))
def test_the_page_of_a_country_costs_the_same_whatever_is_recorded(
    client, django_assert_max_num_queries, rows
):
    for step in ("summary", "feedback", "questionnaire")[:rows]:
        recorded("KEN", step, date="2024-01-01")
        recorded("KEN", step, instrument="FA")
        StakeholderFactory()
    for reviewer in ("FRA", "BRA", "UGA")[:rows]:
        ReviewingState.objects.create(
            review=review_of("KEN"), instrument_id="FA", reviewer_id=reviewer, source="An overview"
        )
    with django_assert_max_num_queries(8 + sum("review" in panel.pages for panel in country_panels.values())):
        client.get("/en/reviews/KEN/")


def test_a_kept_page_is_old_as_soon_as_something_is_recorded(client, settings):
    settings.KEEP_PAGES_SECONDS = 600
    assert listed_countries(client, step="summary") == []
    recorded("KEN", "summary", date="2024-01-01")
    assert listed_countries(client, step="summary") == ["KEN"]
    country = Country.objects.get(pk="KEN")
    country.name_en = "Kenya renamed"
    country.save()
    assert "Kenya renamed" in client.get("/en/reviews/?step=summary").content.decode()
    country.name_en = "Kenya"
    country.save()


def test_every_language_shows_the_page(client):
    recorded("KEN", "summary", date="2024-01-01")
    for language, name in (
        ("ar", "كينيا"),
        ("zh", "肯尼亚"),
        ("fr", "Kenya"),
        ("ru", "Кения"),
        ("es", "Kenya"),
    ):
        page = client.get(f"/{language}/reviews/KEN/").content.decode()
        assert name in page
    assert "موجز قائمة الملاحظات" in client.get("/ar/reviews/KEN/").content.decode()
