"""What the desk advises beside the fields of a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taxonomy.names.models import Translated


class Guidance(Translated):
    """What those who describe resources are told beside one field of the form; the desk keeps it."""

    field = models.CharField(_("field"), max_length=40, primary_key=True)
    text = models.TextField(_("guidance in English"), max_length=3000, help_text=_("Plain text or Markdown."))
    edited_by_hand = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("guidance for a field")
        verbose_name_plural = _("guidance for fields")
        ordering = ["field"]

    def __str__(self) -> str:
        return self.field
