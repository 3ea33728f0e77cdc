"""An entry hides: its people read what that means, and take down what they published in the same step."""

import re

import pytest
from django.urls import reverse

from coordination.networks.models import NetworkMember
from events.events.models import Event
from events.proposals.models import Proposal
from events.registrations.models import Registration
from news.stories.models import Story
from resources.collections.models import Collection
from reviews.contributions.models import Contribution
from stakeholders.entries.enums import Listing, MemberRole
from stakeholders.entries.models import Stakeholder
from tests.factories.accounts import sign_in
from tests.factories.calls import CallFactory, published_for
from tests.factories.events import EventFactory, RoundFactory
from tests.factories.networks import NetworkMemberFactory
from tests.factories.news import StoryFactory
from tests.factories.programme import meeting_at, programme_event
from tests.factories.registrations import RulesFactory
from tests.factories.resources import CollectionFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

LABELS = (
    "Cancel the events that are still to come",
    "Cancel the meetings that you lead",
    "Withdraw the stories",
    "Withdraw the contributions",
    "Make the collections drafts again",
    "Leave the networks",
)


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def published(entry):
    """One of everything that an entry publishes."""
    congress = programme_event()
    return {
        "event": EventFactory(title="Shore training", organizer=entry),
        "meeting": meeting_at(
            congress, None, lead=entry, title="Shore talk", public_at=congress.published_at
        ),
        "story": StoryFactory(title="Shore story", stakeholder=entry),
        "contribution": published_for(CallFactory(title="Shore call"), entry)[0],
        "collection": CollectionFactory(title="Shore collection", owner=entry),
        "network": NetworkMemberFactory(stakeholder=entry),
    }


def page_of(entry):
    return f"/en/stakeholders/{entry.pk}/manage/hide/"


def statuses(published):
    return {name: type(row).objects.get(pk=row.pk).status for name, row in published.items()}


@pytest.mark.behaviour("D-19")
def test_who_hides_reads_first_what_goes_and_what_stays(client, entry, published):
    EventFactory(title="Of others")
    sign_in(client, member_of(entry))
    page = client.get(page_of(entry)).text
    for text in (
        "What is removed at once",
        "What stays",
        *LABELS,
        "Shore training",
        "Shore story",
        "Shore call",
    ):
        assert text in page
    # What only unfolds does not read as an act.
    summaries = re.findall("<summary>(.*?) \\(1\\)</summary>", page)
    assert sorted(summaries) == ["Collections", "Contributions", "Events", "Meetings", "Networks", "Stories"]
    assert "Of others" not in page
    assert Stakeholder.objects.get(pk=entry.pk).listing == Listing.PUBLIC


@pytest.mark.behaviour("D-19")
@pytest.mark.parametrize("listing", [Listing.UNLISTED, Listing.COUNTRY])
def test_who_is_hidden_takes_part_as_before(client, listing):
    entry = StakeholderFactory(listing=listing)
    assert client.get(entry.get_absolute_url()).status_code == 404
    sign_in(client, member_of(entry))
    call, event = CallFactory(), RulesFactory().event
    begun = client.post(reverse("calls:contribute", args=[call.pk]), {"stakeholder": entry.pk})
    assert begun.url == reverse("calls:write", args=[Contribution.objects.get().pk])
    place = {"stakeholder": entry.pk, "shown": "nobody", "agreed": "on"}
    client.post(reverse("events:register", args=[event.pk, event.slug]), place)
    assert Registration.objects.get().status == "confirmed"
    proposals = RoundFactory().event
    client.post(reverse("events:propose", args=[proposals.pk, proposals.slug]), {"lead": entry.pk})
    assert Proposal.objects.get().lead == entry
    shared = StakeholderFactory(listing=Listing.MEMBERS)
    assert client.get(shared.get_absolute_url()).status_code == 200


@pytest.mark.behaviour("D-19")
def test_what_was_chosen_is_taken_down_in_the_same_step(client, entry, published):
    before = statuses(published)
    sign_in(client, member_of(entry))
    chosen = ["events.events", "news.story", "reviews.contribution", "resources.collections"]
    answer = client.post(page_of(entry), {"listing": "unlisted", "take_down": chosen}, follow=True)
    assert "The profile is hidden." in answer.text
    assert Stakeholder.objects.get(pk=entry.pk).listing == Listing.UNLISTED
    assert statuses(published) == before | {
        "event": "cancelled",
        "story": "withdrawn",
        "contribution": "withdrawn",
        "collection": "draft",
    }


def test_all_can_be_taken_down_and_then_nothing_is_offered(client, entry, published):
    sign_in(client, member_of(entry))
    boxes = [
        "events.events",
        "events.meetings",
        "news.story",
        "reviews.contribution",
        "resources.collections",
        "coordination.networks",
    ]
    client.post(page_of(entry), {"listing": "country", "take_down": boxes})
    assert Stakeholder.objects.get(pk=entry.pk).listing == Listing.COUNTRY
    page = client.get(page_of(entry)).text
    assert not any(label in page for label in LABELS)
    assert not Event.objects.filter(organizer=entry, status="published").exists()
    assert not Story.objects.shown().filter(stakeholder=entry).exists()
    assert not Contribution.objects.published().filter(stakeholder=entry).exists()
    assert not Collection.objects.filter(owner=entry, status="published").exists()
    assert not NetworkMember.objects.filter(stakeholder=entry, status="in").exists()


def test_an_editor_is_offered_what_an_editor_may_do(client, entry, published):
    """Only an administrator leaves a network."""
    sign_in(client, member_of(entry, MemberRole.EDITOR))
    page = client.get(page_of(entry)).text
    assert "Withdraw the stories" in page
    assert "Leave the networks" not in page
    wrong = client.post(page_of(entry), {"listing": "unlisted", "take_down": ["coordination.networks"]})
    assert "coordination.networks is not one of the available choices" in wrong.text
    assert Stakeholder.objects.get(pk=entry.pk).listing == Listing.PUBLIC


def test_the_choice_in_the_form_leads_there_and_loses_nothing(client, entry):
    sign_in(client, member_of(entry))
    data = {
        "version": Stakeholder.objects.get(pk=entry.pk).updated_at.isoformat(),
        "acronym": "",
        "city": "Kilifi",
        "mission": "We watch.",
        "mission_language": "en",
        "topics": ["firearms"],
        "listing": "country",
    }
    answer = client.post(f"/en/stakeholders/{entry.pk}/manage/entry/", data, follow=True)
    assert answer.redirect_chain == [(f"{page_of(entry)}?listing=country", 302)]
    assert "The profile is hidden once you confirm it here." in answer.text
    entry.refresh_from_db()
    assert (entry.city, entry.listing) == ("Kilifi", Listing.PUBLIC)
    assert answer.context["form"].initial == {"listing": "country"}
