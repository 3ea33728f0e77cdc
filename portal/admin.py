from django.contrib import admin

from portal.pages.models import Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ("title", "slug", "language", "legal_status", "updated_at")
    list_filter = ("language", "legal_status", "slug")
    search_fields = ("title", "body")
    readonly_fields = ("updated_at",)
