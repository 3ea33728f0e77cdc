"""Which entries of the directory hold which fact, as strings of bits: what its numbers are counted from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Two rows of so many bits, with what stands beside them, fit on a page of the database.
BLOCK = 31_744


class FacetBitmap(models.Model):
    """A bit for each entry whose number lies in the block: whether it holds this code of this facet.

    True of every entry that no `FacetChange` names. A block in which nobody ever held the code has no row.
    """

    pk = models.CompositePrimaryKey("facet", "block", "code")
    facet = models.CharField(_("facet"), max_length=20)
    code = models.CharField(_("code"), max_length=100)
    block = models.IntegerField(_("block"))
    # As the database has it: bit(BLOCK), never packed, and made, joined and counted only there.
    bits = models.BinaryField(_("bits"))

    class Meta:
        verbose_name = _("bitmap of the directory")
        verbose_name_plural = _("bitmaps of the directory")

    def __str__(self) -> str:
        return f"{self.facet}:{self.code} {self.block}"


class FacetChange(models.Model):
    """An entry whose bits are still those of before; written by triggers, with the change itself.

    A row for each change, so that no two acts wait for each other. Such entries are counted from their rows.
    """

    stakeholder_id = models.BigIntegerField(_("stakeholder"))

    class Meta:
        verbose_name = _("change of the directory's facets")
        verbose_name_plural = _("changes of the directory's facets")

    def __str__(self) -> str:
        return str(self.stakeholder_id)


class CommonWord(models.Model):
    """A word of the index, as it stands there, that so many entries hold that they have bits, too."""

    word = models.CharField(_("word"), max_length=100, primary_key=True)

    class Meta:
        verbose_name = _("common word of the directory")
        verbose_name_plural = _("common words of the directory")

    def __str__(self) -> str:
        return self.word
