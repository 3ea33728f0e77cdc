"""Regional focal points' workspace, activities, messages to a region, reports, networks and their plans."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    name = "coordination"
    verbose_name = _("Coordination")

    def ready(self) -> None:
        import_module("coordination.receivers")
