"""One case of each kind as it waits at the desk, with the address of its page."""

from accounts.people.enums import Role
from tests.factories.calls import CallFactory, sent_for
from tests.factories.dialogues import line_in
from tests.factories.events import sent_for as sent_proposal
from tests.factories.news import StoryFactory
from tests.factories.resources import resource_in
from tests.factories.stakeholders import sent_application
from workflow.items.actions import open_item


def application():
    new_application = sent_application(name="Coastal Watch")
    return new_application, f"/en/desk/vetting/{new_application.pk}/"


def contribution():
    new_contribution = sent_for(CallFactory())[0]
    return new_contribution, f"/en/desk/calls/contributions/{new_contribution.pk}/"


def line():
    new_line = line_in("submitted")
    return new_line, f"/en/desk/dialogues/lines/{new_line.pk}/"


def proposal():
    new_proposal = sent_proposal()
    return new_proposal, f"/en/desk/events/proposals/{new_proposal.pk}/"


def story():
    new_story = StoryFactory(status="pending", publish_at=None)
    open_item(new_story, "read", waits_for=Role.CURATION)
    return new_story, f"/en/desk/news/{new_story.pk}/"


def resource():
    new_resource = resource_in("pending")
    open_item(new_resource, "look", waits_for=Role.CURATION)
    return new_resource, f"/en/desk/resources/{new_resource.pk}/"


CASES = (
    (application, Role.VETTING),
    (contribution, Role.REVIEWS),
    (line, Role.REVIEWS),
    (proposal, Role.EVENTS),
    (story, Role.CURATION),
    (resource, Role.CURATION),
)
