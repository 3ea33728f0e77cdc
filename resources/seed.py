"""Loads guidance and the first collection from resources/data/*.csv: one act, safe to repeat.

What the desk edited stays, and so does what no file names.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from core.spreadsheet_cells import SEPARATOR
from resources.collections.models import Collection, CollectionItem
from resources.curation.models import Guidance
from resources.records.actions import write
from resources.records.enums import Audience, ResourceKind, ResourceStatus
from resources.records.identifiers import partial_date
from resources.records.models import Resource
from resources.records.queries import EDITION, differences, facts_of
from search.actions import index_many
from stakeholders.entries.forms import web_address
from taxonomy.law.models import Instrument
from taxonomy.seed import BadRow, Counts
from taxonomy.terms.models import Language, Topic

DATA = Path(__file__).resolve().parent / "data"
FIRST = "Taking part in the review of the Convention"
ABOUT = (
    "Public pages and documents on how non-governmental stakeholders take part in the review of the "
    "Convention and its Protocols."
)


def load_resources(folder: Path = DATA) -> dict[str, Counts]:
    """All or nothing; returns counts by file name. Needs the reference data. Raises BadRow."""
    with transaction.atomic():
        return {
            "guidance.csv": _guidance(folder / "guidance.csv"),
            "first.csv": _records(folder / "first.csv"),
        }


def _guidance(path: Path) -> Counts:
    counts = Counts()
    there = Guidance.objects.in_bulk()
    for _line, row in _rows(path):
        one = there.get(row["field"])
        if one is None:
            Guidance.objects.create(field=row["field"], text=row["text"])
            counts.created += 1
        elif one.text == row["text"]:
            counts.unchanged += 1
        elif one.edited_by_hand:
            counts.skipped += 1
        else:
            one.text = row["text"]
            one.save(update_fields=["text"])
            counts.updated += 1
    return counts


def _records(path: Path) -> Counts:
    counts = Counts()
    there = {one.code: one for one in Resource.objects.exclude(code="")}
    known = {
        "topics": set(Topic.objects.values_list("pk", flat=True)),
        "instruments": set(Instrument.objects.values_list("pk", flat=True)),
        "language": set(Language.objects.values_list("pk", flat=True)),
    }
    touched, all_of_them = [], []
    for line, row in _rows(path):
        facts = _facts(path.name, line, row, known)
        one = there.get(row["code"])
        if one is None:
            one = Resource(code=row["code"], title=row["title"], kind=row["kind"])
            one.status, one.published_at = ResourceStatus.PUBLISHED, now()
            one.announced_at = one.published_at  # nobody is told of what stands there from the first day
            counts.created += 1
        elif one.edited_by_hand:
            counts.skipped += 1
            all_of_them.append(one)
            continue
        elif not differences(facts_of(one), facts):
            counts.unchanged += 1
            all_of_them.append(one)
            continue
        else:
            counts.updated += 1
        one.note = row["note"]
        write(one, facts)
        Resource.objects.filter(pk=one.pk).update(edited_by_hand=False)
        touched.append(one.pk)
        all_of_them.append(one)
    if touched:
        index_many("resources.resource", touched)
    _collection(all_of_them)
    return counts


def _collection(resources: list[Resource]) -> None:
    """Made once; from then on it is the desk's."""
    if Collection.objects.filter(owner=None, title=FIRST).exists():
        return
    made = Collection.objects.create(
        title=FIRST,
        about=ABOUT,
        language_id="en",
        audience=Audience.PUBLIC,
        status="published",
        published_at=now(),
    )
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=made, resource=one, position=n) for n, one in enumerate(resources)
    )


def _facts(file: str, line: int, row: dict[str, str], known: dict[str, set[str]]) -> dict[str, Any]:
    for column in ("code", "title", "abstract", "link", "source"):
        if not row[column]:
            raise BadRow(file, line, column, "It is empty.")
    if row["kind"] not in ResourceKind.values:
        raise BadRow(file, line, "kind", f"{row['kind']!r} is not known.")
    lists = {name: sorted(filter(None, row[name].split(SEPARATOR))) for name in ("topics", "instruments")}
    for column, values in (*lists.items(), ("language", [row["language"]])):
        if not set(values) <= known[column]:
            raise BadRow(file, line, column, f"{row[column]!r} is not known.")
    try:
        web_address(row["link"])
        partial_date(row["published_on"])
        date.fromisoformat(row["source_date"])
    except (ValidationError, ValueError) as wrong:
        raise BadRow(file, line, "link", str(wrong)) from wrong
    plain = ("kind", "language", "publisher", "published_on", "symbol")
    facts: dict[str, Any] = {name: row[name] for name in plain} | lists
    facts |= {
        "audience": Audience.PUBLIC.value,
        "source_url": row["source"],
        "source_date": row["source_date"],
    }
    facts[f"{EDITION}{row['language']}"] = {name: row[name] for name in ("title", "abstract", "link")}
    for said in filter(None, row["editions"].split(SEPARATOR)):
        code, title, abstract, link = said.split("|")
        facts[f"{EDITION}{code}"] = {"title": title, "abstract": abstract, "link": link}
    return facts


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            yield number, {name: (value or "").strip() for name, value in row.items()}
