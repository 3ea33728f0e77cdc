"""Requests to take away a second factor that is lost: asked by the person, carried out by two others."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def open(self) -> "FactorResetQuerySet":
        """Neither carried out nor refused."""
        return self.filter(confirmed_at=None, refused_at=None)


class FactorReset(models.Model):
    """One request. A first administrator writes down how they made sure who asks, a second one confirms."""

    user = models.ForeignKey(User, models.CASCADE, related_name="factor_resets", verbose_name=_("person"))
    contact = models.CharField(_("how the person can be reached"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    reason = models.TextField(
        _("how the person's identity was verified"),
        max_length=1000,
        blank=True,
        help_text=_("Who you spoke to, on which number or address, and where you found it."),
    )
    checked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made sure by")
    )
    checked_at = models.DateTimeField(_("made sure at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    # By nobody where the person has shown the factor after all.
    refused_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("refused by")
    )
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a new second factor")
        verbose_name_plural = _("requests for a new second factor")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(confirmed_at=None, refused_at=None), name="one_open_factor_reset"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | ~Q(reason=""), name="factor_reset_says_how_it_was_checked"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(checked_at__isnull=False, refused_at=None),
                name="factor_reset_checked_before_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(checked_by=None) | ~Q(confirmed_by=F("checked_by")),
                name="factor_reset_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
