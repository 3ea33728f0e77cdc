"""Published observations about a State: one thing each, tied to its article and its source."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from reviews.observations.enums import ObservationKind
from taxonomy.names.sorting import content_language

LONGEST = 4000  # characters of what is observed


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, user: Any) -> "ObservationQuerySet":
        """Published ones that were not split into others; for those who run reviews all of them."""
        if user.is_authenticated and user.is_active and user.has_role(Role.REVIEWS, Role.HEAD):
            return self.all()
        return self.shown()

    def shown(self) -> "ObservationQuerySet":
        return self.filter(published_at__isnull=False, parts=None)

    def waiting(self) -> "ObservationQuerySet":
        """Recorded, and neither published nor split."""
        return self.filter(published_at__isnull=True, parts=None)

    def about(self, iso3: str) -> "ObservationQuerySet":
        return self.filter(country=iso3)

    def in_order(self) -> "ObservationQuerySet":
        """By the country's name in the reader's language, then as the articles stand in the instruments."""
        return self.order_by(
            f"country__sort_{content_language()}", "article__instrument__position", "article__number", "pk"
        )


class Observation(models.Model):
    """One gap, good practice, suggestion or need for assistance that a public document tells of.

    A mixed one is split: its parts point to it by `split_from`, and only the parts are shown.
    """

    country = models.ForeignKey(
        "taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("country or area")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=ObservationKind)
    article = models.ForeignKey(
        "taxonomy.Article", models.PROTECT, related_name="+", verbose_name=_("article")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    text = models.TextField(_("observation"), max_length=LONGEST)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of the text")
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("The document that contains it, with its symbol where it has one."),
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"))
    contributions = models.ManyToManyField(
        "reviews.Contribution",
        blank=True,
        related_name="observations",
        verbose_name=_("contributions"),
        help_text=_("What stakeholders had contributed on it. Only published contributions are shown."),
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("split from")
    )
    recorded_by = by_person(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["country__sort_en", "article__instrument__position", "article__number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ObservationKind.values), name="observation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="observation_says_its_source"),
        ]
        indexes = [models.Index(fields=["country", "kind"], name="observation_of_country")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{reverse('calls:observations')}?country={self.country_id}#{self.anchor}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # Django makes one where there is none
        """As Django's own, which for each call puts all choices into a dictionary of their own."""
        return str(ObservationKind(self.kind).label)

    @property
    def anchor(self) -> str:
        return f"observation-{self.pk}"
