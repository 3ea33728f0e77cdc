"""Acts on the trust pages."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from core.text import clean_block, clean_line
from portal.pages.enums import SLUGS, LegalStatus
from portal.pages.models import Page

TEXTS = Path(__file__).parent.parent / "data" / "pages"


@dataclass(frozen=True)
class Text:
    slug: str
    language: str
    title: str
    lead: str
    body: str
    legal_status: str

    @property
    def digest(self) -> str:
        return digest_of(self.title, self.lead, self.body, self.legal_status)


def digest_of(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def read_text(path: Path) -> Text:
    """One file: lines `title:`, `lead:`, `status:`, a line `---`, then Markdown. Else ValueError."""
    head, line, body = path.read_text(encoding="utf-8").partition("\n---\n")
    fields = dict(part.split(": ", 1) for part in head.splitlines())
    if not line or set(fields) != {"title", "lead", "status"} or path.stem not in SLUGS:
        raise ValueError(f"{path} is not a text of a trust page.")
    return Text(
        slug=path.stem,
        language=path.parent.name,
        title=clean_line(fields["title"]),
        lead=clean_line(fields["lead"]),
        body=clean_block(body),
        legal_status=LegalStatus(fields["status"]).value,
    )


@transaction.atomic
def load_pages(folder: Path = TEXTS) -> dict[str, int]:
    """Bring in the texts that came with the software; counts of "new", "updated", "same", "edited".

    A text that the desk has changed since it was loaded is left as it is.
    """
    counts = {"new": 0, "updated": 0, "same": 0, "edited": 0}
    present = {(page.slug, page.language): page for page in Page.objects.all()}
    for text in map(read_text, sorted(folder.glob("*/*.md"))):
        page = present.get((text.slug, text.language))
        if page is None:
            page, outcome = Page(slug=text.slug, language=text.language), "new"
        elif digest_of(page.title, page.lead, page.body, page.legal_status) != page.seed:
            outcome = "edited"
        else:
            outcome = "same" if page.seed == text.digest else "updated"
        counts[outcome] += 1
        if outcome in ("new", "updated"):
            page.title, page.lead, page.body = text.title, text.lead, text.body
            page.legal_status, page.seed = text.legal_status, text.digest
            page.save()
    return counts
