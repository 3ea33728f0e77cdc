"""What every other app leans on: errors, later(), registries, text and uploads made safe."""

from celery.signals import task_postrun
from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.storing import remove_undone  # noqa: PLC0415  it needs the models

        autodiscover_modules("checks", "tasks", "history", "registered")
        request_finished.connect(remove_undone)
        task_postrun.connect(remove_undone)
