"""What happened, told once; the worker expands it to all who follow it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.enums import Weight
from notifications.models.told import Told


class Happening(Told):
    """One thing that happened, with the terms that its followers may follow, as ["country:KEN", …].

    `expanded_at` is empty until every follower has a notice, and those who want it at once a message.
    """

    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("what it concerns"))
    weight = models.CharField(_("weight"), max_length=10, choices=Weight, default=Weight.NEWS)
    expanded_at = models.DateTimeField(_("told to all at"), null=True, blank=True)
    noticed = models.PositiveIntegerField(_("notices"), default=0)
    mailed = models.PositiveIntegerField(_("messages at once"), default=0)

    class Meta:
        verbose_name = _("happening")
        verbose_name_plural = _("happenings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="happening_once"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="happening_weight_known"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(expanded_at__isnull=True), name="happening_to_expand"
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="happening_of_subject"),
        ]
