"""Tasks: one list across all kinds of work."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from core.time_display import VIENNA, day_of
from reviews.calls.models import Call
from reviews.signatures import actions as signatures_actions
from stakeholders.applications.models import Application
from stakeholders.claims.models import JoinRequest
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership
from stakeholders.exchange.models import Offer
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for
from tests.factories.dialogues import DialogueFactory, applied, draft_to
from tests.factories.events import EventFactory, PartnerFactory, full_draft, sent_for
from tests.factories.news import StoryFactory
from tests.factories.notifications import NoticeFactory
from tests.factories.regional import appointed
from tests.factories.registrations import RegistrationFactory, RulesFactory
from tests.factories.resources import resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application
from tests.support import assert_no_growth, markup_of
from workflow.hooks import my_work
from workflow.items.actions import ask
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


def tasks(client):
    """(what, title) of each task, in their order; whether one is late is a part of the first."""
    section = re.search(r'id="tasks".*?</section>', markup_of(client.get("/en/me/")), re.DOTALL)
    lines = re.findall(r'entry-title"><bdi[^>]*>([^<]+)</bdi>.*?<span>([^<]+)</span>', section[0], re.DOTALL)
    return [(kind, title) for title, kind in lines]


def test_what_waits_stands_in_one_list_by_when_it_is_due(client, reference):
    watch = StakeholderFactory(name="Coastal Watch", mission="", confirmed_at=now() - timedelta(days=200))
    admin = member_of(watch)
    EventFactory(title="Our webinar", organizer=watch, status="returned", has_programme=False)
    StoryFactory(title="Our story", stakeholder=watch, status="on_hold", held_for="author", publish_at=None)
    resource_in("draft", title="Our toolkit", suggested_for=watch, suggested_by=admin)
    PartnerFactory(stakeholder=watch, proposal=full_draft(title="Joint meeting"))
    soon, later = (CallFactory(title=f"Call {n}", closes_at=now() + timedelta(days=n)) for n in (9, 90))
    draft_for(later, watch)
    draft_for(soon, watch)
    application = sent_application(applicant=admin)
    Application.objects.filter(pk=application.pk).update(
        status="returned", answer_by=now() - timedelta(days=1), returned_at=now()
    )
    sign_in(client, admin)
    listed_tasks = tasks(client)
    assert [kind.split(":")[0] for kind, _title in listed_tasks[:3]] == [
        "Registration in the directory",
        "Contribution to write",
        "Contribution to write",
    ]
    assert [title for _kind, title in listed_tasks[1:3]] == ["Call 9", "Call 90"]
    assert {title for _kind, title in listed_tasks[3:]} == {
        "Our webinar",
        "Our story",
        "Our toolkit",
        "Joint meeting",
    }
    page = markup_of(client.get("/en/me/"))
    assert "was due on" in page
    assert "The profile does not yet include: mission" in page
    assert "confirmed on" in page
    reader = member_of(watch, role=MemberRole.READER)
    sign_in(client, reader)
    assert "Our webinar" in markup_of(client.get("/en/me/"))
    sign_in(client, member_of(StakeholderFactory()))
    other = own_lists(client)
    for title in ("Our webinar", "Our story", "Our toolkit", "Joint meeting", "Call 9"):
        assert title not in other


def own_lists(client):
    """The page without what is open to everybody."""
    return client.get("/en/me/").text.partition('id="open"')[0]


def sent(client):
    """(title, state, whose turn) of each submission, in their order."""
    page = markup_of(client.get("/en/me/"))
    section = re.search(r'id="sent".*?</section>', page, re.DOTALL)
    return re.findall(
        r"<bdi[^>]*>([^<]+)</bdi></a></p>.*?state-\w+\">([^<]+)</span>\s*(?:<span><strong>([^<]+))?",
        section[0] if section else "",
        re.DOTALL,
    )


def test_what_was_sent_stands_in_one_list_with_whose_turn_it_is(client, reference):
    watch = StakeholderFactory(name="Coastal Watch", confirmed_at=now())
    admin = member_of(watch)
    applied(DialogueFactory(event__title="Dialogue on smuggling"), stakeholder=watch, applicant=admin)
    StoryFactory(title="Our story", stakeholder=watch, status="pending", publish_at=None)
    resource_in("pending", title="Our toolkit", suggested_for=watch, suggested_by=admin)
    EventFactory(title="Our webinar", organizer=watch, status="submitted", has_programme=False)
    sent_for(lead=watch, author=admin, title="Joint meeting")
    rules = RulesFactory(event=EventFactory(title="Session"))
    RegistrationFactory(rules=rules, user=admin, status="confirmed")
    RegistrationFactory(user=admin, status="pending", rules__event__title="Training")
    sign_in(client, admin)
    team = "With the WhatsOn team"
    assert set(sent(client)) == {
        ("Dialogue on smuggling", "Received", team),
        ("Our story", team, ""),
        ("Our toolkit", team, ""),
        ("Our webinar", team, ""),
        ("Joint meeting", "Submitted", team),
        ("Session", "Confirmed", "Your ticket is ready"),
        ("Training", "Waiting for approval", team),
    }
    sign_in(client, member_of(StakeholderFactory()))
    assert sent(client) == []


def test_a_suggestion_with_questions_is_not_said_to_be_with_the_team(client, reference):
    """Also where newer drafts leave no room for it among the tasks."""
    watch = StakeholderFactory(confirmed_at=now())
    admin = member_of(watch)
    questioned, held = (resource_in("hold", title=title, suggested_for=watch) for title in ("Asked", "Held"))
    ask(questioned, {"title": "Which edition?"}, actor=person_with(Role.CURATION))
    for number in range(10):
        resource_in("draft", title=f"Draft {number}", suggested_for=watch, suggested_by=admin)
    sign_in(client, admin)
    assert sent(client) == [(str(held), "On hold", "With the WhatsOn team")]


def test_an_application_says_until_when_the_focal_point_is_asked(client, reference):
    appointed(countries=["KEN"])
    waiting, other = sent_application(country="KEN"), sent_application(country="PER")
    until = WorkItem.objects.about(waiting).get(waits_for=Role.REGIONAL).until
    sign_in(client, waiting.applicant)
    [(title, status, turn)] = sent(client)
    assert (title, status) == (str(waiting), "Submitted")
    assert turn == f"With the regional focal point until {day_of(until, VIENNA.key, ends=True)}"
    sign_in(client, other.applicant)
    assert sent(client) == [(str(other), "Submitted", "With the WhatsOn team")]


def test_the_page_asks_the_same_statements_for_any_number(client, reference):
    watch = StakeholderFactory(confirmed_at=now())
    watch.topics.set(["firearms"])
    admin = member_of(watch)
    numbers = count()

    def add():
        StoryFactory(stakeholder=watch, status="pending", publish_at=None)
        RegistrationFactory(user=admin, status="confirmed")
        draft_for(CallFactory(), watch)
        sent_application(name=f"Second {next(numbers)}", applicant=admin)
        EventFactory(organizer=watch, status="submitted", has_programme=False)
        resource_in("pending", suggested_for=watch, suggested_by=admin)
        Membership.objects.create(user=admin, stakeholder=StakeholderFactory(), role=MemberRole.ADMIN)
        for entry, direction in ((watch, "need"), (StakeholderFactory(), "offer")):
            Offer.objects.create(stakeholder=entry, direction=direction, topic_id="firearms", text="A course")

    sign_in(client, admin)
    assert_no_growth(lambda: client.get("/en/me/"), add)


def test_somebody_with_a_bit_of_everything_finds_all_of_it(client, reference):
    watch = StakeholderFactory(name="Coastal Watch", mission="", confirmed_at=now() - timedelta(days=200))
    watch.topics.set(["firearms"])
    admin = member_of(watch)
    EventFactory(title="Our webinar", organizer=watch, status="returned", has_programme=False)
    StoryFactory(title="Our story", stakeholder=watch, status="on_hold", held_for="author", publish_at=None)
    resource_in("draft", title="Our toolkit", suggested_for=watch, suggested_by=admin)
    PartnerFactory(stakeholder=watch, proposal=full_draft(title="Joint meeting"))
    sent_for(lead=watch, author=admin, title="Own meeting")
    draft_for(CallFactory(title="The call"), watch)
    asking, author = draft_for(CallFactory(title="Another call"))
    signatures_actions.invite(asking, watch, actor=author)
    applied(DialogueFactory(event__title="The dialogue"), stakeholder=watch, applicant=admin)
    RegistrationFactory(user=admin, status="confirmed", rules__event__title="Session")
    sent_application(name="Second society", applicant=admin)
    amina = UserFactory(name="Amina")
    JoinRequest.objects.create(stakeholder=watch, user=amina, entry_name="Watch", message="I work there.")
    for owner, direction in ((watch, "need"), (StakeholderFactory(), "offer")):
        Offer.objects.create(stakeholder=owner, direction=direction, topic_id="firearms", text="A course")
    for number in range(3):
        NoticeFactory(user=admin, key=f"n{number}")
    sign_in(client, admin)
    page = client.get("/en/me/").text
    assert {title for title in EVERYTHING if title in page} == set(EVERYTHING)
    # What says whether there is anything finds something wherever there is.
    rows = [rows for work in my_work.values() for rows in work.own(admin).values() if rows.read]
    assert len([1 for row in rows if row.read()]) >= 5
    assert all(row.any.exists() for row in rows if row.read())


EVERYTHING = (
    "Our webinar",
    "Our story",
    "Our toolkit",
    "Joint meeting",
    "Own meeting",
    "The call",
    "Another call",
    "The dialogue",
    "Session",
    "Second society",
    "Amina",
    "A course",
)


def test_what_is_open_and_concerns_ones_topics_is_offered(client, reference):
    for title, topic in (("About firearms", "firearms"), ("About corruption", "corruption")):
        CallFactory(title=title).topics.set([topic])
    watch = StakeholderFactory(confirmed_at=now())
    watch.topics.set(["firearms"])
    sign_in(client, member_of(watch))
    page = client.get("/en/me/").text
    assert "You have no pending tasks" in page
    assert "1 opportunity concerns your topics and country." in page
    assert "About firearms" in page
    assert "About corruption" not in page
    assert f'href="/en/opportunities/?topic=firearms&amp;country={watch.country_id}&amp;who=ngo"' in page
    sign_in(client, person_with(Role.EVENTS))
    assert "About firearms" not in client.get("/en/me/").text


def test_what_is_kept_of_what_is_open_is_gone_once_it_is_hidden(client, reference, settings):
    settings.KEEP_PAGES_SECONDS = 600
    calls = {topic: CallFactory(title=f"About {topic}") for topic in ("firearms", "corruption")}
    members = {}
    for topic, call in calls.items():
        call.topics.set([topic])
        entry = StakeholderFactory(confirmed_at=now())
        entry.topics.set([topic])
        members[topic] = member_of(entry)

    def offered():
        pages = {}
        for topic, member in members.items():
            sign_in(client, member)
            page = client.get("/en/me/").text
            pages[topic] = {other for other in calls if f"About {other}" in page}
        return pages

    assert offered() == {"firearms": {"firearms"}, "corruption": {"corruption"}}
    Call.objects.filter(pk=calls["firearms"].pk).update(status="cancelled")
    assert offered() == {"firearms": set(), "corruption": {"corruption"}}
    training = RulesFactory(event=EventFactory(title="About training", starts_at=now() + timedelta(days=9)))
    calls["training"] = None
    assert offered() == {"firearms": {"training"}, "corruption": {"corruption", "training"}}
    RegistrationFactory(rules=training, user=members["firearms"], status="confirmed")
    sign_in(client, members["firearms"])
    page = client.get("/en/me/").text
    assert "About training" not in page[page.find('id="open"') :]
    assert offered()["corruption"] == {"corruption", "training"}


@pytest.mark.parametrize(
    ("role", "way"),
    (
        (None, "/en/stakeholders/register/"),
        (Role.STATE, "/en/stakeholders/"),
        (Role.REGIONAL, "/en/regional/"),
        (Role.VETTING, "/en/desk/"),
    ),
)
def test_without_a_task_the_page_says_what_this_person_can_do(client, reference, role, way):
    sign_in(client, person_with(role) if role else UserFactory())
    page = client.get("/en/me/").text
    empty = page[page.index("You have no pending tasks") :]
    assert re.search(r'class="btn btn-primary" href="([^"]+)"', empty).group(1) == way


def test_new_offers_that_answer_an_own_need_are_told(client, reference):
    watch, other = StakeholderFactory(name="Coastal Watch"), StakeholderFactory(name="Training House")
    admin = member_of(watch)
    Offer.objects.create(stakeholder=watch, direction="need", topic_id="firearms", text="A course")
    Offer.objects.create(stakeholder=other, direction="offer", topic_id="firearms", text="We train people")
    Offer.objects.create(stakeholder=other, direction="offer", topic_id="corruption", text="Something else")
    sign_in(client, admin)
    page = client.get("/en/me/").text
    assert "We train people" in page
    assert "Something else" not in page


def test_applications_to_dialogues_are_among_what_one_has_sent(client, reference):
    dialogue = DialogueFactory(event__title="Dialogue on smuggling")
    _sent, applicant = applied(dialogue)
    sign_in(client, applicant)
    page = markup_of(client.get("/en/me/"))
    assert "Application to a constructive dialogue" in page
    assert f'href="/en/dialogues/applications/{_sent.pk}/"' in page
    begun = draft_to(
        DialogueFactory(event__title="Another"), stakeholder=_sent.stakeholder, applicant=applicant
    )[0]
    assert ("Application to dialogues", begun.stakeholder.name) in tasks(client)
    sign_in(client, member_of(StakeholderFactory()))
    assert "Dialogue on smuggling" not in own_lists(client)
