"""Which entries of the directory hold which code, as sets: what its numbers are counted from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacetSet(models.Model):
    """The entries that hold one code of one facet, as a serialized Roaring bitmap of their numbers.

    True of every entry that no `PendingEntry` names. A code that nobody holds has no row. The row of `STATE`
    holds nobody; its stamp changes whenever a set does.
    """

    STATE = ""

    facet = models.CharField(_("facet"), max_length=20, blank=True, default=STATE)
    code = models.CharField(_("code"), max_length=100, blank=True, default="")
    members = models.BinaryField(_("members"), default=b"")
    # Drawn anew whenever the members change, so that a process knows which sets it has, also after a restore.
    stamp = models.UUIDField(_("stamp"))

    class Meta:
        verbose_name = _("set of the directory")
        verbose_name_plural = _("sets of the directory")
        constraints = [models.UniqueConstraint(fields=["facet", "code"], name="one_set_a_code")]

    def __str__(self) -> str:
        return f"{self.facet}:{self.code}"


class PendingEntry(models.Model):
    """An entry whose sets are still those of before; written by triggers, with the change itself.

    A row for each change, so that no two acts wait for each other. Such entries are counted from their rows.
    """

    stakeholder_id = models.BigIntegerField(_("stakeholder"))

    class Meta:
        verbose_name = _("changed entry of the directory")
        verbose_name_plural = _("changed entries of the directory")

    def __str__(self) -> str:
        return str(self.stakeholder_id)
