"""A story, its images, and the changes of its text after it was published."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile, private_path
from news.stories.enums import STORY_MOVES, STORY_SENTENCES, HeldFor, StoryStatus, WithdrawReason
from stakeholders.entries.models import Stakeholder, entries_of
from workflow.windows.models import VIENNA, known_zone

S = StoryStatus


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: Any) -> "StoryQuerySet":
        """Return public stories, and others to the people of their stakeholder and to those who curate."""
        shown = _is_shown_at(now())
        if not (user.is_authenticated and user.is_active):
            return self.filter(shown)
        theirs = entries_of(user)
        own = Q(stakeholder__in=theirs)
        if user.has_role(Role.CURATION, Role.HEAD):
            # A stakeholder's draft is its own until it is sent.
            return self.filter(shown | own | ~Q(status=S.DRAFT) | Q(by_desk=True))
        return self.filter(shown | own)

    def shown(self, at: datetime | None = None) -> "StoryQuerySet":
        """Return the stories that everybody may see at an instant (by default now)."""
        return self.filter(_is_shown_at(at or now()))

    def current(self) -> "StoryQuerySet":
        """Return the stories of lists and feeds. Those of the archive are read by their address alone."""
        return self.shown().filter(status=S.PUBLISHED)

    def tombstones(self) -> "StoryQuerySet":
        """Return the stories that were public and are withdrawn."""
        return self.filter(status=S.WITHDRAWN)


def _is_shown_at(at: datetime) -> Q:
    return Q(status__in=S.SHOWN, publish_at__lte=at)


class Story(models.Model):
    """One text in one language. Versions in other languages refer to the first by `original`.

    `publish_at` (UTC) is when it becomes public once it is published; it is told in `zone`.
    `told_at`: when its followers were told of it.
    """

    MOVES = STORY_MOVES
    SENTENCES = STORY_SENTENCES

    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences, shown in lists, in feeds and where the story is shared."),
    )
    text = models.TextField(_("text"), blank=True, max_length=60_000)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    original = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="versions", verbose_name=_("version of")
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("stakeholder"),
        help_text=_("Empty for stories of the United Nations."),
    )
    author = by_person(_("written by"))
    by_desk = models.BooleanField(_("written by the desk"), default=False)
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="+", verbose_name=_("countries and areas")
    )
    videos = models.JSONField(_("videos"), default=list, blank=True)

    status = models.CharField(_("status"), max_length=10, choices=StoryStatus, default=StoryStatus.DRAFT)
    held_for = models.CharField(_("waiting for"), max_length=6, choices=HeldFor, blank=True)
    publish_at = models.DateTimeField(_("public from"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA)
    told_at = models.DateTimeField(_("followers informed at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_for = models.CharField(
        _("why it was withdrawn"), max_length=10, choices=WithdrawReason, blank=True
    )
    withdrawn_note = models.TextField(_("public note"), blank=True, max_length=2000)

    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration story"), default=False, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-publish_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StoryStatus.values), name="story_status_known"),
            models.CheckConstraint(
                condition=~Q(status__in=(*StoryStatus.SHOWN, StoryStatus.WITHDRAWN))
                | Q(publish_at__isnull=False),
                name="story_shown_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(status=StoryStatus.ON_HOLD, held_for__in=("author", "desk"))
                | (~Q(status=StoryStatus.ON_HOLD) & Q(held_for="")),
                name="story_on_hold_says_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(original=None) | ~Q(original=F("id")), name="story_not_its_own_version"
            ),
            models.UniqueConstraint(
                fields=["original", "language"],
                condition=Q(original__isnull=False),
                name="one_version_per_language",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-publish_at", "-id"], name="story_by_day"),
            models.Index(
                fields=["publish_at"],
                name="story_to_be_told",
                condition=Q(status=StoryStatus.PUBLISHED, told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:story", args=[self.pk, self.slug])

    def clean(self) -> None:
        super().clean()
        known_zone(self.zone)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:80] or "story"

    @property
    def group(self) -> int:
        return self.original_id or self.pk

    @property
    def is_draft(self) -> bool:
        return self.status == S.DRAFT

    @property
    def is_public(self) -> bool:
        """Return whether everybody may see it now."""
        return self.status in S.SHOWN and self.publish_at is not None and self.publish_at <= now()

    @property
    def is_scheduled(self) -> bool:
        return self.status == S.PUBLISHED and not self.is_public

    @property
    def is_written(self) -> bool:
        """Return whether its author may change it: a draft, or one that the desk has asked about."""
        return self.is_draft or (self.status == S.ON_HOLD and self.held_for == HeldFor.AUTHOR)

    @property
    def party(self) -> str:
        return f"stakeholder:{self.stakeholder_id}" if self.stakeholder_id else ""


class StoryRevisionQuerySet(models.QuerySet["StoryRevision"]):
    def visible_to(self, user: Any) -> "StoryRevisionQuerySet":
        """Return the revisions of stories for the people of their stakeholder and for those who curate."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.CURATION, Role.HEAD):
            return self
        return self.filter(story__stakeholder__memberships__user=user).distinct()


class StoryRevision(models.Model):
    """One change of a published story: {field: [before, after]}."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="revisions", verbose_name=_("story"))
    changes = models.JSONField(_("changes"), encoder=DjangoJSONEncoder)
    by = by_person(_("by"))
    at = models.DateTimeField(_("at"), default=now)

    objects = StoryRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of a story")
        verbose_name_plural = _("revisions of stories")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.story_id} {self.at:%Y-%m-%d}"


# --- Images of stories: made anew from what was sent, each with words for those who do not see it ----


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
