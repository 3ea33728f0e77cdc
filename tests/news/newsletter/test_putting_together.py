"""What goes into an issue is ticked, its order dragged or moved by steps, and a second person approves it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Grant
from core.errors import DomainError, WrongState
from news.newsletter import actions, actions_sending
from news.newsletter.forms import read_order
from news.newsletter.models import Issue
from notifications.follows.models import Deadline
from notifications.happenings.models import Happening
from search.actions import index
from tests.factories.accounts import person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.newsletters import TEXTS, SubscriberFactory, approve, issue_with
from tests.factories.stakeholders import StakeholderFactory
from tests.support import markup_of, statements_of
from workflow.items.models import WorkItem

HOME = "/en/desk/newsletter/"


@pytest.fixture
def maker(reference):
    return person_with(Role.CURATION, name="Amina Writer")


@pytest.fixture
def desk_client(client, maker):
    sign_in(client, maker)
    return client


def tell_followers(subject, days=0):
    """Record that followers were told of it some days ago."""
    row = Happening.objects.create(
        kind="events.published",
        key=f"{subject.pk}",
        terms=[],
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
    )
    Happening.objects.filter(pk=row.pk).update(created_at=now() - timedelta(days=days))


def out(days):
    started = now() - timedelta(days=days)
    return Issue.objects.create(state="sent", texts=TEXTS, started_at=started, ended_at=started)


@pytest.mark.behaviour("A-20")
def test_what_is_new_since_the_last_issue_is_offered_by_kind(desk_client, maker):
    issue = issue_with(actor=maker)
    page = f"{HOME}{issue.pk}/pick/"
    for name, days in (("old", 9), ("new", 1)):
        event = EventFactory(title=f"Training, {name}")
        index(event)
        tell_followers(event, days)
    silent = EventFactory(title="Training, silent")
    secret = EventFactory(title="Training, secret", status="draft")
    firm = StakeholderFactory(name="Coastal Watch")
    for subject in (silent, secret, firm):
        index(subject)
    tell_followers(secret)
    tell_followers(firm)
    Deadline.objects.create(
        kind="x",
        key="closing",
        terms=[],
        at=now() + timedelta(days=3),
        subject_kind="events.event",
        subject_id=silent.pk,
    )
    # Before there was an issue, all that is public; a kind after the other.
    first = desk_client.get(page).text
    assert "New since the last issue" not in first
    assert first.count('name="picked"') == 4
    assert first.index("Coastal Watch") < first.index("Training, new") < first.index("Training, old")

    out(5)
    new = desk_client.get(page).text
    assert "New since the last issue" in new
    assert new.count('name="picked"') == 2
    assert all(title in new for title in ("Coastal Watch", "Training, new"))
    closing = desk_client.get(f"{page}?way=closing").text
    assert closing.count('name="picked"') == 1
    assert "until" in closing
    events = desk_client.get(f"{page}?way=all&kind=events.event").text
    assert events.count('name="picked"') == 3
    assert "secret" not in events
    Deadline.objects.all().delete()
    assert "Nothing to show" in desk_client.get(f"{page}?way=closing").text


def test_a_kind_with_many_is_shown_in_part_and_then_by_pages(desk_client, maker):
    issue = issue_with(actor=maker)
    page = f"{HOME}{issue.pk}/pick/"
    counts = []
    for more in (12, 16):
        for number in range(more):
            index(EventFactory(title=f"Training {number}"))
        desk_client.get(page)
        with CaptureQueriesContext(connection) as statements:
            shown = desk_client.get(page).text
        counts.append(len(statements))
        assert shown.count('name="picked"') == 10
        assert "Events: show all" in shown
    assert counts[0] == counts[1]
    assert desk_client.get(f"{page}?kind=events.event").text.count('name="picked"') == 25
    assert desk_client.get(f"{page}?kind=events.event&page=2").text.count('name="picked"') == 3
    assert desk_client.get(f"{page}?words=training").text.count('name="picked"') == 10


def test_more_than_an_issue_contains_is_refused_and_the_ticks_stay(desk_client, maker, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ITEMS", 1)
    issue = issue_with(actor=maker)
    events = EventFactory.create_batch(2)
    for event in events:
        index(event)
    refused = desk_client.post(
        f"{HOME}{issue.pk}/pick/", {"picked": [f"events.event:{event.pk}" for event in events]}
    ).text
    assert "An issue can contain at most 1 items." in refused
    assert refused.count(" checked>") == 2
    assert not issue.items.exists()


def test_what_is_added_later_joins_its_kind(maker):
    event, firm, later = EventFactory(), StakeholderFactory(), EventFactory()
    issue = issue_with(event, firm, actor=maker)
    index(later)
    actions.pick(issue, [("events.event", later.pk)], actor=maker)
    events, others = issue.sections.all()
    assert [item.object_id for item in events.items.all()] == [event.pk, later.pk]
    assert others.items.count() == 1


@pytest.mark.parametrize(
    "moved, order",
    [
        ("", [(1, [11, 12]), (2, [21]), (3, [])]),
        ("i12:up", [(1, [12, 11]), (2, [21]), (3, [])]),
        ("i11:up", [(1, [11, 12]), (2, [21]), (3, [])]),
        ("i12:down", [(1, [11]), (2, [12, 21]), (3, [])]),
        ("i21:up", [(1, [11, 12, 21]), (2, []), (3, [])]),
        ("i21:down", [(1, [11, 12]), (2, []), (3, [21])]),
        ("s1:down", [(2, [21]), (1, [11, 12]), (3, [])]),
        ("s1:up", [(1, [11, 12]), (2, [21]), (3, [])]),
        ("s9:up", [(1, [11, 12]), (2, [21]), (3, [])]),
        ("i9:down", [(1, [11, 12]), (2, [21]), (3, [])]),
        ("nonsense", [(1, [11, 12]), (2, [21]), (3, [])]),
    ],
)
def test_an_order_is_read_with_one_step(moved, order):
    assert read_order(["i5", "s1", "i11", "i12", "s2", "i21", "s3"], moved) == order


def codes(issue):
    codes_in_order = []
    for section in issue.sections.all():
        codes_in_order += [f"s{section.pk}", *(f"i{item.pk}" for item in section.items.all())]
    return codes_in_order


@pytest.mark.behaviour("A-20")
def test_the_order_is_saved_in_one_act_and_a_late_one_loses(desk_client, maker):
    issue = issue_with(*EventFactory.create_batch(2), StakeholderFactory(name="Coastal Watch"), actor=maker)
    address, page = f"{HOME}{issue.pk}/order/", f"{HOME}{issue.pk}/"
    first, second, firm = issue.items.order_by("section__position", "position")
    sent = {"version": issue.version, "order": codes(issue), "moved": f"i{second.pk}:up"}
    answer = desk_client.post(address, sent, follow=True)
    assert answer.redirect_chain == [(f"{page}#item-{second.pk}", 302)]
    assert f"“{second}” is now number 1 of 2 in “Events”." in answer.text
    # As it was dragged: all at once, into another section.
    issue.refresh_from_db()
    events, others = issue.sections.all()
    order = [f"s{others.pk}", f"i{firm.pk}", f"i{first.pk}", f"s{events.pk}", f"i{second.pk}"]
    late = {"version": issue.version, "order": order, "moved": f"i{first.pk}"}
    headers = {"HX-Request": "true", "HX-Target": "issue"}
    part = desk_client.post(address, late, follow=True, headers=headers).text
    assert "<html" not in part
    assert '<div id="said" hx-swap-oob="innerHTML">' in part
    assert f"“{first}” is now number 2 of 2 in “Stakeholders”." in part
    assert codes(issue) == order
    # The same page once more: what it shows is no longer so.
    refused = desk_client.post(address, {**late, "order": codes(issue)[:2]}, follow=True).text
    assert "Another person has changed this in the meantime" in refused
    # With the version of today, and an item that is not of this issue, or one too few.
    issue.refresh_from_db()
    other = issue_with(EventFactory(), actor=maker).items.get()
    for wrong in ([*order, f"i{other.pk}"], order[:-1], [*order, order[-1]], []):
        sent = {"version": issue.version, "order": wrong}
        assert "Another person has changed" in desk_client.post(address, sent, follow=True).text
    assert codes(issue) == order
    assert desk_client.get(address).status_code == 405


def test_the_page_of_an_issue_costs_the_same_however_much_is_in_it(desk_client, maker):
    counts = []
    for number in (1, 6):
        issue = issue_with(*EventFactory.create_batch(number), StakeholderFactory(), actor=maker)
        page = f"{HOME}{issue.pk}/"
        desk_client.get(page)
        counts.append(statements_of(lambda page=page: desk_client.get(page)))
    assert counts[0] == counts[1]


# --- The second person -------------------------------------------------------------------------------


@pytest.mark.behaviour("A-20")
def test_who_has_written_in_it_does_not_approve_it_and_is_told_whom_to_ask(desk_client, client, maker):
    SubscriberFactory()
    other = person_with(Role.CURATION, name="Bruno Editor")
    head = person_with(Role.HEAD, name="Hana Head")
    issue = issue_with(EventFactory(), actor=maker)
    actions.reword(issue.items.get(), actor=other, texts={"en": {"title": "Other", "summary": ""}})
    page = f"{HOME}{issue.pk}/"
    issue.refresh_from_db()
    shown = desk_client.get(page).text
    assert "These colleagues can approve it:" in shown
    assert "Hana Head" in shown
    assert "Bruno Editor</bdi></li>" not in markup_of(shown)
    assert "Approve issue</button>" not in markup_of(shown)
    for person in (maker, other):
        with pytest.raises(DomainError, match=r"so a second person .* of these colleagues: Hana Head\."):
            actions.approve(issue, actor=person, version=issue.version)
    refused = desk_client.post(f"{page}approve/", {"version": issue.version}, follow=True).text
    assert "Ask one of these colleagues: Hana Head." in refused
    with pytest.raises(WrongState, match=r"has to approve this issue before it is sent\. Ask one of"):
        actions_sending.send_now(issue, actor=maker)
    with pytest.raises(WrongState, match="has to approve this issue before it is sent"):
        actions_sending.schedule(issue, now() + timedelta(days=1), "Europe/Vienna", actor=maker)

    # Asked for, it is on the list of work; approved, no longer.
    assert "among the tasks of those who" in desk_client.post(f"{page}ask/", follow=True).text
    assert WorkItem.objects.about(issue).open().count() == 1
    sign_in(client, head)
    assert "Approve issue" in client.get("/en/desk/").text
    assert "Waiting for approval" in client.get(page).text
    done = client.post(f"{page}approve/", {"version": issue.version}, follow=True).text
    assert "The issue is approved and can be sent." in done
    assert not WorkItem.objects.about(issue).open().exists()
    issue.refresh_from_db()
    assert issue.approved_by == head
    again = client.post(f"{page}approve/", {"version": issue.version}, follow=True).text
    assert "This is done already." in again
    assert "This is done already." in client.post(f"{page}ask/", follow=True).text
    actions_sending.send_now(issue, actor=maker)


def test_the_version_that_was_read_is_approved_and_no_other(maker):
    issue = issue_with(EventFactory(), actor=maker)
    actions.add_section(issue, actor=maker, titles={"en": "More"})
    with pytest.raises(WrongState, match="Another person has changed this"):
        actions.approve(issue, actor=person_with(Role.HEAD), version=issue.version)
    assert approve(issue).approved_at


CHANGES = {
    "texts": lambda issue, who: actions.save_texts(
        issue, actor=who, version=issue.version, texts={"en": {"title": "Other", "intro": ""}}, topics=[]
    ),
    "topics": lambda issue, who: actions.save_texts(
        issue, actor=who, version=issue.version, texts=TEXTS, topics=["firearms"]
    ),
    "pick": lambda issue, who: actions.pick(issue, [("events.event", EVENT[0].pk)], actor=who),
    "drop": lambda issue, who: actions.drop_item(issue.items.first(), actor=who),
    "reword": lambda issue, who: actions.reword(
        issue.items.first(), actor=who, texts={"en": {"title": "Other", "summary": ""}}
    ),
    "arrange": lambda issue, who: actions.arrange(
        issue,
        actor=who,
        version=issue.version,
        order=[(issue.sections.get().pk, [item.pk for item in reversed(issue.items.order_by("position"))])],
    ),
    "section": lambda issue, who: actions.add_section(issue, actor=who, titles={"en": "More"}),
    "heading": lambda issue, who: actions.name_section(issue.sections.get(), actor=who, titles={"en": "X"}),
}
EVENT = []


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_takes_the_approval_back(maker, change):
    more = EventFactory(title="More")
    index(more)
    EVENT[:] = [more]
    issue = approve(issue_with(*EventFactory.create_batch(2), actor=maker))
    CHANGES[change](issue, maker)
    issue.refresh_from_db()
    assert (issue.approved_at, issue.approved_by) == (None, None)
    with pytest.raises(WrongState):
        actions_sending.send_now(issue, actor=maker)


def test_what_changes_nothing_leaves_the_approval(maker):
    (event,) = EventFactory.create_batch(1)
    issue = approve(issue_with(event, actor=maker))
    item, section = issue.items.get(), issue.sections.get()
    second = person_with(Role.CURATION)
    actions.save_texts(issue, actor=second, version=issue.version, texts=TEXTS, topics=[])
    actions.pick(issue, [("events.event", event.pk)], actor=second)
    actions.reword(item, actor=second, texts={code: dict(text) for code, text in item.texts.items()})
    actions.name_section(section, actor=second, titles=section.titles)
    actions.arrange(issue, actor=second, version=issue.version, order=[(section.pk, [item.pk])])
    issue.refresh_from_db()
    assert issue.approved_at
    assert second.pk not in issue.writers


def test_scheduled_and_taken_back_it_stays_approved(maker):
    SubscriberFactory()
    issue = approve(issue_with(EventFactory(), actor=maker))
    actions_sending.schedule(issue, now() + timedelta(days=1), "Europe/Vienna", actor=maker)
    actions_sending.unschedule(issue, actor=maker)
    issue.refresh_from_db()
    assert issue.approved_at
    actions_sending.send_now(issue, actor=maker)


def test_where_there_is_no_second_person_the_page_says_who_could_be_one(desk_client, maker):
    person_with(Role.EVENTS, name="Elif Events")
    person_with(Role.ADMINISTRATOR, name="Ada Admin")
    gone = person_with(Role.CURATION, name="Gone Person")
    Grant.objects.filter(user=gone).update(ends_at=now())
    issue = issue_with(EventFactory(), actor=maker)
    shown = desk_client.get(f"{HOME}{issue.pk}/").text
    assert "No other person has this permission yet." in shown
    assert all(f"<bdi>{name}</bdi></li>" in shown for name in ("Elif Events", "Ada Admin"))
    assert "Gone Person" not in shown
    assert "Ask for approval</button>" not in markup_of(shown)
    with pytest.raises(DomainError, match=r"can give a colleague the permission: Ada Admin\."):
        actions.approve(issue, actor=maker, version=issue.version)


@pytest.mark.parametrize("state", ["scheduled", "sending"])
def test_the_database_lets_nothing_leave_without_an_approval(maker, state):
    issue = issue_with(EventFactory(), actor=maker)
    times = {"scheduled_at": now()} if state == "scheduled" else {"started_at": now()}
    with pytest.raises(IntegrityError, match="issue_leaves_approved"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(state=state, **times)
