"""Loads guidance from resources/data, records and collections from content/: each one act, safe to repeat.

What the desk edited stays, and so does what no file names; a record then says so.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from core.spreadsheet_cells import SEPARATOR
from resources.collections.enums import CollectionStatus
from resources.collections.models import Collection, CollectionItem
from resources.curation.models import Guidance
from resources.records.actions import write_facts
from resources.records.enums import Audience, ResourceKind, ResourceStatus
from resources.records.identifiers import isbn, partial_date
from resources.records.models import Resource, SuggestedArticle
from resources.records.queries import EDITION, LISTS, differences, facts_of
from search.actions import index_many
from stakeholders.entries.forms import web_address
from taxonomy.law.models import Article, Instrument
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.seed import BadRow, Counts, living_codes, mark_gone, read_rows
from taxonomy.terms.models import Language, Topic

DATA = Path(__file__).resolve().parent / "data"


def load_resources(folder: Path = DATA) -> dict[str, Counts]:
    """Load the guidance at the fields of a record. Return counts by file name."""
    with transaction.atomic():
        return {"guidance.csv": _guidance(folder / "guidance.csv")}


def load_library(folder: Path) -> dict[str, Counts]:
    """Load records, their articles and collections of them. Raises BadRow."""
    with transaction.atomic():
        report = {"resources.csv": _records(folder / "resources.csv")}
        report["article_tools.csv"] = _article_tools(folder / "article_tools.csv")
        report["collections.csv"] = _collections(folder / "collections.csv")
        return report


def _article_tools(path: Path) -> Counts:
    """File records under the articles that their pages name; articles assigned by subject are suggested."""
    counts = Counts()
    numbers = Resource.objects.exclude(code="").values_list("code", "pk", "merged_into")
    records = {code: into or pk for code, pk, into in numbers}
    of_the_desk = set(Resource.objects.filter(edited_by_hand=True).values_list("pk", flat=True))
    known = set(Article.objects.values_list("pk", flat=True))
    filed = set(Resource.articles.through.objects.values_list("resource_id", "article_id"))
    suggested = set(SuggestedArticle.objects.values_list("resource_id", "article_id"))
    printed, new = [], []
    for line, row in read_rows(path):
        for column, values in (("resource", records), ("article", known)):
            if row[column] not in values:
                raise BadRow(path.name, line, column, f"{row[column]!r} is not known.")
        pair = (records[row["resource"]], row["article"])
        if pair in filed:
            counts.unchanged += 1
        elif row["basis"] == "printed" and pair[0] in of_the_desk:
            counts.skipped += 1
        elif row["basis"] == "printed":
            filed.add(pair)
            printed.append(Resource.articles.through(resource_id=pair[0], article_id=pair[1]))
        elif pair in suggested:
            counts.unchanged += 1
        else:
            suggested.add(pair)
            new.append(SuggestedArticle(resource_id=pair[0], article_id=pair[1], place=row["place"]))
    Resource.articles.through.objects.bulk_create(printed)
    SuggestedArticle.objects.bulk_create(new)
    index_many("resources.resource", sorted({link.resource_id for link in printed}))
    counts.created = len(printed) + len(new)
    return counts


def _guidance(path: Path) -> Counts:
    counts = Counts()
    stored = Guidance.objects.in_bulk()
    for _line, row in read_rows(path):
        guidance = stored.get(row["field"])
        if guidance is None:
            Guidance.objects.create(field=row["field"], text=row["text"])
            counts.created += 1
        elif guidance.text == row["text"]:
            counts.unchanged += 1
        elif guidance.edited_by_hand:
            counts.skipped += 1
        else:
            guidance.text = row["text"]
            guidance.save(update_fields=["text"])
            counts.updated += 1
    return counts


def _records(path: Path) -> Counts:
    counts, touched, ours = Counts(), [], set()
    resources = Resource.objects.exclude(code="").prefetch_related(*LISTS, "authors", "editions")
    by_code = {resource.code: resource for resource in resources}
    known = {
        "topics": living_codes(Topic),
        "instruments": living_codes(Instrument),
        "languages": living_codes(Language),
    }
    codes = set()
    for line, row in read_rows(path):
        codes.add(row["code"])
        facts = _facts(path.name, line, row, known)
        record = by_code.get(row["code"]) or Resource(
            code=row["code"],
            kind=row["kind"],
            title=row["title"],
            status=ResourceStatus.PUBLISHED,
            published_at=now(),
            announced_at=now(),  # nobody is told of what stands there from the first day
        )
        if record.pk and (record.edited_by_hand or record.status == ResourceStatus.MERGED):
            counts.skipped += 1
            continue
        same = (record.note, record.title_is_ours) == (row["note"], row["title_is_ours"] == "y")
        same &= record.gone_since is None
        if record.pk and same and not differences(facts_of(record), facts):
            counts.unchanged += 1
            continue
        counts.updated += record.pk is not None
        counts.created += record.pk is None
        record.note, record.gone_since = row["note"], None
        write_facts(record, facts)
        touched.append(record.pk)
        if row["title_is_ours"]:
            ours.add(record.pk)
    if touched:
        Resource.objects.filter(pk__in=touched).update(edited_by_hand=False, title_is_ours=Q(pk__in=ours))
        index_many("resources.resource", touched)
    mark_gone(Resource, codes)
    return counts


def _collections(path: Path) -> Counts:
    """Create each collection once. From then on it is the desk's."""
    counts = Counts()
    known_codes = set(Collection.objects.exclude(code="").values_list("code", flat=True))
    records = {resource.code: resource for resource in Resource.objects.exclude(code="")}
    for line, row in read_rows(path):
        if row["code"] in known_codes:
            counts.unchanged += 1
            continue
        codes = row["records"].split()
        if missing := set(codes) - set(records):
            raise BadRow(path.name, line, "records", f"{missing.pop()!r} is not known.")
        translations = {
            code: {"title": row[f"title_{code}"], "about": row[f"about_{code}"]}
            for code in UN_LANGUAGES
            if code != "en"
        }
        _make_collection(
            [records[code] for code in codes],
            code=row["code"],
            title=row["title_en"],
            about=row["about_en"],
            translations=translations,
        )
        counts.created += 1
    return counts


def _make_collection(records: Iterable[Resource], **fields: Any) -> None:
    collection = Collection.objects.create(
        language_id="en",
        audience=Audience.PUBLIC,
        status=CollectionStatus.PUBLISHED,
        published_at=now(),
        **fields,
    )
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, resource=resource, position=n)
        for n, resource in enumerate(records)
    )


def _facts(file: str, line: int, row: dict[str, str], known: dict[str, dict[str, str]]) -> dict[str, Any]:
    for column in ("code", "title", "abstract", "source", "languages"):
        if not row[column]:
            raise BadRow(file, line, column, "It is empty.")
    if row["kind"] not in ResourceKind.values:
        raise BadRow(file, line, "kind", f"{row['kind']!r} is not known.")
    lists = {name: row[name].split(SEPARATOR) if row[name] else [] for name in known}
    for column, values in lists.items():
        if not set(values) <= set(known[column]):
            raise BadRow(file, line, column, f"{row[column]!r} is not known.")
    lists = {column: [known[column][code] for code in values] for column, values in lists.items()}
    links = {code: row[f"link_{code}"] for code in UN_LANGUAGES if row[f"link_{code}"]}
    try:
        for link in filter(None, (row["link"], row["source_url"], *links.values())):
            web_address(link)
        partial_date(row["published_on"])
        date.fromisoformat(row["source_date"])
        number = isbn(row["isbn"])
    except (ValidationError, ValueError) as wrong:
        raise BadRow(file, line, "link", str(wrong)) from wrong
    original = row["language"]
    facts: dict[str, Any] = {name: row[name] for name in ("kind", "language", "publisher", "symbol")}
    facts |= {
        "published_on": row["published_on"],
        "isbn": number,
        "topics": sorted(set(lists["topics"])),
        "instruments": sorted(lists["instruments"]),
        "audience": Audience.PUBLIC.value,
        "source": row["source"],
        "source_url": row["source_url"],
        "source_date": row["source_date"],
    }
    for code in lists["languages"]:
        # Where the title in a language was not found, that of the original stands for it; the page that
        # lists the editions is where to look for them.
        title = row.get(f"title_{code}") or row["title"]
        facts[f"{EDITION}{code}"] = {"title": title, "link": links.get(code) or row["link"]}
    facts[f"{EDITION}{original}"] = {"title": row["title"], "abstract": row["abstract"], "link": row["link"]}
    return facts
