"""What an applicant asks for once after a refusal: that somebody else looks again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from stakeholders.enums import Outcome
from stakeholders.models.applications import Application


class ReconsiderationQuerySet(models.QuerySet["Reconsideration"]):
    def visible_to(self, user: Any) -> "ReconsiderationQuerySet":
        """Whoever sees the application: its applicant and those who vet."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Reconsideration(models.Model):
    """One request, decided by a person of the desk who took no part before."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="reconsideration", verbose_name=_("application")
    )
    reason = models.TextField(_("why it should be looked at again"), max_length=3000)
    asked_at = models.DateTimeField(_("asked at"), default=now)
    due_at = models.DateTimeField(_("answer promised by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("note to the applicant"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ReconsiderationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reconsideration")
        verbose_name_plural = _("reconsiderations")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reconsideration_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (Q(outcome__in=Outcome.values, decided_at__isnull=False) & ~Q(note="")),
                name="reconsideration_decided_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.outcome or '…'}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
