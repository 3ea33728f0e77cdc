"""Networks: who comes in and how, who reads what, what members are told, plans that are built together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from coordination.announcements import actions as announcements_actions
from coordination.networks import actions as networks_actions
from coordination.networks import actions_members as networks_actions_members
from coordination.networks.enums import MEMBER_MOVES, STEP_MOVES, MemberStatus, NetworkRole, Shown, StepStatus
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import (
    Announcement,
    NetworkDocument,
    NetworkMeeting,
    NetworkPlan,
    PlanStep,
)
from coordination.networks.queries import announcements_seen
from coordination.plans import actions as plans_actions
from coordination.plans.queries import timeline_of
from coordination.seed import load_networks
from core.errors import DomainError, WrongState
from notifications.follows.models import Follow
from notifications.happenings.models import Happening
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from resources.records.models import Resource
from search.actions import index_many
from search.models import Document
from stakeholders.entries.enums import Listing, Status
from stakeholders.standing.actions import withdraw
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.networks import NetworkFactory, NetworkMemberFactory, PlanFactory, member_in, step_in
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, run_during, text_of
from tests.workflow.exhaustive import DENIED, DONE, attempt
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(reference):
    return NetworkFactory(name="Coast network", kind="vpi", country_id="KEN")


@pytest.fixture
def coordinator(network):
    return member_in(network, NetworkRole.COORDINATOR, name="Coastal Watch")


@pytest.fixture
def desk():
    return person_with(Role.CURATION)


def test_a_heading_without_content_stands_for_those_alone_who_can_add_it(client, network, desk):
    def headings(reader):
        client.logout()
        if reader:
            sign_in(client, reader)
        page = client.get(network.get_absolute_url()).text
        parts = ("plans", "meetings", "documents", "members")
        return [part for part in parts if f'<h2 id="{part}"' in page]

    assert headings(None) == []
    assert headings(desk) == ["plans", "meetings", "documents", "members"]
    member_in(network, NetworkRole.COORDINATOR)
    PlanFactory(network=network, shown_to="public")
    assert headings(None) == ["plans", "members"]


# --- Coming in, leaving -----------------------------------------------------------------------------------
MAY = {
    "accept": {"coordinator", "desk"},
    "decline": {"coordinator", "desk"},
    "withdraw": {"leader"},
    "agree": {"leader"},
    "refuse": {"leader"},
    "recall": {"coordinator", "desk"},
    "leave": {"leader"},
    "end": {"coordinator", "desk"},
}


@pytest.mark.parametrize("move", sorted(MEMBER_MOVES))
def test_who_makes_which_move_of_a_membership(move, network, coordinator, desk):
    whom = StakeholderFactory()
    people = {
        "coordinator": coordinator.person,
        "desk": desk,
        "leader": member_of(whom),
        "editor": member_of(whom, "editor"),
        "member": member_in(network).person,
        "stranger": UserFactory(),
        "state": person_with(Role.STATE, country="KEN"),
    }
    for who, person in people.items():
        row = NetworkMemberFactory(network=network, stakeholder=whom, status=MEMBER_MOVES[move].sources[0])
        assert attempt(row, move, person) == (DONE if who in MAY[move] else DENIED), who
        row.delete()


def test_a_stakeholder_asks_is_declined_asks_again_and_leaves(client, network, coordinator):
    whom = StakeholderFactory(name="Harbour Aid")
    leader = member_of(whom, name="Wanjiru Kamau")
    follower = UserFactory()
    Follow.objects.create(user=follower, terms=[f"network:{network.pk}"], lead=f"network:{network.pk}")
    sign_in(client, leader)
    page = network.get_absolute_url()
    assert "Ask to join" in text_of(client.get(page))
    join = reverse("networks:join", args=[network.pk])
    answers = {"stakeholder": whom.pk, "role": "member", "why": "We watch <b>boats</b>."}
    assert "This field is required" in text_of(client.post(join, {**answers, "why": " "}))
    client.post(join, {**answers, "role": "coordinator"})  # nobody makes themselves coordinator
    assert not NetworkMember.objects.filter(stakeholder=whom).exists()
    client.post(join, answers)
    row = NetworkMember.objects.get(stakeholder=whom)
    message = Message.objects.get(kind="coordination.network_asked")
    assert (message.user, message.facts["note"]) == (coordinator.person, "We watch <b>boats</b>.")
    assert client.get(join).status_code == 404  # it waits already
    assert "Harbour Aid" not in text_of(client.get(page)).split('id="members"')[1].split("</section>")[0]

    move = reverse("networks:membership_move", args=[row.pk, "decline"])
    assert client.post(move, {"decline-note": "x"}).status_code == 404  # not theirs to answer
    sign_in(client, coordinator.person)
    membership_page = text_of(client.get(row.get_absolute_url()))
    assert "We watch &lt;b&gt;boats" in membership_page
    assert leader.name not in membership_page  # the people of one side are not told to the other
    assert "This field is required" in text_of(client.post(move, {"decline-note": ""}))
    client.post(move, {"decline-note": "Only groups from the coast."})
    assert Message.objects.get(kind="coordination.network_declined").facts["note"].startswith("Only groups")

    sign_in(client, leader)
    assert "Only groups from the coast" in text_of(client.get(row.get_absolute_url()))
    client.post(join, answers)
    again = NetworkMember.objects.get(stakeholder=whom, status=MemberStatus.ASKED)
    sign_in(client, coordinator.person)
    client.post(reverse("networks:membership_move", args=[again.pk, "accept"]), {"accept-note": "Welcome"})
    assert Message.objects.filter(kind="coordination.network_accepted", user=leader).exists()
    assert Happening.objects.get(kind="coordination.network_joined").subject_id == again.pk
    assert "Harbour Aid" in text_of(client.get(page))
    assert "Coast network" in text_of(client.get(whom.get_absolute_url()))  # on its profile
    role = reverse("networks:membership_role", args=[again.pk])
    client.post(role, {"role": "coordinator"})
    again.refresh_from_db()
    assert again.role == NetworkRole.COORDINATOR

    sign_in(client, leader)
    client.post(reverse("networks:membership_move", args=[again.pk, "leave"]), {})
    again.refresh_from_db()
    assert again.status == MemberStatus.LEFT
    assert Message.objects.filter(kind="coordination.network_left", user=coordinator.person).exists()
    assert client.get(reverse("networks:members", args=[network.pk])).status_code == 404


def test_the_desk_begins_a_network_and_answers_where_nobody_coordinates(client, reference, desk):
    whom, asks = StakeholderFactory(name="Lagoon Group"), StakeholderFactory()
    sign_in(client, desk)
    answers = {
        "kind": "nacsa4u",
        "name": "Alliance",
        "about": "A text",
        "language": "en",
        "members_for": "public",
        "announcements_a_month": "8",
        "open_to_requests": "on",
        "topics": ["corruption"],
    }
    assert "needs its country" in text_of(client.post(reverse("networks:new"), answers))
    client.post(reverse("networks:new"), {**answers, "country": "KEN"})
    network = Network.objects.get()
    edit = reverse("networks:edit", args=[network.pk])
    client.post(edit, {**answers, "country": "KEN", "name": "Alliance for the coast", "version": "0"})
    assert "in the meantime" in text_of(
        client.post(edit, {**answers, "country": "KEN", "version": "0", "name": "X"})
    )
    part = NetworkFactory(parent=network)
    with pytest.raises(DomainError):  # no rings
        networks_actions.save_network(
            Network.objects.get(pk=network.pk), actor=desk, version=1, values={"parent": part}
        )

    networks_actions_members.ask_to_join(network, asks, actor=member_of(asks), role="member", why="We care.")
    assert WorkItem.objects.open().get().waits_for == Role.CURATION
    assert Message.objects.filter(kind="coordination.network_asked", user=desk).exists()
    answer = NetworkMember.objects.get(stakeholder=asks)
    assert asks.name in text_of(client.get(reverse("networks:desk")))
    networks_actions_members.act(answer, "accept", actor=desk)
    assert not WorkItem.objects.open().exists()

    leader = member_of(whom)
    members = reverse("networks:members", args=[network.pk])
    client.post(members, {"q": "lagoon", "stakeholder": whom.pk, "role": "coordinator", "why": ""})
    row = NetworkMember.objects.get(stakeholder=whom)
    assert Message.objects.filter(kind="coordination.network_invited", user=leader).exists()
    assert not leader.has_perm("coordination.coordinate_network", network)  # not before they agree
    sign_in(client, leader)
    assert "invited into this network" in text_of(client.get(network.get_absolute_url(), follow=True))
    client.post(reverse("networks:membership_move", args=[row.pk, "agree"]), {})
    assert leader.has_perm("coordination.coordinate_network", network)
    network = networks_actions.end_network(network, actor=desk, ends=True)
    assert not leader.has_perm("coordination.coordinate_network", network)
    assert client.get(network.get_absolute_url(), follow=True).status_code == 200
    with pytest.raises(WrongState):
        networks_actions_members.invite(network, StakeholderFactory(), actor=desk, role="member", why="")


def test_whoever_leaves_the_portal_leaves_and_two_that_become_one_are_in_once(network, coordinator, desk):
    stays, goes = member_in(network), member_in(network)
    withdraw(goes.stakeholder, actor=goes.person, note="We close.")
    goes.refresh_from_db()
    assert goes.status == MemberStatus.LEFT
    twin = StakeholderFactory()
    NetworkMemberFactory(network=network, stakeholder=twin)
    step = step_in(PlanFactory(network=network), twin, stays.stakeholder)
    networks_actions_members.settle_for_merge(stays.stakeholder, twin)
    open_rows = NetworkMember.objects.filter(network=network, status__in=MemberStatus.OPEN)
    assert set(open_rows.values_list("stakeholder", flat=True)) == {
        coordinator.stakeholder_id,
        stays.stakeholder_id,
    }
    assert list(step.responsible.all()) == [stays.stakeholder]


# --- Who reads what ---------------------------------------------------------------------------------------
READS = {
    Shown.PUBLIC: {"visitor", "account", "member", "inside", "own_state", "other_state", "desk"},
    Shown.PORTAL: {"member", "inside", "desk"},
    Shown.PARTNERS: {"inside", "own_state", "desk"},
    Shown.NETWORK: {"inside", "desk"},
}


def readers(network):
    return {
        "visitor": AnonymousUser(),
        "account": UserFactory(),
        "member": member_of(StakeholderFactory()),
        "inside": member_in(network).person,
        "own_state": person_with(Role.STATE, country=network.country_id),
        "other_state": person_with(Role.STATE, country="FRA"),
        "desk": person_with(Role.CURATION),
        "asked": NetworkMemberFactory(network=network, status="asked").stakeholder
        and member_of(StakeholderFactory()),
    }


@pytest.mark.slow
@pytest.mark.parametrize("audience", Shown)
def test_plans_steps_and_meetings_are_read_by_whom_the_network_says(audience, client, network):
    people = readers(network)
    plan = PlanFactory(network=network, shown_to=audience)
    step = step_in(plan)
    event = EventFactory()
    NetworkMeeting.objects.create(network=network, event=event, shown_to=audience)
    draft = EventFactory(status="draft", organizer=StakeholderFactory())
    NetworkMeeting.objects.create(network=network, event=draft, shown_to=audience)
    suspended = member_in(network, status=Status.SUSPENDED)
    people["suspended"] = suspended.person
    expected = READS[audience] | ({"asked"} if "member" in READS[audience] else set())
    expected |= {"suspended"} if audience == Shown.PUBLIC else set()
    for name, user in people.items():
        sees = name in expected
        assert NetworkPlan.objects.visible_to(user).filter(pk=plan.pk).exists() is sees, name
        assert PlanStep.objects.visible_to(user).filter(pk=step.pk).exists() is sees, name
        assert NetworkMeeting.objects.visible_to(user).filter(event=event).exists() is sees, name
        assert not NetworkMeeting.objects.visible_to(user).filter(event=draft).exists(), name
        if name not in ("own_state", "inside", "asked"):
            continue
        sign_in(client, user)
        for url in (plan.get_absolute_url(), step.get_absolute_url()):
            assert client.get(url).status_code == (200 if sees else 404), name
        assert (plan.title in text_of(client.get(network.get_absolute_url()))) is sees, name


def test_a_hidden_stakeholder_is_named_within_its_network_alone(client, network, coordinator):
    hidden = member_in(network, name="Quiet Refuge", listing=Listing.UNLISTED)
    plan = PlanFactory(network=network, shown_to=Shown.PUBLIC)
    step = step_in(plan, hidden.stakeholder, coordinator.stakeholder)
    pages = [network.get_absolute_url(), plan.get_absolute_url(), step.get_absolute_url()]
    outsiders = [None, member_of(StakeholderFactory()), person_with(Role.STATE, country="KEN")]
    for person in outsiders:
        if person:
            sign_in(client, person)
        for url in [*pages, reverse("networks:list")]:
            text = text_of(client.get(url))
            assert "Quiet Refuge" not in text
        assert "1 member that you can see" in text  # counted as it is found
        assert "Coastal Watch" in text_of(client.get(pages[1]))
    networks_actions.refresh_index(network)
    assert "Quiet" not in Document.objects.get(kind="coordination.network").text
    sign_in(client, coordinator.person)
    for url in pages:
        assert "Quiet Refuge" in text_of(client.get(url))
    assert hidden.stakeholder.get_absolute_url() not in text_of(client.get(pages[0]))  # no way to a 404
    networks_actions_members._tell_followers(hidden)
    members = NetworkMember.objects.visible_to(AnonymousUser())
    assert not members.filter(pk=hidden.pk).exists()
    Network.objects.filter(pk=network.pk).update(members_for=Shown.NETWORK)
    assert not NetworkMember.objects.visible_to(outsiders[1]).exists()


def test_what_is_not_theirs_is_as_missing(client, network, coordinator):
    plan = PlanFactory(network=network, shown_to=Shown.PUBLIC)
    step = step_in(plan)
    row = member_in(network)
    announcement = Announcement.objects.create(network=network, title="T", text="Secret", language_id="en")
    at = [
        ("edit", network.pk),
        ("members", network.pk),
        ("announce", network.pk),
        ("add_meeting", network.pk),
        ("new_plan", network.pk),
        ("edit_plan", plan.pk),
        ("new_goal", plan.pk),
        ("edit_step", step.pk),
        ("membership", row.pk),
        ("announcement", announcement.pk),
        ("announcements", network.pk),
    ]
    urls = [reverse(f"networks:{name}", args=[pk]) for name, pk in at]
    urls += [reverse("networks:new"), reverse("networks:desk")]
    urls.append(reverse("networks:goal", args=[plan.pk, step.goal_id]))
    urls.append(reverse("networks:new_step", args=[plan.pk, step.goal_id]))
    acts = [
        reverse("networks:end", args=[network.pk, "end"]),
        reverse("networks:remove_step", args=[step.pk]),
        reverse("networks:membership_role", args=[row.pk]),
        reverse("networks:move_step", args=[step.pk, "start"]),
        reverse("networks:remove_goal", args=[plan.pk, step.goal_id]),
    ]
    for person in (person_with(Role.STATE, country="KEN"), member_of(StakeholderFactory())):
        sign_in(client, person)
        for url in urls:
            assert client.get(url).status_code == 404, url
        for url in acts:
            assert client.post(url, {"version": "0", "role": "member"}).status_code == 404, url
    sign_in(client, row.person)  # inside, yet no coordinator
    assert "Secret" in client.get(reverse("networks:announcement", args=[announcement.pk])).text
    for url in urls[:8]:
        assert client.get(url).status_code == 404, url


def test_documents_of_the_library_are_found_linked_and_read_by_those_who_may(client, network, coordinator):
    guide = ResourceFactory(title="Counting boats", audience="public")
    inner = ResourceFactory(title="Counting boats in harbours", audience="members")
    index_many("resources.resource", [guide.pk, inner.pk])
    sign_in(client, coordinator.person)
    add = reverse("networks:add_document", args=[network.pk])
    assert "Counting boats in harbours" in text_of(client.get(add, {"q": "counting"}))
    answers = {"q": "counting", "shown_to": "public"}
    assert "Choose one from the list" in text_of(client.post(add, {**answers, "resource": "999999"}))
    for resource in (guide, inner):
        client.post(add, {**answers, "resource": resource.pk})
    page = network.get_absolute_url()
    assert "Counting boats in harbours" in text_of(client.get(page))
    assert "No other resource in the library matches these words" in text_of(
        client.get(add, {"q": "counting"})
    )  # both are there
    client.logout()
    shown = text_of(client.get(page))
    assert "Counting boats" in shown
    assert "in harbours" not in shown
    Resource.objects.filter(pk=guide.pk).update(status="archived")
    assert "Counting boats" not in text_of(client.get(page))
    remove = reverse("networks:remove_document", args=[NetworkDocument.objects.get(resource=inner).pk])
    sign_in(client, member_in(network).person)
    assert client.post(remove).status_code == 404
    sign_in(client, coordinator.person)
    client.post(remove)
    assert not NetworkDocument.objects.filter(resource=inner).exists()


# --- Announcements ----------------------------------------------------------------------------------------
def test_members_are_told_within_limits_and_nobody_else(client, network, coordinator):
    inside, gone = member_in(network), member_in(network)
    networks_actions_members.act(gone, "leave", actor=gone.person)
    sign_in(client, coordinator.person)
    page = reverse("networks:announce", args=[network.pk])
    answers = {"title": "We meet on Monday", "text": "Bring <i>maps</i>.", "language": "en"}
    client.post(page, answers)
    announcement = Announcement.objects.get()
    messages = Message.objects.filter(kind="coordination.network_announcement")
    assert {message.user for message in messages} == {coordinator.person, inside.person}
    assert announcement.told == 2
    assert "Bring &lt;i&gt;maps" in text_of(client.get(announcement.get_absolute_url()))
    pairs = {(inside.person.pk, announcement.pk), (gone.person.pk, announcement.pk)}
    assert announcements_seen(pairs) == {(inside.person.pk, announcement.pk)}
    for _more in range(announcements_actions.MOST_A_DAY - 1):
        client.post(page, answers)
    late = text_of(client.post(page, answers))
    assert "Limit reached: members can be" in late
    assert "We meet on Monday" in late  # nothing typed is lost
    assert Announcement.objects.count() == announcements_actions.MOST_A_DAY
    Announcement.objects.update(at=now() - timedelta(days=2))
    Network.objects.filter(pk=network.pk).update(announcements_a_month=announcements_actions.MOST_A_DAY)
    assert "Limit reached: members can be" in text_of(
        client.post(page, answers)
    )  # what the desk allows in 30 days
    assert Notice.objects.filter(user=inside.person).count() == announcements_actions.MOST_A_DAY


@pytest.mark.django_db(transaction=True)
def test_of_two_announcements_at_once_only_what_is_left_is_sent(reference):
    network = NetworkFactory(announcements_a_month=1)
    person = member_in(network, NetworkRole.COORDINATOR).person

    def send(_n):
        try:
            announcements_actions.announce(network, actor=person, title="T", text="X", language="en")
        except DomainError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, range(4))) == 1
    assert Announcement.objects.count() == 1


# --- Plans ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_plan_at_once_the_second_is_told(reference):
    plan = PlanFactory()
    person = member_in(plan.network, NetworkRole.COORDINATOR).person

    def add(title):
        plans_actions.save_goal(plan, None, actor=person, version=plan.version, values={"title": title})

    (refusal,) = run_during(lambda: add("Lanterns"), lambda: add("Patrols"))
    assert isinstance(refusal, WrongState)
    assert plan.goals.get().title == "Lanterns"


@pytest.mark.parametrize("move", sorted(STEP_MOVES))
def test_who_says_how_far_a_step_is(move, network, coordinator, desk):
    plan = PlanFactory(network=network, shown_to=Shown.PUBLIC)
    own, left, other = member_in(network), member_in(network), member_in(network)
    step = step_in(plan, own.stakeholder, left.stakeholder)
    networks_actions_members.act(left, "leave", actor=left.person)
    people = {
        "coordinator": coordinator.person,
        "desk": desk,
        "responsible": own.person,
        "other": other.person,
        "left": left.person,
        "state": person_with(Role.STATE, country="KEN"),
    }
    for who, person in people.items():
        step.status = STEP_MOVES[move].sources[0]
        step.save()
        may = who in {"coordinator", "desk", "responsible"}
        assert attempt(step, move, person) == (DONE if may else DENIED), who


def test_a_plan_holds_only_what_fits(network, coordinator, desk):
    me, plan = coordinator.person, PlanFactory(network=network, kind="roadmap", shown_to=Shown.PUBLIC)
    goal = plans_actions.save_goal(
        plan, None, actor=me, version=0, values={"title": "Priority", "instrument_id": "UNTOC"}
    )
    fits = {"title": "Item", "starts_on": plan.starts_on, "ends_on": plan.ends_on}

    def save(version, actor=me, responsible=(), step=None, **values):
        return plans_actions.save_step(
            goal, step, actor=actor, version=version, values={**fits, **values}, responsible=responsible
        )

    with pytest.raises(WrongState):  # of two who write, the second is told
        save(0)
    for field, refused in (
        ("starts_on", {"starts_on": plan.starts_on - timedelta(days=1)}),
        ("ends_on", {"ends_on": plan.ends_on + timedelta(days=1)}),
        ("responsible", {"responsible": [StakeholderFactory()]}),
    ):
        with pytest.raises(DomainError) as refusal:
            save(1, **refused)
        assert field in refusal.value.fields
    with pytest.raises(PermissionDenied):  # a network does not speak for a State
        save(1, state_id="KEN")
    step = save(1, actor=desk, state_id="KEN", responsible=[coordinator.stakeholder])
    with pytest.raises(DomainError) as refusal:
        plans_actions.save_plan(
            plan, actor=me, version=2, values={"ends_on": plan.ends_on - timedelta(days=1)}
        )
    assert "ends_on" in refusal.value.fields
    with pytest.raises(WrongState):
        plans_actions.remove_goal(goal, actor=me, version=2)
    plans_actions.act(step, "start", actor=me)
    with pytest.raises(WrongState):  # its story stays
        plans_actions.remove_step(PlanStep.objects.get(), actor=me, version=2)
    plans_actions.act(step, "finish", actor=me, note="Signed by both.")
    assert Happening.objects.get(kind="coordination.network_step_done").subject_id == step.pk
    assert NetworkPlan.objects.get().version == 2


def test_the_index_tells_of_a_plan_what_everybody_may_read(network, coordinator):
    me, documents = coordinator.person, Document.objects.filter(kind="coordination.networkplan")
    plan = PlanFactory(network=network, shown_to=Shown.PUBLIC)
    plans_actions.save_goal(plan, None, actor=me, version=0, values={"title": "Lanterns"})
    assert "Lanterns" in documents.get().text
    plans_actions.save_plan(plan, actor=me, version=1, values={"shown_to": Shown.NETWORK})
    assert not documents.exists()


def test_the_drawing_says_what_the_table_says(network, coordinator):
    first = localdate().replace(day=1)
    plan = PlanFactory(network=network, starts_on=first, ends_on=first + timedelta(days=99))
    half = step_in(plan, starts_on=first + timedelta(days=50), ends_on=first + timedelta(days=99))
    last = step_in(plan, starts_on=plan.ends_on, ends_on=plan.ends_on, goal=half.goal)
    drawn = timeline_of(coordinator.person, plan)
    places = {bar.step.pk: (bar.x, bar.width) for line in drawn.lines for bar in line.bars}
    assert places == {half.pk: (500, 500), last.pk: (990, 10)}
    assert (drawn.today, drawn.total) == (round((localdate() - first).days * 10), 2)
    assert all(0 < tick < 1000 for tick in drawn.ticks)
    long = PlanFactory(network=network, starts_on=first.replace(year=2020), ends_on=first.replace(year=2029))
    assert len(timeline_of(coordinator.person, long).ticks) <= 9


def test_pages_cost_the_same_whatever_they_show(client, network, coordinator):
    sign_in(client, coordinator.person)
    plan = PlanFactory(network=network)
    pages = [
        network.get_absolute_url(),
        plan.get_absolute_url(),
        reverse("networks:list"),
        reverse("networks:own"),
        reverse("networks:members", args=[network.pk]),
    ]

    def more():
        row = member_in(network)
        NetworkMemberFactory(network=network, status="asked")
        NetworkMeeting.objects.create(network=network, title="M", held_on=localdate())
        Announcement.objects.create(network=network, title="A", text="T", language_id="en", by=row.person)
        other = NetworkFactory(parent=network)
        NetworkMemberFactory(network=other, stakeholder=coordinator.stakeholder)
        step_in(plan, row.stakeholder, coordinator.stakeholder, state_id="KEN")

    for url in pages:
        assert_no_growth(lambda url=url: client.get(url), more)


def test_known_networks_come_with_their_sources_and_edits_stay(client, reference, desk):
    assert str(load_networks()) == "4 created, 0 updated, 0 unchanged, 0 skipped"
    mexico = Network.objects.get(code="vpi-mexico")
    networks_actions.save_network(mexico, actor=desk, version=0, values={"about": "Written by hand."})
    assert str(load_networks()) == "0 created, 0 updated, 3 unchanged, 1 skipped"
    assert not NetworkMember.objects.exists()
    page = text_of(client.get(mexico.get_absolute_url()))
    assert mexico.source_url in page
    assert "Mexico" in text_of(client.get(reverse("networks:list"), {"kind": "vpi"}))
    assert (
        "NET4U"
        not in text_of(client.get(reverse("networks:list"), {"kind": "vpi"}))
        .split("<main")[1]
        .split("entry-list")[1]
    )
    assert StepStatus.DONE not in StepStatus.OPEN


def test_a_network_is_reported_from_its_page_and_the_desk_reads_it(client):
    network = NetworkFactory(name="Quiet network")
    link = reverse("reporting:report", args=["coordination.network", network.pk])
    assert link in client.get(network.get_absolute_url()).text
    answers = {"what": "wrong", "text": "It does not exist any more.", "email": "reader@example.org"}
    answer = client.post(link, answers)
    assert answer.status_code == 302, answer.text
    sign_in(client, person_with(Role.CURATION))
    assert "Quiet network" in client.get(reverse("moderation:queue")).text


def test_a_request_of_who_leaves_or_is_merged_waits_for_nobody_any_more():
    for leave in (True, False):
        network, asks = NetworkFactory(), StakeholderFactory()
        person = member_of(asks)
        networks_actions_members.ask_to_join(network, asks, actor=person, role="member", why="We work on it.")
        waiting = WorkItem.objects.open().filter(what="join_network")
        assert waiting.count() == 1
        if leave:
            withdraw(asks, actor=person, note="We close.")
        else:
            remaining = StakeholderFactory()
            NetworkMemberFactory(network=network, stakeholder=remaining)
            networks_actions_members.settle_for_merge(remaining, asks)
        assert not waiting.exists()


# --- The list --------------------------------------------------------------------------------------------
def test_the_pages_of_the_list_ask_what_was_understood(client, network, monkeypatch):
    NetworkFactory(name="Hill network", kind="vpi", country_id="KEN")
    monkeypatch.setattr("coordination.networks.views.PAGE", 1)
    narrowed = client.get("/en/networks/", {"kind": "vpi", "from": "mail"}).text
    assert 'rel="next" href="?kind=vpi&amp;page=2"' in narrowed
    understood = client.get("/en/networks/", {"kind": ["vpi", "nonsense"]}).text
    assert 'rel="next" href="?kind=vpi&amp;page=2"' in understood


def test_a_line_of_the_list_says_what_the_network_is_for(client, reference):
    NetworkFactory(name="Hill network", about="## Aims\n\nWe **monitor** borders. Since 2019 we meet.")
    page = client.get("/en/networks/").text
    assert "We monitor borders.</p>" in page
    assert "Since 2019" not in page
