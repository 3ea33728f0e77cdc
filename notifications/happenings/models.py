"""What a message, a notice and a happening have in common, and what happened, told once."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from notifications.happenings.enums import Weight
from notifications.hooks import Kind, kinds


class FactsRow(models.Model):
    """What a message and a notice have in common: a kind with its facts, never finished sentences.

    The words are made when they are read or sent, so that a wording can be corrected later.
    """

    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("key"), max_length=160, help_text=_("Once per recipient."))
    url = models.CharField(_("address"), max_length=500, blank=True)
    url_name = models.CharField(_("name of the address"), max_length=100, blank=True)
    url_args = models.JSONField(_("arguments of the address"), default=list, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=80, blank=True)
    subject_id = models.BigIntegerField(_("subject"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def declared(self) -> Kind:
        return kinds[self.kind]

    def still_visible(self, user: Any) -> bool:
        ask = self.declared.still_visible
        return ask is None or bool(ask(user, self.subject_id))


# --- What happened, told once; the worker expands it to all who follow it ----------------------------


class Happening(FactsRow):
    """One thing that happened, with the terms that its followers may follow, as ["country:KEN", …].

    `expanded_at` is empty until every follower has a notice, and those who want it at once a message.
    """

    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("what it concerns"))
    # Translators: How important a piece of news is.
    weight = models.CharField(_("weight"), max_length=10, choices=Weight, default=Weight.NEWS)
    expanded_at = models.DateTimeField(_("all informed at"), null=True, blank=True)
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
