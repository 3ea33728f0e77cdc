"""What runs of the checks leave: how many tests passed, and how long each check and each test took."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Count:
    """What the closing line tells. A subtest that fails counts once, as a test without subtests does."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, passed: int, failed: int, skipped: int) -> None:
        self.passed += passed
        self.failed += failed
        self.skipped += skipped

    def add_up(self, file: Path) -> None:
        """Add what calls before this one have written there, and write the sum."""
        if text := file.read_text(encoding="utf-8") if file.is_file() else "":
            self.add(*json.loads(text))
        file.write_text(json.dumps([self.passed, self.failed, self.skipped]), encoding="utf-8")

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (
            f", {self.skipped} skipped" if self.skipped else ""
        )


class Times:
    """How many seconds each check and each test took when it last passed here."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            known = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        self.checks: dict[str, float] = known.get("checks", {})
        self.tests: dict[str, float] = known.get("tests", {})

    def save(self) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(json.dumps({"checks": self.checks, "tests": self.tests}), encoding="utf-8")
