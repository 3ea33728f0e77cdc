from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.data_rights.actions_retention import apply_rules, keep_rules
from accounts.data_rights.queries import due_removals


class Command(BaseCommand):
    help = "Show what tonight's retention would remove, by rule; with --apply, remove it now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="Remove it, as the nightly task does.")

    def handle(self, *args: Any, **options: Any) -> None:
        keep_rules()
        for removal in due_removals():
            self.stdout.write(f"{removal.rule.subject:32} {removal.rule.days:5} days {removal.rows:8} rows")
        if options["apply"]:
            self.stdout.write(self.style.SUCCESS(f"Removed {apply_rules()} rows."))
