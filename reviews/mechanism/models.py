"""The mechanism as data: groups, phases, steps and their deadlines, the rules of the drawing of lots.

All of it is the desk's to edit; an empty field means that no source was found.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDateField
from reviews.mechanism.enums import Actor, DueUnit, Publicity
from taxonomy.law.models import Cluster
from taxonomy.names.models import Named, NamedQuerySet, Sourced


class ReviewGroup(Sourced):
    """One of the groups of States that begin their reviews together."""

    code = models.CharField(_("number"), max_length=4, primary_key=True)
    nominal_start = PartialDateField(_("nominal start"), blank=True)

    class Meta:
        verbose_name = _("review group")
        verbose_name_plural = _("review groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(_("Group %(number)s") % {"number": self.code})


class Phase(Sourced):
    """When a group nominally goes through one cluster of articles."""

    code = models.CharField(_("code"), max_length=10, primary_key=True, help_text=_("For instance 1-II."))
    group = models.ForeignKey(
        ReviewGroup, models.PROTECT, related_name="phases", verbose_name=_("review group")
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="phases", verbose_name=_("cluster"))
    starts = PartialDateField(_("nominal start"), blank=True)
    ends = PartialDateField(_("nominal end"), blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["group", "cluster"], name="one_phase_of_group_and_cluster")
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if self.starts and self.ends and self.ends[:4] < self.starts[:4]:
            raise ValidationError({"ends": _("A phase cannot end before it starts.")})


class DocumentKind(Named):
    """What a step yields on paper: a note verbale, answers, a list of observations."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)

    objects = NamedQuerySet["DocumentKind"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")


class StepKindQuerySet(NamedQuerySet["StepKind"]):
    def in_order(self, language: str | None = None) -> "StepKindQuerySet":
        """As they follow each other in a phase, never by name."""
        return self.order_by("position", "pk")

    def offered(self) -> "StepKindQuerySet":
        return self.filter(retired=False)


class StepKind(Named):
    """One step of a phase: who acts, until when, what comes of it, and whether that is public."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer shown; the records remain.")
    )
    actors = ArrayField(
        models.CharField(max_length=12, choices=Actor), default=list, blank=True, verbose_name=_("who acts")
    )
    document = models.ForeignKey(
        DocumentKind, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("document")
    )
    publicity = models.CharField(
        # Translators: Whether a step of the review is public by its rules; not advertising.
        _("publicity"),
        max_length=12,
        choices=Publicity,
        blank=True,
        help_text=_("Empty where no source says whether it is public."),
    )
    opens_phase = models.BooleanField(
        _("opens the phase"),
        default=False,
        help_text=_("Where no record gives the date of this step, the calendar of the group does."),
    )
    due_after = models.PositiveSmallIntegerField(
        _("due after"), null=True, blank=True, help_text=_("A number of weeks or months; empty: not known.")
    )
    due_unit = models.CharField(_("counted in"), max_length=6, choices=DueUnit, blank=True)
    due_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted from"),
        help_text=_("The step with which the time begins to run."),
    )

    objects = StepKindQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("step of a phase")
        verbose_name_plural = _("steps of a phase")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after=None, due_unit="", due_from=None)
                | Q(due_after__isnull=False, due_unit__in=DueUnit.values, due_from__isnull=False),
                name="step_deadline_whole",
                violation_error_message=_(
                    "A deadline needs its number, its unit and the step it counts from."
                ),
            ),
            models.CheckConstraint(
                condition=Q(publicity__in=["", *Publicity.values]), name="step_publicity_known"
            ),
        ]

    @property
    def actor_labels(self) -> list[str]:
        labels = dict(Actor.choices)
        return [str(labels.get(code, code)) for code in self.actors]


class DrawConstraint(Named):
    """A rule that the drawing of lots has to keep. The portal checks by it what others drew."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    number = models.PositiveSmallIntegerField(
        _("number in the rule"),
        null=True,
        blank=True,
        help_text=_("For example, the maximum number of reviewing States."),
    )
    in_use = models.BooleanField(_("imports are checked by it"), default=True)

    objects = NamedQuerySet["DrawConstraint"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("rule of the drawing of lots")
        verbose_name_plural = _("rules of the drawing of lots")


class Secretariat(Named):
    """How the review focal point of a State is reached where no name is published."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    url = models.URLField(_("page"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = NamedQuerySet["Secretariat"].as_manager()

    class Meta(Named.Meta):
        verbose_name = _("secretariat of the Convention")
        verbose_name_plural = _("secretariat of the Convention")
