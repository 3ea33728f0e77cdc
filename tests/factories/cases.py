"""One case of each kind as it waits at the desk, with the address of its page.

CASES have the page in two panes; DECIDED_ELSEWHERE have a page of their own kind with the same bar.
"""

from accounts.people.enums import Role
from news.stories import actions as stories
from resources.suggestions import actions as suggestions
from stakeholders.claims.actions_joining import ask_to_join
from stakeholders.introductions.actions import ask_for_introduction, hold_task
from tests.factories.accounts import UserFactory, person_with
from tests.factories.calls import CallFactory, sent_for
from tests.factories.claims import listed_entry
from tests.factories.dialogues import line_in
from tests.factories.events import sent_for as sent_proposal
from tests.factories.news import StoryFactory
from tests.factories.resources import resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application
from tests.factories.workflow import ChangeRequestFactory
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


def change():
    """A change of a profile."""
    stakeholder = StakeholderFactory(name="Coastal Watch")
    proposed = ChangeRequestFactory(subject_row=stakeholder, before={"name": "Coastal Watch"})
    return proposed, f"/en/desk/vetting/changes/{proposed.pk}/"


def story_change():
    published = StoryFactory()
    author = member_of(published.stakeholder)
    proposed = stories.propose(published, actor=author, values={"title": "Another title"})
    return proposed, f"/en/desk/news/changes/{proposed.pk}/"


def resource_change():
    stakeholder = StakeholderFactory()
    published = resource_in("published", suggested_for=stakeholder)
    proposed = suggestions.propose(published, actor=member_of(stakeholder), facts={"title": "Another title"})
    return proposed, f"/en/desk/resources/changes/{proposed.pk}/"


def introduction():
    hold_task(actor=person_with(Role.VETTING), days=7)
    new_introduction = ask_for_introduction(
        listed_entry(), actor=UserFactory(), background="A journalist", purpose="A report", text="May we?"
    )
    return new_introduction, new_introduction.get_absolute_url()


def join_request():
    new_request = ask_to_join(StakeholderFactory(), actor=UserFactory(), message="I work there.")
    return new_request, f"/en/stakeholders/join-requests/{new_request.pk}/"


def standing():
    stakeholder = StakeholderFactory()
    member_of(stakeholder)
    return stakeholder, f"/en/desk/vetting/stakeholders/{stakeholder.pk}/"


CASES = (
    (application, Role.VETTING),
    (contribution, Role.REVIEWS),
    (line, Role.REVIEWS),
    (proposal, Role.EVENTS),
    (story, Role.CURATION),
    (resource, Role.CURATION),
)
DECIDED_ELSEWHERE = (
    (change, Role.VETTING),
    (story_change, Role.CURATION),
    (resource_change, Role.CURATION),
    (introduction, Role.VETTING),
    (join_request, Role.VETTING),
    (standing, Role.VETTING),
)
