"""What every other app leans on: errors, later(), registries, text and uploads made safe."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        autodiscover_modules("checks", "tasks", "history", "registered")
