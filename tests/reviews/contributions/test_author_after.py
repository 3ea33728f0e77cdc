"""What becomes of a contribution that was sent: its author's pages, and who reads it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from reviews.calls import actions as calls_actions
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.moderation import actions as moderation_actions
from reviews.signatures import actions as signatures_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, RuleFactory, draft_for
from tests.factories.rights import fresh
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.reviews.authors import at, typed
from tests.support import words_of
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def call():
    return CallFactory(title="Witness protection")


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


@pytest.fixture
def draft(call):
    """(contribution, its author)"""
    return draft_for(call, StakeholderFactory(name="Coastal Watch"))


@pytest.fixture
def as_author(client, draft):
    sign_in(client, draft[1])
    return client


# --- After sending ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-06")
def test_an_extension_is_seen_by_its_stakeholder_alone_and_holds(client, call, desk, time_machine):
    (mine, author), (_other, another) = draft_for(call), draft_for(call)
    calls_actions.give_time(
        call,
        mine.stakeholder,
        actor=desk,
        until=call.closes_at + timedelta(days=3),
        reason="A storm cut the power",
    )
    entry = Entry.objects.get(action="workflow.extension.give")
    assert (entry.actor_id, entry.data["until"]) == (
        desk.pk,
        (call.closes_at + timedelta(days=3)).isoformat(),
    )
    paths = [at(mine), f"/en/contributions/{mine.pk}/", f"/en/calls/{call.pk}/contribute/", "/en/me/"]
    sign_in(client, author)
    says_so = re.compile("more time|[Ee]xtended|your own extension")
    assert all(says_so.search(client.get(path).text) for path in paths)
    sign_in(client, another)
    for path in (at(_other), f"/en/contributions/{_other.pk}/", *paths[2:]):
        assert not says_so.search(client.get(path).text)
    time_machine.move_to(call.closes_at + timedelta(days=1))
    sign_in(client, another)
    client.post(at(_other, "check"))
    sign_in(client, author)
    client.post(at(mine, "check"))
    assert set(Contribution.objects.values_list("pk", "status")) == {
        (mine.pk, "submitted"),
        (_other.pk, "draft"),
    }


def test_taken_back_corrected_and_sent_again_before_the_closing(as_author, draft, time_machine):
    contribution, author = draft
    contributions_actions.submit(contribution, actor=author)
    assert as_author.get(at(contribution)).status_code == 302
    as_author.get(at(contribution, "revise"))
    assert Contribution.objects.get().status == "submitted"
    assert as_author.post(at(contribution, "revise")).url == at(contribution)
    as_author.post(at(contribution), typed(contribution, "Better", check="1"))
    as_author.post(at(contribution, "check"))
    assert Receipt.objects.about(contribution).count() == 2
    time_machine.move_to(contribution.call.closes_at + timedelta(seconds=1))
    sign_in(as_author, author)
    assert "closed" in as_author.post(at(contribution, "revise"), follow=True).text
    assert Contribution.objects.get().status == "submitted"
    assert "/revise/" not in as_author.get(f"/en/contributions/{contribution.pk}/").text


def test_a_return_is_answered_in_its_own_time_and_only_where_asked(as_author, draft, desk, time_machine):
    contribution, author = draft
    first, second = contribution.call.questions.all()
    sent = contributions_actions.submit(contribution, actor=author)[0]
    returned = moderation_actions.return_with_questions(
        sent, actor=desk, requests={second.field: "Which years?"}, note="Thank you so far."
    )
    time_machine.move_to(contribution.call.closes_at + timedelta(days=1))
    Contribution.objects.update(answer_by=now() + timedelta(hours=1))
    sign_in(as_author, author)
    page = as_author.get(f"/en/contributions/{contribution.pk}/")
    assert "Which years?" in page.text
    assert "Thank you so far." in page.text
    page = as_author.get(at(contribution))
    assert "Which years?" in page.text
    assert first.field not in page.context["form"].fields
    fields = {
        "version": returned.version,
        second.field: "2024 and 2025",
        first.field: "Changed",
        "check": "1",
    }
    assert as_author.post(at(contribution), fields).url == at(contribution, "check")
    assert "/receipts/" in as_author.post(at(contribution, "check")).url
    assert Contribution.objects.get().status == "screening"
    assert {answer.text for answer in contribution.answers.all()} == {"Courts hear victims.", "2024 and 2025"}


def test_a_return_too_late_is_not_taken(as_author, draft, desk, time_machine):
    contribution, author = draft
    sent = contributions_actions.submit(contribution, actor=author)[0]
    moderation_actions.return_with_questions(sent, actor=desk, requests={"language": "Is it English?"})
    Contribution.objects.update(answer_by=now() - timedelta(seconds=1))
    page = as_author.post(at(contribution, "check"), follow=True)
    assert "The time to answer is over" in page.text
    assert Contribution.objects.get().status == "returned"


def test_declined_shows_the_rule_and_leads_to_correcting(as_author, draft, desk):
    contribution, author = draft
    sent = contributions_actions.submit(contribution, actor=author)[0]
    rule = RuleFactory(name_en="No personal data", text="Do not name private persons.")
    moderation_actions.decline(sent, actor=desk, rule=rule.pk, note="Please take out the name.")
    page = as_author.get(f"/en/contributions/{contribution.pk}/")
    for text in (
        "No personal data",
        "Do not name private persons.",
        "Please take out the name.",
        "Correct it",
    ):
        assert text in page.text


def test_withdrawing_asks_first_and_hides_it(client, as_author, draft, desk):
    contribution, author = draft
    moderation_actions.publish(contributions_actions.submit(contribution, actor=author)[0], actor=desk)
    page = f"/en/contributions/{contribution.pk}/"
    assert "cannot be undone" in as_author.get(at(contribution, "withdraw")).text
    assert Contribution.objects.get().status == "published"
    as_author.post(at(contribution, "withdraw"))
    assert Contribution.objects.get().status == "withdrawn"
    assert as_author.get(page).status_code == 200
    client.logout()
    assert client.get(page).status_code == 404


def test_a_draft_is_deleted_after_asking(as_author, draft):
    contribution, _author = draft
    as_author.get(at(contribution, "discard"))
    assert Contribution.objects.exists()
    as_author.post(at(contribution, "discard"))
    assert not Contribution.objects.exists()


# --- Who reads it -------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-10")
def test_each_choice_says_what_follows_and_the_only_one_of_a_country_is_warned(client, draft):
    contribution, author = draft
    client.force_login(author)
    page = words_of(client.get(at(contribution)))
    for text in (
        "Everybody can read the text, the links and the files",
        "stay with the WhatsOn team",
        "Only the WhatsOn team reads it",
    ):
        assert text in page
    assert "could still guess that it is Coastal Watch" in page
    StakeholderFactory(country_id=contribution.stakeholder.country_id)
    assert "could still guess" not in words_of(client.get(at(contribution)))


@pytest.mark.behaviour("R-10")
@pytest.mark.parametrize("visibility", ["public", "unnamed", "desk"])
def test_the_published_page_shows_what_the_author_chose(client, call, desk, visibility):
    contribution, author = draft_for(
        call, StakeholderFactory(name="Unique Zebra Watch"), visibility=visibility
    )
    partner = StakeholderFactory(name="Signing Ibex League")
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    contribution = contributions_actions.save_answers(
        contribution,
        actor=author,
        version=contribution.version,
        answers={},
        links=[{"label": "Zebra report", "url": "https://zebra.example/report"}],
    )
    signatures_actions.sign(signature, actor=signer, digest=contribution.digest)
    sent = contributions_actions.submit(contribution, actor=author)[0]
    page = f"/en/contributions/{contribution.pk}/"
    assert client.get(page).status_code == 404
    (moderation_actions.keep if visibility == "desk" else moderation_actions.publish)(sent, actor=desk)
    for person in (
        AnonymousUser(),
        UserFactory(),
        member_of(StakeholderFactory()),
        person_with(Role.STATE, country="KEN"),
    ):
        client.logout()
        if person.is_authenticated:
            sign_in(client, person)
        answer = client.get(page)
        if visibility == "desk":
            assert answer.status_code == 404
            continue
        assert "Courts hear victims." in answer.text
        for name in ("Unique Zebra Watch", "Signing Ibex League", "zebra.example"):
            assert (name in answer.text) is (visibility == "public")


@pytest.mark.behaviour("A-10")
def test_a_contribution_stays_without_its_writer_once_the_account_is_deleted(client, draft, desk):
    contribution, author = draft
    moderation_actions.publish(contributions_actions.submit(contribution, actor=author)[0], actor=desk)
    sign_in(client, author)
    fresh(client)
    client.post("/en/me/data/delete/", {"sure": "on"})
    assert not User.objects.filter(pk=author.pk).exists()
    assert Contribution.objects.get().author is None
    page = client.get(f"/en/contributions/{contribution.pk}/").text
    assert "Courts hear victims." in page
    assert author.name not in page


@pytest.mark.behaviour("R-10")
def test_it_is_narrowed_and_never_widened(client, as_author, draft, desk):
    contribution, author = draft
    moderation_actions.publish(contributions_actions.submit(contribution, actor=author)[0], actor=desk)
    path = at(contribution, "narrow")
    assert 'value="public"' not in as_author.get(path).text
    as_author.post(path, {"visibility": "unnamed"})
    refused = as_author.post(path, {"visibility": "public"})
    assert refused.context["form"].errors["visibility"]
    assert Contribution.objects.get().visibility == "unnamed"
    as_author.post(path, {"visibility": "desk"})
    assert Contribution.objects.get().status == "desk_only"
    client.logout()
    assert client.get(f"/en/contributions/{contribution.pk}/").status_code == 404
