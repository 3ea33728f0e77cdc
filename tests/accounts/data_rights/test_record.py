"""The record of processing and the privacy notice say for how long what the nightly job does."""

import re
from pathlib import Path

from django.conf import settings

from accounts.hooks import retained

ROOT = Path(settings.BASE_DIR)
NOTICE = (ROOT / "portal" / "data" / "pages" / "en" / "privacy.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| `([\w.]+)` \| (\d+) \| (\d+)–(\d+) \| (.+) \|$", re.MULTILINE)
RECORD = LINE.findall((ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8"))


def test_the_record_has_each_rule_as_the_code_has_it():
    recorded_rules = {name: tuple(map(int, numbers)) for name, *numbers, _title in RECORD}
    assert recorded_rules == {name: (rule.days, rule.least, rule.most) for name, rule in retained.items()}


def test_the_notice_has_each_line_that_the_record_names():
    """Whether the days there are those of the code: tests/portal/test_pages.py."""
    titles = {title for *_rule, title in RECORD} - {"no personal data"}
    assert [title for title in titles if f"| {title} |" not in NOTICE] == []
