"""The review of one country and what is recorded of it, and published figures: each fact with its source."""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Now, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.partial_dates import PartialDateField
from resources.records.identifiers import official_address
from reviews.mechanism.enums import Nominated, Publicity, SourceKind, StepStatus
from reviews.mechanism.models import DocumentKind, ReviewGroup, StepKind
from taxonomy.law.models import Cluster, Instrument
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import Named, NamedQuerySet, Sourced
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country

# A symbol of a United Nations document, as CTOC/COP/WG.10/2020/3.
SYMBOL_LENGTH = 60


class PublicQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> Self:
        """What is published of reviews is public; what is not published is not kept here."""
        return self


class CountryReview(Sourced):
    """One country in the mechanism. `source` is that of its group; all is empty where nothing was found."""

    country = models.OneToOneField(Country, models.PROTECT, related_name="review", verbose_name=_("country"))
    group = models.ForeignKey(
        ReviewGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("review group"),
    )
    nominal_start = PartialDateField(
        _("nominal start"), blank=True, help_text=_("Only where it differs from that of the group.")
    )
    actual_start = PartialDateField(
        _("actual start"), blank=True, help_text=_("When the preliminary consultation was held.")
    )
    actual_start_source = models.TextField(_("source of the actual start"), blank=True)

    objects = PublicQuerySet["CountryReview"].as_manager()

    class Meta:
        verbose_name = _("country review")
        verbose_name_plural = _("country reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(group=None) | ~Q(source=""),
                name="review_group_has_source",
                violation_error_message=_("Enter where the group is published."),
            ),
            models.CheckConstraint(
                condition=Q(actual_start="") | ~Q(actual_start_source=""),
                name="review_start_has_source",
                violation_error_message=_("Enter where the actual start is published."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Country review of %(country)s") % {"country": self.country.name})

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.country_id])

    @property
    def start(self) -> str:
        """The nominal start, its own or that of the group."""
        return self.nominal_start or (self.group.nominal_start if self.group else "")


class FocalPoint(Sourced):
    """The official who clears a State's submissions: whether named, and the name only where published."""

    review = models.OneToOneField(
        CountryReview, models.CASCADE, related_name="focal_point", verbose_name=_("country review")
    )
    nominated = models.CharField(_("nominated"), max_length=7, choices=Nominated, default=Nominated.UNKNOWN)
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Only where the State or UNODC has published it.")
    )
    name_source = models.TextField(_("where the name is published"), blank=True)

    objects = PublicQuerySet["FocalPoint"].as_manager()

    class Meta:
        verbose_name = _("review focal point")
        verbose_name_plural = _("review focal points")
        constraints = [
            models.CheckConstraint(
                condition=Q(nominated__in=Nominated.values), name="focal_point_nominated_known"
            ),
            models.CheckConstraint(
                condition=Q(nominated=Nominated.UNKNOWN) | ~Q(source=""),
                name="focal_point_has_source",
                violation_error_message=_("Enter where this is published."),
            ),
            models.CheckConstraint(
                condition=Q(name="") | ~Q(name_source=""),
                name="focal_point_name_published",
                violation_error_message=_("A name may appear here only where it is published: enter where."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.review)


class ReviewingState(Sourced):
    """A State that reviews another one for one instrument, as published."""

    review = models.ForeignKey(
        CountryReview, models.CASCADE, related_name="reviewing_states", verbose_name=_("country review")
    )
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    reviewer = models.ForeignKey(
        Country, models.PROTECT, related_name="reviews_made", verbose_name=_("reviewing State")
    )

    objects = PublicQuerySet["ReviewingState"].as_manager()

    class Meta:
        verbose_name = _("reviewing State")
        verbose_name_plural = _("reviewing States")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "instrument", "reviewer"], name="one_reviewing_state_each"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="reviewing_state_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}:{self.instrument_id}:{self.reviewer_id}"


class StepRecordQuerySet(PublicQuerySet["StepRecord"]):
    def current(self, **of: Any) -> "StepRecordQuerySet":
        """Return the newest record of each step, phase and instrument: what holds now.

        `of` reviews alone, where only theirs are asked for: else those of all are read first.
        """
        place = Window(
            RowNumber(),
            partition_by=["review", "cluster", "step", "instrument"],
            order_by=[F("recorded_at").desc(), F("pk").desc()],
        )
        superseded = StepRecord.objects.filter(**of).annotate(place=place).filter(place__gt=1)
        # Of IN (the newest) PostgreSQL looks up each of them by its key; those that are left out are few.
        return self.filter(**of).exclude(pk__in=superseded.values("pk"))

    def known(self) -> "StepRecordQuerySet":
        return self.filter(status__in=StepStatus.KNOWN, step__retired=False)

    def latest_first(self) -> "StepRecordQuerySet":
        """By the date of what happened; without a date, by where the step stands."""
        return self.order_by("-date", "-cluster__position", "-step__position", "-recorded_at", "-pk")


class StepRecord(models.Model):
    """What a source says of one step of one phase. A correction is a newer record; none is ever changed."""

    review = models.ForeignKey(
        CountryReview, models.PROTECT, related_name="records", verbose_name=_("country review")
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("phase"))
    step = models.ForeignKey(StepKind, models.PROTECT, related_name="records", verbose_name=_("step"))
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instrument"),
        help_text=_("Empty: all instruments under review."),
    )
    status = models.CharField(_("what is known"), max_length=14, choices=StepStatus)
    date = PartialDateField(_("date"), blank=True)
    source_kind = models.CharField(_("kind of source"), max_length=12, choices=SourceKind)
    source = models.TextField(_("source"), max_length=1000)
    source_url = models.URLField(_("link to the source"), max_length=1000, blank=True)
    source_date = PartialDateField(_("date of the source"), blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    recorded_by = by_person(
        _("recorded by"),
        blank=True,
        help_text=_("Empty if it was loaded automatically, or by a person who has left."),
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False)

    objects = StepRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of a step")
        verbose_name_plural = _("records of steps")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=StepStatus.values), name="step_record_status_known"
            ),
            models.CheckConstraint(
                condition=Q(source_kind__in=SourceKind.values), name="step_record_source_kind_known"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="step_record_has_source"),
        ]
        indexes = [
            models.Index(
                fields=["review", "cluster", "step", "instrument", "-recorded_at", "-id"],
                name="step_record_newest",
            ),
            models.Index(fields=["-recorded_at", "-id"], name="step_record_changes"),
        ]
        triggers = [
            # A person's erasure alone may empty who recorded it.
            pgtrigger.ReadOnly(name="never_overwritten", exclude=["recorded_by"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}:{self.cluster_id}:{self.step_id}"

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # Django makes one where there is none
        """As Django's own, which for each call puts all choices into a dictionary of their own."""
        return str(StepStatus(self.status).label)


class ReviewDocumentQuerySet(PublicQuerySet["ReviewDocument"]):
    def of(self, review: CountryReview) -> "ReviewDocumentQuerySet":
        """Return the documents of the review, and those of a phase for all countries."""
        return self.filter(Q(review=review) | Q(review=None)).order_by("cluster__position", "date", "pk")


class ReviewDocument(Sourced):
    """A document of one review, or of a phase for all: its symbol, its date, where each language is."""

    review = models.ForeignKey(
        CountryReview,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("country review"),
        help_text=_("Empty: it serves the reviews of all countries."),
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    kind = models.ForeignKey(
        DocumentKind, models.PROTECT, related_name="documents", verbose_name=_("kind of document")
    )
    symbol = models.CharField(_("symbol"), max_length=SYMBOL_LENGTH, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    date = PartialDateField(_("date"), blank=True)
    # Translators: Whether a document is public by the rules; not advertising.
    publicity = models.CharField(_("publicity"), max_length=12, choices=Publicity, blank=True)
    url_ar = models.URLField(_("in Arabic"), max_length=500, blank=True)
    url_zh = models.URLField(_("in Chinese"), max_length=500, blank=True)
    url_en = models.URLField(_("in English"), max_length=500, blank=True)
    url_fr = models.URLField(_("in French"), max_length=500, blank=True)
    url_ru = models.URLField(_("in Russian"), max_length=500, blank=True)
    url_es = models.URLField(_("in Spanish"), max_length=500, blank=True)

    objects = ReviewDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a review")
        verbose_name_plural = _("documents of reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(publicity__in=["", *Publicity.values]), name="review_document_publicity_known"
            ),
            models.UniqueConstraint(
                fields=["symbol"], condition=~Q(symbol=""), name="one_review_document_per_symbol"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title or str(self.kind)

    def clean(self) -> None:
        if self.publicity == Publicity.NOT_PUBLIC and any(self._given_links().values()):
            raise ValidationError({"publicity": _("What is not public has no links here.")})

    def _given_links(self) -> dict[str, str]:
        return {code: getattr(self, f"url_{code}") for code in UN_LANGUAGES}

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return (language, address) in the order of the United Nations; by symbol where none is given."""
        links = self._given_links()
        if not any(links.values()) and self.publicity == Publicity.PUBLIC:
            links = {code: official_address(self.symbol, code) for code in links}
        return [(code, url) for code, url in links.items() if url]

    @property
    def own_link(self) -> str:
        """Return its address in the language in use, else in English; "" where neither is known."""
        links = dict(self.links)
        return links.get(content_language(), "") or links.get("en", "")

    @property
    def is_closed(self) -> bool:
        return self.publicity == Publicity.NOT_PUBLIC


class ReviewsVersionQuerySet(models.QuerySet["ReviewsVersion"]):
    def current(self) -> int:
        return self.filter(pk=1).values_list("n", flat=True).first() or 0


class ReviewsVersion(models.Model):
    """One row that counts the changes of the tracker, so that kept pages know when they are old.

    The database raises it in the transaction of each change, by the triggers of portal/countries/wiring.py.
    """

    n = models.BigIntegerField(default=0)

    objects = ReviewsVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the tracker")
        verbose_name_plural = _("versions of the tracker")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_reviews_version")]

    def __str__(self) -> str:
        return str(self.n)


# --- Figures that others published of the mechanism as a whole: dated, sourced, never of one State ---


class MeasureQuerySet(NamedQuerySet["Measure"]):
    def in_order(self, language: str | None = None) -> "MeasureQuerySet":
        return self.order_by("position", "pk")


class Measure(Named):
    """What was counted, for instance reviews under way."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = MeasureQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")


class Snapshot(Sourced):
    """One figure as one source gave it. Sources that disagree each have their own row."""

    code = models.CharField(_("code"), max_length=60, primary_key=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="snapshots", verbose_name=_("measure"))
    as_of = PartialDateField(_("as of"))
    groups = ArrayField(
        models.CharField(max_length=4),
        default=list,
        blank=True,
        verbose_name=_("review groups"),
        help_text=_("Empty: all."),
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    # Translators: A number that a source gives, not a picture.
    value = models.PositiveIntegerField(_("figure"))
    out_of = models.PositiveIntegerField(_("out of"), null=True, blank=True)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["measure", "as_of", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="snapshot_has_source"),
            models.CheckConstraint(
                condition=Q(out_of=None) | Q(value__lte=models.F("out_of")),
                name="snapshot_not_more_than_all",
                violation_error_message=_("The figure cannot be more than that out of which it was counted."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DeskQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> Self:
        """Return all for the people of the desk who manage the reviews; none for others."""
        if user.is_authenticated and user.is_active and user.has_role(Role.REVIEWS, Role.HEAD):
            return self.all()
        return self.none()
