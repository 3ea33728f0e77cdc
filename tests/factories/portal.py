"""Trust pages, messages to the team and open data for tests."""

from datetime import date
from hashlib import sha256

import factory
from django.core.files.base import ContentFile

from portal.open_data.models import Dump, DumpFile
from portal.pages.models import Page
from portal.team_messages.models import TeamMessage


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Page

    slug = "about"
    language = "en"
    title = "About WhatsOn"
    body = "## What it is\n\nA directory."


class TeamMessageFactory(factory.django.DjangoModelFactory):
    """A new message of a visitor, without its work item."""

    class Meta:
        model = TeamMessage

    reference = factory.Sequence(lambda n: f"WO-2026-{n:04}-MMMM")
    purpose = "other"
    text = "How does a journalist take part?"
    address = "journalist@example.org"
    language = "en"
    fingerprint = factory.Sequence(lambda n: f"{n:064}")


def dump_file(name: str = "news.csv", content: bytes = b"id\r\n") -> DumpFile:
    """A file of the dump of 29 November 2026."""
    dump, _new = Dump.objects.get_or_create(day=date(2026, 11, 29))
    row = DumpFile(dump=dump, name=name, media_type="text/csv", size=len(content), table="news", rows=0)
    row.sha256 = sha256(content).hexdigest()
    row.file.save(name, ContentFile(content), save=False)
    row.save()
    return row
