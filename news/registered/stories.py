"""Stories in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.uploads import files
from news.actions.writing import carry_out
from news.demo import load_demo_stories
from news.models import Story, StoryImage
from news.queries import stories, work
from news.registry import item_texts
from search.hooks import register
from stakeholders.hooks import demo_parts, profile_panels
from taxonomy.hooks import Panel, country_panels
from workflow.hooks import after_move, appliers, desk_pages, desk_roles, my_work, parties_on
from workflow.items.actions import close_items, open_item, pause, resume

STORY = "news.story"
READ, REREAD = "read", "reread"


def _moved(story: Story, name: str, _decision: Any, _actor: Any) -> None:
    """What waits follows the story."""
    match name:
        case "submit":
            open_item(story, READ, waits_for=Role.CURATION)
            resume(story)
        case "return":
            pause(story)
        case "resume":
            resume(story)
        case "pull":
            open_item(story, READ, waits_for=Role.CURATION)
        case "pass":
            close_items(story, READ)
            open_item(story, REREAD, waits_for=Role.CURATION)
        case "revise" | "publish" | "refuse" | "archive" | "withdraw":
            close_items(story)


def _parties_on(story: Story) -> set[str]:
    """Whose matter a story is. What the desk writes is published by whoever wrote it, but never by those
    who belong to the stakeholder it is written for.
    """
    if story.by_desk:
        return {story.party} - {""}
    return {f"person:{story.author_id}", story.party} - {"", "person:None"}


def _image(user: Any, pk: int) -> StoryImage | None:
    return StoryImage.objects.visible_to(user).filter(pk=pk).first()


def _small(user: Any, pk: int) -> StoryImage | None:
    """The same row, opened by its small rendition."""
    image = _image(user, pk)
    if image is not None:
        image.file.name = image.small.name
    return image


after_move.register(STORY, _moved)
parties_on.register(STORY, _parties_on)
appliers.register(STORY, carry_out)
desk_pages.register(STORY, "newsdesk:story")
desk_roles.register(STORY, (Role.CURATION,))
files.register("story-image", _image)
files.register("story-image-small", _small)
register(STORY, stories.documents, label=_("Story"))
profile_panels.register("news", Panel(25, (), stories.of_stakeholder, "news/stories/_profile.html"))
country_panels.register("news", Panel(40, ("country",), stories.in_country, "news/stories/_country.html"))
demo_parts.register("news.stories", load_demo_stories)
item_texts.register(STORY, stories.item_texts)
my_work.register("news", work.my_work)
