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
def kept(reference):
    return indexed(StakeholderFactory(name="Harbour Observatory", city=""))


def indexed(stakeholder):
    index(stakeholder)
    return stakeholder


def merge(gone, kept, actor=None, **how):
    return merging_actions.merge(
        gone, kept, actor=actor or person_with(Role.VETTING), **{"reason": "One.", **how}
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
def test_everything_that_pointed_at_the_one_points_at_the_other(gone, kept):
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
    merge(gone, kept)
    for row in (gone, kept, report, invited, hit):
        row.refresh_from_db()
    assert (gone.status, gone.merged_into, gone.lapses_at) == ("merged", kept, None)
    assert {report.stakeholder, invited.stakeholder} == {kept}
    assert hit.subject_id == kept.pk
    assert list(kept.memberships.values_list("user", "role")) == [(person.pk, "editor")]
    assert moves(gone) == []
    assert DirectoryVersion.objects.current() > before


def test_the_index_and_the_directory_know_only_the_one_that_stays(client, gone, kept):
    merge(gone, kept)
    hits = find(AnonymousUser(), "coastal")
    assert gone.pk not in {hit.object_id for hit in hits}
    assert [hit.object_id for hit in find(AnonymousUser(), "harbour")] == [kept.pk]
    page = client.get("/en/stakeholders/").text
    assert f"/en/stakeholders/{gone.pk}-" not in page
    assert f"/en/stakeholders/{kept.pk}-" in page


def test_who_acts_for_both_keeps_the_higher_role_and_gets_one_mail(gone, kept):
    both = member_of(gone, role=MemberRole.ADMIN, language="fr")
    Membership.objects.create(stakeholder=kept, user=both, role=MemberRole.READER)
    reader = member_of(gone, role=MemberRole.READER)
    admin = member_of(kept)
    merge(gone, kept, reason="The same body.")
    assert set(kept.memberships.values_list("user", "role")) == {
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


def test_of_two_open_invitations_to_one_address_one_stays(gone, kept):
    for stakeholder in (gone, kept):
        invitations_actions.invite(stakeholder, "new@example.org", "reader", actor=member_of(stakeholder))
    merge(gone, kept)
    rows = Invitation.objects.filter(stakeholder=kept)
    assert (rows.count(), rows.open().count()) == (2, 1)


def test_a_change_that_waits_is_withdrawn_with_its_work(gone, kept):
    for stakeholder in (gone, kept):
        changes_actions.propose(stakeholder, actor=member_of(stakeholder), answers={"name": "Another name"})
    merge(gone, kept)
    assert list(ChangeRequest.objects.about(gone).values_list("status", flat=True)) == ["withdrawn"]
    assert list(ChangeRequest.objects.about(kept).values_list("status", flat=True)) == ["proposed"]
    assert WorkItem.objects.filter(what="change").open().count() == 1


def test_of_a_pair_that_both_have_the_hit_nobody_cleared_stays(gone, kept):
    match(gone, "a" * 64, cleared_at=now(), reason="Another body.")
    open_one = match(kept, "a" * 64)
    cleared = match(gone, "c" * 64, cleared_at=now(), reason="Another body.")
    merge(gone, kept)
    assert set(Match.objects.values_list("pk", "subject_id")) == {
        (open_one.pk, kept.pk),
        (cleared.pk, kept.pk),
    }


# --- Which value stays --------------------------------------------------------------------------------
def test_what_says_nothing_is_filled_and_the_narrower_listing_stays(gone, kept):
    Stakeholder.objects.filter(pk=gone.pk).update(listing=Listing.MEMBERS)
    here, there = Topic.objects.in_order()[:2]
    kept.topics.set([here])
    gone.topics.set([there])
    merge(gone, kept)
    kept.refresh_from_db()
    assert (kept.name, kept.city, kept.acronym) == ("Harbour Observatory", "Mombasa", "CWK")
    assert kept.listing == Listing.MEMBERS
    assert set(kept.topics.all()) == {here, there}


def test_the_desk_picks_field_by_field(gone, kept):
    here, there = Topic.objects.in_order()[:2]
    kept.topics.set([here])
    gone.topics.set([there])
    merge(gone, kept, choices={"name": "gone", "city": "kept", "topics": "gone"})
    kept.refresh_from_db()
    assert (kept.name, kept.name_key, kept.city) == ("Coastal Watch Kenya", "coastal watch kenya", "")
    assert list(kept.topics.all()) == [there]
    assert set(kept.other_names.values_list("text", "kind")) == {("Harbour Observatory", "former")}


@pytest.mark.parametrize(("names", "found"), (("former", {"former"}), ("other", {"other"}), ("", set())))
def test_the_names_of_the_other_become_what_the_desk_says(gone, kept, names, found):
    merge(gone, kept, names=names)
    rows = OtherName.objects.filter(stakeholder=kept, text="Coastal Watch Kenya")
    assert set(rows.values_list("kind", flat=True)) == found


def test_a_ror_identifier_stays_one_entrys_alone(gone, kept):
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id="https://ror.org/01")
    Stakeholder.objects.filter(pk=kept.pk).update(ror_id="https://ror.org/02")
    merge(gone, kept, choices={"ror_id": "gone"})
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (kept.ror_id, gone.ror_id) == ("https://ror.org/01", "https://ror.org/02")


# --- The address that leads on ------------------------------------------------------------------------
def test_every_old_address_leads_on_in_the_language_of_the_request(client, gone, kept):
    old, new = gone.get_absolute_url(), kept.get_absolute_url()
    merge(gone, kept)
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
def test_it_leads_on_only_for_who_may_see_the_other(client, gone, kept, listing, sees):
    old = gone.get_absolute_url()
    merge(gone, kept)
    Stakeholder.objects.filter(pk=kept.pk).update(listing=listing)
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


def test_chains_are_flat_and_have_no_ring(client, gone, kept):
    third = StakeholderFactory(name="Third")
    merge(gone, kept)
    merge(kept, third)
    gone.refresh_from_db()
    assert gone.merged_into == third
    assert client.get(f"/en/stakeholders/{gone.pk}/").url == third.get_absolute_url()
    for pair in ((third, gone), (gone, third), (kept, gone)):
        with pytest.raises(WrongState):
            merge(*pair)


# --- What is refused ----------------------------------------------------------------------------------
def test_only_those_who_vet_merge(gone, kept, subtests):
    for role in [role for role in ROLES if role not in {"visitor", "vetting", "head"}]:
        with subtests.test(role=role):
            actor = {"stranger": UserFactory, "member": lambda: member_of(gone)}.get(
                role, lambda role=role: person_with(role)
            )()
            with pytest.raises(PermissionDenied):
                merge(gone, kept, actor=actor)
            gone.refresh_from_db()
            assert gone.status == "active"


@pytest.mark.parametrize("side", ("gone", "kept"))
def test_nobody_merges_what_they_belong_to(gone, kept, side):
    actor = person_with(Role.VETTING)
    Membership.objects.create(stakeholder={"gone": gone, "kept": kept}[side], user=actor, role="reader")
    with pytest.raises(DomainError, match="You belong to"):
        merge(gone, kept, actor=actor)


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
def test_what_cannot_be_one_stays_two(gone, kept, of_gone, of_kept, words):
    Stakeholder.objects.filter(pk=gone.pk).update(**of_gone)
    Stakeholder.objects.filter(pk=kept.pk).update(**of_kept)
    with pytest.raises(DomainError, match=words):
        merge(gone, kept)
    assert not Stakeholder.objects.filter(status="merged").exists()


def test_one_with_itself_or_without_a_reason_or_on_an_old_page_is_refused(gone, kept):
    with pytest.raises(DomainError, match="into itself"):
        merge(gone, gone)
    with pytest.raises(DomainError) as refusal:
        merge(gone, kept, reason=" \n")
    assert set(refusal.value.fields) == {"reason"}
    with pytest.raises(WrongState, match="has changed"):
        merge(gone, kept, versions=(now(), kept.updated_at))


def test_two_different_experts_are_not_one(reference):
    gone, kept = StakeholderFactory(kind="expert"), StakeholderFactory(kind="expert")
    member_of(gone)
    member_of(kept)
    with pytest.raises(DomainError, match="different people"):
        merge(gone, kept)


def test_nothing_of_a_merge_that_fails_is_left(gone, kept, monkeypatch):
    member_of(gone)
    monkeypatch.setattr(merging_actions, "_tell", lambda *_said: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(gone, kept)
    gone.refresh_from_db()
    assert (gone.status, gone.memberships.count()) == ("active", 1)
    assert not Decision.objects.exists()


# --- What is kept of it -------------------------------------------------------------------------------
def test_both_timelines_tell_of_it_and_apps_above_hear(gone, kept):
    heard = []

    def listen(old, new, **_said):
        heard.append((old.pk, new.pk, Membership.objects.filter(stakeholder=old).count()))

    stakeholder_merged.connect(listen)
    actor = person_with(Role.VETTING, name="Vera Vetter")
    member_of(gone)
    merge(gone, kept, actor=actor)
    stakeholder_merged.disconnect(listen)
    assert heard == [(gone.pk, kept.pk, 0)]
    assert [str(line) for line in timeline(gone, actor)]
    told = {row.action for pk in (gone, kept) for row in _entries(pk)}
    assert {"stakeholders.stakeholder.merge", "stakeholders.merged_in"} <= told
    assert "Coastal" not in str([row.data for row in _entries(kept)])


def _entries(stakeholder):
    return Entry.objects.filter(subject_kind="stakeholders.stakeholder", subject_id=stakeholder.pk)


# --- The pages ----------------------------------------------------------------------------------------
def page_of(gone, kept):
    return f"/en/desk/vetting/merge/{gone.pk}/{kept.pk}/"


def test_the_pages_by_role(client, gone, kept, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            makers = {"visitor": lambda: None, "stranger": UserFactory, "member": lambda: member_of(gone)}
            if person := makers.get(who, lambda who=who: person_with(who))():
                sign_in(client, person)
            expected = {"visitor": 302, "vetting": 200, "head": 200}.get(who, 404)
            for url in (f"/en/desk/vetting/merge/{gone.pk}/", page_of(gone, kept)):
                assert client.get(url).status_code == expected, url
            if who not in {"vetting", "head"}:
                client.post(page_of(gone, kept), said(gone, kept))
                gone.refresh_from_db()
                assert gone.status == "active"


def said(gone, kept, **more):
    return {
        "seen_gone": gone.updated_at.isoformat(),
        "seen_kept": kept.updated_at.isoformat(),
        "reason": "The same body twice.",
        "sure": "on",
        "names": "former",
        "field_name": "kept",
        "field_city": "gone",
        "field_acronym": "gone",
        **more,
    }


def test_the_desk_finds_compares_and_merges(client, gone, kept):
    sign_in(client, person_with(Role.VETTING))
    member_of(gone)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (
        f"/en/desk/vetting/merge/{gone.pk}/" in client.get(f"/en/desk/vetting/stakeholders/{gone.pk}/").text
    )
    found = client.get(f"/en/desk/vetting/merge/{gone.pk}/", {"q": "harbour"}).text
    assert page_of(gone, kept) in found
    page = client.get(page_of(gone, kept)).text
    for words in ("Coastal Watch Kenya", "Harbour Observatory", "Mombasa", "Memberships", "cannot be undone"):
        assert words in page
    wrong = client.post(page_of(gone, kept), said(gone, kept, sure="", field_city="kept")).text
    assert "Confirm that you know" in wrong
    assert "The same body twice." in wrong
    answer = client.post(page_of(gone, kept), said(gone, kept))
    assert answer.url == f"/en/desk/vetting/stakeholders/{kept.pk}/"
    kept.refresh_from_db()
    assert kept.city == "Mombasa"
    assert "It was merged into" in client.get(f"/en/desk/vetting/stakeholders/{gone.pk}/").text
    late = client.post(page_of(gone, kept), said(gone, kept))
    assert late.status_code == 404


def test_a_suspended_or_missing_one_has_no_merge_page(client, gone, kept):
    sign_in(client, person_with(Role.VETTING))
    Stakeholder.objects.filter(pk=kept.pk).update(status="suspended")
    assert client.get(page_of(gone, kept)).status_code == 404
    assert client.get(page_of(gone, gone)).status_code == 200
    assert "into itself" in client.get(page_of(gone, gone)).text


def test_reports_about_the_old_one_reach_the_desk_with_the_new(gone, kept):
    report = report_entry(gone, actor=AnonymousUser(), fault="wrong", text="No.", language="en")
    merge(gone, kept)
    assert Report.objects.get(pk=report.pk).stakeholder == kept


def test_whoever_claims_the_one_that_goes_is_told_and_can_ask_to_join(client, kept):
    member_of(kept)
    claim = sent_claim(listed_entry(name="Harbour Observers", acronym="HO"))
    merge(claim.stakeholder, kept)
    told = Message.objects.get(kind="stakeholders.claim_merged")
    assert (told.user, told.facts["kept"]) == (claim.applicant, kept.name)
    sign_in(client, claim.applicant)
    page = client.get(f"/en/stakeholders/applications/{claim.pk}/").text
    assert f'href="/en/stakeholders/{kept.pk}/join/"' in page
