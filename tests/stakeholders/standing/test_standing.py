"""Suspended, lifted, withdrawn: who may, what follows, and what each person then sees."""

import re
from datetime import date
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.enums import Role
from audit.queries import timeline
from core.errors import DomainError, WrongState
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from search.actions import index
from search.queries import find
from stakeholders.entries.enums import STAKEHOLDER_MOVES, Listing, MemberRole, Status
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.entries.queries import is_member
from stakeholders.hooks import after_standing
from stakeholders.registers.actions import Source, import_listed
from stakeholders.registers.outcomes import RegisterRow
from stakeholders.standing import actions as standing_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of, sent_application
from tests.support import assert_no_growth
from tests.workflow.exhaustive import attempt, cases
from workflow.moves.models import Decision
from workflow.moves.queries import moves_open_to

pytestmark = pytest.mark.django_db

ROLES = (
    "admin",
    "editor",
    "reader",
    "stranger",
    "member",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)
VET = {"vetting", "head"}
MAY = {
    "lapse": set(),
    "return": {"admin", "editor"},
    "suspend": VET,
    "lift": VET,
    "withdraw": {"admin", *VET},
    "merge": VET,
}
LISTED = {"source_name": "A register", "source_date": "2026-06-01"}


def entry(status=Status.ACTIVE, **fields) -> Stakeholder:
    """An entry as the portal keeps it: with its document in the index."""
    new_entry = StakeholderFactory(status=status, **(LISTED if status == Status.LISTED else {}), **fields)
    index(new_entry)
    return new_entry


def person(who, stakeholder):
    if who in MemberRole.values:
        return member_of(stakeholder, role=who)
    if who == "stranger":
        return UserFactory()
    if who == "member":
        return member_of(StakeholderFactory())
    return person_with(who)


def desk_page(stakeholder, name="") -> str:
    return f"/en/desk/vetting/stakeholders/{stakeholder.pk}/{name + '/' if name else ''}"


# --- Every move -------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("name", STAKEHOLDER_MOVES)
def test_every_move_from_every_state_by_every_role(name):
    others = {who: person(who, None) for who in ROLES if who not in MemberRole.values}
    stakeholder = None
    for move, status, who, expected in cases(STAKEHOLDER_MOVES, Status.values, allowed=MAY, people=ROLES):
        if move != name:
            continue
        if stakeholder is None or stakeholder.status != status:  # a refusal leaves it as it was
            stakeholder = entry(status)
        actor = others.get(who) or person(who, stakeholder)
        assert (name in dict(moves_open_to(actor, stakeholder))) is (expected == "done"), (status, who)
        assert attempt(stakeholder, name, actor) == expected, (status, who)
        stakeholder.refresh_from_db()


def test_nobody_of_the_desk_judges_a_stakeholder_they_belong_to():
    stakeholder = entry()
    insider = person_with(Role.VETTING)
    MembershipFactory(stakeholder=stakeholder, user=insider, role=MemberRole.READER)
    assert list(dict(moves_open_to(insider, stakeholder))) == ["withdraw"]
    with pytest.raises(DomainError):
        standing_actions.suspend(stakeholder, actor=insider, reason="conduct", note="No.")
    stakeholder.refresh_from_db()
    assert stakeholder.status == "active"


def test_the_desk_says_why(subtests):
    stakeholder = entry()
    for act in (standing_actions.suspend, standing_actions.withdraw):
        for reason, note, fields in (
            ("", "Because.", {"reason"}),
            ("hunch", "Because.", {"reason"}),
            ("conduct", " ", {"note"}),
            ("", "", {"reason", "note"}),
        ):
            with subtests.test(act=act.__name__, reason=reason, note=note):
                with pytest.raises(DomainError) as refusal:
                    act(stakeholder, actor=person_with(Role.VETTING), reason=reason, note=note)
                assert set(refusal.value.fields) == fields
                stakeholder.refresh_from_db()
                assert stakeholder.status == "active"
                assert not Decision.objects.about(stakeholder).exists()


# --- What each state does -----------------------------------------------------------------------------
MEANS = {
    # state: (public page, in the directory, found by words, its people are members, they may change it)
    "listed": (200, True, True, False, False),
    "active": (200, True, True, True, True),
    "lapsed": (404, False, False, False, True),
    "suspended": (404, False, False, False, False),
    "withdrawn": (410, False, False, False, False),
    "merged": (404, False, False, False, False),
}


@pytest.mark.behaviour("D-19")
@pytest.mark.parametrize("status", MEANS)
def test_what_each_state_means_to_visitors_and_to_its_people(client, status):
    """The table of docs/standing.md."""
    stakeholder = entry(status, name="Harbour Observatory")
    editor = member_of(stakeholder, role=MemberRole.EDITOR)
    page, directory, words, member, change = MEANS[status]
    visitor = AnonymousUser()
    assert client.get(stakeholder.get_absolute_url()).status_code == page
    assert ("Harbour Observatory" in client.get("/en/stakeholders/").text) is directory
    assert ([hit.object_id for hit in find(visitor, "harbour")] == [stakeholder.pk]) is words
    assert is_member(editor) is member
    assert editor.has_perm("stakeholders.change_stakeholder", stakeholder) is change
    sign_in(client, editor)
    assert client.get(stakeholder.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "start", "shown_before", "shown_after"),
    (
        ("suspend", "active", True, False),
        ("lift", "suspended", False, True),
        ("withdraw", "active", True, False),
        ("withdraw", "listed", True, False),
    ),
)
@pytest.mark.behaviour("D-19")
def test_a_move_is_seen_at_once_everywhere(client, name, start, shown_before, shown_after):
    stakeholder = entry(start, name="Harbour Observatory")
    before = DirectoryVersion.objects.current()

    def shown():
        return {
            client.get(stakeholder.get_absolute_url()).status_code == 200,
            "Harbour Observatory" in client.get("/en/stakeholders/").text,
            "Harbour Observatory" in client.get("/en/search/?q=harbour").text,
            "Harbour Observatory" in client.get("/en/").text,
        }

    assert shown() == {shown_before}
    vetter = person_with(Role.VETTING)
    how = {"note": "Because."} | ({} if name == "lift" else {"reason": "conduct"})
    getattr(standing_actions, name)(stakeholder, actor=vetter, **how)
    assert shown() == {shown_after}
    assert DirectoryVersion.objects.current() > before


def test_apps_above_hear_of_every_move_once(monkeypatch):
    heard = []
    monkeypatch.setitem(
        after_standing._entries, "test", lambda rows, move: heard.append(([row.pk for row in rows], move))
    )
    stakeholder, vetter = entry(), person_with(Role.VETTING)
    standing_actions.suspend(stakeholder, actor=vetter, reason="conduct", note="No.")
    standing_actions.lift(stakeholder, actor=vetter, note="Yes.")
    standing_actions.withdraw(stakeholder, actor=member_of(stakeholder))
    assert heard == [([stakeholder.pk], name) for name in ("suspend", "lift", "withdraw")]


@pytest.mark.parametrize("state", ("suspended", "withdrawn"))
def test_a_move_clears_the_day_on_which_it_would_lapse(state):
    stakeholder = entry(lapses_at="2026-01-01T00:00:00Z")
    act = {"suspended": standing_actions.suspend, "withdrawn": standing_actions.withdraw}[state]
    act(stakeholder, actor=person_with(Role.VETTING), reason="conduct", note="No.")
    stakeholder.refresh_from_db()
    assert (stakeholder.status, stakeholder.lapses_at) == (state, None)


# --- Mail -----------------------------------------------------------------------------------------------
def test_everybody_of_the_entry_is_told_why_in_their_language():
    stakeholder = entry(name="Harbour Observatory")
    admin = member_of(stakeholder, language="en")
    reader = member_of(stakeholder, role=MemberRole.READER, language="fr")
    member_of(entry())
    member_of(stakeholder, is_active=False)
    standing_actions.suspend(
        stakeholder, actor=person_with(Role.VETTING), reason="conduct", note="You sold places."
    )
    assert set(Message.objects.values_list("kind", "user", "language", "url_name")) == {
        ("stakeholders.entry_suspend", admin.pk, "en", "stakeholders:by_number"),
        ("stakeholders.entry_suspend", reader.pk, "fr", "stakeholders:by_number"),
    }
    sent = {mail.to[0]: mail for mail in deliver_all()}
    assert set(sent) == {admin.email, reader.email}
    body = sent[admin.email].body
    assert sent[admin.email].subject == "Suspended: Harbour Observatory"
    for part in (
        "The reason: Breach of the terms of use.",
        "You sold places.",
        f"/en/stakeholders/{stakeholder.pk}/",
    ):
        assert part in body, part
    assert f"/fr/stakeholders/{stakeholder.pk}/" in sent[reader.email].body


def test_a_lifted_entry_asks_those_who_look_after_it_to_confirm():
    stakeholder = entry(Status.SUSPENDED)
    editor = member_of(stakeholder, role=MemberRole.EDITOR)
    reader = member_of(stakeholder, role=MemberRole.READER)
    standing_actions.lift(stakeholder, actor=person_with(Role.VETTING), note="All is clear.")
    assert set(Notice.objects.values_list("user", "kind", "url_name")) == {
        (editor.pk, "stakeholders.entry_lift", "stakeholders:confirm"),
        (reader.pk, "stakeholders.entry_lift", "stakeholders:by_number"),
    }


def test_whoever_has_left_does_not_read_on():
    stakeholder = entry()
    user = member_of(stakeholder)
    standing_actions.withdraw(stakeholder, actor=user)
    (notice,) = Notice.objects.filter(user=user)
    assert notice.still_visible(user)
    Membership.objects.filter(user=user).delete()
    assert not notice.still_visible(user)


# --- The desk's page ------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-05")
def test_the_desk_suspends_and_lifts_with_a_reason(client, vetter):
    stakeholder = entry(name="Harbour Observatory")
    sign_in(client, vetter)
    profile = client.get(stakeholder.get_absolute_url()).text
    assert f'href="{desk_page(stakeholder)}"' in profile
    page = client.get(desk_page(stakeholder)).text
    assert re.findall(r'action="([^"]+/stakeholders/[^"]+)"', page) == [
        desk_page(stakeholder, "suspend"),
        desk_page(stakeholder, "withdraw"),
    ]
    wrong = client.post(desk_page(stakeholder, "suspend"), {"suspend-reason": "conduct"})
    assert wrong.status_code == 200
    assert "Explain the decision to the people of the profile." in wrong.text
    done = client.post(
        desk_page(stakeholder, "suspend"),
        {"suspend-reason": "untrue", "suspend-note": "The address is not theirs."},
        follow=True,
    )
    for shown in (
        "Suspended. It is out of the directory",
        "The profile is not true",
        "The address is not theirs.",
        "Vera Vetter suspended the profile: The profile is not true",
        desk_page(stakeholder, "lift"),
    ):
        assert shown in done.text, shown
    late = client.post(
        desk_page(stakeholder, "suspend"), {"suspend-reason": "untrue", "suspend-note": "Again."}, follow=True
    )
    assert "is not possible: the state is now “Suspended”" in late.text
    client.post(desk_page(stakeholder, "lift"), {"lift-note": "They showed a paper."})
    stakeholder.refresh_from_db()
    assert stakeholder.status == "active"
    moves = Decision.objects.about(stakeholder).order_by("pk").values_list("move", "reason", "note")
    assert list(moves) == [
        ("suspend", "untrue", "The address is not theirs."),
        ("lift", "", "They showed a paper."),
    ]


WHO = ("visitor", *ROLES)


def test_who_opens_the_pages_of_the_standing(client, subtests):
    stakeholder = entry()
    for who in WHO:
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, person(who, stakeholder))
            out = 302 if who == "visitor" else 404
            desk = 200 if who in VET else out
            assert client.get(desk_page(stakeholder)).status_code == desk
            assert client.get(desk_page(stakeholder, "suspend")).status_code == (302 if who in VET else out)
            if desk != 200:
                for name in ("suspend", "lift", "withdraw"):
                    fields = {f"{name}-reason": "conduct", f"{name}-note": "No."}
                    assert client.post(desk_page(stakeholder, name), fields).status_code == desk, name
            confirm, withdraw = (
                f"/en/stakeholders/{stakeholder.pk}/confirm/",
                f"/en/stakeholders/{stakeholder.pk}/withdraw/",
            )
            may_confirm, may_withdraw = who in {"admin", "editor"}, who == "admin"
            assert client.get(confirm).status_code == (200 if may_confirm else out)
            assert client.get(withdraw).status_code == (200 if may_withdraw else out)
            if not may_confirm:
                assert client.post(confirm, {"seen": stakeholder.updated_at.isoformat()}).status_code == out
            if not may_withdraw:
                assert client.post(withdraw).status_code == out
            stored_entry = Stakeholder.objects.get(pk=stakeholder.pk)
            assert (stored_entry.status, stored_entry.confirmed_at) == ("active", None)


@pytest.mark.parametrize("name", ("lapse", "return", "merge", "delete"))
def test_the_desk_has_no_other_buttons(client, vetter, name):
    stakeholder = entry()
    sign_in(client, vetter)
    assert client.post(desk_page(stakeholder, name), {}).status_code == 404


def test_the_desks_page_costs_the_same_for_one_and_three(client, vetter):
    stakeholder, numbers = entry(), count()
    sign_in(client, vetter)

    def add():
        member_of(stakeholder)
        sent = sent_application(name=f"Application {next(numbers)}")
        type(sent).objects.filter(pk=sent.pk).update(stakeholder=stakeholder)
        standing_actions.suspend(stakeholder, actor=vetter, reason="conduct", note="No.")
        standing_actions.lift(stakeholder, actor=vetter, note="Yes.")

    assert_no_growth(lambda: client.get(desk_page(stakeholder)), add)


# --- Withdrawing oneself ------------------------------------------------------------------------------
@pytest.mark.behaviour("D-19")
def test_an_administrator_withdraws_the_entry_for_good(client):
    stakeholder = entry(name="Harbour Observatory")
    admin = member_of(stakeholder, name="Amina Njeri")
    address = f"/en/stakeholders/{stakeholder.pk}/withdraw/"
    sign_in(client, admin)
    assert "This cannot be undone." in client.get(address).text
    assert Stakeholder.objects.get(pk=stakeholder.pk).status == "active"
    done = client.post(address, follow=True)
    assert "“Harbour Observatory” is withdrawn and no longer shown." in done.text
    assert "This profile has been withdrawn already." in client.post(address, follow=True).text
    assert [line.text for line in timeline(stakeholder, admin, as_subject=True)] == [
        "Amina Njeri withdrew the profile"
    ]
    client.logout()
    gone = client.get(stakeholder.get_absolute_url())
    assert gone.status_code == 410
    assert "Harbour Observatory" not in gone.text


def test_a_withdrawn_entry_does_not_come_back():
    stakeholder = entry()
    admin, vetter = member_of(stakeholder), person_with(Role.VETTING)
    standing_actions.withdraw(stakeholder, actor=admin)
    for act in (
        lambda: standing_actions.confirm(stakeholder, actor=admin),
        lambda: standing_actions.lift(stakeholder, actor=vetter, note="Yes."),
        lambda: standing_actions.suspend(stakeholder, actor=vetter, reason="conduct", note="No."),
    ):
        with pytest.raises(WrongState):
            act()
    stakeholder.refresh_from_db()
    assert stakeholder.status == "withdrawn"


@pytest.mark.parametrize("listing", (Listing.MEMBERS, Listing.COUNTRY, Listing.UNLISTED))
def test_what_was_never_public_does_not_say_that_it_was_there(client, listing):
    stakeholder = entry(listing=listing)
    standing_actions.withdraw(stakeholder, actor=member_of(stakeholder))
    assert client.get(stakeholder.get_absolute_url()).status_code == 404


def test_a_listed_entry_that_was_withdrawn_stays_out_when_its_source_comes_again(client):
    ror = "https://ror.org/0abcdef12"
    row = RegisterRow(
        row=2,
        ror_id=ror,
        kind="academia",
        name="Harbour Institute",
        name_latin="",
        acronym="",
        city="",
        website="",
        country_code="KE",
    )
    source = Source(code="ror", name="ROR", date=date(2026, 6, 1))
    import_listed([row], source=source, actor=None)
    stakeholder = Stakeholder.objects.get(ror_id=ror)
    standing_actions.withdraw(
        stakeholder, actor=person_with(Role.HEAD), reason="own_request", note="They wrote to us."
    )
    assert client.get(stakeholder.get_absolute_url()).status_code == 404
    report = import_listed([row], source=source, actor=None)
    assert (report.created, report.changed, report.left_alone) == (0, 0, 1)
    assert Stakeholder.objects.get(ror_id=ror).status == "withdrawn"
