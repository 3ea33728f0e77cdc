"""The index over everything that can be found by words. It has no pages of its own."""

from django.apps import AppConfig
from django.core import checks


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search.checks import database_knows_every_script  # noqa: PLC0415  needs the apps to be ready

        checks.register(database_knows_every_script, checks.Tags.database)
