from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_site import WithSecrets
from notifications.outbox.models import Message


@admin.register(Message)
class MessageAdmin(WithSecrets):
    """To look at only: what happens to a message is the worker's business. Secrets are not shown."""

    list_display = ("created_at", "address", "kind", "status", "attempts", "sent_at")
    list_filter = ("status", "kind", "language")
    search_fields = ("address", "message_id")
    date_hierarchy = "created_at"
    show_full_result_count = False
    secrets = ("facts", "url", "url_args")
    exclude = secrets

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
