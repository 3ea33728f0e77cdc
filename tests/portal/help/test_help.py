"""The help: who reads which page, what it tells of dates and periods, and that its links lead somewhere."""

import re
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.data_rights.models import RetentionRule
from accounts.hooks import retained, sections
from accounts.people.enums import Role
from coordination.mailings.actions import set_limit
from coordination.mailings.enums import Hat
from core.help_places import help_places
from news.newsletter.queries import current_texts
from portal.content import load_content
from portal.help.enums import PAGES
from portal.help.queries import HELP, numbers
from portal.pages.actions import load_pages
from reviews.seed import load_mechanism
from search.actions import rebuild
from tests.access.walk import patterns
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in

pytestmark = pytest.mark.django_db

STAFF = [code for code, page in PAGES.items() if page.is_for_staff]
OPEN = [code for code, page in PAGES.items() if not page.is_for_staff]


def main_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.text.split('id="main"', 1)[1].partition("</main>")[0]


def text_of(client, code):
    return " ".join(re.sub("<[^>]+>", " ", main_of(client, f"/en/help/{code}/")).split())


def test_the_first_page_lists_what_the_reader_may_read_and_the_handbook_is_for_staff(client):
    listed = re.findall(r'href="/en/help/([\w-]+)/"', main_of(client, "/en/help/"))
    assert listed == OPEN
    sign_in(client, person_with(Role.CURATION))
    page = main_of(client, "/en/help/")
    assert re.findall(r'href="/en/help/([\w-]+)/"', page) == [*OPEN, *STAFF]
    assert 'id="staff"' in page


@pytest.mark.behaviour("X-13")
@pytest.mark.parametrize("role", (None, Role.STATE, Role.REGIONAL))
def test_the_handbook_is_missing_for_all_others(client, role, subtests):
    person = person_with(role) if role else UserFactory()
    for is_signed_in in (False, True):
        if is_signed_in:
            sign_in(client, person)
        for code in (*STAFF, "nothing"):
            with subtests.test(code=code, is_signed_in=is_signed_in):
                assert client.get(f"/en/help/{code}/").status_code == 404


def test_a_page_is_short_asks_questions_and_its_links_lead_somewhere(client, reference, subtests):
    """Links of staff are followed as the head of desk, who has most of the desk's pages."""
    load_pages()
    load_content(["programme"])
    person = person_with(Role.HEAD)
    GrantFactory(user=person, role=Role.REGIONAL)
    sign_in(client, person)
    places = {}  # of each page that is led to: all its anchors; most are led to by several
    for code in PAGES:
        with subtests.test(code=code):
            page = main_of(client, f"/en/help/{code}/")
            headings = re.findall(r'<h2 id="([\w-]+)">(.*?)</h2>', page)
            assert all(title.endswith("?") for _place, title in headings)
            assert len({place for place, _title in headings}) == len(headings) > 2
            for address in set(re.findall(r'href="(/en/[^"]+)"', page)):
                path, _hash, place = address.partition("#")
                if path not in places:
                    answer = client.get(path, follow=True)
                    assert answer.status_code == 200, address
                    places[path] = set(re.findall(r'id="([^"]*)"', answer.text))
                assert not place or place in places[path], address


def test_a_step_at_the_desk_is_a_link_for_those_who_may_open_it_alone(client, reference, subtests):
    for role in (Role.VETTING, Role.CURATION, Role.EVENTS, Role.REVIEWS):
        sign_in(client, person_with(role))
        opened = set()
        for code in STAFF:
            with subtests.test(role=role, code=code):
                page = main_of(client, f"/en/help/{code}/")
                for path in set(re.findall(r'href="(/en/(?:desk|admin|networks|regional)/[^"#]*)"', page)):
                    if path not in opened:
                        assert client.get(path).status_code == 200, path
                        opened.add(path)


def test_every_page_opens_in_every_language(client, subtests):
    for code in OPEN:
        for language, _name in settings.LANGUAGES:
            with subtests.test(code=code, language=language):
                answer = client.get(f"/{language}/help/{code}/")
                assert answer.status_code == 200
                assert f'<html lang="{language}"' in answer.text


# --- What it tells is what the code does --------------------------------------------------------------
def test_periods_are_those_of_the_settings(client, settings):
    settings.STAKEHOLDERS_VETTING_DAYS = 11
    settings.STAKEHOLDERS_ANSWER_DAYS = 21
    settings.STAKEHOLDERS_RECONSIDER_DAYS = 31
    settings.WORKFLOW_ESCALATION_DAYS = (8, 15)
    text = text_of(client, "registration")
    for sentence in (
        "a decision within 11 working days",
        "You have 21 working days.",
        "Within 31 days you can ask, once, for another person",
        "They have 8 days to give a view.",
    ):
        assert sentence in text
    settings.STAKEHOLDERS_ANSWER_DAYS = 1
    assert "You have 1 working day." in text_of(client, "registration")
    settings.STAKEHOLDERS_CONFIRM_DAYS, settings.STAKEHOLDERS_GRACE_DAYS = 366, 29
    settings.STAKEHOLDERS_REMINDER_DAYS = (40, 6, 0)
    text = text_of(client, "profile")
    assert "up to date for 366 days" in text
    assert "Reminders come 40 and 6 days before the end" in text
    assert "leaves the directory 29 days later" in text
    settings.SESSION_COOKIE_AGE = 13 * 86400
    assert "to stay for 13 days" in text_of(client, "account")


def test_the_limit_of_messages_is_the_one_that_the_desk_set(client):
    assert "You may send 1 within 24 hours and 4 within 30 days." in text_of(client, "focal-points")
    set_limit(Hat.REGIONAL, 2, 9, actor=person_with(Role.HEAD))
    assert "You may send 2 within 24 hours and 9 within 30 days." in text_of(client, "focal-points")


def test_what_is_kept_and_for_how_long_comes_from_the_rules_themselves(client):
    RetentionRule.objects.filter(subject="notifications.notice").update(days=1234)
    page = main_of(client, "/en/help/your-data/")
    table = page.split("<tbody>", 1)[1].partition("</tbody>")[0]
    assert table.count("<tr>") == len([*retained])
    assert ">1,234</td>" in table
    for section in sections.values():
        assert f"<dt>{section.label}</dt>" in page


def test_the_review_is_told_with_its_phase_of_today_and_the_steps_of_the_database(
    client, reference, time_machine
):
    assert "No calendar of the phases is recorded yet." in text_of(client, "review")
    load_mechanism()
    for year, phases in ((2026, ("IV", "III", "III")), (2021, ("I", "I", "")), (2035, ("", "", ""))):
        time_machine.move_to(datetime(year, 6, 1, tzinfo=UTC))
        text = text_of(client, "review")
        assert f"By the nominal calendar, in {year}:" in text
        for group, phase in enumerate(phases, start=1):
            state = f"is in phase {phase}." if phase else "is between phases."
            assert f"Group {group} {state}" in text
    assert "Answers to the self-assessment questionnaire State under review" in text
    assert "Within 6 months, counted from: Start of the phase" in text
    assert "(read on 24 November 2026)" in text


# The most that a page needs: one for each list of the database that it shows.
STATEMENTS = {"registration": 0, "your-data": 1, "review": 2, "se4u": 1}


def test_a_page_asks_few_statements(client, reference, subtests):
    load_mechanism()
    for code, most in STATEMENTS.items():
        with subtests.test(code=code):
            with CaptureQueriesContext(connection) as queries:
                main_of(client, f"/en/help/{code}/")
            assert len(queries) <= most


# --- In the search, and from other pages ------------------------------------------------------------
def test_the_search_finds_it_under_its_title_in_the_language_of_the_page_and_the_handbook_for_staff(client):
    rebuild("portal.help")
    page = main_of(client, "/en/search/?q=recovery+codes")
    assert '<a href="/en/help/account/">' in page
    assert "/en/help/vetting/" not in main_of(client, "/en/search/?q=checklist+red+flag")
    sign_in(client, person_with(Role.VETTING))
    assert '<a href="/en/help/vetting/">' in main_of(client, "/en/search/?q=checklist+red+flag")


def test_every_place_that_a_page_leads_to_is_there(client):
    sign_in(client, person_with(Role.HEAD))
    pages = {}
    for declared_place in help_places.values():
        for place in filter(None, (declared_place.place, declared_place.others)):
            code, _hash, section = place.partition("#")
            if code not in pages:
                pages[code] = main_of(client, f"/en/help/{code}/" if code else "/en/help/")
            assert not section or f'id="{section}"' in pages[code], place


def help_of(client, url):
    return re.search(r'class="page-help" href="([^"]+)"', client.get(url).text)[1]


SECTIONS = {
    "/en/accounts/login/": "account/#sign-in",
    "/en/accounts/signup/": "account/#create",
    "/en/accounts/password/reset/": "account/#password",
    "/en/stakeholders/": "visitors/#find",
    "/en/stakeholders/register/": "registration/#how",
    "/en/newsletter/": "visitors/#newsletter",
    "/en/dialogues/": "taking-part/#dialogues",
    "/en/reviews/": "review/",
}


@pytest.mark.behaviour("X-13")
def test_a_page_leads_to_the_section_about_it(client, subtests):
    for url, place in SECTIONS.items():
        with subtests.test(url=url):
            assert help_of(client, url) == f"/en/help/{place}"


def test_who_may_not_read_the_handbook_is_led_elsewhere(client):
    focal_point, desk = person_with(Role.REGIONAL), person_with(Role.REVIEWS)
    sign_in(client, desk)
    assert help_of(client, "/en/desk/calls/new/") == "/en/help/calls/#publish"
    sign_in(client, focal_point)
    assert help_of(client, "/en/desk/calls/new/") == "/en/help/focal-points/#calls"


def test_no_help_about_itself_and_none_on_a_page_that_is_missing(client):
    for url in ("/en/", "/en/help/", "/en/help/review/", "/en/nothing/", "/en/countries/nowhere/"):
        assert "page-help" not in client.get(url).text


def test_guessed_addresses_lead_there(client):
    for guessed in ("faq", "how-it-works"):
        answer = client.get(f"/ar/{guessed}/")
        assert (answer.status_code, answer.url) == (301, "/ar/help/")


def test_what_is_named_among_the_places_is_an_address_a_subject_a_namespace_or_an_app():
    names = set(patterns())
    spaces = {name.partition(":")[0] for name in names} | {"allauth"}
    for page in help_places:
        is_subject = "." in page and import_module(page)
        assert is_subject or page in names | spaces, page


def test_an_issue_of_the_newsletter_has_a_page_of_the_help_in_its_own_language(db):
    rebuild("portal.help")
    (texts,) = current_texts(HELP, [numbers()[0]]).values()
    assert set(texts) == {code for code, _name in settings.LANGUAGES}
    page = next(iter(PAGES.values()))
    for code, text in texts.items():
        with override(code):
            assert (text["title"], text["summary"]) == (str(page.title), str(page.lead))
