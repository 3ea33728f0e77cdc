"""What the portal begins with names no contact of a person."""

import gzip
import re

from django.conf import settings

PATTERNS = (
    re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE),
    re.compile(r"(?<![\w/.=-])(?:\+|00)\d[\d ()./-]{7,}\d"),
    re.compile(r"\b(?:tel|phone|telephone|fax)[.:]", re.IGNORECASE),
)


def test_no_file_holds_an_address_of_mail_or_a_telephone_number():
    files = sorted((settings.BASE_DIR / "content").glob("*.csv*"))
    assert files
    found = []
    for path in files:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
        found += [(path.name, one) for pattern in PATTERNS for one in pattern.findall(text)]
    assert found == []


def test_the_patterns_find_what_they_are_for():
    for text in ("write to a.b@example.org", "call +43 1 26060-0", "Tel.: 12345"):
        assert any(pattern.search(text) for pattern in PATTERNS), text
