"""What harvesters are told of a record: when it last changed for everybody, and whether it is still there."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestHeader(models.Model):
    """One record that everybody could read at some time. The database writes it by triggers, in the
    transaction that changes the record, what it is filed under, or a name that its description gives.

    `number` is that of the resource and no foreign key: the header stays where the resource goes. While it is
    hidden, what changes in it moves nothing here: sets and instant are those of the day it was last read.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    changed_at = models.DateTimeField(_("changed at"))
    is_live = models.BooleanField(_("read by everybody"), default=True)
    # As "topic:firearms", with what is above them ("topic").
    # Translators: Sets of records, as OAI-PMH calls them.
    sets = ArrayField(models.CharField(max_length=80), default=list, verbose_name=_("sets"))
    # Whether it could be described in DataCite's words at some time: with DOI, publisher and year.
    had_datacite = models.BooleanField(_("had what DataCite needs"), default=False)

    class Meta:
        verbose_name = _("header for harvesters")
        verbose_name_plural = _("headers for harvesters")
        indexes = [
            models.Index(fields=["changed_at", "number"], name="harvest_by_change"),
            GinIndex(fields=["sets"], name="harvest_sets"),
        ]

    def __str__(self) -> str:
        return str(self.number)
