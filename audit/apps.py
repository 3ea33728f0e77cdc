"""Who did what and when, as sentences; append-only, which the database itself enforces."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        import_module("audit.receivers")
