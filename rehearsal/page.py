"""The commands of docs/operations/: what is rehearsed is what the page tells people to do."""

import re
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "docs" / "operations"


def text_of_pages() -> str:
    """Return all pages for operators, one after the other; no two have a heading in common."""
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md")))


def commands(heading: str, text: str | None = None) -> list[str]:
    """Return the lines of all `sh` blocks under a heading, in order, without comments."""
    pages = text_of_pages() if text is None else text
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", pages, re.MULTILINE | re.DOTALL)
    if not section:
        raise LookupError(f"No page of docs/operations has a heading {heading!r}.")
    blocks = re.findall(r"^```sh\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"(^|\s)#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]
