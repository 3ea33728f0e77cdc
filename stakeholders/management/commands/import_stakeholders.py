import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from core.errors import DomainError, Unreadable
from stakeholders.registers import ror
from stakeholders.registers.actions import MOST_SAID, Report, Source, import_listed

SOURCES = {"ror": ror}
SHOWN = 20
SAY_EVERY = 10_000


class Command(BaseCommand):
    reported_rows = 0
    help = (
        "List organizations of a public registry as unclaimed entries. ROR: its CSV or its JSON (schema 2), "
        "plain, .gz or .zip; active education, non-profit and company records. Running it again changes only "
        "what has changed. Nothing is saved where a row cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", choices=SOURCES, required=True)
        parser.add_argument("--date", type=date.fromisoformat, help="To which day the file is true; today.")
        parser.add_argument("--dry-run", action="store_true", help="Save nothing, and print the same report.")
        parser.add_argument(
            "--without-refused", action="store_true", help="Import the others where some rows cannot be read."
        )
        parser.add_argument("--all", action="store_true", help="Name every problem and unplaced row.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        reader = SOURCES[options["source"]]
        source = Source(options["source"], reader.NAME, options["date"] or localdate())
        began = time.monotonic()
        try:
            report = import_listed(
                reader.read(file),
                source=source,
                actor=None,
                dry_run=options["dry_run"],
                without_refused=options["without_refused"],
                progress=self.progress if options["verbosity"] else lambda rows: None,
            )
        except Unreadable as problem:
            raise CommandError(f"{problem} Nothing was saved.") from problem
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if self.stderr.isatty():
            self.stderr.write("")
        self.say(report, all_of_it=options["all"])
        self.stdout.write(f"{time.monotonic() - began:.1f} s")
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was saved.")
        elif not report.saved:
            raise CommandError(
                f"{report.refused} rows could not be read, so nothing was saved. Mend them, or run it again "
                "with --without-refused to import the others."
            )

    def progress(self, rows: int) -> None:
        """Write how far it is: on a terminal one line that counts up, in a log a line now and then."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows:>9,} rows read", ending="")
            self.stderr.flush()
        elif rows - self.reported_rows >= SAY_EVERY:
            self.reported_rows = rows
            self.stderr.write(f"{rows:>9,} rows read")

    def say(self, report: Report, *, all_of_it: bool) -> None:
        most = MOST_SAID if all_of_it else SHOWN
        for label, number in (
            ("rows", report.rows),
            ("new", report.created),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("claimed by now, left alone", report.left_alone),
            *((f"not for the directory, {why}", number) for why, number in report.skipped.most_common()),
            *((f"left out by the desk's decision, {code}", n) for code, n in report.left_out.most_common()),
            *((f"country not placed, {code}", n) for code, n in report.unplaced_codes.most_common()),
            ("refused", report.refused),
        ):
            if number or label == "rows":
                self.stdout.write(f"{number:>9,}  {label}")
        self.lines(
            "Not imported until the desk says where these codes belong (area mappings):",
            [
                f"row {entry.row}, country_code {entry.code}: {entry.name} ({entry.ror_id})"
                for entry in report.unplaced
            ],
            most,
        )
        self.lines("Refused:", [str(problem) for problem in report.problems], most)

    def lines(self, title: str, texts: list[str], most: int) -> None:
        if not texts:
            return
        self.stdout.write(title)
        for line in texts[:most]:
            self.stdout.write(f"  {line}")
        if len(texts) > most:
            self.stdout.write(f"  … and {len(texts) - most:,} more; --all names them.")
