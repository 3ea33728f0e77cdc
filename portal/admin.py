from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.facts.models import ProgrammeFact
from portal.facts.queries import FACTS
from portal.open_data import actions as open_data_actions
from portal.open_data.models import Dump, OpenDataTerms
from portal.pages.models import Page
from search.actions import rebuild
from taxonomy.admin import PROVENANCE, ListAdmin


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ("title", "slug", "language", "legal_status", "updated_at")
    list_filter = ("language", "legal_status", "slug")
    search_fields = ("title", "body")
    readonly_fields = ("updated_at",)


@admin.register(ProgrammeFact)
class ProgrammeFactAdmin(ListAdmin):
    list_display = ["fact", "group", "date", "source", "is_shown", "edited_by_hand", "gone_since"]
    list_filter = ["group", "is_shown", "confidence", "edited_by_hand"]
    search_fields = ["code", "fact", "value", "source"]
    fields = [
        "code",
        "group",
        "position",
        "fact",
        "value",
        "date",
        "source_url",
        *PROVENANCE,
        "confidence",
        "is_shown",
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        rebuild(FACTS)


@admin.register(OpenDataTerms)
class OpenDataTermsAdmin(admin.ModelAdmin):
    """One row at most."""

    fields = ("licence", "code", "url")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not OpenDataTerms.objects.exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)


@admin.register(Dump)
class DumpAdmin(admin.ModelAdmin):
    """To take one away before its time: that of this day is then made again within the hour."""

    list_display = ("day", "made_at", "licence")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        open_data_actions.remove(Dump.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        open_data_actions.remove(queryset)
