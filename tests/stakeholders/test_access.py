"""Who sees and may do what: each page by each role, one's own and others'; hidden answers like missing."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.enums import Role
from stakeholders.applications.models import Application, Paper
from stakeholders.entries.enums import Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder, name_column
from stakeholders.entries.queries import is_member
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of, sent_application

pytestmark = pytest.mark.django_db

ROLES = (
    "visitor",
    "owner",
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
DESK = ("vetting", "head", "curation", "events", "reviews", "administrator")
VET = {"vetting", "head"}


@pytest.fixture
def person(applicant):
    """A function: the person of a role; the owner is the one whose application it is."""
    home = StakeholderFactory(name="Home of the member")

    def of(who):
        match who:
            case "visitor":
                return AnonymousUser()
            case "owner":
                return applicant
            case "stranger":
                return UserFactory()
            case "member":
                return member_of(home)
        return person_with(who)

    return of


def _enter(client, user):
    client.logout()
    if user.is_authenticated:
        sign_in(client, user)


DRAFT_PAGES = ("", "who", "what", "seen", "papers", "check", "discard")


@pytest.mark.slow
def test_a_draft_is_its_owners_alone(client, person, applicant, subtests):
    draft = full_draft(applicant)
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who))
            expected = {"visitor": 302, "owner": 200}.get(who, 404)
            for page in DRAFT_PAGES:
                url = f"/en/stakeholders/applications/{draft.pk}/{page + '/' if page else ''}"
                assert client.get(url).status_code == expected, page
            if who != "owner":
                for page in (
                    "who",
                    "check",
                    "discard",
                    "withdraw",
                    "answer",
                    f"papers/{draft.papers.get().pk}/remove",
                ):
                    url = f"/en/stakeholders/applications/{draft.pk}/{page}/"
                    assert client.post(url, {"version": 0, "name": "Taken over"}).status_code == expected, (
                        page
                    )
                stored = Application.objects.get(pk=draft.pk)
                assert (stored.name, stored.status, stored.papers.count()) == ("Coastal Watch", "draft", 1)


def test_the_applicants_pages_of_a_sent_application(client, person, application, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who))
            expected = {"visitor": 302, "owner": 200}.get(who, 404)
            for page in ("", "withdraw"):
                url = f"/en/stakeholders/applications/{application.pk}/{page + '/' if page else ''}"
                assert client.get(url).status_code == expected, page


def test_the_desks_pages(client, person, application, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who))
            expected = 302 if who == "visitor" else 200 if who in VET else 404
            assert client.get("/en/desk/vetting/").status_code == expected
            assert client.get(f"/en/desk/vetting/{application.pk}/").status_code == expected
            if who not in VET:
                for move in ("take", "release", "approve", "return", "refuse"):
                    url = f"/en/desk/vetting/{application.pk}/{move}/"
                    assert (
                        client.post(url, {"refuse-reason": "other", "refuse-note": "No."}).status_code
                        == expected
                    ), move
                assert Application.objects.get(pk=application.pk).status == "submitted"


def test_a_hidden_application_answers_exactly_like_a_missing_one(client, application):
    sign_in(client, UserFactory())
    hidden = client.get(f"/en/stakeholders/applications/{application.pk}/")
    missing = client.get("/en/stakeholders/applications/999999/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert token.sub("", hidden.content.decode()).replace(f"/{application.pk}/", "/N/") == token.sub(
        "", missing.content.decode()
    ).replace("/999999/", "/N/")


def test_a_vetting_role_sleeps_without_the_second_factor(client, application):
    client.force_login(person_with(Role.VETTING))
    response = client.get(f"/en/desk/vetting/{application.pk}/")
    assert response.status_code == 302
    assert response["Location"].startswith("/en/accounts/2fa/")


PERMISSIONS = {
    "view": {"owner", *VET},
    "change": {"owner"},
    "submit": {"owner"},
    "answer": {"owner"},
    "withdraw": {"owner"},
    "start": VET,
    "return": VET,
    "approve": VET,
    "refuse": VET,
    "vet": VET,
    "reconsider": {"owner"},
    "reopen": set(),  # nobody has asked
}


def test_who_may_do_what_with_an_application(person, application, subtests):
    users = {who: person(who) for who in ROLES if who != "visitor"}
    for verb, allowed in PERMISSIONS.items():
        with subtests.test(verb=verb):
            may = {
                who
                for who, user in users.items()
                if user.has_perm(f"stakeholders.{verb}_application", application)
            }
            assert may == allowed


# --- Which stakeholders who finds -------------------------------------------------------------------

EVERYBODY = set(ROLES)
READERS_BY_LISTING = {
    Listing.PUBLIC: EVERYBODY,
    Listing.MEMBERS_STATES: {"member", "regional", "state", *DESK},
    Listing.MEMBERS: {"member", "regional", *DESK},
    Listing.COUNTRY: set(DESK),
    Listing.UNLISTED: set(DESK),
}


def test_who_finds_a_stakeholder(person, subtests):
    users = {who: person(who) for who in ROLES}
    for listing in Listing.values:
        for status in Status.values:
            with subtests.test(listing=listing, status=status):
                source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
                entry = StakeholderFactory(status=status, listing=listing, **source)
                readers = READERS_BY_LISTING[listing] if status in Status.SHOWN else set(DESK)
                assert {
                    who for who, user in users.items() if Stakeholder.objects.visible_to(user).contains(entry)
                } == readers


@pytest.mark.parametrize("status", Status.values)
def test_who_reads_the_name_of_a_stakeholder(person, status):
    """Whoever finds it; one that lapsed goes on being named. Asked of all rows, of one, and of a column."""
    users = {who: person(who) for who in ROLES}
    source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
    for listing in Listing.values:
        entry = StakeholderFactory(status=status, listing=listing, **source)
        membership = Membership.objects.get(user=member_of(entry))
        named = READERS_BY_LISTING[listing] if status in Status.NAMED else set(DESK)
        for who, user in {**users, "its own": membership.user}.items():
            column = Membership.objects.annotate(named=name_column(user, "stakeholder"))
            assert {
                Stakeholder.objects.named_to(user).contains(entry),
                entry.is_named_to(user),
                entry.name_for(user) == entry.name,
                column.get(pk=membership.pk).named == entry.name,
            } == {who in named or who == "its own"}, (listing, who)
            assert entry.is_found_by(user) == Stakeholder.objects.visible_to(user).contains(entry)


def test_people_always_see_their_own_entry(subtests):
    for status in Status.values:
        with subtests.test(status=status):
            source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
            entry = StakeholderFactory(status=status, listing=Listing.UNLISTED, **source)
            assert list(Stakeholder.objects.visible_to(member_of(entry))) == [entry]


@pytest.mark.behaviour("A-07")
def test_whose_people_count_as_members(client, subtests):
    """Somebody of an approved, unsuspended stakeholder; only members open what is theirs alone."""
    for status, member in (
        ("listed", False),
        ("active", True),
        ("lapsed", False),
        ("suspended", False),
        ("withdrawn", False),
        ("merged", False),
    ):
        with subtests.test(status=status):
            source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
            reserved = StakeholderFactory(listing=Listing.MEMBERS)
            user = member_of(StakeholderFactory(status=status, **source), role=MemberRole.READER)
            assert is_member(user) is member
            sign_in(client, user)
            assert client.get(reserved.get_absolute_url()).status_code == (200 if member else 404)


def test_the_permission_to_view_is_the_same_as_being_visible(person, applicant):
    member_of(StakeholderFactory(listing=Listing.UNLISTED))
    for listing in Listing.values:
        StakeholderFactory(listing=listing)
    full_draft(applicant)
    sent_application(name="Another")
    for who in ROLES:
        user = person(who)
        if who == "visitor":
            continue
        for model in (Stakeholder, Application):
            verb = f"stakeholders.view_{model._meta.model_name}"
            visible_ids = {row.pk for row in model.objects.visible_to(user)}
            assert {row.pk for row in model.objects.all() if user.has_perm(verb, row)} == visible_ids, (
                who,
                model,
            )


def test_memberships_and_papers_are_not_for_others(person, application):
    entry = StakeholderFactory()
    own = member_of(entry)
    papers = {who for who in ROLES if Paper.objects.visible_to(person(who)).exists()}
    assert papers == {"owner", *VET}
    assert set(Membership.objects.visible_to(own).values_list("stakeholder", flat=True)) == {entry.pk}
    assert not Membership.objects.visible_to(person("stranger")).exists()
    assert not Membership.objects.visible_to(AnonymousUser()).exists()


def test_a_closed_account_sees_nothing_of_its_own_any_more(applicant, application):
    applicant.is_active = False
    applicant.save(update_fields=["is_active"])
    assert list(Application.objects.visible_to(applicant)) == []
    assert not applicant.has_perm("stakeholders.withdraw_application", application)
