"""A whole event is moved, then cancelled: who hears of it, each once, and where its meetings say so."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import WrongState
from events.board.actions_releasing import release
from events.events.models import Event
from events.programme.actions import star
from events.proposals.models import Proposal, Speaker
from events.registrations import actions as registrations_actions
from events.rescheduling.actions import cancel_event, reschedule_event
from events.reviewing.actions_deciding import draft_decision
from notifications.delivery.compose import compose
from notifications.follows.actions import expand, left_to_expand
from notifications.follows.models import Follow
from notifications.outbox.models import Message
from search.models import Document
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import PartnerFactory, RoundFactory, SpeakerFactory, proposal_in, sent_for
from tests.factories.programme import RoomFactory, meeting_at, programme_event
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db

OF_CHANGE = ("events.event_", "events.organizer_event", "events.speaker_event", "events.registration_")


def change_mails(since):
    """address → the kinds of mail of a change that it got since, and how many."""
    rows = Message.objects.filter(pk__gt=since).values_list("address", "kind")
    counts = {}
    for address, kind in rows:
        if kind.startswith(OF_CHANGE):
            counts.setdefault(address, Counter())[kind.removeprefix("events.")] += 1
    return counts


def last():
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def expand_all():
    expand(left_to_expand())


def test_everybody_whom_the_event_concerns_hears_once_that_it_is_moved_or_cancelled(  # noqa: PLR0915
    client, reference
):
    desk = person_with(Role.EVENTS)
    event = programme_event(country_id="AUT")
    RoundFactory(event=event)
    meeting = meeting_at(
        event, RoomFactory(event=event, name="Hall"), title="Forests", lead=StakeholderFactory()
    )
    lead, editor = member_of(meeting.lead), member_of(meeting.lead, role="editor")
    joins = member_of(PartnerFactory(proposal=meeting, status="confirmed").stakeholder)
    second = meeting_at(event, None, title="Rivers", lead=meeting.lead)
    review = sent_for(event)
    declined = proposal_in("declined", event=event)
    out = member_of(declined.lead)
    for proposal in (meeting, second):
        SpeakerFactory(proposal=proposal, address="speaks@example.org", status="confirmed")
    SpeakerFactory(proposal=review, address="asked@example.org", asked_at=now())
    SpeakerFactory(proposal=review, address="never-asked@example.org")
    SpeakerFactory(proposal=meeting, address=lead.email.upper(), status="confirmed")
    release(event, actor=desk, known_version=0)
    rules = RulesFactory(event=event, seats_in_person=2)
    follower, registered, waiting = UserFactory(), UserFactory(), UserFactory()
    for person in (lead, registered, waiting):  # the lead is registered, too
        registrations_actions.register(rules, actor=person, mode="in_person")
    for person in (follower, registered, lead):
        Follow.objects.create(user=person, terms=[f"event:{event.pk}"])
    star(Proposal.objects.get(pk=meeting.pk), user=follower)
    expand_all()

    since, event = last(), Event.objects.get(pk=event.pk)
    starts = event.starts_at + timedelta(days=7)
    reschedule_event(
        event,
        actor=desk,
        version=event.version,
        note="The hall is flooded.",
        values={"starts_at": starts, "ends_at": event.ends_at + timedelta(days=7)},
    )
    expand_all()
    organizer, participant = {"organizer_event_moved": 1}, {"registration_moved": 1}
    speaker = {"speaker_event": 1}
    assert change_mails(since) == {
        lead.email: organizer,
        joins.email: organizer,
        review.author.email: organizer,
        registered.email: participant,
        waiting.email: participant,
        follower.email: {"event_moved": 1},
        "speaks@example.org": speaker,
        "asked@example.org": speaker,
    }
    mail = compose(Message.objects.get(user=lead, kind="events.organizer_event_moved"))
    assert "“Forests” · “Rivers”" in mail.body
    assert "The hall is flooded." in mail.body
    assert "SEQUENCE:1" in mail.attachments[0].content
    way_in = Message.objects.get(address="speaks@example.org").url
    assert "“Forests” · “Rivers”" in compose(Message.objects.get(address="speaks@example.org")).body
    assert "Will you speak?" in client.get(way_in).text

    since, before = last(), client.get(reverse("events:programme", args=[event.pk, event.slug])).text
    assert "Cancelled" not in before
    cancel_event(Event.objects.get(pk=event.pk), actor=desk, note="No money.")
    expand_all()
    organizer, participant = {"organizer_event_cancelled": 1}, {"registration_event_cancelled": 1}
    assert change_mails(since) == {
        lead.email: organizer,
        joins.email: organizer,
        review.author.email: organizer,
        registered.email: participant,
        waiting.email: participant,
        follower.email: {"event_cancelled": 1},
        "speaks@example.org": speaker,
        "asked@example.org": speaker,
    }
    mail = compose(Message.objects.get(user=review.author, kind="events.organizer_event_cancelled"))
    assert "No money." in mail.body
    assert "STATUS:CANCELLED" in mail.attachments[0].content
    assert not {out.email, editor.email, "never-asked@example.org"} & change_mails(0).keys()

    # Nothing waits for anybody, and nothing more can be done.
    assert not WorkItem.objects.open().exists()
    with pytest.raises(WrongState, match="cancelled"):
        draft_decision(review, "accept", actor=desk)
    new = Message.objects.filter(address="speaks@example.org").latest("pk").url
    assert "will not take place" in client.get(new).text
    client.post(new, {"decline": "1"})
    assert set(Speaker.objects.filter(address="speaks@example.org").values_list("status", flat=True)) == {
        "confirmed"
    }

    # Its meetings say so wherever they stand.
    args = [event.pk, event.slug]
    assert "<s><a" in client.get(reverse("events:programme", args=args)).text
    assert "This event was cancelled." in client.get(reverse("events:meeting", args=[*args, 1])).text
    for name, more in (("meeting_file", [1]), ("programme_file", [])):
        text = client.get(reverse(f"events:{name}", args=[*args, *more])).text
        assert "STATUS:CANCELLED" in text
        assert "SEQUENCE:1" in text
    file = client.get(reverse("events:programme_table", args=[*args, "csv"]))
    assert ",cancelled," in file.getvalue().decode()
    assert all(
        "is:cancelled" in document.facets for document in Document.objects.filter(kind="events.proposal")
    )
    results = client.get("/en/search/", {"q": "Forests"}).text
    assert "<span>Meeting</span><span>Cancelled</span>" in results
    sign_in(client, follower)
    assert "Forests" not in client.get(reverse("events:own_calendar")).text
    sign_in(client, review.author)
    assert "This event was cancelled." in client.get(review.get_absolute_url()).text
