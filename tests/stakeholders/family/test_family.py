"""Branches and their parent: who links them, who sees it, and what it means in vetting."""

from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.family.actions import (
    confirm_link,
    drop_named_parent,
    end_link,
    link,
    name_parent,
    settle_for_merge,
)
from stakeholders.family.enums import Side
from stakeholders.family.models import FamilyLink
from stakeholders.family.queries import candidates, family_of, links_of
from stakeholders.standing import actions as standing_actions
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import raise_flag, withdraw_flag
from tests.factories.accounts import UserFactory, person_with, sign_in, visiting
from tests.factories.exchange import link as linked
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of, sent_application
from tests.support import assert_no_growth, markup_of, refused_and_each

pytestmark = pytest.mark.django_db

DESK = ("vetting", "head", "curation", "events", "reviews", "administrator")
ROLES = ("visitor", "stranger", "member", "regional", "state", *DESK)


@pytest.fixture
def parent():
    return StakeholderFactory(name="World Watch", country_id="CHE")


@pytest.fixture
def branch():
    return StakeholderFactory(name="World Watch Kenya")


@pytest.fixture
def person():
    home = StakeholderFactory(name="Home of the member")

    def of(who):
        match who:
            case "visitor":
                return AnonymousUser()
            case "stranger":
                return UserFactory()
            case "member":
                return member_of(home, MemberRole.READER)
        return person_with(who)

    return of


# --- Asking, confirming, ending -----------------------------------------------------------------------
@pytest.mark.parametrize("is_parent", (True, False))
def test_one_side_asks_and_the_administrators_of_the_other_confirm(branch, parent, is_parent):
    here, other_end = (branch, parent) if is_parent else (parent, branch)
    asker, answerer = member_of(here), member_of(other_end)
    family_link = link(here, other_end.pk, is_parent=is_parent, actor=asker)
    assert (family_link.branch, family_link.parent, family_link.is_confirmed) == (branch, parent, False)
    assert family_of(here, asker).parent is None
    assert not family_of(parent, asker)
    for stranger in (asker, member_of(other_end, MemberRole.EDITOR), UserFactory()):
        with pytest.raises(PermissionDenied):
            confirm_link(family_link, actor=stranger)
    confirm_link(family_link, actor=answerer)
    assert family_of(branch, AnonymousUser()).parent == parent
    assert family_of(parent, AnonymousUser()).branches == [branch]
    with pytest.raises(WrongState):
        confirm_link(family_link, actor=answerer)
    end_link(family_link, actor=asker)
    assert not FamilyLink.objects.exists()
    kinds = list(Message.objects.order_by("pk").values_list("kind", "user"))
    assert kinds == [
        ("stakeholders.family_asked", answerer.pk),
        ("stakeholders.family_confirmed", asker.pk),
        ("stakeholders.family_ended", answerer.pk),
    ]


def test_asking_from_both_sides_is_an_agreement(branch, parent):
    link(branch, parent.pk, is_parent=True, actor=member_of(branch))
    assert link(parent, branch.pk, is_parent=False, actor=member_of(parent)).is_confirmed


def test_asking_twice_is_refused(branch, parent):
    admin = member_of(branch)
    link(branch, parent.pk, is_parent=True, actor=admin)
    with pytest.raises(WrongState):
        link(branch, parent.pk, is_parent=True, actor=admin)


@pytest.mark.parametrize("role", (MemberRole.EDITOR, MemberRole.READER, Role.CURATION, Role.REGIONAL, ""))
def test_only_administrators_and_those_who_vet_link(branch, parent, role):
    user = (
        member_of(branch, role) if role in MemberRole.values else person_with(role) if role else UserFactory()
    )
    with pytest.raises(PermissionDenied):
        link(branch, parent.pk, is_parent=True, actor=user)


@pytest.mark.parametrize("role", (Role.VETTING, Role.HEAD))
def test_the_desk_sets_and_ends_a_link_at_once(branch, parent, role):
    family_link = link(branch, parent.pk, is_parent=True, actor=person_with(role))
    assert (family_link.is_confirmed, family_link.asked_from) == (True, Side.DESK)
    end_link(family_link, actor=person_with(role))
    assert not FamilyLink.objects.exists()


@pytest.mark.parametrize("end", ("branch", "parent"))
def test_nobody_of_the_desk_sets_a_link_of_what_they_belong_to(branch, parent, end):
    vetter = person_with(Role.VETTING)
    {"branch": branch, "parent": parent}[end].memberships.create(user=vetter, role=MemberRole.READER)
    for here, other_end, is_parent in ((branch, parent, True), (parent, branch, False)):
        with pytest.raises(PermissionDenied):
            link(here, other_end.pk, is_parent=is_parent, actor=vetter)


def test_a_branch_has_one_parent(branch, parent):
    linked(branch, parent)
    other = StakeholderFactory(name="Another parent")
    vetter = person_with(Role.VETTING)
    with pytest.raises(DomainError, match="has a parent organization already"):
        link(branch, other.pk, is_parent=True, actor=vetter)


def test_no_link_closes_a_ring(branch, parent):
    grand = StakeholderFactory(name="Grand")
    linked(branch, parent)
    linked(parent, grand)
    vetter = person_with(Role.VETTING)
    with pytest.raises(DomainError, match="The parent would become part of its"):
        link(grand, branch.pk, is_parent=True, actor=vetter)
    with pytest.raises(DomainError):
        link(grand, grand.pk, is_parent=True, actor=vetter)


def test_an_expert_is_nobodys_branch(branch):
    expert = StakeholderFactory(kind=Kind.EXPERT)
    vetter = person_with(Role.VETTING)
    with pytest.raises(DomainError):
        link(branch, expert.pk, is_parent=True, actor=vetter)
    with pytest.raises(PermissionDenied):
        link(expert, branch.pk, is_parent=True, actor=member_of(expert))
    with pytest.raises(DomainError):
        link(expert, branch.pk, is_parent=True, actor=vetter)


@pytest.mark.parametrize("status", ("listed", "lapsed"))
def test_an_active_branch_needs_an_active_parent(branch, status):
    source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
    parent = StakeholderFactory(status=status, **source)
    vetter = person_with(Role.VETTING)
    with pytest.raises(DomainError, match="verified only after its parent"):
        link(branch, parent.pk, is_parent=True, actor=vetter)


def test_a_hidden_organization_answers_like_a_missing_one(branch):
    hidden = StakeholderFactory(name="World Watch hidden", listing=Listing.UNLISTED)
    admin = member_of(branch)
    messages = []
    for pk in (hidden.pk, 999_999):
        with pytest.raises(DomainError) as refusal:
            link(branch, pk, is_parent=True, actor=admin)
        messages.append(str(refusal.value))
    assert messages[0] == messages[1]
    assert candidates(admin, "World Watch") == [branch]


# --- Who sees it --------------------------------------------------------------------------------------
READERS_BY_LISTING = {
    Listing.PUBLIC: set(ROLES),
    Listing.MEMBERS_STATES: {"member", "regional", "state", *DESK},
    Listing.MEMBERS: {"member", "regional", *DESK},
    Listing.COUNTRY: set(DESK),
    Listing.UNLISTED: set(DESK),
}


@pytest.mark.slow
@pytest.mark.parametrize("hidden", ("branch", "parent"))
def test_who_sees_that_two_belong_together(client, branch, parent, person, hidden, subtests):
    other, shown = (branch, parent) if hidden == "branch" else (parent, branch)
    linked(branch, parent)
    linked(StakeholderFactory(), parent)
    users = {who: person(who) for who in ROLES}
    browsers = {who: visiting(user) if user.is_authenticated else client for who, user in users.items()}
    for listing, readers in READERS_BY_LISTING.items():
        with subtests.test(listing=listing):
            other.name, other.listing = "Quiet House", listing
            other.save(update_fields=["name", "listing"])
            link = FamilyLink.objects.get(branch=branch)
            assert {
                who for who, user in users.items() if FamilyLink.objects.visible_to(user).contains(link)
            } == readers
            for who, user in users.items():
                if user.is_authenticated:
                    assert user.has_perm("stakeholders.view_familylink", link) is (who in readers), who
                page = markup_of(browsers[who].get(shown.get_absolute_url()))
                assert ("Quiet House" in page) is (who in readers), who
                if hidden == "branch":
                    assert ("2 branches" in page, "1 branch<" in page) == (
                        who in readers,
                        who not in readers,
                    ), who


def test_what_the_desk_has_set_does_not_show_people_a_hidden_other_end(branch, parent):
    parent.listing = Listing.UNLISTED
    parent.save(update_fields=["listing"])
    admin = member_of(branch)
    family_link = linked(branch, parent, by=Side.DESK)
    assert links_of(branch, admin) == []
    assert not FamilyLink.objects.visible_to(admin).exists()
    FamilyLink.objects.filter(pk=family_link.pk).update(asked_from=Side.PARENT)
    assert [line.other for line in links_of(branch, admin)] == [parent]


def test_a_kept_profile_follows_the_link_and_the_other_ends_listing(client, branch, parent, settings):
    settings.KEEP_PAGES_SECONDS = 60
    url = branch.get_absolute_url()
    assert "World Watch</bdi>" not in markup_of(client.get(url))
    link(branch, parent.pk, is_parent=True, actor=person_with(Role.VETTING))
    assert f'href="{parent.get_absolute_url()}"' in client.get(url).content.decode()
    standing_actions.suspend(parent, actor=person_with(Role.VETTING), reason="untrue", note="Please explain.")
    assert f'href="{parent.get_absolute_url()}"' not in client.get(url).content.decode()


PAGES = ("visitor", "admin", "editor", "reader", "member", "stranger", "curation", "vetting", "head")


@pytest.mark.parametrize("people", refused_and_each(PAGES, {"admin", "vetting", "head"}))
def test_who_opens_and_uses_the_page_of_links(client, branch, parent, person, people, subtests):
    family_link = linked(branch, parent)
    for who in people:
        with subtests.test(who=who):
            user = member_of(branch, who) if who in MemberRole.values else person(who)
            if who != "visitor":
                sign_in(client, user)
            url = f"/en/stakeholders/{branch.pk}/manage/family/"
            opens = {*MemberRole.values, "vetting", "head"}
            may = {"admin", "vetting", "head"}
            assert client.get(url).status_code == (302 if who == "visitor" else 200 if who in opens else 404)
            typed = {"q": "World", "other": parent.pk, "end": "parent"}
            assert client.post(url, typed).status_code == (
                302 if who == "visitor" else 200 if who in may else 404
            )
            ended = client.post(f"{url}{family_link.pk}/end/")
            assert ended.status_code == (302 if who in {*may, "visitor"} else 404)
            assert FamilyLink.objects.exists() is (who not in may)


def test_a_link_is_asked_for_on_the_page_and_nothing_typed_is_lost(client, branch, parent):
    sign_in(client, member_of(branch))
    url = f"/en/stakeholders/{branch.pk}/manage/family/"
    assert parent.name in client.get(f"{url}?q=world").content.decode()
    wrong = client.post(url, {"q": "world", "other": parent.pk})
    assert wrong.status_code == 200
    assert list(wrong.context["form"].errors) == ["end"]
    assert wrong.context["form"]["other"].value() == str(parent.pk)
    assert client.post(url, {"q": "world", "other": parent.pk, "end": "parent"}).status_code == 302
    assert FamilyLink.objects.get().parent == parent


# --- Applications -------------------------------------------------------------------------------------
@pytest.fixture
def named(applicant, parent):
    """An application with the desk that names its parent."""
    draft = full_draft(applicant)
    name_parent(draft, parent.pk, actor=applicant)
    return submission_actions.submit(draft, actor=applicant)


@pytest.mark.behaviour("D-14")
def test_an_applicant_names_a_parent_among_what_they_may_find(client, applicant, parent):
    hidden = StakeholderFactory(name="World Watch hidden", listing=Listing.MEMBERS)
    draft = full_draft(applicant)
    sign_in(client, applicant)
    url = f"/en/stakeholders/applications/{draft.pk}/parent/choose/"
    page = client.get(f"{url}?q=World").content.decode()
    assert (parent.name in page, hidden.name in page) == (True, False)
    for other in (hidden.pk, 999_999):
        assert client.post(url, {"q": "World", "other": other}).status_code == 200
    assert not FamilyLink.objects.exists()
    assert client.post(url, {"q": "World", "other": parent.pk}).status_code == 302
    assert FamilyLink.objects.get().parent == parent
    parent.listing = Listing.UNLISTED
    parent.save(update_fields=["listing"])
    assert parent.name not in client.get(url).content.decode()
    assert client.post(url, {"none": "1"}).status_code == 302
    assert not FamilyLink.objects.exists()


def test_naming_a_parent_is_the_applicants_alone(client, applicant, parent, person, subtests):
    draft = full_draft(applicant)
    for who in ("visitor", "stranger", "vetting", "head"):
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, person(who))
            url = f"/en/stakeholders/applications/{draft.pk}/parent/choose/"
            assert client.get(url).status_code == (302 if who == "visitor" else 404)
            assert client.post(url, {"q": "World", "other": parent.pk}).status_code == (
                302 if who == "visitor" else 404
            )
            assert not FamilyLink.objects.exists()


def test_an_expert_names_none(client, applicant, parent):
    draft = full_draft(applicant, kind=Kind.EXPERT)
    sign_in(client, applicant)
    assert client.get(f"/en/stakeholders/applications/{draft.pk}/parent/choose/").status_code == 404
    with pytest.raises(DomainError):
        name_parent(draft, parent.pk, actor=applicant)


def test_an_approval_links_the_two_and_tells_the_parent(named, parent, vetter):
    admin = member_of(parent)
    assert named.snapshot["parent"] == parent.pk
    entry = vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.")
    family_link = FamilyLink.objects.get()
    assert (family_link.branch, family_link.application, family_link.parent, family_link.is_confirmed) == (
        entry,
        None,
        parent,
        True,
    )
    assert family_of(parent, AnonymousUser()).branches == [entry]
    assert Message.objects.filter(kind="stakeholders.family_confirmed", user=admin).count() == 1


@pytest.mark.behaviour("D-14")
@pytest.mark.parametrize("status", ("listed", "lapsed", "suspended", "withdrawn"))
def test_a_branch_is_not_approved_before_its_parent_is_active(as_vetter, named, parent, vetter, status):
    source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
    Stakeholder.objects.filter(pk=parent.pk).update(status=status, **source)
    with pytest.raises(DomainError, match="approved only after its parent"):
        vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.")
    page = as_vetter.get(f"/en/desk/vetting/{named.pk}/").content.decode()
    assert "A branch is approved only after its parent." in page
    as_vetter.post(
        f"/en/desk/vetting/{named.pk}/approve/",
        {"approve-note": "", "approve-unscreened_reason": "No list here."},
    )
    assert Stakeholder.objects.filter(name="Coastal Watch").count() == 0
    Stakeholder.objects.filter(pk=parent.pk).update(status=Status.ACTIVE)
    assert (
        vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.").status
        == Status.ACTIVE
    )


@pytest.mark.behaviour("D-14")
@pytest.mark.parametrize("above", (False, True))
def test_a_red_flag_on_the_parent_shows_on_its_branches_and_blocks(as_vetter, named, parent, vetter, above):
    flagged = StakeholderFactory(name="Grand") if above else parent
    if above:
        linked(parent, flagged)
    branch = linked(StakeholderFactory(name="A standing branch"), parent).branch
    yellow = raise_flag(flagged, actor=vetter, kind="yellow", text="Odd.")
    pages = [
        f"/en/desk/vetting/{named.pk}/",
        f"/en/desk/vetting/stakeholders/{branch.pk}/",
        "/en/desk/vetting/",
    ]
    sentences = (
        "The parent organization has a red",
        "The parent organization has a red",
        "Red flag on the parent",
    )
    assert [
        sentence in as_vetter.get(url).content.decode()
        for url, sentence in zip(pages, sentences, strict=True)
    ] == [False, False, False]
    red = raise_flag(flagged, actor=vetter, kind="red", text="Under investigation.")
    assert [
        sentence in as_vetter.get(url).content.decode()
        for url, sentence in zip(pages, sentences, strict=True)
    ] == [True, True, True]
    with pytest.raises(DomainError, match="The parent organization has a red"):
        vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.")
    withdraw_flag(red, actor=vetter, reason="Cleared.")
    assert (
        vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.").status
        == Status.ACTIVE
    )
    assert yellow.is_standing


def test_the_flag_of_a_parent_is_the_desks_alone(client, parent, branch, vetter, applicant):
    linked(branch, parent)
    raise_flag(parent, actor=vetter, kind="red", text="Under investigation.")
    draft = full_draft(applicant)
    name_parent(draft, parent.pk, actor=applicant)
    sent = submission_actions.submit(draft, actor=applicant)
    for person, urls in (
        (
            member_of(branch),
            [
                branch.get_absolute_url(),
                f"/en/stakeholders/{branch.pk}/manage/",
                f"/en/stakeholders/{branch.pk}/manage/family/",
            ],
        ),
        (applicant, [f"/en/stakeholders/applications/{sent.pk}/"]),
    ):
        sign_in(client, person)
        for url in urls:
            page = client.get(url)
            assert page.status_code == 200
            assert "red flag" not in page.content.decode().lower()


def test_who_belongs_to_the_parent_reads_no_flag_of_it_at_the_desk(client, named, parent, vetter):
    raise_flag(parent, actor=person_with(Role.VETTING), kind="red", text="Under investigation.")
    parent.memberships.create(user=vetter, role=MemberRole.READER)
    sign_in(client, vetter)
    assert "Red flag on the parent" not in client.get("/en/desk/vetting/").content.decode()
    assert "has a red flag, on:" not in client.get(f"/en/desk/vetting/{named.pk}/").content.decode()


def test_the_desk_takes_a_parent_out_and_approves_without(as_vetter, named, parent, vetter):
    Stakeholder.objects.filter(pk=parent.pk).update(status=Status.LAPSED)
    assert as_vetter.post(f"/en/desk/vetting/family/{named.pk}/drop/").status_code == 302
    vetting_actions.approve(named, actor=vetter, unscreened_reason="No list here.")
    assert not FamilyLink.objects.exists()


def test_only_those_who_vet_take_it_out(client, named, person, subtests):
    for who in ("visitor", "stranger", "member", "curation", "regional"):
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, person(who))
            code = client.post(f"/en/desk/vetting/family/{named.pk}/drop/").status_code
            assert code == (302 if who == "visitor" else 404)
            assert FamilyLink.objects.count() == 1
            with pytest.raises(PermissionDenied):
                drop_named_parent(named, actor=UserFactory())


# --- What other moves do ------------------------------------------------------------------------------
def test_a_suspended_parent_leaves_its_branches_as_they_are(branch, parent, vetter):
    linked(branch, parent)
    standing_actions.suspend(parent, actor=vetter, reason="untrue", note="Please explain.")
    branch.refresh_from_db()
    assert branch.status == Status.ACTIVE
    assert FamilyLink.objects.confirmed().count() == 1
    assert not family_of(branch, AnonymousUser())
    assert family_of(branch, vetter).parent == parent
    standing_actions.lift(parent, actor=vetter, note="Explained.")
    assert family_of(branch, AnonymousUser()).parent == parent


@pytest.mark.parametrize("end", ("branch", "parent"))
def test_a_withdrawal_ends_every_link_and_nothing_else(branch, parent, vetter, end):
    linked(branch, parent)
    gone, stays = (branch, parent) if end == "branch" else (parent, branch)
    standing_actions.withdraw(gone, actor=vetter, reason="own_request", note="As asked.")
    stays.refresh_from_db()
    assert stays.status == Status.ACTIVE
    assert not FamilyLink.objects.exists()


def test_two_that_become_one_keep_one_parent_and_no_ring(branch, parent):
    other, child = StakeholderFactory(), StakeholderFactory()
    linked(branch, parent)
    linked(other, child, confirmed=False)
    theirs = linked(child, other)
    linked(other, branch)
    settle_for_merge(branch, other)
    assert set(FamilyLink.objects.values_list("branch", "parent")) == {
        (branch.pk, parent.pk),
        (other.pk, child.pk),
        (child.pk, other.pk),
    }
    assert theirs.is_confirmed


def test_each_mail_leads_to_the_page_in_the_language_of_its_reader(branch, parent):
    asker = member_of(branch, language="fr")
    answerer = member_of(parent, language="ar")
    family_link = link(branch, parent.pk, is_parent=True, actor=asker)
    confirm_link(family_link, actor=answerer)
    end_link(family_link, actor=person_with(Role.VETTING))
    sent = sorted((mail.to[0], mail.body) for mail in deliver_all())
    pages = {
        answerer.email: f"/ar/stakeholders/{parent.pk}/manage/family/",
        asker.email: f"/fr/stakeholders/{branch.pk}/manage/family/",
    }
    assert sorted(to for to, _body in sent) == sorted(
        [answerer.email, answerer.email, asker.email, asker.email]
    )
    for to, body in sent:
        assert pages[to] in body
        assert branch.name in body
        assert parent.name in body


def test_a_profile_and_the_queue_cost_the_same_for_more(client, as_vetter, reference, parent, vetter):
    numbers = count()

    def add():
        linked(StakeholderFactory(), parent)
        sent = sent_application(name=f"Branch {next(numbers)}")
        FamilyLink.objects.create(application=sent, parent=parent, asked_from=Side.BRANCH)

    raise_flag(parent, actor=vetter, kind="red", text="Under investigation.")
    assert_no_growth(lambda: as_vetter.get("/en/desk/vetting/"), add)
    client.logout()
    assert_no_growth(lambda: client.get(parent.get_absolute_url()), add)
