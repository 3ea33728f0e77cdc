"""Addresses without an account that want no more mail of a kind."""

from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class Stop(models.Model):
    """One address that has stopped one kind. People with an account have a preference instead."""

    address = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=80)
    at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("stopped kind of mail")
        verbose_name_plural = _("stopped kinds of mail")
        constraints = [models.UniqueConstraint(Lower("address"), "kind", name="stopped_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"
