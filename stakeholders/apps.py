"""Who is in the directory: stakeholders, their applications and vetting, their members."""

from importlib import import_module

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"

    def ready(self) -> None:
        import_module("stakeholders.receivers")
