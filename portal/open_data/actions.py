"""Making the dump of a day, and taking old ones away."""

from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files import File
from django.db import connection, transaction
from django.utils.timezone import now

from core.later import later
from core.uploads import forget_bytes
from portal.open_data.models import Dump, DumpFile, DumpQuerySet, OpenDataTerms
from portal.open_data.writing import Licence, Written, write_all
from stakeholders.entries.models import DirectoryVersion, Stakeholder

log = structlog.get_logger(__name__)


class Outdated(Exception):
    """What was just written may no longer be said."""


def care_for_dumps() -> Dump | None:
    """Make the dump of this day (UTC) if it lacks, and take away those that have had their time.

    Whoever comes second, or runs again, makes nothing. What a killed worker leaves are files without rows,
    which `core.storing` sweeps; until a whole dump stands, the one before is the latest.
    """
    dump = _make()
    _remove_old()
    return dump


def _make() -> Dump | None:
    made_at = now()
    day = made_at.astimezone(UTC).date()
    if Dump.objects.filter(day=day).exists():
        return None
    terms = OpenDataTerms.objects.first() or OpenDataTerms()
    licence = Licence(terms.licence, terms.code, terms.url)
    with ExitStack() as stack:
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost:  # all tables as they stood at one instant, so that what points leads somewhere
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            names = DirectoryVersion.objects.current()
            files = write_all(stack, day, made_at, licence)
        with suppress(Outdated), transaction.atomic():
            # Of two at once the second waits here for the first, and then has nothing to do.
            row = Dump(day=day, made_at=made_at, licence=licence.title, licence_url=licence.url)
            Dump.objects.bulk_create([row], ignore_conflicts=True)
            dump = Dump.objects.select_for_update().get(day=day)
            if dump.files.exists():
                return None
            for file in files:
                _keep(dump, file)
            _refuse_hidden_names(names, made_at)
            log.info("open_data_made", day=str(day), files=len(files), bytes=sum(file.size for file in files))
            return dump
    return None


def _refuse_hidden_names(version: int, moment: datetime) -> None:
    """Raise Outdated where an entry hid after its name was written: whoever hides waits here, or came first.

    `version`: of the directory, as it was when the tables were read. The next run makes the files.
    """
    if DirectoryVersion.objects.select_for_update().filter(pk=1, n=version).exists():
        return
    changed = Stakeholder.objects.filter(updated_at__gte=moment)
    if changed.exclude(pk__in=changed.named_to(AnonymousUser())).exists():
        raise Outdated


def remove_all() -> None:
    """All days, since somebody in them may no longer be named; that of this day is made again at once."""
    DirectoryVersion.objects.bump()  # first: files that are just being made are then seen here, or not kept
    remove(Dump.objects.all())
    later("portal.heavy_open_data")


def _keep(dump: Dump, file: Written) -> None:
    row = DumpFile(
        dump=dump,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        table=file.table,
        rows=file.rows,
    )
    row.file.save(file.name, File(file.content), save=False)
    row.save()


def _remove_old() -> None:
    """Remove dumps that are past their days, but never the latest one."""
    before = now().astimezone(UTC).date() - timedelta(days=settings.OPEN_DATA_DAYS)
    latest = Dump.objects.latest_first().values("pk")[:1]
    remove(Dump.objects.filter(day__lt=before).exclude(pk__in=latest))


@transaction.atomic
def remove(dumps: DumpQuerySet) -> None:
    """Remove dumps with their files. The dump of this day is made again within the hour."""
    going = list(dumps)
    forget_bytes(*(file.file for file in DumpFile.objects.filter(dump__in=going)))
    Dump.objects.filter(pk__in=[dump.pk for dump in going]).delete()
