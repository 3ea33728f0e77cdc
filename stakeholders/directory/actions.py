"""Writing the sets that the directory is counted from, once its entries have changed.

Readers wait for none of it: until then an entry that changed is counted from its row (`queries_sets`).
"""

from uuid import uuid4

from django.db import connection, transaction
from pyroaring import BitMap

from stakeholders.directory.models import FacetSet, PendingEntry
from stakeholders.directory.queries_sets import members_among

AT_ONCE = 10_000
_LOCK = 7_406_435  # one at a time; any number that nothing else in this database locks by


def take_up_changes() -> int:
    """Write what has changed, so many entries at a time; return how many changes there were."""
    # First of all the row of the state, without which every reader counts from rows.
    FacetSet.objects.get_or_create(facet=FacetSet.STATE, code="", defaults={"stamp": uuid4()})
    done = 0
    while number := _take_up_some():
        done += number
    return done


def _take_up_some() -> int:
    """Take up the first changes. What changes meanwhile stays pending, whether or not it was read here."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        pending = dict(PendingEntry.objects.order_by("pk").values_list("pk", "stakeholder_id")[:AT_ONCE])
        if pending:
            _write_sets(BitMap(pending.values()))
            PendingEntry.objects.filter(pk__in=list(pending)).delete()
    return len(pending)


def _write_sets(ids: BitMap) -> None:
    """Bring every set in line with what these entries hold now."""
    members = members_among(ids)
    keys = {(facet, code) for facet, codes in members.items() for code in codes}
    sets = {(row.facet, row.code): row for row in FacetSet.objects.exclude(facet=FacetSet.STATE)}
    changed, emptied = [], []
    for facet, code in keys | sets.keys():
        row = sets.get((facet, code)) or FacetSet(facet=facet, code=code, members=BitMap().serialize())
        before = BitMap.deserialize(bytes(row.members))
        after = (before - ids) | members.get(facet, {}).get(code, BitMap())
        if after == before:
            continue
        if not after:
            emptied.append(row.pk)
            continue
        after.run_optimize()
        row.members, row.stamp = after.serialize(), uuid4()
        changed.append(row)
    FacetSet.objects.filter(pk__in=emptied).delete()
    FacetSet.objects.bulk_create([row for row in changed if row.pk is None])
    FacetSet.objects.bulk_update([row for row in changed if row.pk is not None], ["members", "stamp"])
    if changed or emptied:
        FacetSet.objects.filter(facet=FacetSet.STATE).update(stamp=uuid4())
