"""The one engine: moves, decisions, work items, item-level requests, change requests, drafted decisions."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
