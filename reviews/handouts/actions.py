"""Bringing in the checklist and the letters that come with the software."""

from hashlib import sha256
from pathlib import Path

from django.db import transaction

from core.text import clean_block, clean_line
from reviews.handouts.enums import HandoutKind
from reviews.handouts.models import Handout
from taxonomy.seed import BadRow, Counts

TEXTS = Path(__file__).resolve().parent.parent / "data" / "handouts"
_HEAD = {"title", "lead", "kind", "position"}


@transaction.atomic
def load_handouts(folder: Path = TEXTS) -> Counts:
    """Load `<language>/<slug>.md`: lines `title:`, `lead:`, `kind:`, `position:`, a line `---`, Markdown.

    A text that the desk has changed since it was loaded stays as it is. Raises BadRow.
    """
    counts = Counts()
    present = {(handout.slug, handout.language): handout for handout in Handout.objects.all()}
    for path in sorted(folder.glob("*/*.md")):
        read = _read(path)
        stored = present.get((read.slug, read.language))
        if stored is None:
            read.save()
            counts.created += 1
        elif _digest(stored) != stored.seed:
            counts.skipped += 1
        elif stored.seed == read.seed:
            counts.unchanged += 1
        else:
            read.pk, read.is_shown = stored.pk, stored.is_shown
            read.save()
            counts.updated += 1
    return counts


def _read(path: Path) -> Handout:
    head, line, body = path.read_text(encoding="utf-8").partition("\n---\n")
    fields = dict(part.partition(": ")[::2] for part in head.splitlines())
    if not line or set(fields) != _HEAD or fields["kind"] not in HandoutKind.values:
        raise BadRow(path.name, 1, "head", f"Say {', '.join(sorted(_HEAD))}, then a line of three hyphens.")
    handout = Handout(
        slug=path.stem,
        language=path.parent.name,
        kind=fields["kind"],
        position=int(fields["position"]),
        title=clean_line(fields["title"]),
        lead=clean_line(fields["lead"]),
        body=clean_block(body),
    )
    handout.seed = _digest(handout)
    return handout


def _digest(handout: Handout) -> str:
    parts = (handout.title, handout.lead, handout.body, handout.kind, str(handout.position))
    return sha256("\0".join(parts).encode()).hexdigest()
