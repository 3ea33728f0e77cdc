"""Figures that others published of the mechanism as a whole: dated, sourced, never of one State."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.dates import PartialDateField
from taxonomy.law.models import Instrument
from taxonomy.names.models import Named, NamedQuerySet, Sourced


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
