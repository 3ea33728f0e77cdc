"""What surrounds the decisions: objections, and the round of the Extended Bureau."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from reviews.dialogues.models import Dialogue, DialogueLine


class Objection(models.Model):
    """What the Extended Bureau said against an application. The desk's alone, never shown to others."""

    line = models.ForeignKey(
        DialogueLine, models.CASCADE, related_name="objections", verbose_name=_("application")
    )
    text = models.TextField(_("objection"), max_length=2000)
    recorded_by = by_person(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class BureauList(models.Model):
    """A list as it was given to the Extended Bureau: {id of the line: digest of its row}."""

    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, related_name="bureau_lists", verbose_name=_("dialogue")
    )
    rows: Any = models.JSONField(_("rows"), default=dict)
    text = models.TextField(_("the original file"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    made_by = by_person(_("made by"))
    made_at = models.DateTimeField(_("made at"), default=now)

    class Meta:
        verbose_name = _("list for the Extended Bureau")
        verbose_name_plural = _("lists for the Extended Bureau")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.dialogue_id} · {self.pk}"


class BureauAnswer(models.Model):
    """A file that came back: what it says, what is wrong with it, and when it was taken over.

    `rows`: [{line, outcome, reason, note, objection}]; `faults`: [{row, text}], none once it is taken over.
    """

    bureau_list = models.ForeignKey(
        BureauList, models.CASCADE, related_name="answers", verbose_name=_("list")
    )
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    rows: Any = models.JSONField(_("rows"), default=list)
    faults: Any = models.JSONField(_("what is wrong"), default=list)
    sent_by = by_person(_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), default=now)
    taken_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer of the Extended Bureau")
        verbose_name_plural = _("answers of the Extended Bureau")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
