"""Decisions that are written first and made later."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from workflow.moves.models import About, AboutQuerySet, Decision


class DraftDecisionQuerySet(AboutQuerySet["DraftDecision"]):
    def waiting(self, batch: str) -> Self:
        return self.filter(batch=batch, decision=None)


class DraftDecision(About):
    """A decision written down but not yet made; the whole batch is released at once."""

    batch = models.CharField(_("batch"), max_length=80)
    # Translators: A step that changes the status of something, such as "approve" or "return".
    move = models.CharField(_("move"), max_length=40)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.TextField(_("note to those it is about"), blank=True)
    drafted_by = by_person(_("drafted by"))
    drafted_at = models.DateTimeField(_("drafted at"), default=now)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("decision")
    )

    objects = DraftDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("drafted decision")
        verbose_name_plural = _("drafted decisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(decision=None), name="one_open_draft_each"
            )
        ]
        indexes = [models.Index(fields=["batch"], name="draft_of_batch")]

    def __str__(self) -> str:
        return f"{self.batch}: {self.move} {self.subject_kind}:{self.subject_id}"
