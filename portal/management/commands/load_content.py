import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.content import PACKS, load_content
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = (
        "Load the real content with which the portal begins: the text of the articles and more. Safe to "
        "repeat; what the desk edited stays. Needs load_reference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="*", metavar="pack", help=f"Of {', '.join(PACKS)}; all without.")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="Save nothing, and print the same counts.")
        how.add_argument("--reference", action="store_true", help="Load the reference data first.")

    def handle(self, *args: Any, packs: list[str], **options: Any) -> None:
        if unknown := set(packs) - set(PACKS):
            raise CommandError(f"No such pack: {', '.join(sorted(unknown))}. There are: {', '.join(PACKS)}.")
        if options["reference"]:
            call_command("load_reference", stdout=self.stdout)
        for name in packs or PACKS:
            began = time.monotonic()
            try:
                report = load_content([name], dry_run=options["dry_run"])
            except BadRow as problem:
                raise CommandError(f"{problem} Nothing of this pack was saved.") from problem
            for file, counts in report.items():
                self.stdout.write(f"{file}: {counts}")
            self.stdout.write(f"{name}: {time.monotonic() - began:.1f} s")
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was saved.")
