"""The demonstration's stories: marked as such, and the same however often they are loaded."""

import pytest

from accounts.people.enums import Role
from news.demo import load_demo_stories
from news.stories.models import Story
from tests.factories.accounts import person_with
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
