"""Images of stories: made anew from what was sent, each with words for those who do not see it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile, private_path
from news.models.stories import Story


class StoryImageQuerySet(models.QuerySet["StoryImage"]):
    def visible_to(self, user: Any) -> "StoryImageQuerySet":
        return self.filter(story__in=Story.objects.visible_to(user))


class StoryImage(StoredFile):
    """`file` is the large rendition, `small` the one for lists. `number` names it in the text for good."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="images", verbose_name=_("story"))
    number = models.PositiveSmallIntegerField(_("number"))
    small = models.FileField(_("small rendition"), upload_to=private_path("stories"), max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    small_width = models.PositiveIntegerField(_("width of the small rendition"))
    small_height = models.PositiveIntegerField(_("height of the small rendition"))
    alt = models.CharField(
        _("what the image shows"),
        max_length=300,
        help_text=_("For people who do not see it: who and what, in a sentence or two."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, and under which licence.")
    )

    objects = StoryImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image of a story")
        verbose_name_plural = _("images of stories")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="story_image_number_once"),
            models.CheckConstraint(condition=~models.Q(alt=""), name="story_image_has_words"),
        ]

    @property
    def files(self) -> tuple[Any, Any]:
        """Both renditions, as they are stored."""
        return self.file, self.small
