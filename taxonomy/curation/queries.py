"""The lists that the desk edits, and every change of a row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from audit.models import Entry
from audit.queries import log_lines
from taxonomy.law.models import Article, ArticleText, Cluster, Instrument, Participation
from taxonomy.names.models import Revision
from taxonomy.places.models import AreaMapping, Country, Region
from taxonomy.synonyms.models import Synonym
from taxonomy.terms.models import EngagementArea, Language, Topic

# Every list that the desk may edit, as the admin shows them.
LISTS = (
    Region,
    Country,
    AreaMapping,
    Instrument,
    Cluster,
    Article,
    ArticleText,
    Participation,
    Topic,
    EngagementArea,
    Language,
    Synonym,
)


class Difference(NamedTuple):
    """What one revision did to one field, as text."""

    field: str
    before: str
    after: str


class RowChange(NamedTuple):
    at: datetime
    # Who did what, as a sentence.
    text: str
    differences: list[Difference]


def revisions_of(row: models.Model, user: Any) -> list[RowChange]:
    """Return every change of one row of a list, the newest first, for somebody of the desk."""
    kind = row._meta.label_lower
    revisions = Revision.objects.filter(kind=kind, code=row.pk).in_bulk()
    entries = Entry.objects.filter(subject_kind=Revision._meta.label_lower, subject_id__in=list(revisions))
    return [
        RowChange(line.at, line.text, list(_differences(row, revisions[line.entry.subject_id])))
        for line in log_lines(entries, user)
    ]


def _differences(row: models.Model, revision: Revision) -> Iterator[Difference]:
    for name, (before, after) in revision.changes.items():
        try:
            label = str(getattr(row._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            # Of an older version of the portal.
            label = name
        yield Difference(label, before, after)
