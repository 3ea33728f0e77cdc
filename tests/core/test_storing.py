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

from core import storing
from stakeholders.models import Paper
from tests.core.test_uploads import PDF, upload
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


def lying(disk):
    return sorted(str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file())


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
    kept = add_paper(application)
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
    assert lying(disk) == sorted([kept.file.name, in_time.file.name])


def test_a_full_disk_leaves_no_half_file_and_the_next_try_works(disk):
    application = full_draft(paper=False)
    with full_disk(3000), pytest.raises(OSError, match="File too large"):
        add_paper(application)
    assert lying(disk) == []
    paper = add_paper(application)
    assert lying(disk) == [paper.file.name]
    assert default_storage.size(paper.file.name) == paper.size


@pytest.mark.parametrize("backend", [None, MEMORY], ids=["disk", "a storage without paths"])
def test_the_sweep_removes_what_has_lain_for_a_day_without_a_row(settings, disk, backend):
    if backend:
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    paper = add_paper(full_draft(paper=False))
    folder = paper.file.name.split("/")[0]
    for name in (f"{folder}/left.pdf", "thumbnails/left.jpg", "elsewhere/mine.txt"):
        default_storage.save(name, ContentFile(b"x"))
    assert storing.sweep_files() == 0
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        if backend:
            default_storage.save(f"{folder}/young.pdf", ContentFile(b"x"))
        assert storing.sweep_files() == 2
    assert not default_storage.exists(f"{folder}/left.pdf")
    assert not default_storage.exists("thumbnails/left.jpg")
    assert default_storage.exists("elsewhere/mine.txt")
    assert default_storage.exists(paper.file.name)
    assert default_storage.exists(f"{folder}/young.pdf") is bool(backend)
