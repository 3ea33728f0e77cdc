"""Any text at all: asked for in an address, or published, it leaves every page and every file whole.

What an example changes is taken back before the next one.
"""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import docx
import icalendar
import pypdfium2
import pytest
import yaml
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image

from coordination.networks.models import Network
from coordination.period_reports.models import PeriodReport
from core.text import clean_block, clean_line
from events.events.models import Event
from events.programme.models import OfficialItem, Room
from events.proposals.models import Proposal
from news.newsletter.models import Issue
from news.stories.models import Story
from resources.records.models import Author, Edition, Resource
from reviews.calls.models import Call
from reviews.observations.models import Observation
from stakeholders.directory.filters import CoverageFilter, DirectoryFilter
from stakeholders.entries.models import Stakeholder
from tests.access.walk import patterns, rows
from tests.access.world import people, things

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("reference"),
    pytest.mark.timeout(300),
]

BOUNDED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Texts without a letter, of one meaning to some other program, or of signs that are none.
HARD = (
    "!!!",
    "...",
    '"',
    "🙂",
    "-word",
    "-",
    "OR",
    '-"',
    "\u200b",
    "\ufffe",
    "\uffff",
    "\U0001fffe",
    "\ufdd0",
    "\x0b\x1f\x7f\x85",
    "\u2028\u2029",
    "]]>",
    "<b>&amp;",
    "{",
    "}",
    "\\",
    "\\}",
    "%",
    "=1+1",
    "'",
    ";,\t",
    "\r\nER  - \r\n",
    "\nEND:VEVENT\r\nEND:VCALENDAR",
    "٣",
    "-1",
    "0",
    "1e9",
    "9" * 30,
    "2026-02-30",
    "KEN",
    "مرحبا",
    "a" * 300,
)
any_text = st.one_of(st.sampled_from((*HARD, "\x00")), st.text(max_size=30))
# A database of texts takes everything but these two.
stored = st.lists(
    st.one_of(
        st.sampled_from(HARD),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    ),
    max_size=4,
).map("".join)


@pytest.fixture
def about():
    """Word of the access table → what fills the placeholders of an address; with everything there is."""
    return things(people())


def open_addresses(about):
    """Those of the access table that give a page or file to everybody, each once."""
    for row in rows():
        if row.method == "GET" and row.cells["visitor"] == "ok" and row.name != "core:metrics":
            arguments = about["" if row.about == "-" else row.about]
            if "slug" not in patterns()[row.name].pattern.converters:
                arguments = {key: value for key, value in arguments.items() if key != "slug"}
            yield reverse(row.name, kwargs=arguments)


# --- Asked for ------------------------------------------------------------------------------------------
LISTS = (
    "stakeholders:list",
    "stakeholders:map",
    "stakeholders:coverage",
    "stakeholders:exchange",
    "resources:list",
    "resources:feed",
    "resources:collections",
    "portal:search",
    "portal:search_suggest",
    "portal:statistics",
    "portal:countries",
    "portal:articles",
    "events:list",
    "events:agenda",
    "events:month",
    "events:feed",
    "events:calendar_file",
    "calls:list",
    "calls:feed",
    "calls:closings",
    "calls:observations",
    "dialogues:list",
    "dialogues:statistics",
    "news:list",
    "news:feed",
    "newsletter:home",
    "networks:list",
    "regional:focal_points",
    "reviews:list",
    "reviews:feed",
    "activities:public_reports",
    "sitemap",
)
TABLES = ("calls:observations_file", "reviews:file")
PARAMETERS = sorted(
    {
        *DirectoryFilter.base_filters,
        *CoverageFilter.base_filters,
        "page",
        "region",
        "un_group",
        "group",
        "phase",
        "step",
        "instrument",
        "mode",
        "organizer",
        "body",
        "when",
        "stakeholder",
        "year",
        "not_year",
        "publisher",
        "not_topic",
        "topic_all",
        "crime",
        "day",
        "from",
        "clock",
        "format",
        "way",
        "words",
        "record",
        "state",
        "status",
        "next",
    }
)
ANSWERS = {200, 302, 400, 404}


@pytest.mark.night
@pytest.mark.usefixtures("about")
def test_any_question_is_answered():
    client = Client()

    @settings(BOUNDED, max_examples=4)
    @given(parameters=st.dictionaries(st.sampled_from(PARAMETERS), any_text, min_size=1, max_size=3))
    @example({"q": "!!!"})
    @example({"q": "-word", "kind": "ngo"})
    @example({"q": "\x00", "page": "\ufffe"})
    def ask(path, parameters):
        query = QueryDict(mutable=True)
        query.update(parameters)
        with transaction.atomic():
            assert client.get(f"{path}?{query.urlencode()}").status_code in ANSWERS, path

    for name in LISTS:
        ask(reverse(name))
    for name in TABLES:
        ask(reverse(name, args=["csv"]))


@pytest.mark.parametrize("text", ["!!!", "...", '"', "🙂", "-word"])
def test_a_question_without_a_word_finds_nothing_and_says_so(client, text):
    for name in ("stakeholders:list", "stakeholders:map", "resources:list"):
        assert client.get(reverse(name), {"q": text}).status_code == 200


# --- Published ------------------------------------------------------------------------------------------
@settings(BOUNDED, max_examples=60)
@given(stored)
def test_what_was_cleaned_stands_in_xml(text):
    for cleaned in (clean_line(text), clean_block(text)):
        escaped = cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert ET.fromstring(f"<a>{escaped}</a>") is not None  # noqa: S314  our own


def publish(text):
    """Put the text into everything that files tell, past every form."""
    for model, names in {
        Stakeholder: ("name", "name_latin", "acronym", "city"),
        Event: ("title", "about", "venue", "city"),
        Proposal: ("title",),
        OfficialItem: ("title", "place"),
        Room: (),
        Story: ("title", "summary", "text"),
        Call: ("title", "guidance"),
        Observation: ("text", "source"),
        Resource: ("title", "publisher", "symbol", "licence_note"),
        Edition: ("title", "abstract"),
        Author: ("name",),
        Network: ("name", "about"),
        PeriodReport: ("title", "narrative"),
    }.items():
        model.objects.update(
            **{name: f"A {text}"[: model._meta.get_field(name).max_length] for name in names}
        )
    for room in Room.objects.all():
        Room.objects.filter(pk=room.pk).update(name=f"{room.pk} {text}"[:80])
    for issue in Issue.objects.all():
        Issue.objects.filter(pk=issue.pk).update(
            texts={code: dict.fromkeys(parts, f"A {text}") for code, parts in issue.texts.items()}
        )


def is_atom(content):
    feed = ET.fromstring(content)  # noqa: S314  our own
    atom = "{http://www.w3.org/2005/Atom}"
    names = [author.findtext(f"{atom}name") for author in feed.iter(f"{atom}author")]
    assert feed.find(f"{atom}author") is not None
    assert all(names)


def is_calendar(content):
    calendar = icalendar.Calendar.from_ical(content)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\nEND:VEVENT") == len(calendar.events)


def is_table(content):
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    table = [line for line in lines if not line[0].startswith("# ")]
    assert {len(line) for line in table} == {len(table[0])}


def is_bibtex(content):
    depth = 0
    for sign in content.decode():
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert content.count(b"\n@") == 0


def is_ris(content):
    lines = content.decode().split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\x00-\x1f\ufffe\uffff]*", line) for line in lines if line)
    assert [line[:2] for line in lines].count("ER") == 1


def is_paper(content):
    assert len(pypdfium2.PdfDocument(content)) > 0
    about = re.search(rb"<\?xpacket begin.*?<\?xpacket end[^>]*>", content, re.DOTALL)
    assert about is None or ET.fromstring(re.sub(rb"<\?xpacket[^>]*\?>", b"", about[0])) is not None  # noqa: S314


WHOLE = {
    "application/atom+xml": is_atom,
    "application/xml": ET.fromstring,
    "text/xml": ET.fromstring,
    "text/calendar": is_calendar,
    "text/csv": is_table,
    "application/json": json.loads,
    "application/manifest+json": json.loads,
    "application/vnd.oai.openapi+json": json.loads,
    "application/vnd.oai.openapi": yaml.safe_load,
    "application/vnd.citationstyles.csl+json": json.loads,
    "application/x-bibtex": is_bibtex,
    "application/x-research-info-systems": is_ris,
    "application/pdf": is_paper,
    "image/png": lambda content: Image.open(io.BytesIO(content)).verify(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        lambda content: docx.Document(io.BytesIO(content))
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        lambda content: load_workbook(io.BytesIO(content))
    ),
}
SITEMAPS = ("events", "news", "resources", "networks", "reports", "stakeholders", "newsletter")


def files(about):
    """Every address that gives everybody a file → its type."""
    paths = list(open_addresses(about))
    paths += [reverse("sitemap_section", args=[name, 1]) for name in SITEMAPS]
    pk = about["resource-citation"]["pk"]
    paths += [reverse("resources:cite", args=[pk, form]) for form in ("bibtex", "csl-json")]
    types = {}
    for path in paths:
        response = Client().get(path)
        assert response.status_code == 200, path
        types[path] = response["Content-Type"].partition(";")[0]
    return {path: kind for path, kind in types.items() if kind not in ("text/html", "text/plain")}


def whole(path, kind):
    cache.clear()
    response = Client().get(path, follow=True)  # a title is part of some addresses
    assert response.status_code == 200, path
    content = response.getvalue() if response.streaming else response.content
    try:
        WHOLE[kind](content)
    except Exception as broken:
        broken.add_note(f"{path}: {content[:2000]!r}")
        raise


@pytest.mark.night
def test_any_published_text_leaves_files_whole(about):
    addresses = files(about)
    assert set(addresses.values()) == set(WHOLE)

    @settings(BOUNDED, max_examples=6)
    @given(text=stored)
    @example(text="\ufffe\uffff\x0b]]>")
    @example(text="\r\nER  - \r\nEND:VEVENT\x85\u2028")
    @example(text="\\}{\\")
    def tell(text):
        with transaction.atomic():
            publish(text)
            for path, kind in addresses.items():
                whole(path, kind)
            transaction.set_rollback(True)

    tell()
