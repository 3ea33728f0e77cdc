"""A link to what others published: never told as a story of ours."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDateField, date_text
from news.stories.rules import curates
from taxonomy.names.models import ContentRow

WAITING = Q(hidden=True, is_waiting=True)


class NewsLinkQuerySet(models.QuerySet["NewsLink"]):
    def visible_to(self, user: Any) -> "NewsLinkQuerySet":
        """Those who curate also see what the desk has hidden."""
        return self if curates.test(user) else self.shown()

    def shown(self) -> "NewsLinkQuerySet":
        return self.filter(hidden=False)

    def waiting(self) -> "NewsLinkQuerySet":
        """Hidden from the start, since the file is not sure of them; nobody of the desk has decided yet."""
        return self.filter(WAITING)


class NewsLink(ContentRow):
    """Title, publisher and day are the page's own; the summary is ours.

    `code` is empty where the desk added it.
    """

    code = models.CharField(_("code"), max_length=80, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    title_is_ours = models.BooleanField(
        _("title in our words"),
        default=False,
        help_text=_("The page has another title, or a longer one. Readers see a note."),
    )
    publisher = models.CharField(_("publisher"), max_length=200)
    published_on = PartialDateField(_("published"), blank=True)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of the page")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    countries = models.ManyToManyField(
        "taxonomy.Country",
        blank=True,
        related_name="+",
        verbose_name=_("countries"),
        help_text=_("Those that it is about, not where it was published."),
    )
    summary = models.CharField(
        _("summary"), max_length=400, help_text=_("One sentence in our own words, in English.")
    )
    url = models.URLField(_("address"), max_length=500, unique=True)
    hidden = models.BooleanField(_("hidden"), default=False, editable=False)
    is_waiting = models.BooleanField(
        _("waiting for a decision"), default=False, db_default=False, editable=False
    )
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    objects = NewsLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("news elsewhere")
        verbose_name_plural = _("news elsewhere")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_news_link_per_code"),
            models.CheckConstraint(
                condition=~Q(source="") & Q(source_date__isnull=False), name="news_link_has_source_and_day"
            ),
        ]
        indexes = [models.Index(fields=["-published_on", "-id"], name="news_link_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:elsewhere_link", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        return self.hidden and self.is_waiting

    @property
    def day(self) -> str:
        """As exactly as it is known: "30 October 2024", "October 2024", "2024"; "" for not at all."""
        return date_text(self.published_on)
