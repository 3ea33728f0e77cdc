import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.content import PACKS, REMOVABLE, load_content, remove_content
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
        how.add_argument(
            "--remove",
            action="store_true",
            help="Take out what these packs brought. What the desk edited, or anything hangs on, stays.",
        )
        how.add_argument("--reference", action="store_true", help="Load the reference data first.")

    def handle(self, *args: Any, packs: list[str], **options: Any) -> None:
        if unknown := set(packs) - set(PACKS):
            raise CommandError(f"No such pack: {', '.join(sorted(unknown))}. There are: {', '.join(PACKS)}.")
        if options["remove"]:
            self._remove(packs)
            return
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

    def _remove(self, packs: list[str]) -> None:
        if not packs:
            raise CommandError("Name the packs to remove.")
        if unknown := set(packs) - set(REMOVABLE):
            raise CommandError(
                f"Cannot be removed here: {', '.join(sorted(unknown))}. Organizations are removed by their "
                "source, at the desk under Profiles from public sources."
            )
        for name in packs:
            removed, stay = remove_content(name)
            self.stdout.write(f"{name}: {removed} removed, {stay} stay")
