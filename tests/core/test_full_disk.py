"""A full disk, met over HTTP: a page that keeps the words, no half file, and the next try works."""

import random
import ssl
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from news.stories.actions import draft_story
from news.stories.models import StoryImage
from rehearsal.people import Browser
from tests.core.files import lying
from tests.factories.accounts import PASSWORD
from tests.factories.news import picture
from tests.factories.stakeholders import StakeholderFactory, member_of
from whatson.settings import base

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
WORDS = {"alt": "The coast from above", "caption": "In March", "credit": ""}


class Disk:
    """A file system of its own in a folder, as small as wanted."""

    def __init__(self, path):
        self.path = path
        path.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path], check=False)
        if done.returncode:
            pytest.skip("Only root may mount a small disk.")

    def grow(self):
        subprocess.run(["mount", "-o", "remount,size=32m", self.path], check=True)


@pytest.fixture
def small_disk(tmp_path):
    disk = Disk(tmp_path / "small")
    yield disk
    subprocess.run(["umount", disk.path], check=True)


@pytest.fixture
def uploads(settings, tmp_path):
    def lie_in(path):
        ours = base.STORAGES["default"] | {"OPTIONS": {"location": path, "base_url": None}}
        settings.STORAGES = settings.STORAGES | {"default": ours}
        return path

    return lie_in


@pytest.fixture
def writer(live_server):
    """A browser on the page at which a story gets its images."""
    watch = StakeholderFactory()
    author = member_of(watch)
    values = {"title": "Three days", "language_id": "en", "summary": "S", "text": "T"}
    story = draft_story(actor=author, values=values, stakeholder=watch)
    browser = Browser(ssl.create_default_context())
    browser.open(f"{live_server.url}/en/accounts/login/")
    browser.send("password", {"login": author.email, "password": PASSWORD})
    return browser.open(f"{live_server.url}/en/news/own/{story.pk}/images/")


def send(browser, image):
    hidden = dict(browser.form("image").form_values())
    token = {"csrfmiddlewaretoken": hidden["csrfmiddlewaretoken"]}
    here = browser.url
    browser.open(here, encode_multipart(BOUNDARY, WORDS | token | {"image": image}), MULTIPART_CONTENT)
    return browser


def noise():
    """A picture that cannot be packed small: hundreds of kilobytes."""
    image = picture()
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3)).save(image, "JPEG")
    image.seek(0)
    return image


def test_an_upload_finds_no_room_and_goes_through_when_there_is_some(small_disk, uploads, writer):
    disk = uploads(small_disk.path)
    here = writer.url
    send(writer, noise())
    assert writer.status == 503
    assert writer.headers["Retry-After"] == "600"
    texts = [line.strip() for line in writer.tree.xpath("//main//text()") if line.strip()]
    assert "There is no room for files at the moment" in texts
    assert {"The coast from above", "In March", "Caption"} <= set(texts)
    assert lying(disk) == []
    assert not StoryImage.objects.exists()

    small_disk.grow()
    send(writer.open(here), noise())
    assert writer.status == 200
    image = StoryImage.objects.get()
    assert len(lying(disk)) == 2
    writer.open(f"/files/story-image/{image.pk}/")
    assert len(writer.body) == image.file.size


def test_there_is_no_room_while_the_file_is_still_arriving(small_disk, uploads, writer, settings, tmp_path):
    """Django puts what is larger than 2.5 MB into a file of its own before any view begins."""
    disk = uploads(tmp_path / "media")
    disk.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = small_disk.path
    here = writer.url
    send(writer, SimpleUploadedFile("beach.jpg", picture().read() + b"\0" * 3_000_000, "image/jpeg"))
    assert writer.status == 503
    assert b"There is no room for files at the moment" in writer.body
    assert lying(small_disk.path) == lying(disk) == []
    small_disk.grow()
    send(writer.open(here), picture())
    assert StoryImage.objects.count() == 1
