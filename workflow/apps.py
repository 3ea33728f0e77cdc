"""The one engine: moves, decisions, work items, item-level requests, change requests, drafted decisions."""

from django.apps import AppConfig
from django.core import checks


class WorkflowConfig(AppConfig):
    name = "workflow"
    subjects = ("moves", "items", "changes", "drafts", "windows", "receipts", "writing")  # lowest first

    def ready(self) -> None:
        from workflow.checks import every_move_is_complete  # noqa: PLC0415  needs the registries filled

        checks.register(every_move_is_complete, checks.Tags.models)
