"""What the desk advises beside the fields of a record, as it edits it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resources.curation.models import Guidance
from taxonomy.admin import ListAdmin


@admin.register(Guidance)
class GuidanceAdmin(ListAdmin):
    list_display = ["field", "text", "is_edited"]
    fields = ["field", "text", "translations"]

    @admin.display(boolean=True, description=_("edited by the desk"))
    def is_edited(self, guidance: Guidance) -> bool:
        return guidance.edited_by_hand

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Mark the guidance as edited, so that loading it again does not overwrite it."""
        obj.edited_by_hand = True
        super().save_model(request, obj, form, change)
