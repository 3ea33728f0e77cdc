"""The one engine: moves, decisions, work items, item-level requests, change requests, drafted decisions."""

from django.apps import AppConfig
from django.core import checks


class WorkflowConfig(AppConfig):
    name = "workflow"
    subjects = (
        "moves",
        "items",
        "changes",
        "drafts",
        "windows",
        "held_tasks",
        "receipts",
        "writing",
    )  # lowest first

    def ready(self) -> None:
        from workflow import checks as own_checks  # noqa: PLC0415  needs the models

        own_checks.declare_sentences()
        checks.register(own_checks.every_move_is_complete, checks.Tags.models)
