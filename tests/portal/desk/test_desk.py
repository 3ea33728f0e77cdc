"""The desk: its menu, its one list of work, and numbers that agree with each other."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from news.curation.queries import STATES
from stakeholders.registers.models import Candidate
from tests.factories.accounts import PASSWORD, UserFactory, person_with, sign_in
from tests.factories.events import sent_for
from tests.factories.news import NewsLinkFactory, StoryFactory
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, sent_application
from tests.portal.desk.pages import DESK, counts_of, menu_of, tabs_of, titles_of
from tests.support import assert_no_growth, markup_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_by_who_does_it_and_by_when_it_is_due(client, reference):
    vetter = person_with(Role.VETTING)
    for name, holder, days in (("Mine", vetter, 3), ("Free", None, 20), ("Late", None, -2)):
        item = WorkItem.objects.about(sent_application(name=name)).get()
        WorkItem.objects.filter(pk=item.pk).update(holder=holder, until=now() + timedelta(days=days))
    still = WorkItem.objects.about(sent_application(name="Still")).get()
    WorkItem.objects.filter(pk=still.pk).update(paused_since=now())
    sign_in(client, vetter)
    page = markup_of(client.get(DESK))
    assert titles_of(page) == ["Late", "Mine", "Free", "Still"]
    assert tabs_of(page) == {
        "All": "4",
        "Assigned to me": "1",
        "Unassigned": "2",
        "Due within 7 days": "2",
        "Paused": "1",
    }
    for shown, titles in (
        ("mine", ["Mine"]),
        ("free", ["Late", "Free"]),
        ("due", ["Late", "Mine"]),
        ("paused", ["Still"]),
        ("nonsense", ["Late", "Mine", "Free", "Still"]),
    ):
        assert titles_of(markup_of(client.get(f"{DESK}?show={shown}"))) == titles
    assert page.count("was due on") == 1
    assert "Paused: waiting for a reply" in page
    assert "Assigned to you" in page
    assert re.search(r"Review application<span class=\"visually-hidden\">: Mine</span>", page)
    sign_in(client, person_with(Role.CURATION))
    empty = markup_of(client.get(DESK))
    assert "No work is open" in empty
    assert "Mine" not in empty
    assert "Choose another filter" in markup_of(client.get(f"{DESK}?show=due"))


@pytest.mark.parametrize("waits", [True, False])
def test_the_first_screen_of_staff_is_the_desk_when_work_waits_there(client, reference, waits):
    vetter = person_with(Role.VETTING)
    if waits:
        sent_application()
    signed_in = client.post("/en/accounts/login/", {"login": vetter.email, "password": PASSWORD})
    assert signed_in.url == "/en/start/"
    # The role sleeps until the second factor is shown.
    assert client.get("/en/start/").url == "/en/me/"
    sign_in(client, vetter)
    assert client.get("/en/start/").url == (DESK if waits else "/en/me/")
    WorkItem.objects.update(paused_since=now())
    assert client.get("/en/start/").url == "/en/me/"


def test_nobody_else_is_led_elsewhere_and_a_goal_comes_first(client, reference):
    form = {"login": UserFactory().email, "password": PASSWORD}
    assert client.post("/en/accounts/login/", form).url == "/en/me/"
    client.logout()
    form = {"login": person_with(Role.VETTING).email, "password": PASSWORD, "next": "/en/events/"}
    assert client.post("/en/accounts/login/", form).url == "/en/events/"


def test_the_desk_shows_ten_rows_and_leads_to_the_others(client, reference):
    for number in range(12):
        sent_application(name=f"Applicant {number}")
    sign_in(client, person_with(Role.VETTING))
    page = client.get(f"{DESK}?show=free").text
    assert len(titles_of(page)) == 10
    assert "show=free&amp;page=2" in page
    assert len(titles_of(client.get(f"{DESK}?show=free&page=2").text)) == 2


@pytest.mark.parametrize("role", (Role.VETTING, Role.HEAD))
def test_work_before_a_regional_focal_point_is_counted_once_everywhere(client, reference, role):
    """Seen on a running portal: 8 on the tile of applications, 4 in the table below it."""
    appointed(countries=["KEN"])
    for number in range(3):
        sent_application(name=f"Applicant {number}", country="KEN")
    assert WorkItem.objects.open().filter(waits_for=Role.REGIONAL).count() == 3
    sent_application(name="Applicant of no region")
    sign_in(client, person_with(role))
    assert counts_of(menu_of(client)) == [(f"{DESK}?of=vetting-10", 4)]
    assert "4 applications" in client.get("/en/desk/vetting/").text
    assert "With the regional focal point until" in client.get(DESK).text
    assert re.search(r'data-label="Open">4<', client.get(f"{DESK}figures/").text)


@pytest.mark.parametrize(
    ("url", "area", "current"),
    (
        ("/en/desk/vetting/", "Vetting", "Applications"),
        ("/en/desk/vetting/changes/", "Vetting", "Changes to profiles"),
        ("/en/desk/resources/links/", "Library", "Broken links"),
        ("/en/desk/resources/?state=after", "Library", "Published at once"),
        ("/en/networks/desk/", "Coordination", "Networks of stakeholders"),
        ("/en/regional/activities/", "Coordination", "Activities"),
    ),
)
def test_each_page_of_the_desk_has_the_menu_with_its_own_area_open(client, reference, url, area, current):
    sign_in(client, person_with(Role.HEAD))
    menu = menu_of(client, url)
    assert re.findall(
        r'<details class="desk-area" open>\s*<summary>([^<]+)<', menu.replace(" <span", "<")
    ) == [area]
    assert re.findall(r'aria-current="true">([^<]+)<', menu) == [current]


def test_only_the_desk_has_the_menu(client, reference):
    sign_in(client, person_with(Role.HEAD))
    assert not menu_of(client, "/en/stakeholders/")
    sign_in(client, person_with(Role.REGIONAL))
    assert not menu_of(client, "/en/regional/activities/")
    sign_in(client, UserFactory())
    assert client.get(f"{DESK}figures/").status_code == 404


def test_the_proposals_of_all_events_lie_behind_their_number(client, reference):
    """Seen on a running portal: the tile led to the list of events."""
    proposal = sent_for()
    sign_in(client, person_with(Role.EVENTS))
    [(url, number)] = [pair for pair in counts_of(menu_of(client)) if pair[0].endswith("of=events-20")]
    assert number == 1
    assert f'href="/en/desk/events/proposals/{proposal.pk}/"' in client.get(url).text


def test_the_figures_tell_the_age_and_the_owners_of_open_work(client, reference):
    vetter = person_with(Role.VETTING)
    for days, holder in ((1, None), (20, vetter), (40, person_with(Role.VETTING))):
        item = WorkItem.objects.about(sent_application(name=f"Applicant {days}")).get()
        WorkItem.objects.filter(pk=item.pk).update(since=now() - timedelta(days=days), holder=holder)
    StakeholderFactory(country_id="KEN")
    sign_in(client, vetter)
    page = markup_of(client.get(f"{DESK}figures/"))
    row = re.search(r'<th scope="row"><a[^>]*>Applications</a>(.*?)</tr>', page, re.DOTALL)[1]
    assert re.findall(r'data-label="([^"]+)">(\d+)<', row) == [
        ("Open", "3"),
        ("Up to 7 days", "1"),
        ("Up to 30 days", "1"),
        ("Longer", "1"),
        ("With you", "1"),
        ("With others", "1"),
        ("Unassigned", "1"),
        ("Paused", "0"),
    ]
    # On a phone each number has its label, since the heads of the columns are not shown there.
    for table in ("growth", "covered", "monthly", "week"):
        section = re.search(rf'aria-labelledby="{table}">.*?</section>', page, re.DOTALL)[0]
        assert 'class="table portal-table figures-table stack stack-pairs"' in section
        assert section.count("<td") == section.count("data-label=") > 0
    week = re.search(r'id="week".*?</section>', page, re.DOTALL)[0]
    assert re.search(r"Applications<svg.*?<td[^>]*>Submitted</td><td[^>]*>3<", week, re.DOTALL)
    growth = re.search(r'id="growth".*?</table>', page, re.DOTALL)[0]
    assert growth.count('<th scope="row">') == 12
    assert re.findall(r'class="number"[^>]*>(\d+)<', growth)[-2:] == ["1", "1"]
    monthly = re.search(r'id="monthly".*?</section>', page, re.DOTALL)[0]
    assert re.findall(r'class="number" data-label="[^"]+">(\d+)<', monthly)[-3:] == ["3", "0", "0"]
    assert re.findall(r'<title id="([^"]+)-title">', page) == ["growth-chart", "applications"]
    covered = re.search(r'id="covered".*?</table>', page, re.DOTALL)[0]
    assert re.search(r'Africa.*?"number"[^>]*>1</td><td class="number"[^>]*>1 of \d\d<', covered, re.DOTALL)
    assert 'class="row-bar"' in page


def test_the_desk_costs_the_same_whatever_waits(client, reference):
    def add():
        sent_application()
        StoryFactory(status="pending", publish_at=None)

    sign_in(client, person_with(Role.HEAD))
    assert_no_growth(lambda: client.get(DESK), add)
    assert len(titles_of(client.get(DESK).text)) == 3


def test_the_menu_costs_two_statements(client, reference):
    sign_in(client, person_with(Role.HEAD))
    url = "/en/desk/vetting/checklist/"
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    menu = [query["sql"] for query in queries if "count(" in query["sql"].lower()]
    assert len(menu) == 2


def test_states_that_list_nothing_wait_behind_more_statuses(client, reference):
    StoryFactory(status="pending", publish_at=None)
    sign_in(client, person_with(Role.CURATION))

    def tabs(part):
        return re.findall(r'class="nav-link( active)?" href="\?state=(\w+)"', part)

    for shown, first in (
        ("waiting", [(" active", "waiting")]),
        ("closed", [("", "waiting"), (" active", "closed")]),
    ):
        page = markup_of(client.get(f"/en/desk/news/?state={shown}"))
        shown_tabs, _summary, rest = page.partition("<summary>More statuses</summary>")
        assert tabs(shown_tabs) == first
        assert len(tabs(rest)) == len(STATES) - len(first)


def test_the_work_list_is_the_sum_of_the_areas_beside_it(client, reference):
    for _number in range(2):
        sent_application()
        NewsLinkFactory(hidden=True)
    Candidate.objects.create(
        code="c",
        name="Listed",
        said={},
        sources=[["A page", "https://page.example/list", "2026-11-28"]],
        confidence="low",
        country_basis="unknown",
    )
    sign_in(client, person_with(Role.HEAD))
    page = markup_of(client.get(DESK))
    menu = menu_of(client)
    total = re.search(r'Work list\s*<span class="desk-count">([\d,]+)<', menu)[1]
    areas = re.findall(r'class="desk-count">(\d+)<span class="visually-hidden">', menu)
    assert int(total) == sum(map(int, areas)) == sum(number for _url, number in counts_of(menu)) > 2
    assert "Listings to check" in menu
    assert "/en/desk/vetting/candidates/" not in dict(counts_of(menu))
    listed = page.partition('id="other-lists"')[2].partition("</section>")[0]
    others = sum(map(int, re.findall(r'class="desk-count m-0">(\d+)<', listed)))
    assert int(tabs_of(page)["All"]) + others == int(total)
    assert f"{tabs_of(page)['All']} in the list above" in listed
    assert "other-lists" not in client.get(f"{DESK}?show=mine").text
