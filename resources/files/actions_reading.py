"""A worker looks through one file for viruses, reads its text page by page, and draws its first page."""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any
from uuid import uuid4

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from audit.actions import record
from core import scanning
from core.attempts import Attempt, Overtaken
from core.background_files import MOST_ATTEMPTS
from core.later import later
from resources.extraction import process
from resources.files.actions import TASK
from resources.files.enums import Scan, TextFault, TextState
from resources.files.models import FilePage, ResourceFile
from resources.records.models import Resource
from search.actions import index

log = structlog.get_logger(__name__)
BATCH = 25
# A nudge that has not been followed for so long was lost; so long a scanner that was away is left alone.
LOST_AFTER = timedelta(seconds=45)


class PutBack(Exception):
    """The scanner is away: somebody shall try again later."""


def read(pk: int) -> bool:
    """Read a file that nobody reads; whether it was read to some end now. Twice is once."""
    attempt = Attempt(ResourceFile, pk, making=TextState.READING, column="text_state")
    if not attempt.begin(ResourceFile.objects.free(), pages_done=0, pages_all=None):
        return False
    file = ResourceFile.objects.select_related("edition__resource").get(pk=pk)
    try:
        if file.attempts > MOST_ATTEMPTS:
            _finish(file, attempt, TextState.FAILED, TextFault.GIVEN_UP)
        else:
            _look_at(file, attempt)
    except Overtaken:
        return False
    except PutBack:
        attempt.go_on(text_state=TextState.WAITING, attempts=0)
        return False
    return True


def _look_at(file: ResourceFile, attempt: Attempt) -> None:
    with NamedTemporaryFile() as copy:
        try:
            with file.file.open("rb") as original:
                shutil.copyfileobj(original, copy)
        except FileNotFoundError:
            log.exception("file_missing", file=file.pk)
            _finish(file, attempt, TextState.FAILED, TextFault.BROKEN)
            return
        copy.flush()
        if not _is_infected(file, attempt, copy):
            _read(file, attempt, Path(copy.name))


def sweep() -> int:
    """Nudge again what lost nudges, vanished workers and an absent scanner left behind; how many."""
    waits = ResourceFile.objects.free().filter(
        Q(beat_at=None, uploaded_at__lt=now() - LOST_AFTER) | Q(beat_at__lt=now() - LOST_AFTER)
    )
    left = list(waits.order_by("pk").values_list("pk", flat=True)[:500])
    for pk in left:
        later(TASK, pk=pk)
    return len(left)


def _is_infected(file: ResourceFile, attempt: Attempt, copy: IO[bytes]) -> bool:
    if not scanning.is_set() or file.scan == Scan.CLEAN:
        return False
    try:
        virus = scanning.what_is_in(copy)
    except scanning.ScannerAway as why:
        log.warning("scanner_away", error=str(why))
        raise PutBack from why
    except scanning.CannotScan as why:
        log.warning("not_scanned", file=file.pk, error=str(why))
        attempt.go_on(scan=Scan.FAILED, scanned_at=now())
        return False
    if not virus:
        attempt.go_on(scan=Scan.CLEAN, scanned_at=now())
        return False
    log.warning("virus_found", file=file.pk, found=virus)
    with transaction.atomic():
        _finish(file, attempt, TextState.NONE, "", scan=Scan.INFECTED, scanned_at=now())
        record(
            file.edition.resource,
            "resources.resource.infected",
            actor=None,
            language=file.edition.language_id,
            number=file.number,
        )
    return True


def _read(file: ResourceFile, attempt: Attempt, path: Path) -> None:
    with transaction.atomic():
        attempt.go_on()
        FilePage.objects.filter(file=file).delete()
    pages: list[process.Page] = []
    all_pages = done = with_text = 0
    complete, fault, picture = False, "", b""
    for fact in process.read(path, file.media_type):
        match fact:
            case process.Pages(all_pages, numbered):
                attempt.go_on(pages_all=all_pages, has_pages=numbered)
            case process.About(title, language):
                attempt.go_on(said_title=title, said_language=language)
            case process.Page(number, text):
                done = number
                if text.strip():
                    with_text += 1
                    pages.append(fact)
                if number % BATCH == 0:
                    _write(file, attempt, pages, done)
                    pages = []
            case process.Picture(picture):
                pass
            case process.Read():
                complete = True
            case process.Fault(fault) if not complete:
                pass
    _write(file, attempt, pages, done)
    if complete and done < all_pages and with_text:
        fault = TextFault.TOO_LONG
    elif complete:
        fault = ""
    state = TextState.READ if with_text else TextState.NONE
    if not complete and fault != TextFault.TOO_LONG:
        state, fault = TextState.FAILED, fault or TextFault.BROKEN
    _finish(file, attempt, state, fault, picture)


def _write(file: ResourceFile, attempt: Attempt, pages: list[process.Page], done: int) -> None:
    with transaction.atomic():
        attempt.go_on(
            pages_done=done
        )  # holds the row: whoever took it over writes before or after, not between
        FilePage.objects.bulk_create(
            FilePage(file=file, number=page.number, text=page.text) for page in pages
        )


def _finish(
    file: ResourceFile, attempt: Attempt, state: str, fault: str, picture: bytes = b"", **fields: Any
) -> None:
    """End an attempt with its outcome. Of a file that could not be read no page stays in the search."""
    storage, before = file.thumbnail.storage, str(file.thumbnail.name or "")
    drawn = storage.save(f"thumbnails/{uuid4().hex}.jpg", ContentFile(picture)) if picture else ""
    is_committed = False
    try:
        with transaction.atomic():
            attempt.go_on(text_state=state, text_fault=fault, thumbnail=drawn, **fields)
            if state != TextState.READ:
                FilePage.objects.filter(file=file).delete()
            # Two records may have become one meanwhile, and the file is the other's.
            index(Resource.objects.get(editions__files=file))
        is_committed = True
    finally:
        gone = before if is_committed else drawn
        if gone:
            storage.delete(gone)
