from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from search.actions import rebuild
from search.hooks import documents
from search.models import Document


class Command(BaseCommand):
    help = "Make the search index anew from the objects themselves, kind by kind; safe while the portal runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", help='one kind, as "stakeholders.stakeholder"; default: all')

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["kind"]
        if wanted and wanted not in documents:
            raise CommandError(
                f"Nothing of the kind {wanted!r} is searched; there are: {', '.join(documents)}."
            )
        for kind in [wanted] if wanted else documents:
            numbers = documents[kind].numbers
            most = len(numbers()) if numbers else apps.get_model(kind)._base_manager.count()
            total = rebuild(kind, partial(self._say, kind, most))
            self.stdout.write(f"{kind}: {total}")
        if not wanted:
            Document.objects.exclude(kind__in=list(documents)).delete()

    def _say(self, kind: str, most: int, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{kind}: {done} of at most {most}", ending="")
