"""How often something was used: a number for each object and day, later for a month. No reader is in it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.usage.enums import CountedUse, Span


class UsageQuerySet(models.QuerySet["Usage"]):
    def visible_to(self, user: Any) -> "UsageQuerySet":
        return self.all() if user.has_perm("portal.view_usage") else self.none()


class Usage(models.Model):
    """`day` is the first of the month for a month."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    what = models.CharField(_("what"), max_length=10, choices=CountedUse)
    # Translators: A day or a month, for which use is counted.
    span = models.CharField(_("span"), max_length=5, choices=Span)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("how often"))

    objects = UsageQuerySet.as_manager()

    class Meta:
        # Translators: How often pages are read.
        verbose_name = _("use")
        verbose_name_plural = _("use")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "what", "span", "day"], name="usage_once"),
            models.CheckConstraint(condition=Q(what__in=CountedUse.values), name="usage_what_known"),
            models.CheckConstraint(condition=Q(span__in=Span.values), name="usage_span_known"),
        ]
        indexes = [models.Index(fields=["day"], name="usage_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.day}"


class UsageFlush(models.Model):
    """A period of five minutes whose numbers were written: what makes sure that they are written once."""

    period = models.BigIntegerField(_("period"), primary_key=True)

    class Meta:
        verbose_name = _("written period")
        verbose_name_plural = _("written periods")

    def __str__(self) -> str:
        return f"{self.period}"
