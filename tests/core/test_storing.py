"""No file lies in the storage without its row: not after a rollback, a full disk, nor a killed process."""

import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now
from structlog.testing import capture_logs

from core import storing
from stakeholders.applications.models import Paper
from tests.core.files import PDF, lying, upload
from tests.factories.stakeholders import full_draft
from whatson.settings import base

MEMORY = "django.core.files.storage.InMemoryStorage"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def disk(settings, tmp_path):
    """Uploads as in production, in a folder of the test's own."""
    ours = base.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"default": ours}
    return tmp_path


def add_paper(application):
    paper = Paper(application=application, uploaded_by=application.applicant)
    sent = upload(PDF + b" " * 5000)
    sent.content_type = "application/pdf"
    paper.take(sent)
    paper.save()
    return paper


def add_in_vain(application):
    with transaction.atomic():
        add_paper(application)
        raise RuntimeError


@contextmanager
def full_disk(room):
    """No file of this process can grow past `room` bytes: the system refuses as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_a_rollback_left_goes_when_the_request_ends_and_the_rest_stays(disk, client):
    application = full_draft(paper=False)
    stored_paper = add_paper(application)
    with pytest.raises(RuntimeError):
        add_in_vain(application)
    with transaction.atomic():
        in_time = add_paper(application)
        with pytest.raises(RuntimeError):
            add_in_vain(application)
        assert len(lying(disk)) == 4
        client.get("/healthz")  # decided is only the part that was rolled back
        assert len(lying(disk)) == 2
    client.get("/healthz")
    assert lying(disk) == sorted([stored_paper.file.name, in_time.file.name])


def test_a_full_disk_leaves_no_half_file_and_the_next_try_works(disk):
    application = full_draft(paper=False)
    with full_disk(3000), pytest.raises(OSError, match="File too large"):
        add_paper(application)
    assert lying(disk) == []
    paper = add_paper(application)
    assert lying(disk) == [paper.file.name]
    assert default_storage.size(paper.file.name) == paper.size


@pytest.mark.parametrize("backend", [None, MEMORY], ids=["disk", "a storage without paths"])
def test_the_sweep_puts_aside_what_has_lain_for_a_day_without_a_row(settings, disk, backend):
    if backend:
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    paper = add_paper(full_draft(paper=False))
    folder = paper.file.name.split("/")[0]
    for name in (f"{folder}/left.pdf", "thumbnails/left.jpg", "elsewhere/mine.txt"):
        default_storage.save(name, ContentFile(b"x"))
    assert storing.sweep_files() == 0
    later = now() + timedelta(days=1, minutes=1)
    aside = [f"orphans/{later:%Y-%m-%d}/{name}" for name in (f"{folder}/left.pdf", "thumbnails/left.jpg")]
    with time_machine.travel(later):
        if backend:
            default_storage.save(f"{folder}/young.pdf", ContentFile(b"x"))
        assert storing.sweep_files() == 2
    assert not default_storage.exists(f"{folder}/left.pdf")
    assert not default_storage.exists("thumbnails/left.jpg")
    for name in aside:
        with default_storage.open(name) as content:
            assert content.read() == b"x"
    assert default_storage.exists("elsewhere/mine.txt")
    assert default_storage.exists(paper.file.name)
    assert default_storage.exists(f"{folder}/young.pdf") is bool(backend)
    for days, is_stored in ((30, True), (31, False)):
        with time_machine.travel(later + timedelta(days=days)):
            storing.sweep_files()
        assert [default_storage.exists(name) for name in aside] == [is_stored, is_stored]
    assert default_storage.exists(paper.file.name)


def test_the_sweep_touches_nothing_where_rather_the_rows_are_missing(disk):
    for number in range(storing.MOST_ORPHANS + 1):
        default_storage.save(f"files/of-another-portal-{number}.pdf", ContentFile(b"x"))
    before = lying(disk)
    with time_machine.travel(now() + timedelta(days=2)):
        with capture_logs() as logs:
            assert storing.sweep_files() == 0
        assert lying(disk) == before
        [error] = [line for line in logs if line["log_level"] == "error"]
        assert (error["event"], error["files"], error["of"]) == ("orphan_files_too_many", 21, 21)
        assert storing.sweep_files(21) == 21  # somebody has looked


def test_a_storage_that_others_may_use_is_not_swept(settings, disk):
    settings.STORAGE_SWEEP = False
    default_storage.save("files/left.pdf", ContentFile(b"x"))
    with time_machine.travel(now() + timedelta(days=2)):
        assert storing.sweep_files() == 0
    assert lying(disk) == ["files/left.pdf"]


class Refusal(Exception):
    """As the errors of S3: no OSError."""


class Refusing(storing.TidyFileSystemStorage):
    """A storage that will not remove what has such a name."""

    def delete(self, name):
        if "stubborn" in name:
            raise Refusal
        super().delete(name)


def test_a_file_that_cannot_be_removed_holds_up_neither_the_others_nor_the_request(settings, disk, client):
    ours = {"BACKEND": f"{__name__}.Refusing", "OPTIONS": {"location": disk}}
    settings.STORAGES = settings.STORAGES | {"default": ours}
    with transaction.atomic():
        for name in ("files/stubborn.pdf", "files/other.pdf"):
            default_storage.save(name, ContentFile(b"x"))
        transaction.set_rollback(True)
    with capture_logs() as logs:
        assert client.get("/healthz").status_code == 200
    assert lying(disk) == ["files/stubborn.pdf"]
    assert ("file_not_removed", "files/stubborn.pdf") in [(line["event"], line.get("name")) for line in logs]
