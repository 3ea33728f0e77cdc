"""Loads known networks from coordination/data/networks.csv: one act, safe to repeat. Edits by hand stay.

No members are loaded: no source that was read names them. Whoever belongs to one joins here.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from coordination.networks.enums import NetworkKind
from coordination.networks.models import Network
from search.actions import index_many
from stakeholders.entries.models import DirectoryVersion
from taxonomy.places.models import Country, Region
from taxonomy.seed import BadRow, Counts, read_rows

FILE = Path(__file__).resolve().parent / "data" / "networks.csv"
PLAIN = ("kind", "name", "about", "source", "source_url", "note")


def load_networks(path: Path = FILE) -> Counts:
    """Bring known networks to what the file says, all or nothing. Needs the reference data; raises BadRow."""
    counts, touched = Counts(), []
    with transaction.atomic():
        networks_by_code = {network.code: network for network in Network.objects.exclude(code="")}
        for number, row in read_rows(path):
            values = _read_values(path.name, number, row)
            network = networks_by_code.get(row["code"])
            if network is None:
                network = Network(code=row["code"], language_id="en")
                counts.created += 1
            elif all(getattr(network, name) == value for name, value in values.items()):
                counts.unchanged += 1
                continue
            elif network.edited_by_hand:
                counts.skipped += 1
                continue
            else:
                counts.updated += 1
            for name, value in values.items():
                setattr(network, name, value)
            network.save()
            touched.append(network.pk)
        if touched:
            index_many("coordination.network", touched)
            DirectoryVersion.objects.bump()
    return counts


def _read_values(file: str, line: int, row: dict[str, str]) -> dict[str, Any]:
    for column in ("code", "name", "about", "source", "source_url"):
        if not row[column]:
            raise BadRow(file, line, column, "It is empty.")
    if row["kind"] not in NetworkKind.values:
        raise BadRow(file, line, "kind", f"{row['kind']!r} is not known.")
    for column, model in (("region", Region), ("country", Country)):
        rows: Any = model._default_manager
        if row[column] and not rows.filter(pk=row[column]).exists():
            raise BadRow(file, line, column, f"{row[column]!r} is not known.")
    try:
        day = date.fromisoformat(row["source_date"])
    except ValueError as wrong:
        raise BadRow(file, line, "source_date", str(wrong)) from wrong
    return {
        **{name: row[name] for name in PLAIN},
        "region_id": row["region"] or None,
        "country_id": row["country"] or None,
        "source_date": day,
    }
