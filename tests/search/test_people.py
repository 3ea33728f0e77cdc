"""The questions of people: the held half is the file whose digest was written before the search was tuned."""

import csv
from collections import Counter
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent


def test_the_held_half_is_the_one_that_was_written_before_the_search_was_tuned():
    digest, name = (FOLDER / "questions_held.sha256").read_text().split()
    assert sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_the_questions_are_fifty_in_each_language_and_no_half_has_another_share():
    for half in ("open", "held"):
        with (FOLDER / f"questions_{half}.csv").open(encoding="utf-8", newline="") as lines:
            languages = Counter(row["language"] for row in csv.DictReader(lines) if row["right"])
        assert languages == dict.fromkeys(("en", "fr", "es", "ru", "ar", "zh"), 25)
