"""The open data: all that is public and nothing else, whole or not at all, and as they say of themselves."""

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now
from jsonschema import Draft202012Validator

from coordination.period_reports.models import PeriodReport
from core import storing
from portal.open_data import actions
from portal.open_data.models import Dump, DumpFile, OpenDataTerms
from portal.open_data.tables import LIST, TABLES, TEXT
from portal.tasks import heavy_open_data
from reviews.mechanism.models import DocumentKind
from reviews.tracker.models import ReviewDocument
from stakeholders.changes.actions import edit
from stakeholders.projects.models import Project, ProjectText
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory
from tests.factories.described import ContactFactory
from tests.factories.events import EventFactory
from tests.factories.news import StoryFactory
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import run_together, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

HIDDEN = "Nobody reads this"
DAY = datetime(2026, 11, 29, 3, 35, tzinfo=UTC)


def taken(client, name, day="latest"):
    response = client.get(f"/open-data/{day}/{name}")
    assert response.status_code == 200, name
    return response.getvalue().decode()


def rows(client, table):
    return [json.loads(line) for line in taken(client, f"{table}.jsonl").splitlines()]


def document(**fields):
    kind, _new = DocumentKind.objects.get_or_create(code="questionnaire", defaults={"name_en": "Answers"})
    return ReviewDocument.objects.create(kind=kind, source="Its page", **fields)


def participation_report(**fields):
    row = {"code": "came", "label": "Came", "about": "", "shares": [1], "numbers": [7]}
    table = {"name": "participation", "title": "", "what": "", "counted": "", "about": "", "rows": [row]}
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 11, 30)}
    return PeriodReport.objects.create(
        figures=[table | {"heads": ["2026"], "head_codes": ["period"]}],
        counted_at=now(),
        language_id="en",
        **days | {"status": "published", "published_at": now()} | fields,
    )


def fill():
    """One row of each table, with what an unkind hand may have written."""
    entry = StakeholderFactory(
        listing="public",
        name="=1+1 Coastal Watch",
        mission="Line one\n- line two",
        ror_id="https://ror.org/05a28rw58",
    )
    entry.topics.add("firearms")
    resource = ResourceFactory(
        title="Reader's guide; part 1", published_on=date(2024, 5, 1), precision="month"
    )
    resource.topics.add("firearms", "trafficking-in-persons")
    EditionFactory(resource=resource, abstract="À propos")
    EventFactory(organizer=entry, city="Wien")
    CallFactory(title="Call of everybody")
    StoryFactory(stakeholder=entry)
    document(symbol="CTOC/COP/WG.10/2020/3", publicity="public", url_en="https://example.org/doc")
    participation_report(title="Who took part")
    return entry, resource


def test_all_that_is_public_stands_in_it_and_nothing_else(client):
    entry, resource = fill()
    unseen = StakeholderFactory(listing="unlisted", name=f"{HIDDEN} entry")
    for fields in (
        {"listing": "members"},
        {"listing": "country"},
        {"status": "suspended"},
        {"is_demo": True},
    ):
        StakeholderFactory(**{"listing": "public", "name": f"{HIDDEN} entry", **fields})
    for hidden_resource in (
        *(resource_in(state, title=f"{HIDDEN} resource") for state in ("draft", "pending", "withdrawn")),
        ResourceFactory(title=f"{HIDDEN} resource", audience="members"),
        ResourceFactory(title=f"{HIDDEN} resource", embargo_until=now() + timedelta(days=1)),
        ResourceFactory(title=f"{HIDDEN} resource", is_demo=True),
    ):
        EditionFactory(resource=hidden_resource, title=f"{HIDDEN} edition")
    for status in ("draft", "submitted", "hidden", "removed"):
        EventFactory(title=f"{HIDDEN} event", status=status)
    EventFactory(title=f"{HIDDEN} event", is_demo=True)
    event = EventFactory(organizer=unseen, link="https://nobody-reads-this.example/join")
    CallFactory(title=f"{HIDDEN} call", status="draft")
    call = CallFactory(summary=f"{HIDDEN} summary before the call has closed")
    for fields in ({"status": "draft"}, {"status": "withdrawn"}, {"publish_at": now() + timedelta(days=1)}):
        StoryFactory(stakeholder=entry, title=f"{HIDDEN} story", told_at=None, **fields)
    story = StoryFactory(stakeholder=unseen)
    document(title=f"{HIDDEN} document", publicity="not_public")
    participation_report(title=f"{HIDDEN} draft", status="draft", published_at=None)
    participation_report(title=f"{HIDDEN} demonstration", author=UserFactory(is_demo=True))
    project = Project.objects.create(stakeholder=unseen)
    ProjectText.objects.create(project=project, language_id="en", title=f"{HIDDEN} project")
    # Of people: who belongs to an entry, and how to write to anybody.
    person = member_of(entry, name=f"{HIDDEN} person", email="nobody-reads-this@example.org")
    for audience in ("public", "members"):
        ContactFactory(stakeholder=entry, kind="email", audience=audience, value=f"{audience}@nobody.example")
    heavy_open_data()

    names = list(DumpFile.objects.values_list("name", flat=True))
    assert len(names) == 3 * len(TABLES) + 3
    everything = "\n".join(taken(client, name) for name in names)
    assert "Coastal Watch" in everything
    for secret in (HIDDEN, "nobody-reads-this", "@nobody.example", person.email):
        assert secret not in everything
    assert [row["id"] for row in rows(client, "stakeholders")] == [entry.pk]
    assert [row["id"] for row in rows(client, "resources")] == [resource.pk]
    assert [row["title"] for row in rows(client, "resource_editions")] == [
        edition.title for edition in resource.editions.order_by("pk")
    ]
    assert {row["id"]: row["organizer_id"] for row in rows(client, "events")}[event.pk] is None
    assert {row["id"]: row["stakeholder_id"] for row in rows(client, "news")}[story.pk] is None
    assert call.pk in [row["id"] for row in rows(client, "calls")]
    assert len(rows(client, "calls")) == 2
    assert [row["symbol"] for row in rows(client, "review_documents")] == ["CTOC/COP/WG.10/2020/3"]
    assert {"iso3": "KEN", "name_fr": "Kenya"}.items() <= {
        row["iso3"]: row for row in rows(client, "countries")
    }["KEN"].items()


def test_the_files_are_as_they_say(client):
    """A strict reading of the Data Package: files, sizes, checksums, heads, types and keys."""
    fill()
    heavy_open_data()
    package = json.loads(taken(client, "datapackage.json"))
    sums = dict(reversed(line.split("  ")) for line in taken(client, "SHA256SUMS").splitlines())
    for file in DumpFile.objects.exclude(name="SHA256SUMS"):
        content = taken(client, file.name).encode()
        assert sums[file.name] == file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.size == len(content)
    assert package["profile"] == "data-package"
    described = {resource["path"]: resource for resource in package["resources"]}
    assert len({resource["name"] for resource in package["resources"]}) == len(described)
    keys, columns = {}, set()
    for path, resource in described.items():
        content = taken(client, path).encode()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{sums[path]}")
        assert resource["profile"] == "tabular-data-resource"
        if resource["format"] == "csv":
            heads, *cells = csv.reader(io.StringIO(content.decode(), newline=""))
            fields = resource["schema"]["fields"]
            assert heads == [field["name"] for field in fields]
            for field, column in zip(fields, zip(*cells, strict=True), strict=True):
                assert all(fits(field["type"], cell) for cell in column if cell), field
                keys[resource["name"], field["name"]] = column
            for name in resource["schema"].get("primaryKey", ()):
                assert len(set(keys[resource["name"], name])) == len(cells)
    for resource in (resource for resource in described.values() if resource["format"] == "csv"):
        for pointing in resource.get("schema", {}).get("foreignKeys", ()):
            [own], [other] = pointing["fields"], pointing["reference"]["fields"]
            targets = set(keys[pointing["reference"]["resource"], other])
            assert {cell for cell in keys[resource["name"], own] if cell} <= targets
    # The lines fit their schema, and the cells say the same.
    dictionary = list(csv.DictReader(io.StringIO(taken(client, "data_dictionary.csv"), newline="")))
    for table in TABLES:
        schema = json.loads(taken(client, f"{table.name}.schema.json"))
        Draft202012Validator.check_schema(schema)
        table_rows = rows(client, table.name)
        assert table_rows
        assert [
            error.message for row in table_rows for error in Draft202012Validator(schema).iter_errors(row)
        ] == []
        assert [line["column"] for line in dictionary if line["table"] == table.name] == list(table_rows[0])
        assert all(line["meaning"] for line in dictionary)
        columns |= {column.kind for column in table.columns}
        for place, column in enumerate(table.columns):
            if column.kind not in (TEXT, LIST):
                cells = keys[table.name.replace("_", "-"), column.name]
                assert cells == tuple(column.cell(row[column.name]) for row in table_rows), (
                    table.name,
                    place,
                )
    assert {"string", "integer", "boolean", "date", "datetime", "array", "number"} == columns
    # What a spreadsheet would run is harmless in CSV, and as it is in JSON.
    [entry] = rows(client, "stakeholders")
    assert entry["name"] == "=1+1 Coastal Watch"
    assert keys["stakeholders", "name"] == ("'=1+1 Coastal Watch",)
    assert keys["resources", "topics"] == ("firearms;trafficking-in-persons",)
    assert keys["resources", "published_on"] == ("2024-05",)


def fits(kind, cell):
    if kind == "boolean":
        return cell in ("true", "false")
    readers = {
        "integer": int,
        "number": float,
        "date": date.fromisoformat,
        "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        "string": str,
    }
    try:
        readers[kind](cell)
    except ValueError:
        return False
    return True


def test_the_licence_is_what_the_desk_states_and_nothing_where_it_states_none(client):
    with time_machine.travel(DAY):
        heavy_open_data()
    package = json.loads(taken(client, "datapackage.json"))
    assert "licenses" not in package
    assert "No licence stated" in package["description"]
    assert "No licence stated" in text_of(client.get("/en/open-data/"))
    OpenDataTerms.objects.create(
        pk=1, licence="Creative Commons Attribution 4.0", code="CC-BY-4.0", url="https://example.org/by"
    )
    with time_machine.travel(DAY + timedelta(days=1)):
        heavy_open_data()
    assert json.loads(taken(client, "datapackage.json"))["licenses"] == [
        {"title": "Creative Commons Attribution 4.0", "name": "CC-BY-4.0", "path": "https://example.org/by"}
    ]
    page = text_of(client.get("/en/open-data/"))
    assert "Creative Commons Attribution 4.0" in page
    assert "No licence stated" not in page


def test_the_page_and_the_addresses(client):
    assert "No files yet" in text_of(client.get("/en/open-data/"))
    assert client.get("/open-data/latest/news.csv").status_code == 404
    assert client.get("/open-data/", headers={"accept-language": "fr"})["Location"] == "/fr/open-data/"
    fill()
    with time_machine.travel(DAY):
        heavy_open_data()
    page = text_of(client.get("/en/open-data/"))
    for file in DumpFile.objects.all():
        assert f'href="/open-data/latest/{file.name}"' in page
        assert file.sha256 in page
    assert 'href="/open-data/2026-11-29/datapackage.json"' in page
    assert taken(client, "news.csv", "2026-11-29") == taken(client, "news.csv")
    first = client.get("/open-data/latest/news.csv")
    assert (first["Content-Type"], first["Access-Control-Allow-Origin"]) == ("text/csv; charset=utf-8", "*")
    again = client.get("/open-data/latest/news.csv", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    for wrong in ("2026-11-28/news.csv", "2026-02-30/news.csv", "latest/other.csv", "latest/..%2Fnews.csv"):
        assert client.get(f"/open-data/{wrong}").status_code == 404, wrong


def test_twice_is_once_and_past_days_go(client, django_capture_on_commit_callbacks):
    days = [DAY + timedelta(days=number) for number in (0, 1, 9)]
    for day in days:
        with time_machine.travel(day), django_capture_on_commit_callbacks(execute=True):
            heavy_open_data()
            heavy_open_data()
    assert [str(dump) for dump in Dump.objects.all()] == ["2026-12-08"]
    stored_names = {f"open-data/{name}" for name in default_storage.listdir("open-data")[1]}
    assert set(DumpFile.objects.values_list("file", flat=True)) <= stored_names
    # However long none was made, the latest stays.
    with time_machine.travel(DAY + timedelta(days=99)):
        actions._remove_old()
    assert Dump.objects.count() == 1


def test_who_hides_leaves_the_files_of_all_days_in_the_act(client):
    entry, _resource = fill()
    for day in (DAY, DAY + timedelta(days=1)):
        with time_machine.travel(day):
            heavy_open_data()
    assert "Coastal Watch" in taken(client, "stakeholders.csv")
    assert "Coastal Watch" in taken(client, "stakeholders.csv", "2026-11-29")
    entry.refresh_from_db()
    edit(entry, actor=member_of(entry), version=entry.updated_at, answers={"listing": "unlisted"})
    for day in ("latest", "2026-11-29"):
        assert client.get(f"/open-data/{day}/stakeholders.csv").status_code == 404
    heavy_open_data()
    assert "Coastal Watch" not in taken(client, "stakeholders.csv")


def test_files_that_name_who_hid_while_they_were_made_are_not_kept(client, monkeypatch):
    entry, _resource = fill()
    entry.refresh_from_db()
    editor, write = member_of(entry), actions.write_all

    def write_and_hide(*arguments):
        files = write(*arguments)
        edit(entry, actor=editor, version=entry.updated_at, answers={"listing": "unlisted"})
        return files

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(actions, "write_all", write_and_hide)
        heavy_open_data()
    assert not Dump.objects.exists()
    heavy_open_data()
    assert "Coastal Watch" not in taken(client, "stakeholders.csv")


def test_what_breaks_in_the_middle_leaves_the_old_one_whole(client, monkeypatch):
    with time_machine.travel(DAY):
        heavy_open_data()
    before = taken(client, "datapackage.json")
    keep, names = actions._keep, []

    def break_at_the_fifth(dump, file):
        keep(dump, file)
        names.append(file.name)
        if len(names) == 5:
            raise OSError("The disk is full")

    monkeypatch.setattr(actions, "_keep", break_at_the_fifth)
    with time_machine.travel(DAY + timedelta(days=1)):
        with pytest.raises(OSError, match="disk"), transaction.atomic():
            heavy_open_data()
        assert taken(client, "datapackage.json") == before
        monkeypatch.setattr(actions, "_keep", keep)
        storing.remove_undone()
        heavy_open_data()
    assert str(Dump.objects.first()) == "2026-11-30"
    assert Dump.objects.first().files.count() == 3 * len(TABLES) + 3


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_makes_it():
    outcomes = run_together(actions.care_for_dumps, actions.care_for_dumps)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Dump.objects.count() == 1
    assert DumpFile.objects.count() == 3 * len(TABLES) + 3
