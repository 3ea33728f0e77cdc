"""What belongs to no subject: whether the portal is being maintained."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Maintenance(models.Model):
    """While there is a row, people read on and nothing is saved. `ends_at`: when it should be over."""

    started_at = models.DateTimeField(_("since"), db_default=Now())
    ends_at = models.DateTimeField(_("expected end"))

    class Meta:
        verbose_name = _("maintenance")
        verbose_name_plural = _("maintenance")
        ordering = ["-ends_at"]

    def __str__(self) -> str:
        return f"{self.ends_at:%Y-%m-%d %H:%M}"
