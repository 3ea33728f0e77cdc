"""Who did what and when, as sentences; append-only, which the database itself enforces."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
