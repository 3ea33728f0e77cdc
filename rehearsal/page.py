"""The commands of docs/operations.md: what is rehearsed is what the page tells people to do."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "operations.md"


def commands(heading: str, text: str | None = None) -> list[str]:
    """The lines of all `sh` blocks under a heading, in order, without what stands behind `#`."""
    said = PAGE.read_text(encoding="utf-8") if text is None else text
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", said, re.MULTILINE | re.DOTALL)
    if not found:
        raise LookupError(f"docs/operations.md has no heading {heading!r}.")
    blocks = re.findall(r"^```sh\n(.*?)^```$", found[1], re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"(^|\s)#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]
