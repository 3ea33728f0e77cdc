"""What an issue of the newsletter says of each kind of thing, language by language."""

import pytest

from news.newsletter.queries import current_texts
from search.actions import index
from tests.factories.calls import CallFactory
from tests.factories.news import StoryFactory
from tests.factories.resources import EditionFactory, ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db


def titles_and_paths(obj):
    index(obj)
    texts = current_texts(obj._meta.label_lower, [obj.pk])[obj.pk]
    return {code: (text["title"], text["path"]) for code, text in texts.items()}


def test_each_kind_is_told_in_the_languages_that_it_has(reference):
    resource = ResourceFactory(title="Toolkit")
    EditionFactory(resource=resource, title="Boîte à outils")
    path = f"resources/{resource.pk}-toolkit/"
    assert titles_and_paths(resource) == {
        "en": ("Toolkit", f"/en/{path}"),
        "fr": ("Boîte à outils", f"/fr/{path}"),
    }
    call = CallFactory(title="Courts", translations={"es": {"title": "Tribunales"}})
    path = f"calls/{call.pk}/"
    assert titles_and_paths(call) == {"en": ("Courts", f"/en/{path}"), "es": ("Tribunales", f"/es/{path}")}


def test_a_story_leads_in_each_language_to_its_version_there(reference):
    author = StakeholderFactory()
    story = StoryFactory(title="Ports", stakeholder=author)
    french = StoryFactory(title="Les ports", language_id="fr", original=story, stakeholder=author)
    StoryFactory(title="Puertos", language_id="es", original=story, stakeholder=author, status="draft")
    both = {
        "en": ("Ports", f"/en/news/{story.pk}-ports/"),
        "fr": ("Les ports", f"/fr/news/{french.pk}-les-ports/"),
    }
    assert titles_and_paths(story) == both
    assert titles_and_paths(french) == both
