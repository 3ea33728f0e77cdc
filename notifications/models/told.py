"""What a message, a notice and a happening have in common."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from notifications.registry import Kind, kinds


class Told(models.Model):
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
