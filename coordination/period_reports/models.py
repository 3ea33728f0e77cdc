"""What coordination came to in a period, for a place or for all of them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from coordination.absences.models import acts_as
from coordination.period_reports.enums import REPORT_MOVES, REPORT_SENTENCES, ReportStatus
from taxonomy.places.queries import regions_of

R = ReportStatus


def codes_within(places: frozenset[str]) -> set[str]:
    """These countries (ISO3), and every region (M49) that lies wholly within them."""
    around: dict[str, set[str]] = {}
    for iso3, codes in regions_of().items():
        for code in codes:
            around.setdefault(code, set()).add(iso3)
    return set(places) | {code for code, countries in around.items() if countries <= places}


class PeriodReportQuerySet(models.QuerySet["PeriodReport"]):
    def published(self) -> "PeriodReportQuerySet":
        return self.filter(status=R.PUBLISHED)

    def visible_to(self, user: Any) -> "PeriodReportQuerySet":
        """Published ones are everybody's; all for the desk; a draft its author's as long as the place is."""
        public = Q(status=R.PUBLISHED)
        if not (user.is_authenticated and user.is_active):
            return self.filter(public)
        if user.is_desk:
            return self.all()
        if not user.has_role(Role.REGIONAL):
            return self.filter(public)
        own = Q(author__in=acts_as(user))
        places = user.places_of(Role.REGIONAL)
        return self.filter(public | (own if places is None else own & Q(place__in=codes_within(places))))


class PeriodReport(models.Model):
    """A period of days by the desk's clock, one to compare it with, and the words to the numbers.

    `place`: a region (M49), a country (ISO3), or "" for everywhere. `figures` are the tables as they were
    when it was published, with no cell under five; a draft counts anew each time it is read. Participation
    figures are frozen before, at `counted_at`, by the `filters` of the address that shows them.
    """

    MOVES = REPORT_MOVES
    SENTENCES = REPORT_SENTENCES

    place = models.CharField(_("for which place"), max_length=3, blank=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    other_first_day = models.DateField(_("first day of the period to compare with"), null=True, blank=True)
    other_last_day = models.DateField(_("last day of the period to compare with"), null=True, blank=True)
    narrative = models.TextField(_("what the numbers do not tell"), max_length=12_000, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=R, default=R.DRAFT)
    figures: Any = models.JSONField(_("numbers as published"), default=list, blank=True, editable=False)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True, editable=False)
    filters = models.CharField(_("filters"), max_length=300, blank=True, db_default="", editable=False)
    author = by_person(_("written by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report for a period")
        verbose_name_plural = _("reports for periods")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=R.values), name="period_report_status_known"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="period_report_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(other_first_day=None, other_last_day=None)
                | Q(other_first_day__lte=F("other_last_day")),
                name="period_report_compares_with_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(status=R.PUBLISHED) | Q(published_at__isnull=False),
                name="period_report_published_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is looked after; see `public_url` for where everybody reads it."""
        return reverse("activities:report", args=[self.pk])

    def belongs_to(self, user: Any) -> bool:
        """They write it, or stand in for whoever does."""
        return self.author_id in acts_as(user)

    @property
    def public_url(self) -> str:
        return reverse("activities:public_report", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == R.DRAFT

    @property
    def is_frozen(self) -> bool:
        return self.counted_at is not None

    @property
    def is_published(self) -> bool:
        return self.status == R.PUBLISHED
