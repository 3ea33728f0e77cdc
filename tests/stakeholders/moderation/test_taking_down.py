"""What other apps show is hidden, shown again and taken down from the queue, each by an act of its own."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.people.enums import Role
from audit.queries import timeline
from coordination.networks.models import Network
from coordination.networks.models_parts import Announcement
from coordination.networks.queries import documents as network_documents
from coordination.plans.queries import plans as plan_documents
from core.errors import DomainError, WrongState
from events.board.actions_releasing import release
from events.events.models import Event
from events.events.queries import documents
from events.programme.queries import meeting_documents
from events.proposals.models import Proposal
from events.registrations.actions import refuse_unless_possible
from events.registrations.models import RegistrationRules
from events.rescheduling import actions as rescheduling_actions
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from reviews.contributions.actions import begin, withdraw
from reviews.contributions.queries import numbers
from reviews.moderation.actions import moderate_contribution
from stakeholders.moderation.actions import decide, report_thing
from stakeholders.moderation.models import Report
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, published_for
from tests.factories.events import EventFactory, RoundFactory, SpeakerFactory, proposal_in
from tests.factories.networks import NetworkFactory, PlanFactory, member_in
from tests.factories.notifications import deliver_all
from tests.factories.programme import RoomFactory, meeting_at, programme_event
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DESK = "/en/desk/moderation/"
NOTE = "It names a witness."


def report_about(subject):
    return report_thing(
        subject, actor=AnonymousUser(), fault="private", text="It names my sister.", language="en"
    )


def decided(client, deed, *reports):
    fields = {"deed": deed, "reason": "privacy", "note": NOTE, "chosen": [report.pk for report in reports]}
    return client.post(DESK, fields, follow=True).text


@pytest.fixture
def organizer(reference):
    return StakeholderFactory(name="Harbour Watch")


@pytest.fixture
def world(organizer):
    """One of each kind, public, with its owner and its page: name → (thing, owner, public page, own page)."""
    owner = member_of(organizer)
    event = EventFactory(title="A night at sea", organizer=organizer, kind="webinar")
    congress = programme_event()
    RoundFactory(event=congress)
    head = person_with(Role.HEAD)
    meeting = meeting_at(congress, RoomFactory(event=congress), lead=organizer, title="Voices of the port")
    release(congress, actor=head, known_version=0)
    contribution, author = published_for(CallFactory())
    network = NetworkFactory(name="Ports together")
    lead = member_in(network, "coordinator").person
    plan = PlanFactory(network=network, title="Plan of the ports", shown_to="public")
    return {
        "event": (event, owner, event.get_absolute_url(), reverse("events:own", args=[event.pk])),
        "meeting": (
            Proposal.objects.get(pk=meeting.pk),
            owner,
            reverse("events:meeting", args=[congress.pk, congress.slug, meeting.number]),
            reverse("events:proposal", args=[meeting.pk]),
        ),
        "contribution": (contribution, author, *[contribution.get_absolute_url()] * 2),
        "network": (network, lead, *[network.get_absolute_url()] * 2),
        "plan": (plan, lead, *[plan.get_absolute_url()] * 2),
    }


@pytest.mark.behaviour("R-20")
def test_all_kinds_are_hidden_at_once_for_one_reason_and_shown_again(client, world):
    programme = world["meeting"][2].rsplit("meetings/", 1)[0] + "programme/"
    assert "Voices of the port" in client.get(programme).text
    event, meeting, _contribution, network, plan = (subject for subject, *_pages in world.values())

    def listed_names():
        """What the index and search engines are told of."""
        documents_listed = [
            *documents([event.pk]),
            *meeting_documents([meeting.pk]),
            *network_documents([network.pk]),
        ]
        return [document.name for document in [*documents_listed, *plan_documents([plan.pk])]]

    assert listed_names() == ["A night at sea", "Voices of the port", "Ports together", "Plan of the ports"]
    assert plan.get_absolute_url() in client.get("/sitemap-plans-1.xml").text
    reports = {name: report_about(subject) for name, (subject, *_pages) in world.items()}
    head = person_with(Role.HEAD)
    sign_in(client, head)
    assert "5 reports are decided" in decided(client, "hide", *reports.values())
    assert {report.outcome for report in Report.objects.all()} == {"hidden"}
    client.logout()
    for name, (_subject, _owner, public, _own) in world.items():
        assert client.get(public).status_code == 404, name
        assert (
            client.get(reverse("reporting:report", args=[reports[name].subject_kind, 1])).status_code == 404
        )
    assert "Voices of the port" not in client.get(programme).text
    assert "Voices of the port" not in client.get(f"{programme}changes/").text
    assert not listed_names()

    for name, (subject, owner, _public, own) in world.items():
        mail = Message.objects.get(kind="stakeholders.moderated", subject_kind=subject._meta.label_lower)
        assert mail.user == owner
        words = compose(mail).body
        assert "It discloses private information" in words
        assert NOTE in words
        sign_in(client, owner)
        page = client.get(own).text
        assert "Hidden by the WhatsOn team" in page, name
        assert NOTE in page, name
        lines = [str(line.text) for line in timeline(subject, owner, as_subject=True)]
        assert any("hid it" in line and "It discloses private information" in line for line in lines), (
            name,
            lines,
        )

    sign_in(client, head)
    for name, report in reports.items():
        assert "Show it again" in client.get(f"{DESK}{report.pk}/").text, name
        assert client.get(f"{DESK}{report.pk}/show-again/").status_code == 405
        assert "sees it again" in client.post(f"{DESK}{report.pk}/show-again/", follow=True).text
        assert "is not possible" in client.post(f"{DESK}{report.pk}/show-again/", follow=True).text
    client.logout()
    for name, (_subject, _owner, public, _own) in world.items():
        assert client.get(public).status_code == 200, name
    assert "Voices of the port" in client.get(programme).text
    assert Message.objects.filter(kind="stakeholders.moderated").count() == 10


@pytest.mark.behaviour("R-20")
def test_what_is_taken_down_is_gone_and_everybody_it_concerns_hears(client, world):
    event, meeting, contribution, network, plan = (subject for subject, *_pages in world.values())
    guest = registration_in("confirmed", rules=RulesFactory(event=event)).user
    SpeakerFactory(proposal=meeting, status="confirmed", address="speaker@example.org")
    RoundFactory(event=event)
    proposal = proposal_in("submitted", event=event)
    proposer = member_of(proposal.lead)
    announcement = Announcement.objects.create(
        network=network, title="Come all", text="At the pier.", language_id="en", by=world["network"][1]
    )
    house = report_about(EventFactory(title="Session of the Conference"))
    reports = [
        report_about(subject) for subject in (event, meeting, contribution, network, plan, announcement)
    ]
    head = person_with(Role.HEAD)
    sign_in(client, head)
    page = decided(client, "remove", house, *reports)
    assert "5 reports are decided" in page
    assert "This is an event of the United Nations." in page
    assert "This is not possible for this kind of thing." in page  # a network is hidden, not taken down
    assert set(Report.objects.open()) == {house, reports[3]}
    for subject in (event, meeting, contribution, plan, announcement):
        subject.refresh_from_db()
        assert subject.status == "removed"
        assert not type(subject).objects.visible_to(AnonymousUser()).filter(pk=subject.pk).exists()
    mail = Message.objects.get(kind="events.registration_event_cancelled", user=guest)
    words = compose(mail).body
    assert "/events/registrations/" in words
    assert NOTE not in words
    assert Message.objects.filter(kind="events.speaker_told", address="speaker@example.org").count() == 1
    # Whoever proposed a meeting there hears it too, though the event's page is gone for them.
    told_proposer = next(mail.body for mail in deliver_all() if proposer.email in mail.to)
    assert reverse("events:proposal", args=[proposal.pk]) in told_proposer
    # Its people still read why; what was taken down cannot be brought back.
    sign_in(client, world["event"][1])
    assert "Removed by the WhatsOn team" in client.get(world["event"][3]).text
    assert "Removed by the WhatsOn team" in client.get(world["meeting"][3]).text
    sign_in(client, guest)
    assert (
        "was cancelled"
        in client.get(reverse("events:registration", args=[guest.registrations.get().pk])).text
    )
    sign_in(client, head)
    assert "Show it again" not in client.get(f"{DESK}{reports[0].pk}/").text
    assert "is not possible" in client.post(f"{DESK}{reports[0].pk}/show-again/", follow=True).text
    # The author may write another one, while the call is open.
    assert numbers(contribution.call)["declined"] == 1
    assert begin(contribution.call, contribution.stakeholder, actor=world["contribution"][1]) != contribution


def test_whoever_is_registered_keeps_the_place_while_an_event_is_hidden(client, world):
    event = world["event"][0]
    registration = registration_in("confirmed", rules=RulesFactory(event=event))
    decide([report_about(event).pk], actor=person_with(Role.EVENTS), deed="hide", reason="untrue", note=NOTE)
    sign_in(client, registration.user)
    page = client.get(reverse("events:registration", args=[registration.pk])).text
    assert "The event is not shown at present." in page
    assert event.get_absolute_url() not in page
    assert "A night at sea" in client.get(reverse("events:registrations")).text
    with pytest.raises(WrongState, match="not open yet"):
        refuse_unless_possible(RegistrationRules.objects.get(pk=registration.rules_id), UserFactory())


def test_a_hidden_network_is_there_for_its_own_people_and_a_hidden_plan_for_who_can_mend_it(client, world):
    network, lead, *_pages = world["network"]
    plan = world["plan"][0]
    insider, outsider = member_in(network).person, UserFactory()
    curator = person_with(Role.CURATION)
    decide([report_about(plan).pk], actor=curator, deed="hide", reason="rights", note=NOTE)
    for person, sees in ((lead, True), (curator, True), (insider, False), (outsider, False)):
        sign_in(client, person)
        assert (client.get(plan.get_absolute_url()).status_code == 200) is sees
    decide([report_about(network).pk], actor=curator, deed="hide", reason="rights", note=NOTE)
    for person, sees in ((lead, True), (curator, True), (insider, True), (outsider, False)):
        assert Network.objects.visible_to(person).filter(pk=network.pk).exists() is sees
        sign_in(client, person)
        assert (client.get(network.get_absolute_url()).status_code == 200) is sees
        assert ("Ports together" in client.get(reverse("networks:list")).text) is sees


def test_nobody_hides_what_they_have_a_part_in_and_nobody_without_the_role(reference, world):
    curator = person_with(Role.CURATION)
    about_plan = report_about(world["plan"][0])
    about_event = report_about(world["event"][0])
    member = world["plan"][0].network.members.get().stakeholder
    member.memberships.create(user=curator, role="editor")
    taken = decide([about_plan.pk, about_event.pk], actor=curator, deed="hide", reason="terms", note=NOTE)
    assert not taken.done
    assert [name for name, _why in taken.left] == ["Plan of the ports"]
    assert Report.objects.open().count() == 2


def test_a_contribution_that_is_hidden_stays_its_authors_to_withdraw_and_is_never_shown_wider(world):
    contribution, author, *_pages = world["contribution"]
    reviews = person_with(Role.REVIEWS)
    moderate_contribution(contribution, "suspend", actor=reviews, reason="abuse", note=NOTE)
    contribution.refresh_from_db()
    contribution.visibility = "desk"
    contribution.save(update_fields=["visibility"])
    with pytest.raises(DomainError, match="The author allows only the desk to"):
        moderate_contribution(contribution, "restore", actor=reviews)
    assert withdraw(contribution, actor=author).status == "withdrawn"


def test_a_cancelled_event_can_only_be_taken_down(world):
    event = world["event"][0]
    desk = person_with(Role.EVENTS)
    rescheduling_actions.cancel_event(event, actor=desk, note="Storm.")
    report = report_about(event)
    assert decide([report.pk], actor=desk, deed="hide", reason="abuse", note=NOTE).left
    assert decide([report.pk], actor=desk, deed="remove", reason="abuse", note=NOTE).done
    assert Event.objects.get(pk=event.pk).status == "removed"
