"""Calls for contributions: what is asked, of whom, until when, and what came of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from reviews.calls.enums import CALL_MOVES, Answerers, CallStatus
from taxonomy.names.models import Translated
from workflow.windows.models import Window


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Any) -> "CallQuerySet":
        """What is published is everybody's; a draft is its writer's and of those who run calls."""
        public = ~Q(status=CallStatus.DRAFT)
        if not (user.is_authenticated and user.is_active):
            return self.filter(public)
        if user.has_role(Role.REVIEWS, Role.HEAD):
            return self.all()
        if user.has_role(Role.REGIONAL):
            return self.filter(public | Q(drafted_by=user))
        return self.filter(public)

    def published(self) -> "CallQuerySet":
        return self.filter(status=CallStatus.PUBLISHED)

    def open_at(self, at: Any = None) -> "CallQuerySet":
        """Return the calls that are open to those they address at `at` (now)."""
        at = at or now()
        return self.published().filter(opens_at__lte=at, closes_at__gte=at)

    def about_country(self, iso3: str) -> "CallQuerySet":
        """Return the calls that name the country, and those that name none and so cover all."""
        return self.filter(Q(countries=iso3) | Q(countries=None)).distinct()


class Call(Window, Translated):
    """A call for contributions to a phase of the review, or on a theme."""

    MOVES = CALL_MOVES

    title = models.CharField(_("title"), max_length=200)
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("What contributors should know. Plain text or Markdown.")
    )
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    status = models.CharField(_("status"), max_length=10, choices=CallStatus, default=CallStatus.DRAFT)
    cluster = models.ForeignKey(
        "taxonomy.Cluster",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cluster of the phase"),
        help_text=_("Empty for a call on a theme."),
    )
    countries = models.ManyToManyField(
        "taxonomy.Country",
        blank=True,
        related_name="+",
        verbose_name=_("countries and areas"),
        help_text=_("None chosen: all."),
    )
    articles = models.ManyToManyField(
        "taxonomy.Article", blank=True, related_name="+", verbose_name=_("articles")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    accepts = models.ManyToManyField(
        "taxonomy.Language",
        blank=True,
        related_name="+",
        verbose_name=_("languages of contributions"),
        help_text=_("None chosen: the six of the United Nations."),
    )
    answerers = models.CharField(
        _("who may contribute"), max_length=10, choices=Answerers, default=Answerers.ALL
    )
    most_words = models.PositiveIntegerField(
        _("words in all"),
        null=True,
        blank=True,
        help_text=_("Empty: only the limits of the questions count."),
    )
    summary = models.TextField(
        _("summary of contributions"), blank=True, help_text=_("Shown once the call has closed.")
    )
    summary_at = models.DateTimeField(_("summary published at"), null=True, blank=True)
    drafted_by = by_person(_("drafted by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("drafted at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration call"), default=False, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta(Window.Meta):
        verbose_name = _("call for contributions")
        verbose_name_plural = _("calls for contributions")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            *Window.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=CallStatus.values), name="call_status_known"),
            models.CheckConstraint(condition=Q(answerers__in=Answerers.values), name="call_answerers_known"),
            models.CheckConstraint(
                condition=Q(status=CallStatus.DRAFT)
                | Q(opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
                name="call_complete_once_published",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="call_by_closing")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == CallStatus.DRAFT

    @property
    def told_title(self) -> tuple[str, str]:
        """(title, its language) for the reader."""
        return self.text_for_reader("title", self.language_id)

    @property
    def told_guidance(self) -> tuple[str, str]:
        return self.text_for_reader("guidance", self.language_id)


class Question(Translated):
    """One question of a call; the answers to it have a length of their own."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name=_("call"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("question"), max_length=1000)
    help = models.TextField(_("what helps to answer it"), max_length=2000, blank=True)
    article = models.ForeignKey(
        "taxonomy.Article", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    most_words = models.PositiveIntegerField(_("words at most"), default=500)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"question_{self.pk}"

    @property
    def told_text(self) -> tuple[str, str]:
        return self.text_for_reader("text", self.call.language_id)

    @property
    def told_help(self) -> tuple[str, str]:
        return self.text_for_reader("help", self.call.language_id)


class FollowUp(models.Model):
    """Something that followed from a call: a document, an event, a change; with the source that tells so."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="follow_ups", verbose_name=_("call"))
    on = models.DateField(_("date"))
    text = models.TextField(_("what followed"), max_length=2000)
    source = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    written_by = by_person(_("written by"))
    written_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("what followed")
        verbose_name_plural = _("what followed")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
