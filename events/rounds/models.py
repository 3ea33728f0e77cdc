"""Whose proposals need no checklist."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from stakeholders.entries.models import Stakeholder


class TrustedProposer(models.Model):
    """A stakeholder whose proposals need no checklist; given with a reason, and taken away with one."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="trusted_as_proposer", verbose_name=_("stakeholder")
    )
    note = models.CharField(_("why"), max_length=300)
    given_by = by_person(_("given by"))
    given_at = models.DateTimeField(_("given at"), db_default=Now())
    ended_by = by_person(_("taken away by"), blank=True)
    ended_at = models.DateTimeField(_("taken away at"), null=True, blank=True)
    ended_note = models.CharField(_("why it was taken away"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("trusted proposer")
        verbose_name_plural = _("trusted proposers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder"], condition=Q(ended_at=None), name="one_trust_of_a_proposer"
            )
        ]

    def __str__(self) -> str:
        return str(self.stakeholder)
