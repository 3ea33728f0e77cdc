"""What every other app leans on: errors, hooks, background work, text and uploads made safe."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from celery.signals import task_postrun
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.signals import request_finished
from django.utils.module_loading import module_has_submodule

# What an app says to the apps below and to Celery, loaded while Django starts …
OF_AN_APP = ("checks", "tasks")
# … and what its subjects say; `wiring` of the app itself comes last.
OF_A_SUBJECT = ("rules", "actions", "tasks", "wiring")


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.storing import remove_undone  # noqa: PLC0415  it needs the models

        for config in apps.get_app_configs():
            for name in (*OF_AN_APP, *modules_of_subjects(config), "wiring"):
                if module_has_submodule(config.module, name):
                    import_module(f"{config.name}.{name}")
        request_finished.connect(remove_undone)
        task_postrun.connect(remove_undone)


def own_apps() -> list[AppConfig]:
    """The apps of this project, without those of packages, wherever these are installed."""
    return [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]


def modules_of_subjects(config: AppConfig) -> Iterator[str]:
    """The modules of an app's subjects that nobody need import: Django itself looks no deeper than the app.

    In the order in which the app declares its subjects; a test compares it with what is there.
    """
    for subject in getattr(config, "subjects", ()):
        for kind in OF_A_SUBJECT:
            for path in sorted((Path(config.path) / subject).glob(f"{kind}*.py")):
                yield f"{subject}.{path.stem}"
