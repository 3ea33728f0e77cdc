"""Where a source is fetched from, and what came of it; when its facts need a new look."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from taxonomy.hooks import Source, sources
from taxonomy.sources.enums import FetchFault, Outcome, Schedule
from taxonomy.sources.rules import keeps

MOST_MEGABYTES = 100
MOST_MONTHS = 120


class FetchedSource(models.Model):
    """The address that the desk set for one of the `taxonomy.hooks.sources`. Empty: it is never fetched."""

    code = models.CharField(_("source"), max_length=40, unique=True, editable=False)
    url = models.URLField(_("address of the file"), max_length=500, blank=True)
    schedule = models.CharField(_("how often"), max_length=10, choices=Schedule, default=Schedule.NEVER)
    megabytes = models.PositiveSmallIntegerField(
        _("largest file in megabytes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MEGABYTES)],
    )
    # In whose name it is fetched.
    set_by = by_person(_("set by"))
    next_at = models.DateTimeField(_("next time"), null=True, blank=True, editable=False)
    # When a worker set out; names the one attempt that may write.
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("last fetched at"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, editable=False)
    fault = models.CharField(
        _("what went wrong"), max_length=12, choices=FetchFault, blank=True, editable=False
    )
    said = models.CharField(_("what was wrong with the file"), max_length=500, blank=True, editable=False)
    # Of the last file that was taken: the same one is not taken again.
    etag = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # What it came to wait as, by the number that the source's `take` gave it.
    taken_as = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("fetched source")
        verbose_name_plural = _("fetched sources")
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule__in=Schedule.values), name="fetched_source_schedule_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", *Outcome.values)), name="fetched_source_outcome_known"
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.FAILED) & Q(fault__in=FetchFault.values))
                | (~Q(outcome=Outcome.FAILED) & Q(fault="")),
                name="fetched_source_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(next_at=None) | ~Q(url=""), name="fetched_source_due_has_address"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_set(self) -> bool:
        """Return whether somebody has set its address, or that it is not fetched."""
        return bool(self.url or self.set_by_id)


class AgeRuleQuerySet(models.QuerySet["AgeRule"]):
    def visible_to(self, user: Any) -> "AgeRuleQuerySet":
        """Return the rules of the sources whose facts this person keeps up to date."""
        return self.filter(code__in=[code for code, source in sources.items() if keeps(user, source)])

    def due(self) -> "AgeRuleQuerySet":
        """Return the rules by which facts need a look."""
        return self.filter(is_on=True, number__gt=0)


class AgeRule(models.Model):
    """After how many months a fact of one source needs a new look, and how many did when last counted."""

    code = models.CharField(_("source"), max_length=40, unique=True, editable=False)
    is_on = models.BooleanField(_("remind the desk"), default=True)
    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    number = models.PositiveIntegerField(_("facts to check"), default=0, editable=False)
    # Of how many its keepers were last informed by mail.
    mailed_number = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    oldest = models.DateField(_("oldest"), null=True, blank=True, editable=False)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True, editable=False)

    objects = AgeRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule on the age of facts")
        verbose_name_plural = _("rules on the age of facts")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, MOST_MONTHS)), name="age_rule_months_possible"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def source(self) -> Source:
        return sources[self.code]
