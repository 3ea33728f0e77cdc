"""Register stories in the hooks of the apps below."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section, declare_kept, sections
from accounts.people.enums import Role
from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from core.uploads import files
from news.hooks import item_texts
from news.stories import queries
from news.stories.actions import CHANGE_WORK, carry_out, withdraw_story
from news.stories.api import StoryResource
from news.stories.enums import WithdrawReason
from news.stories.models import Story, StoryImage
from notifications.hooks import Channel, asks_for_answer, kind
from search.actions import index_many
from search.hooks import register
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.exports.queries_dossiers import decisions_on
from stakeholders.hooks import (
    Act,
    PublishedBy,
    Reportable,
    after_naming,
    dossier_sections,
    profile_panels,
    published_by,
    reportable,
)
from stakeholders.moderation.enums import Deed, ThingOutcome, Why
from taxonomy.hooks import Panel, country_panels
from workflow.hooks import Applier, MyWork, appliers, desk_pages, desk_roles, my_work, parties_on


def dossier_stories(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield the stories of a stakeholder; those that the desk writes for it once they are shown."""
    own = Story.objects.filter(stakeholder=stakeholder)
    rows = (own.filter(by_desk=False) | own.filter(by_desk=True).shown()).select_related("language")
    stories = list(rows.prefetch_related("topics", "countries").order_by("pk"))
    for story in stories:
        yield [
            data_field("id", _("number"), story.pk),
            *data_fields(story, "title", "summary", "text", "language", "topics", "countries", "status"),
            *data_fields(story, "publish_at", "withdrawn_for", "withdrawn_note", "created_at", "updated_at"),
        ]
    yield from decisions_on(stories)


# --- What happened to stories, as sentences ----------------------------------------------------------

for _name, _text in (
    ("write", _("%(actor)s began to write the story")),
    ("change", _("%(actor)s changed the story (%(fields)s)")),
    ("edit", _("%(actor)s changed the published story (%(fields)s)")),
    ("change_refused", _("%(actor)s declined a change of the story")),
):
    sentence(f"news.story.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("pass", _("The story of a trusted source was published")),
    ("publish", _("%(actor)s published the story")),
    ("archive", _("%(actor)s archived the story")),
    ("restore", _("%(actor)s brought the story back from the archive")),
    ("withdraw", _("%(actor)s withdrew the story")),
):
    sentence(f"news.story.{_name}", _text, audience=Audience.PUBLIC)
sentence("news.story.give", _("%(actor)s reassigned the story"))


STORY = "news.story"


def _parties_on(story: Story) -> set[str]:
    """Return whose matter a story is. Who wrote for the desk may publish it, but never those
    who belong to the stakeholder it is written for.
    """
    if story.by_desk:
        return {story.party} - {""}
    return {f"person:{story.author_id}", story.party} - {"", "person:None"}


def _image(user: Any, pk: int) -> StoryImage | None:
    return StoryImage.objects.visible_to(user).filter(pk=pk).first()


def _small_image(user: Any, pk: int) -> StoryImage | None:
    """Return the same row, opened by its small rendition."""
    image = _image(user, pk)
    if image is not None:
        image.file.name = image.small.name
    return image


def _index_naming(entries: Collection[int], _hides: bool) -> None:
    index_many(STORY, [*Story.objects.filter(stakeholder__in=entries).values_list("pk", flat=True)])


parties_on.register(STORY, _parties_on)
appliers.register(STORY, Applier(carry_out))
desk_pages.register(STORY, "newsdesk:story")
desk_pages.register(f"workflow.changerequest {CHANGE_WORK}", "newsdesk:change")
desk_roles.register(STORY, (Role.CURATION,))
files.register("story-image", _image)
files.register("story-image-small", _small_image)
register(STORY, queries.documents, label=_("Story"))
after_naming.register(STORY, _index_naming)
published_by.register(
    STORY,
    PublishedBy(
        _("Stories"),
        _("Withdraw the stories"),
        lambda stakeholder: Story.objects.shown().filter(stakeholder=stakeholder),
        "news.withdraw_story",
        lambda story, actor: withdraw_story(story, actor=actor, reason=WithdrawReason.AUTHOR),
    ),
)
profile_panels.register(
    "news",
    Panel(
        25,
        (),
        queries.of_stakeholder,
        "news/stories/_profile.html",
        keys=(Story._meta.get_field("stakeholder"),),
    ),
)
country_panels.register(
    "news",
    Panel(
        40,
        ("country",),
        queries.in_country,
        "news/stories/_country.html",
        lambda country: Story.objects.filter(countries=country),
    ),
)
item_texts.register(STORY, queries.item_texts)
my_work.register("news", MyWork(queries.my_rows, queries.my_work))

# --- What people hear of stories ---------------------------------------------------------------------


def _curates(user: Any) -> bool:
    return holds(user, Role.CURATION)


kind(
    "news.story_published",
    label=_("A story is published"),
    group=pgettext_lazy("group of messages", "News"),
    mail=Channel.DAILY,
    among=lambda _user: Story.objects.shown(),
    readers=queries.readers,
    visible_pairs=queries.visible_pairs,
)
for _name, _label in (
    ("news.yours_published", _("Your story is published")),
    ("news.yours_returned", _("Questions about your story")),
    ("news.yours_refused", _("Your story was declined")),
    ("news.yours_withdrawn", _("Your story was withdrawn")),
    ("news.yours_changed", _("Decision on a change of your story")),
):
    kind(
        _name,
        label=_label,
        group=_("Your stories"),
        essential=True,
        among=Story.objects.visible_to,
        concerns=acts_for_somebody,
    )
asks_for_answer("news.yours_returned")
for _name, _label in (
    ("news.arrived", _("Story to review")),
    ("news.change_arrived", _("Change of a story to review")),
):
    kind(_name, label=_label, group=_("Work of the desk"), among=Story.objects.visible_to, concerns=_curates)

# --- Stories in moderation, and their part of a stakeholder's dossier --------------------------------

_REASONS: dict[str, str] = {
    Why.UNTRUE: WithdrawReason.ERROR,
    Why.ABUSE: WithdrawReason.RULES,
    Why.PRIVACY: WithdrawReason.SAFETY,
    Why.RIGHTS: WithdrawReason.RIGHTS,
    Why.ADVERTISING: WithdrawReason.RULES,
    Why.TERMS: WithdrawReason.RULES,
}


def _find(user: Any, pk: int) -> Story | None:
    return Story.objects.visible_to(user).select_related("stakeholder__country").filter(pk=pk).first()


def _withdraw(story: Story, actor: Any, reason: str, note: str) -> None:
    withdraw_story(story, actor=actor, reason=reason, note=note)


reportable.register(
    "news.story",
    Reportable(
        label=_("Story"),
        find=_find,
        stakeholder_of=lambda story: story.stakeholder,
        roles=(Role.CURATION,),
        # An archived story can still be read, so only withdrawing takes it from the eyes of readers.
        acts={Deed.REMOVE: Act(ThingOutcome.TAKEN_DOWN, _withdraw, _REASONS)},
    ),
)
dossier_sections.register(
    "stories",
    Section(_("Stories"), _("What was written for the stakeholder, and what was decided."), dossier_stories),
)

# --- A person's part in stories: as data, and what becomes of it when the account is deleted ---------


def _story_fields(user: Any) -> Iterable[list[DataField]]:
    for story in Story.objects.filter(author=user, by_desk=False).select_related("language", "stakeholder"):
        yield data_fields(
            story, "title", "summary", "text", "language", "stakeholder", "status", "publish_at", "created_at"
        )


sections.register("stories", Section(_("Stories"), _("What you wrote for a stakeholder."), _story_fields))
declare_kept(_("Stories that you wrote, which stay their stakeholder's"), "news.story.author")
declare_kept(_("Work done at the desk"), "news.storyrevision.by")

desk_card(
    "newsdesk:home",
    group="news",
    position=10,
    title=_("Stories"),
    text=_("Written, published on a day, archived; and what stakeholders send."),
    permission="news.curate_stories",
    work=("read", "reread"),
    kind=STORY,
    do=_("Review story"),
)

desk_card(
    "newsdesk:home",
    group="news",
    position=15,
    part="#changes",
    title=_("Changes to stories"),
    text=_("What authors want to change of published stories."),
    permission="news.curate_stories",
    work=(CHANGE_WORK,),
    do=_("Review change"),
)

help_at("taking-part#stories", "news")
help_at("newsletter#stories", "newsdesk")

resources.register("stories", StoryResource)
