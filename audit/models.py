import uuid

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.hooks import sentences


def kind_of(subject: models.Model) -> str:
    """The neutral name of an object's kind, as "stakeholders.application"."""
    return subject._meta.label_lower


class Entry(models.Model):
    """One thing that somebody did. Holds ids and codes, never names or personal values."""

    at = models.DateTimeField(_("at"), db_default=Now())
    # No foreign key: a person's erasure must need no rewriting here.
    actor_id = models.BigIntegerField(_("actor"), null=True)
    action = models.CharField(_("action"), max_length=60)
    subject_kind = models.CharField(_("kind of subject"), max_length=80)
    subject_id = models.BigIntegerField(_("subject"))
    data = models.JSONField(_("data"), default=dict)
    click = models.UUIDField(_("one click"), default=uuid.uuid4, help_text=_("Shared by what one act wrote."))

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="audit_of_subject"),
            models.Index(fields=["actor_id", "-at"], name="audit_of_actor"),
            models.Index(fields=["-at"], name="audit_newest"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind}:{self.subject_id}"

    @property
    def audience(self) -> str:
        return sentences[self.action].audience
