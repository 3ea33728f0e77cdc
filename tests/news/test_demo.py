"""The demonstration's stories: marked as such, and the same however often they are loaded."""

import pytest

from accounts.people.enums import Role
from news.demo import load_demo_newsletter, load_demo_stories
from news.newsletter.models import Issue
from news.stories.models import Story
from tests.factories.accounts import person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_loading_the_demonstration_again_changes_nothing(reference):
    watch = StakeholderFactory(name="Demo Coastal Watch", is_demo=True)
    people = {"curation": person_with(Role.CURATION, is_demo=True), "admin": member_of(watch, is_demo=True)}
    for _n in range(2):
        load_demo_stories(people)
    assert all(story.is_demo and story.title.startswith("Demo") for story in Story.objects.all())
    states = sorted(Story.objects.values_list("status", flat=True))
    assert states == ["draft", "on_hold", "pending", *["published"] * 4]
    assert Story.objects.current().count() == 3  # one waits for its instant


def test_the_issue_that_was_sent_has_its_history(client, reference):
    people = {
        "curation": person_with(Role.CURATION, name="Amina"),
        "head": person_with(Role.HEAD, name="Boris"),
    }
    for _n in range(2):
        load_demo_newsletter(people)
    sign_in(client, people["curation"])
    page = client.get(f"/en/desk/newsletter/{Issue.objects.get().pk}/").text
    assert "Nothing has happened yet" not in page
    history = page.partition('id="happened"')[2]
    assert "Amina" in history
    assert "Boris" in history
