"""Lists of first steps: each ticks itself off by what is there, can be hidden, and goes when all is done."""

import re

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from coordination.focal_points.models import Named
from coordination.period_reports.models import PeriodReport
from events.events.models import Event
from notifications.follows.actions import follow
from portal.first_steps.actions import hide_steps
from portal.first_steps.enums import Steps
from portal.first_steps.models import HiddenSteps
from portal.first_steps.queries import TEAM, steps_for
from portal.pages.actions import load_pages
from portal.pages.models import Page
from reviews.calls.models import Call
from stakeholders.entries.models import Stakeholder
from stakeholders.introductions.actions import hold_task
from stakeholders.registers.models import Candidate
from tests.factories.accounts import PASSWORD, UserFactory, enrol, person_with, sign_in
from tests.factories.activities import ActivityFactory
from tests.factories.calls import CallFactory
from tests.factories.events import EventFactory
from tests.factories.exchange import offer
from tests.factories.letters import letter_by
from tests.factories.newsletters import issue_with
from tests.factories.profiles import logo
from tests.factories.regional import appointed
from tests.factories.registrations import registration_in
from tests.factories.screening import loaded
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from tests.support import assert_no_growth, run_together, words_of

pytestmark = pytest.mark.django_db
DESK, ME, REGION = "/en/desk/", "/en/me/", "/en/regional/"


def titles_of(page, *, done):
    """The steps of the list on a page that are done, or are not."""
    mark = "tick-done" if done else "tick-open"
    rows = re.findall(rf'<li class="{mark}">(.*?)</li>', page.text, re.DOTALL)
    return [re.search(r"<(?:a [^>]*|span)>([^<]+)<", row)[1] for row in rows]


def links_of(page):
    return dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>\s*<div class="quiet">', page.text))


def candidate(code="a-club"):
    return Candidate.objects.create(
        code=code,
        name=code,
        said={"kind": "ngo", "country_id": "", "website": ""},
        sources=[],
        confidence="low",
        country_basis="unknown",
    )


@pytest.mark.behaviour("X-17")
def test_what_the_first_administrator_has_to_do_ticks_itself_off(client, reference):
    load_pages()
    candidate()
    EventFactory(code="a-day", status="submitted")
    administrator = person_with(Role.ADMINISTRATOR)
    sign_in(client, administrator)
    assert client.get("/en/start/").url == DESK
    page = client.get(DESK)
    assert "0 of 9 done" in words_of(page)
    links = links_of(page)
    assert links["/en/desk/roles/"] == "Give roles to your team"
    assert links["/en/admin/portal/page/"] == "Clear the legal texts"
    assert links["/en/desk/sources/"] == "Fetch the outside sources"
    assert links["/en/desk/vetting/appointments/new/"] == "Appoint the first regional focal point"
    assert "(Desk: reviews)" in words_of(page)  # whose step it is, where it is not the reader's
    head = person_with(Role.HEAD)
    team = {role: person_with(role) for role in TEAM}
    assert titles_of(client.get(DESK), done=True) == ["Give roles to your team"]
    Page.objects.update(legal_status="cleared")
    loaded()
    appointed(countries=["KEN"])
    hold_task(actor=team[Role.VETTING], days=10)
    Candidate.objects.update(status="left_out", reason="other", decided_by=head, decided_at=now())
    Event.objects.filter(code="a-day").update(status="published")
    page = client.get(DESK)
    assert titles_of(page, done=False) == [
        "Publish the first call for contributions",
        "Send the first newsletter",
    ]
    assert "7 of 9 done" in words_of(page)
    Call.objects.filter(pk=CallFactory().pk).update(status="published")
    assert titles_of(client.get(DESK), done=False) == ["Send the first newsletter"]
    issue = issue_with(actor=head)
    type(issue).objects.filter(pk=issue.pk).update(state="sending", approved_at=now(), started_at=now())
    assert "First steps" not in words_of(client.get(DESK))
    assert steps_for(administrator, Steps.ADMINISTRATOR) is None


def test_one_role_without_anybody_is_enough_to_be_reminded(client, reference):
    people = {role: person_with(role) for role in TEAM}
    head = people[Role.HEAD]
    assert steps_for(head, Steps.ADMINISTRATOR).steps[0].is_done
    people[Role.EVENTS].grants.all().delete()
    assert not steps_for(head, Steps.ADMINISTRATOR).steps[0].is_done


def test_a_list_is_hidden_for_one_person_alone(client, reference):
    first, second = person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)
    sign_in(client, first)
    page = client.post("/en/first-steps/administrator/hide/", follow=True)
    assert page.redirect_chain[-1][0] == DESK
    assert "First steps of the portal" not in words_of(client.get(DESK))
    assert client.get("/en/start/").url == ME
    sign_in(client, second)
    assert "First steps of the portal" in words_of(client.get(DESK))
    assert "First steps of the portal" not in words_of(client.get(f"{DESK}?show=mine"))


@pytest.mark.django_db(transaction=True)
def test_hiding_at_once_is_hiding_once(reference):
    person = person_with(Role.ADMINISTRATOR)

    def hide():
        hide_steps(Steps.ADMINISTRATOR, actor=person)

    assert run_together(hide, hide) == [None, None]
    assert HiddenSteps.objects.count() == 1


def test_nobody_else_has_the_list(client, reference):
    for person in (UserFactory(), person_with(Role.CURATION), person_with(Role.STATE)):
        sign_in(client, person)
        for steps in ("administrator", "member", "regional", "nonsense"):
            assert client.post(f"/en/first-steps/{steps}/hide/").status_code == 404
        assert "First steps" not in words_of(client.get(ME))
    assert not HiddenSteps.objects.exists()


def test_the_role_of_an_administrator_that_sleeps_shows_nothing(client, reference):
    person = person_with(Role.ADMINISTRATOR)
    client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get("/en/start/").url == ME


def test_the_list_costs_the_same_however_much_there_is(client, reference):
    sign_in(client, person_with(Role.ADMINISTRATOR))
    numbers = iter(range(9))
    assert_no_growth(lambda: client.get(DESK), lambda: candidate(f"c{next(numbers)}"))


# --- A member -----------------------------------------------------------------------------------------


@pytest.mark.behaviour("X-17")
def test_a_member_is_led_from_the_profile_to_taking_part(client, reference):
    entry = StakeholderFactory(mission="")
    person = member_of(entry)
    sign_in(client, person)
    page = client.get(ME)
    assert "First steps of your organization" in words_of(page)
    manage = f"/en/stakeholders/{entry.pk}/manage"
    assert links_of(page) == {
        f"{manage}/entry/": "Say what your organization does",
        f"{manage}/logo/": "Add your logo",
        f"{manage}/#invite": "Invite a colleague",
        f"{manage}/offers/add/": "Publish an offer or a need",
        "/en/me/follows/": "Follow a country or a topic",
        "/en/opportunities/": "Take part in a call or an event",
        "/en/accounts/2fa/": "Protect your account",
    }
    for address in links_of(page):
        assert client.get(address).status_code in (200, 302)
    Stakeholder.objects.filter(pk=entry.pk).update(mission="We help.", mission_language="en")
    member_of(entry, "reader")
    enrol(person)
    sign_in(client, person)
    assert titles_of(client.get(ME), done=True) == [
        "Send your registration",
        "Say what your organization does",
        "Invite a colleague",
        "Protect your account",
    ]
    logo(entry)
    offer(entry)
    follow(person, ["country:KEN"])
    assert titles_of(client.get(ME), done=False) == ["Take part in a call or an event"]
    registration_in("confirmed", user=person)
    assert "First steps" not in words_of(client.get(ME))
    assert steps_for(person, Steps.MEMBER) is None


def test_another_organization_ticks_nothing_off(client, reference):
    person = member_of(StakeholderFactory(mission=""))
    other = StakeholderFactory(mission="We do much.", mission_language_id="en")
    member_of(other)
    enrol(member_of(other, "editor"))
    shown = steps_for(person, Steps.MEMBER)
    assert [str(step.step.title) for step in shown.steps if step.is_done] == ["Send your registration"]


def test_who_only_reads_is_not_asked_to_edit(client, reference):
    entry = StakeholderFactory(mission="")
    sign_in(client, member_of(entry, "reader"))
    page = client.get(ME)
    assert not any("/manage/" in address for address in links_of(page))
    assert "(An administrator of your organization)" in words_of(page)
    sign_in(client, member_of(entry, "editor"))
    links = links_of(client.get(ME))
    assert f"/en/stakeholders/{entry.pk}/manage/logo/" in links
    assert f"/en/stakeholders/{entry.pk}/manage/#invite" not in links


def test_who_has_begun_a_registration_sees_what_comes_after_it(client, reference):
    application = full_draft()
    sign_in(client, application.applicant)
    page = client.get(ME)
    assert titles_of(page, done=False)[0] == "Send your registration"
    assert links_of(page)["/en/stakeholders/register/"] == "Send your registration"
    assert "(After the WhatsOn team has approved your registration)" in words_of(page)


# --- A regional focal point ------------------------------------------------------------------------------


@pytest.mark.behaviour("X-17")
def test_a_focal_point_is_led_through_the_region(client, reference):
    person = appointed(countries=["KEN"]).user
    sign_in(client, person)
    page = client.get(REGION)
    assert "First steps" in words_of(page)
    assert titles_of(page, done=True) == [
        "Advise on waiting applications",
        "Answer messages from your region",
    ]
    for address in links_of(page):
        assert client.get(address).status_code in (200, 302)
    Named.objects.create(user=person)
    follow(person, ["country:KEN"])
    ActivityFactory(author=person)
    assert titles_of(client.get(REGION), done=False) == [
        "Write to the stakeholders of your region",
        "Write your first activity report",
    ]
    letter_by(person)
    PeriodReport.objects.create(
        author=person,
        place="KEN",
        title="Spring",
        language_id="en",
        first_day=now().date(),
        last_day=now().date(),
    )
    assert "First steps" not in words_of(client.get(REGION))
    assert steps_for(person, Steps.REGIONAL) is None


@pytest.mark.behaviour("X-17")
def test_a_member_and_a_focal_point_hide_their_list_for_themselves(client, reference):
    entry = StakeholderFactory()
    for steps, address, person, other in (
        ("member", ME, member_of(entry), member_of(entry)),
        ("regional", REGION, appointed(countries=["KEN"]).user, appointed(countries=["PER"]).user),
    ):
        sign_in(client, person)
        assert "First steps" in words_of(client.get(address))
        client.post(f"/en/first-steps/{steps}/hide/")
        assert "First steps" not in words_of(client.get(address))
        sign_in(client, other)
        assert "First steps" in words_of(client.get(address))
