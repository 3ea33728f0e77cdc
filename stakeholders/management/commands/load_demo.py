import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from stakeholders.demo.loading import load_demo
from stakeholders.demo.people import PEOPLE, new_passwords


class Command(BaseCommand):
    help = (
        "Load the demonstration: plainly labelled people and stakeholders in every state. Only on a "
        "developer's machine. Running it again adds what is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--signins", type=Path, help="Write role, e-mail and password of each person there, as JSON."
        )
        parser.add_argument(
            "--new-passwords", action="store_true", dest="renew", help="Give everybody a new password."
        )

    def handle(self, *args: Any, signins: Path | None, renew: bool, **options: Any) -> None:
        try:
            people, new_keys = load_demo()
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        known = {} if renew else self.known_passwords(signins)
        keys = [
            person.key
            for person in PEOPLE
            if renew or person.key in new_keys or (signins and person.email not in known)
        ]
        passwords = new_passwords(people, keys)
        rows = [
            {
                "role": person.role,
                "email": person.email,
                "password": passwords.get(person.key) or known.get(person.email, ""),
                "note": person.note,
            }
            for person in PEOPLE
        ]
        if signins:
            self.write(signins, rows)
        for row in rows:
            if row["password"]:
                self.stdout.write(f"{row['role']:<27} {row['email']:<28} {row['password']}   {row['note']}")
        if not all(row["password"] for row in rows):
            self.stdout.write("Passwords given before cannot be shown again; --new-passwords gives new ones.")

    def known_passwords(self, signins: Path | None) -> dict[str, str]:
        """Return the passwords of an earlier run, by address."""
        if signins is None or not signins.is_file():
            return {}
        try:
            rows = json.loads(signins.read_text(encoding="utf-8"))
            return {row["email"]: row["password"] for row in rows}
        except (ValueError, KeyError, TypeError):
            return {}

    def write(self, path: Path, rows: list[dict[str, str]]) -> None:
        """Write the file as a whole or not at all, readable for its owner alone."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        beside.unlink(missing_ok=True)
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(rows, file, ensure_ascii=False, indent=2)
        beside.replace(path)
