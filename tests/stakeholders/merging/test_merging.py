"""The desk merges two entries; what pointed at the one that goes points at the one that stays."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from audit.queries import timeline
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from search.actions import index
from search.queries import find
from stakeholders.applications.models import OtherName
from stakeholders.changes import actions as changes_actions
from stakeholders.entries.enums import Listing, MemberRole
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import Invitation
from stakeholders.merging import actions as merging_actions
from stakeholders.merging.queries import moves
from stakeholders.moderation.actions import report_entry
from stakeholders.moderation.models import Report
from stakeholders.screening.models import Match
from stakeholders.signals import stakeholder_merged
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.claims import listed_entry, sent_claim
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db
ROLES = (
    "visitor",
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


@pytest.fixture
def gone(reference):
    return indexed(StakeholderFactory(name="Coastal Watch Kenya", acronym="CWK", city="Mombasa"))


@pytest.fixture
def remaining(reference):
    return indexed(StakeholderFactory(name="Harbour Observatory", city=""))


def indexed(stakeholder):
    index(stakeholder)
    return stakeholder


def merge(gone, remaining, actor=None, **how):
    return merging_actions.merge(
        gone, remaining, actor=actor or person_with(Role.VETTING), **{"reason": "One.", **how}
    )


def match(stakeholder, digest, **fields):
    return Match.objects.create(
        subject_kind="stakeholder",
        subject_id=stakeholder.pk,
        which="name",
        name="Name",
        name_digest=digest,
        kind="entity",
        reference="QDe.001",
        form="Form",
        listed_digest="b" * 64,
        likeness=0.9,
        **fields,
    )


# --- What moves ---------------------------------------------------------------------------------------
def test_everything_that_pointed_at_the_one_points_at_the_other(gone, remaining):
    person = member_of(gone, role=MemberRole.EDITOR)
    report = report_entry(gone, actor=AnonymousUser(), fault="duplicate", text="Twice.", language="en")
    invited = Invitation.objects.create(
        stakeholder=gone,
        address="a@example.org",
        role="reader",
        language="en",
        token_hash="x",
        expires_at=now() + timedelta(days=1),
    )
    hit = match(gone, "a" * 64)
    labels = {str(label): number for label, number in moves(gone)}
    assert (
        labels["memberships"] == labels["invitations"] == labels["reports of something wrong or abusive"] == 1
    )
    assert labels["Hits of the screening, with their clearances"] == 1
    before = DirectoryVersion.objects.current()
    merge(gone, remaining)
    for row in (gone, remaining, report, invited, hit):
        row.refresh_from_db()
    assert (gone.status, gone.merged_into, gone.lapses_at) == ("merged", remaining, None)
    assert {report.stakeholder, invited.stakeholder} == {remaining}
    assert hit.subject_id == remaining.pk
    assert list(remaining.memberships.values_list("user", "role")) == [(person.pk, "editor")]
    assert moves(gone) == []
    assert DirectoryVersion.objects.current() > before


def test_the_index_and_the_directory_know_only_the_one_that_stays(client, gone, remaining):
    merge(gone, remaining)
    hits = find(AnonymousUser(), "coastal")
    assert gone.pk not in {hit.object_id for hit in hits}
    assert [hit.object_id for hit in find(AnonymousUser(), "harbour")] == [remaining.pk]
    page = client.get("/en/stakeholders/").text
    assert f"/en/stakeholders/{gone.pk}-" not in page
    assert f"/en/stakeholders/{remaining.pk}-" in page


def test_who_acts_for_both_keeps_the_higher_role_and_gets_one_mail(gone, remaining):
    both = member_of(gone, role=MemberRole.ADMIN, language="fr")
    Membership.objects.create(stakeholder=remaining, user=both, role=MemberRole.READER)
    reader = member_of(gone, role=MemberRole.READER)
    admin = member_of(remaining)
    merge(gone, remaining, reason="The same body.")
    assert set(remaining.memberships.values_list("user", "role")) == {
        (both.pk, "admin"),
        (reader.pk, "reader"),
        (admin.pk, "admin"),
    }
    mails = Message.objects.filter(kind="stakeholders.entry_merged")
    assert {(mail.user_id, mail.language, mail.facts["role"]) for mail in mails} == {
        (both.pk, "fr", "admin"),
        (reader.pk, "en", "reader"),
        (admin.pk, "en", "admin"),
    }
    sent = {mail.to[0]: mail for mail in deliver_all()}
    assert "The same body." in sent[reader.email].body
    assert "cannot be undone" in sent[reader.email].body


def test_of_two_open_invitations_to_one_address_one_stays(gone, remaining):
    for stakeholder in (gone, remaining):
        invitations_actions.invite(stakeholder, "new@example.org", "reader", actor=member_of(stakeholder))
    merge(gone, remaining)
    rows = Invitation.objects.filter(stakeholder=remaining)
    assert (rows.count(), rows.open().count()) == (2, 1)


def test_a_change_that_waits_is_withdrawn_with_its_work(gone, remaining):
    for stakeholder in (gone, remaining):
        changes_actions.propose(stakeholder, actor=member_of(stakeholder), answers={"name": "Another name"})
    merge(gone, remaining)
    assert list(ChangeRequest.objects.about(gone).values_list("status", flat=True)) == ["withdrawn"]
    assert list(ChangeRequest.objects.about(remaining).values_list("status", flat=True)) == ["proposed"]
    assert WorkItem.objects.filter(what="change").open().count() == 1


def test_of_a_pair_that_both_have_the_hit_nobody_cleared_stays(gone, remaining):
    match(gone, "a" * 64, cleared_at=now(), reason="Another body.")
    open_one = match(remaining, "a" * 64)
    cleared = match(gone, "c" * 64, cleared_at=now(), reason="Another body.")
    merge(gone, remaining)
    assert set(Match.objects.values_list("pk", "subject_id")) == {
        (open_one.pk, remaining.pk),
        (cleared.pk, remaining.pk),
    }


# --- Which value stays --------------------------------------------------------------------------------
def test_what_says_nothing_is_filled_and_the_narrower_listing_stays(gone, remaining):
    Stakeholder.objects.filter(pk=gone.pk).update(listing=Listing.MEMBERS)
    topic, other_topic = Topic.objects.in_order()[:2]
    remaining.topics.set([topic])
    gone.topics.set([other_topic])
    merge(gone, remaining)
    remaining.refresh_from_db()
    assert (remaining.name, remaining.city, remaining.acronym) == ("Harbour Observatory", "Mombasa", "CWK")
    assert remaining.listing == Listing.MEMBERS
    assert set(remaining.topics.all()) == {topic, other_topic}


def test_the_desk_picks_field_by_field(gone, remaining):
    topic, other_topic = Topic.objects.in_order()[:2]
    remaining.topics.set([topic])
    gone.topics.set([other_topic])
    merge(gone, remaining, choices={"name": "gone", "city": "kept", "topics": "gone"})
    remaining.refresh_from_db()
    assert (remaining.name, remaining.name_key, remaining.city) == (
        "Coastal Watch Kenya",
        "coastal watch kenya",
        "",
    )
    assert list(remaining.topics.all()) == [other_topic]
    assert set(remaining.other_names.values_list("text", "kind")) == {("Harbour Observatory", "former")}


@pytest.mark.parametrize(("names", "kinds"), (("former", {"former"}), ("other", {"other"}), ("", set())))
def test_the_names_of_the_other_become_what_the_desk_says(gone, remaining, names, kinds):
    merge(gone, remaining, names=names)
    rows = OtherName.objects.filter(stakeholder=remaining, text="Coastal Watch Kenya")
    assert set(rows.values_list("kind", flat=True)) == kinds


def test_a_ror_identifier_stays_one_entrys_alone(gone, remaining):
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id="https://ror.org/01")
    Stakeholder.objects.filter(pk=remaining.pk).update(ror_id="https://ror.org/02")
    merge(gone, remaining, choices={"ror_id": "gone"})
    gone.refresh_from_db()
    remaining.refresh_from_db()
    assert (remaining.ror_id, gone.ror_id) == ("https://ror.org/01", "https://ror.org/02")


# --- The address that leads on ------------------------------------------------------------------------
def test_every_old_address_leads_on_in_the_language_of_the_request(client, gone, remaining):
    old, new = gone.get_absolute_url(), remaining.get_absolute_url()
    merge(gone, remaining)
    for language in ("en", "fr", "ar"):
        target = new.replace("/en/", f"/{language}/")
        for url in (old, f"/en/stakeholders/{gone.pk}/"):
            answer = client.get(url.replace("/en/", f"/{language}/"))
            assert (answer.status_code, answer.url) == (301, target)
    sign_in(client, person_with(Role.VETTING))
    assert client.get(old).status_code == 301


@pytest.mark.parametrize(
    ("listing", "sees"), (("members_states", {"member", "state", "desk"}), ("unlisted", {"desk"}))
)
def test_it_leads_on_only_for_who_may_see_the_other(client, gone, remaining, listing, sees):
    old = gone.get_absolute_url()
    merge(gone, remaining)
    Stakeholder.objects.filter(pk=remaining.pk).update(listing=listing)
    home = StakeholderFactory()
    people = {
        "visitor": None,
        "stranger": UserFactory(),
        "member": member_of(home),
        "state": person_with(Role.STATE),
        "desk": person_with(Role.VETTING),
    }
    for who, person in people.items():
        client.logout()
        if person:
            sign_in(client, person)
        answer = client.get(old)
        assert answer.status_code == (301 if who in sees else 404), who
        assert ("harbour" in answer.headers.get("Location", "")) is (who in sees)
        assert "Harbour" not in answer.text


def test_chains_are_flat_and_have_no_ring(client, gone, remaining):
    third = StakeholderFactory(name="Third")
    merge(gone, remaining)
    merge(remaining, third)
    gone.refresh_from_db()
    assert gone.merged_into == third
    assert client.get(f"/en/stakeholders/{gone.pk}/").url == third.get_absolute_url()
    for pair in ((third, gone), (gone, third), (remaining, gone)):
        with pytest.raises(WrongState):
            merge(*pair)


# --- What is refused ----------------------------------------------------------------------------------
def test_only_those_who_vet_merge(gone, remaining, subtests):
    for role in [role for role in ROLES if role not in {"visitor", "vetting", "head"}]:
        with subtests.test(role=role):
            actor = {"stranger": UserFactory, "member": lambda: member_of(gone)}.get(
                role, lambda role=role: person_with(role)
            )()
            with pytest.raises(PermissionDenied):
                merge(gone, remaining, actor=actor)
            gone.refresh_from_db()
            assert gone.status == "active"


@pytest.mark.parametrize("side", ("gone", "kept"))
def test_nobody_merges_what_they_belong_to(gone, remaining, side):
    actor = person_with(Role.VETTING)
    Membership.objects.create(stakeholder={"gone": gone, "kept": remaining}[side], user=actor, role="reader")
    with pytest.raises(DomainError, match="You are involved in"):
        merge(gone, remaining, actor=actor)


@pytest.mark.parametrize(
    ("of_gone", "of_kept", "words"),
    (
        ({"status": "suspended"}, {}, "cannot be merged now"),
        ({}, {"status": "suspended"}, "cannot be"),
        ({"status": "withdrawn"}, {}, "cannot be merged now"),
        ({}, {"status": "withdrawn"}, "cannot be"),
        ({}, {"status": "lapsed"}, "has the higher status"),
        ({"kind": "expert"}, {}, "individual expert"),
        ({"is_demo": True}, {}, "demonstration"),
    ),
)
def test_what_cannot_be_one_stays_two(gone, remaining, of_gone, of_kept, words):
    Stakeholder.objects.filter(pk=gone.pk).update(**of_gone)
    Stakeholder.objects.filter(pk=remaining.pk).update(**of_kept)
    with pytest.raises(DomainError, match=words):
        merge(gone, remaining)
    assert not Stakeholder.objects.filter(status="merged").exists()


def test_one_with_itself_or_without_a_reason_or_on_an_old_page_is_refused(gone, remaining):
    with pytest.raises(DomainError, match="into itself"):
        merge(gone, gone)
    with pytest.raises(DomainError) as refusal:
        merge(gone, remaining, reason=" \n")
    assert set(refusal.value.fields) == {"reason"}
    with pytest.raises(WrongState, match="has changed"):
        merge(gone, remaining, versions=(now(), remaining.updated_at))


def test_two_different_experts_are_not_one(reference):
    gone, remaining = StakeholderFactory(kind="expert"), StakeholderFactory(kind="expert")
    member_of(gone)
    member_of(remaining)
    with pytest.raises(DomainError, match="different people"):
        merge(gone, remaining)


def test_nothing_of_a_merge_that_fails_is_left(gone, remaining, monkeypatch):
    member_of(gone)
    monkeypatch.setattr(merging_actions, "_tell", lambda *_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(gone, remaining)
    gone.refresh_from_db()
    assert (gone.status, gone.memberships.count()) == ("active", 1)
    assert not Decision.objects.exists()


# --- What is kept of it -------------------------------------------------------------------------------
def test_both_timelines_tell_of_it_and_apps_above_hear(gone, remaining):
    heard = []

    def listen(old, new, **_arguments):
        heard.append((old.pk, new.pk, Membership.objects.filter(stakeholder=old).count()))

    stakeholder_merged.connect(listen)
    actor = person_with(Role.VETTING, name="Vera Vetter")
    member_of(gone)
    merge(gone, remaining, actor=actor)
    stakeholder_merged.disconnect(listen)
    assert heard == [(gone.pk, remaining.pk, 0)]
    assert [str(line) for line in timeline(gone, actor)]
    actions = {row.action for pk in (gone, remaining) for row in _entries(pk)}
    assert {"stakeholders.stakeholder.merge", "stakeholders.merged_in"} <= actions
    assert "Coastal" not in str([row.data for row in _entries(remaining)])


def _entries(stakeholder):
    return Entry.objects.filter(subject_kind="stakeholders.stakeholder", subject_id=stakeholder.pk)


# --- The pages ----------------------------------------------------------------------------------------
def page_of(gone, remaining):
    return f"/en/desk/vetting/merge/{gone.pk}/{remaining.pk}/"


def test_the_pages_by_role(client, gone, remaining, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            makers = {"visitor": lambda: None, "stranger": UserFactory, "member": lambda: member_of(gone)}
            if person := makers.get(who, lambda who=who: person_with(who))():
                sign_in(client, person)
            expected = {"visitor": 302, "vetting": 200, "head": 200}.get(who, 404)
            for url in (f"/en/desk/vetting/merge/{gone.pk}/", page_of(gone, remaining)):
                assert client.get(url).status_code == expected, url
            if who not in {"vetting", "head"}:
                client.post(page_of(gone, remaining), merge_fields(gone, remaining))
                gone.refresh_from_db()
                assert gone.status == "active"


def merge_fields(gone, remaining, **more):
    return {
        "seen_gone": gone.updated_at.isoformat(),
        "seen_kept": remaining.updated_at.isoformat(),
        "reason": "The same body twice.",
        "sure": "on",
        "names": "former",
        "field_name": "kept",
        "field_city": "gone",
        "field_acronym": "gone",
        **more,
    }


def test_the_desk_finds_compares_and_merges(client, gone, remaining):
    sign_in(client, person_with(Role.VETTING))
    member_of(gone)
    gone.refresh_from_db()
    remaining.refresh_from_db()
    assert (
        f"/en/desk/vetting/merge/{gone.pk}/" in client.get(f"/en/desk/vetting/stakeholders/{gone.pk}/").text
    )
    choices_text = client.get(f"/en/desk/vetting/merge/{gone.pk}/", {"q": "harbour"}).text
    assert page_of(gone, remaining) in choices_text
    page = client.get(page_of(gone, remaining)).text
    for words in ("Coastal Watch Kenya", "Harbour Observatory", "Mombasa", "Memberships", "cannot be undone"):
        assert words in page
    wrong = client.post(
        page_of(gone, remaining), merge_fields(gone, remaining, sure="", field_city="kept")
    ).text
    assert "Confirm that you know" in wrong
    assert "The same body twice." in wrong
    answer = client.post(page_of(gone, remaining), merge_fields(gone, remaining))
    assert answer.url == f"/en/desk/vetting/stakeholders/{remaining.pk}/"
    remaining.refresh_from_db()
    assert remaining.city == "Mombasa"
    assert "It was merged into" in client.get(f"/en/desk/vetting/stakeholders/{gone.pk}/").text
    late = client.post(page_of(gone, remaining), merge_fields(gone, remaining))
    assert late.status_code == 404


def test_a_suspended_or_missing_one_has_no_merge_page(client, gone, remaining):
    sign_in(client, person_with(Role.VETTING))
    Stakeholder.objects.filter(pk=remaining.pk).update(status="suspended")
    assert client.get(page_of(gone, remaining)).status_code == 404
    assert client.get(page_of(gone, gone)).status_code == 200
    assert "into itself" in client.get(page_of(gone, gone)).text


def test_reports_about_the_old_one_reach_the_desk_with_the_new(gone, remaining):
    report = report_entry(gone, actor=AnonymousUser(), fault="wrong", text="No.", language="en")
    merge(gone, remaining)
    assert Report.objects.get(pk=report.pk).stakeholder == remaining


def test_whoever_claims_the_one_that_goes_is_told_and_can_ask_to_join(client, remaining):
    member_of(remaining)
    claim = sent_claim(listed_entry(name="Harbour Observers", acronym="HO"))
    merge(claim.stakeholder, remaining)
    message = Message.objects.get(kind="stakeholders.claim_merged")
    assert (message.user, message.facts["kept"]) == (claim.applicant, remaining.name)
    sign_in(client, claim.applicant)
    page = client.get(f"/en/stakeholders/applications/{claim.pk}/").text
    assert f'href="/en/stakeholders/{remaining.pk}/join/"' in page
