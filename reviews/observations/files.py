"""The observations as a file for spreadsheets."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.spreadsheet_cells import iso, join_values
from core.spreadsheets import csv_text
from reviews.observations.queries import contributions_behind

# Codes and dates as the sources give them; no column counts or compares.
HEADS = (
    "id",
    "iso3",
    "country",
    "kind",
    "instrument",
    "article",
    "article_title",
    "topics",
    "text",
    "language",
    "source",
    "source_url",
    "source_date",
    "contributions",
    "published_on",
    "is_demo",
)


def observations_csv(rows: Iterable[Any], filters: Sequence[tuple[str, str]], *, page: str) -> str:
    """UTF-8 text. Above the table, as lines that begin with #: the portal's page, the day, what was asked."""
    note = _("Each line names the public document that it comes from, and the date of that document.")
    return csv_text(
        [f"# {_('Observations')}, {settings.SITE_URL}{page}, {now():%Y-%m-%dT%H:%M:%SZ}"],
        *([f"# {label}: {values}"] for label, values in filters or [(_("Filters"), _("none"))]),
        [f"# {note}"],
        HEADS,
        *map(_cells, rows),
    )


def _cells(row: Any) -> list[object]:
    return [
        row.pk,
        row.country_id,
        row.country.name,
        row.kind,
        row.article.instrument_id,
        row.article.number,
        row.article.name,
        join_values(topic.pk for topic in row.topics.all()),
        row.text,
        row.language_id,
        row.source,
        row.source_url,
        iso(row.source_date),
        join_values(f"{settings.SITE_URL}{contribution.url}" for contribution in contributions_behind(row)),
        iso(row.published_at),
        "y" if row.is_demo else "",
    ]
