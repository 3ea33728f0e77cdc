"""The files of content, and what loading them did."""

import csv
import gzip
from typing import Any

from portal.content import FOLDER, load_content


def rows_of(name: str) -> list[dict[str, str]]:
    opened: Any = gzip.open if name.endswith(".gz") else open
    with opened(FOLDER / name, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def counts_of(pack: str) -> list[Any]:
    """What loading did to each file; a pack may also report plain numbers, of rows left out."""
    return [counts for counts in load_content([pack]).values() if not isinstance(counts, int)]
