"""Files for the directory: read, judged, taken in as a whole, and taken out again."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, Unreadable, WrongState
from core.spreadsheet_reader import look_at, rows
from search.models import Document
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.exports.columns import HEADS
from stakeholders.imports import actions as imports_actions
from stakeholders.imports import actions_bulk
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.enums import ImportFault
from stakeholders.imports.models import Import, ImportRow, ImportSource
from taxonomy.places.models import AreaMapping
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.exports import made_export
from tests.factories.imports import DAY, checked, sent, taken_in, undone, upload, workbook
from tests.factories.stakeholders import StakeholderFactory
from tests.support import statements_of

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "organisations"
PAGE = "/en/desk/vetting/imports/"
HEAD = "name,kind,country,city,website"
GOOD = f"{HEAD}\nCoastal Watch,ngo,KEN,Mombasa,https://coastal.example\nمرصد,academia,Egypt,القاهرة,\n"


@pytest.fixture
def desk():
    return person_with(Role.CURATION)


@pytest.fixture
def as_desk(client, desk):
    sign_in(client, desk)
    return client


def read(content):
    stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    sheet = look_at(stream)
    return sheet, list(rows(stream, sheet))


# --- Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    (
        ("name,city\nÉcole,Łódź\n".encode(), "utf-8", ","),
        ("name;city\nÉcole;Łódź\n".encode("utf-8-sig"), "utf-8-sig", ";"),
        ("name\tcity\nÉcole\tŁódź\n".encode("utf-16"), "utf-16", "\t"),
        ("name\tcity\nÉcole\tŁódź\n".encode("utf-16-le"), "utf-16-le", "\t"),
        ('"na;me",city\nÉcole,Łódź\n'.encode(), "utf-8", ","),
    ),
)
def test_text_is_read_as_it_is_written(content, encoding, separator):
    sheet, rows = read(content)
    assert (sheet.encoding, sheet.separator) == (encoding, separator)
    assert rows == [(2, ["École", "Łódź"])]


def test_text_of_an_older_encoding_is_guessed():
    sheet, rows = read("name,city\nÉcole,Genève\n".encode("cp1252"))
    assert sheet.encoding == "cp1252"
    assert rows == [(2, ["École", "Genève"])]


def test_a_workbook_gives_its_values_as_text():
    content = workbook([["name", None, "when", "n"], ["École", "", DAY, 5.0], [None, None], ["=1+1", True]])
    sheet, rows = read(content)
    assert sheet.heads == ["name", "B", "when", "n"]
    # A formula that no spreadsheet has worked out has no value.
    assert rows == [(2, ["École", "", "2026-06-01", "5"]), (4, ["", "TRUE"])]


def test_headings_have_names_of_their_own():
    sheet, _rows = read("name,,name,name\n")
    assert sheet.heads == ["name", "B", "name (2)", "name (3)"]


@pytest.mark.parametrize(
    ("content", "message"),
    (
        (b"", "The file is empty."),
        (b"\n\n", "The file has no heading"),
        (b"%PDF-1.4\x00\x01", "neither a CSV file nor a workbook"),
        (b"PK\x03\x04broken", "This workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of the old kind"),
        (b"name\n\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (b"name\n" + b"x" * 40_000, "holds more than 32767 characters"),
        (("," * 300 + "x\n").encode(), "more than 200 columns"),
    ),
)
def test_a_file_that_is_none_says_so(content, message):
    with pytest.raises(Unreadable, match=message):
        read(content)


@pytest.mark.parametrize(
    ("content", "line"),
    (
        ('name,city\nOne,Nairobi\n"Two,Mombasa\nThree,Kisumu\n', 3),
        ('name,city\n"Two,Mombasa\n"Three",Kisumu\n', 2),
        ('name,city\n"One\nof two lines",Nairobi\n"Two"x,Mombasa\n', 4),
    ),
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_line(content, line):
    with pytest.raises(Unreadable, match=f"Line {line} is not proper CSV"):
        read(content)


@pytest.mark.parametrize("sign", (";", ",", "|", "\t"))
def test_the_line_that_names_the_separator_is_no_heading(sign):
    sheet, rows = read(f"sep={sign}\r\nname{sign}a;b,c|d\r\nÉcole{sign}Łódź\r\n")
    assert (sheet.separator, sheet.heads[0], rows[0][1][0]) == (sign, "name", "École")


def without_dimension(rows, last=0):
    """A workbook that does not say how large its sheet is; with a further row of that number."""
    cell = "<c t='inlineStr'><is><t>name</t></is></c>"
    numbers = [*range(1, rows + 1), *([last] if last else [])]
    lines = "".join(f"<row r='{number}'>{cell}</row>" for number in numbers)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f"<worksheet xmlns='{main}'><sheetData>{lines}</sheetData></worksheet>".encode()
    book, into = zipfile.ZipFile(io.BytesIO(workbook([["name"]]))), io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as out:
        for part in book.namelist():
            out.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else book.read(part))
    return into.getvalue()


def test_a_workbook_is_measured_before_it_is_read():
    content = without_dimension(1_000_000)
    assert len(content) < 5_000_000
    with pytest.raises(Unreadable, match="too large once unpacked"):
        read(content)


def test_empty_rows_without_end_are_not_counted_to_their_end():
    with pytest.raises(Unreadable, match="more than 100000 rows"):
        read(without_dimension(1, last=2_000_000_000))


# --- The dry run ------------------------------------------------------------------------------------


def test_the_dry_run_says_what_becomes_of_each_row_and_saves_nothing(desk):
    taken_in(desk, GOOD)
    version = DirectoryVersion.objects.current()
    Stakeholder.objects.filter(name="مرصد").update(status="active", approved_at="2026-01-01T00:00Z")
    of = checked(
        desk,
        f"{HEAD}\nCoastal Watch,NGO,Kenya,Nairobi,\nمرصد,academia,EGY,الجيزة,\n"
        "New,ngo,KE,,\nBad,sect,Atlantis,,ftp://x\n,ngo,KEN,,\nNew,ngo,KEN,,\n",
    )
    outcomes = [(row.row, row.outcome, row.problems) for row in of.rows.all()]
    assert outcomes == [
        (2, "changed", []),
        (3, "claimed", []),
        (4, "new", []),
        (
            5,
            "refused",
            [
                ["kind", "unknown_kind", "sect"],
                ["country", "unknown_country", "Atlantis"],
                ["website", "bad_address", "ftp://x"],
            ],
        ),
        (6, "refused", [["name", "missing", ""]]),
        (7, "refused", [["name", "twice", "4"]]),
    ]
    changes = of.rows.get(row=2).changes
    assert changes["city"] == ["Mombasa", "Nairobi"]
    assert (Stakeholder.objects.count(), DirectoryVersion.objects.current()) == (2, version)


@pytest.mark.parametrize("name", ("\u200b\u200d", "\u2060", "…"))
def test_a_name_that_nobody_sees_is_none(desk, name):
    of = checked(desk, f"{HEAD}\n{name},ngo,KEN,,\n")
    assert [row.problems for row in of.rows.all()] == [[["name", "no_letters", name]]]


ROR = (
    "ror_id,name,acronyms,labels,types,status,website,country_code,city\n"
    "https://ror.org/00aaa1112,Institute,,,education,active,,XK,Somewhere\n"
    "https://ror.org/00aaa1120,Hidden,,,education,active,nowhere,KE,Nairobi\n"
    "https://ror.org/00aaa1138,\u200b,,,education,active,,KE,Nairobi\n"
)


def test_a_refused_record_of_the_registry_says_only_what_is_wrong(desk):
    of = checked(desk, ROR)
    assert [row.problems for row in of.rows.all()] == [
        [["country_code", "unplaced", "XK"]],
        [["website", "bad_address", "nowhere"]],
        [["name", "no_letters", "\u200b"]],
    ]


def test_a_row_of_too_many_cells_says_nothing_else(desk):
    of = checked(desk, f"{HEAD}\nName,ngo,KEN,,,more\n")
    assert [row.problems for row in of.rows.all()] == [[["", "cells", "more"]]]


def test_a_code_without_a_place_leads_to_where_the_desk_places_it(as_desk, desk):
    of = checked(desk, ROR)
    page = as_desk.get(f"{PAGE}{of.pk}/?rows=refused").text
    assert "The lists of the United Nations" in page
    place = "/en/admin/taxonomy/areamapping/add/?code=XK"
    assert page.count(f'href="{place}"') == 1
    assert 'value="XK"' in as_desk.get(place).text
    AreaMapping.objects.create(code="XK", country_id="ITA", note="Only for this test.")
    again = checked(desk, ROR)
    assert again.rows.get(row=2).values["country"] == "ITA"


@pytest.mark.behaviour("D-21")
def test_nothing_is_saved_while_a_row_has_errors_unless_the_desk_says_so(as_desk, desk):
    of = checked(desk, f"{HEAD}\nGood,ngo,KEN,,\nBad,ngo,Atlantis,,\n")
    refused = as_desk.post(f"{PAGE}{of.pk}/take-in/", follow=True)
    assert "1 row has errors, so nothing was imported" in refused.text
    imports_actions_worker.work(of.pk)
    assert Stakeholder.objects.count() == 0
    as_desk.post(f"{PAGE}{of.pk}/take-in/", {"without_refused": "on"})
    imports_actions_worker.work(of.pk)
    assert [entry.name for entry in Stakeholder.objects.all()] == ["Good"]


@pytest.mark.behaviour("D-21")
def test_the_error_file_keeps_the_columns_and_says_row_column_rule_and_value(as_desk, desk):
    of = checked(desk, "name,note,kind,country\n=Evil,+1,ngo,Atlantis\nFine,x,ngo,KEN\n")
    response = as_desk.get(f"{PAGE}{of.pk}/errors.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "note", "kind", "country", "error"],
        [
            "'=Evil",
            "'+1",
            "ngo",
            "Atlantis",
            "row 2, country: This country or area is not known. "
            "Use the code of ISO 3166, or the name in one of the six languages of the portal. "
            "(Atlantis)",
        ],
    ]


def test_a_likely_duplicate_waits_for_a_decision(desk):
    earlier_import = taken_in(desk, GOOD, source="First")
    of = checked(
        desk,
        f"{HEAD}\nCoastal Watch,ngo,KEN,Lamu,\nCoastal Watsh,ngo,KEN,,\nOther,ngo,TZA,,https://www.coastal.example/a\n",
        source="Second",
    )
    twins = list(of.rows.values_list("outcome", "twin__name"))
    assert twins == [("new", "Coastal Watch")] * 3
    with pytest.raises(DomainError, match="3 rows may be profiles that exist already"):
        imports_actions.take_in(of, without_refused=False, actor=desk)
    imports_actions.decide(of, {2: "same", 3: "another"}, actor=desk, rest="skip")
    assert list(of.rows.values_list("outcome", flat=True)) == ["changed", "new", "skipped"]
    of.refresh_from_db()
    imports_actions.take_in(of, without_refused=False, actor=desk)
    imports_actions_worker.work(of.pk)
    assert sorted(Stakeholder.objects.values_list("name", "city", "source_name")) == [
        ("Coastal Watch", "Lamu", "Second"),
        ("Coastal Watsh", "", "Second"),
        ("مرصد", "القاهرة", "First"),
    ]
    assert earlier_import.status == "taken_in"


def test_columns_are_guessed_by_their_headings_and_remembered_of_the_source(desk):
    of = sent(desk, "id,Organisation,Country Name,x\n")
    assert of.columns == {"1": "name", "2": "country"}
    imports_actions.check(of, columns={"3": "name"}, kind="ngo", country="KEN", actor=desk)
    assert sent(desk, "Organisation,x\n").columns == {"1": "name"}
    assert ImportSource.objects.get().columns["x"] == "name"


# --- Taking in and out ------------------------------------------------------------------------------


def test_an_import_lists_and_indexes_and_says_one_sentence(desk):
    topic = Topic.objects.in_order().first()
    of = taken_in(desk, f"name,kind,country,topics\nCoastal Watch,ngo,KEN,{topic.name_en}\nSecond,ngo,KEN,\n")
    entry = Stakeholder.objects.get(name="Coastal Watch")
    assert (entry.status, entry.listing, entry.source_name, entry.source_date) == (
        "listed",
        "public",
        "A public register",
        DAY,
    )
    assert (entry.name_key, entry.slug, list(entry.topics.all())) == (
        "coastal watch",
        "coastal-watch",
        [topic],
    )
    assert Document.objects.filter(kind="stakeholders.stakeholder").count() == 2
    log_entry = Entry.objects.get(action="stakeholders.import_taken_in")
    assert log_entry.data == {"new": 2, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    assert DirectoryVersion.objects.current() == 1
    assert imports_actions_worker.work(of.pk) is False
    assert checked(desk, f"name,kind,country,topics\nCoastal Watch,ngo,KEN,{topic.pk}\n").counts == {
        "unchanged": 1,
        "undecided": 0,
    }


def test_a_whole_import_is_undone(desk):
    taken_in(desk, GOOD)
    before = list(Stakeholder.objects.order_by("pk").values())
    of = taken_in(desk, f"{HEAD}\nCoastal Watch,ngo,KEN,Lamu,\nNew,ngo,KEN,,\n")
    assert Stakeholder.objects.count() == 3
    undone(of, desk)
    after = list(Stakeholder.objects.order_by("pk").values())
    for values in (*before, *after):
        values.pop("updated_at")
    assert after == before
    assert (of.status, of.counts["removed"], of.counts["restored"], of.counts["left"]) == ("undone", 1, 1, 0)
    log_entry = Entry.objects.get(action="stakeholders.import_undone")
    assert log_entry.data == {"removed": 1, "restored": 1, "left": 0}
    assert Document.objects.filter(kind="stakeholders.stakeholder").count() == 2


def test_taking_in_and_undoing_cost_as_many_statements_for_any_number_of_rows(desk):
    counted = []
    for name, number in (("First", 1), ("One", 1), ("Many", 40)):
        content = "\n".join([HEAD, *(f"{name} {n},ngo,KEN,," for n in range(number))])
        of = checked(desk, f"{content}\n", name)
        for act in (imports_actions.take_in, imports_actions.undo):
            options = {"without_refused": False} if act is imports_actions.take_in else {}
            act(of, actor=desk, **options)
            with CaptureQueriesContext(connection) as statements:
                imports_actions_worker.work(of.pk)
            counted.append(len(statements))
    assert counted[2:4] == counted[4:]  # what is kept was found by the first
    assert not Stakeholder.objects.exists()


def test_whatever_points_to_an_entry_is_looked_at_before_it_goes():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute "
            "ON attrelid = conrelid AND attnum = conkey[1] "
            "WHERE contype = 'f' AND confrelid = 'stakeholders_stakeholder'::regclass"
        )
        pointing = set(cursor.fetchall())
    gone_with_it = {
        relation.related_model._meta.db_table
        for relation in Stakeholder._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and relation.hidden
        and relation.related_model._meta.auto_created in (False, Stakeholder)
    }
    read = set(re.findall(r"SELECT (\w+) FROM (\w+)", actions_bulk._referenced_entries()))
    assert {(table, column) for column, table in read} == {
        (table, column)
        for table, column in pointing
        if table not in gone_with_it and table != ImportRow._meta.db_table
    }


NAMED = (
    "ror_id,name,acronyms,aliases,labels,types,status,website,country_code,city\n"
    "https://ror.org/00aaa1112,Institute,IN|IN2,Old House,fr:Institut,education,active,,KE,Nairobi\n"
)


def names_of(name="Institute"):
    return sorted(Stakeholder.objects.get(name=name).other_names.values_list("text", "language_id"))


def test_what_the_registry_calls_it_else_comes_and_goes_with_the_import(as_desk, desk):
    listed = taken_in(desk, NAMED.replace("|IN2,Old House", ","))
    Stakeholder.objects.get().other_names.create(kind="other", text="Our house")
    before = names_of()
    assert before == [("Institut", "fr"), ("Our house", None)]
    of = taken_in(desk, NAMED)
    assert names_of() == [("IN2", None), ("Institut", "fr"), ("Old House", None), ("Our house", None)]
    assert "IN2 · Institut · Old House · Our house" in as_desk.get(f"{PAGE}{of.pk}/?rows=changed").text
    assert Stakeholder.objects.get().get_absolute_url() in as_desk.get("/en/stakeholders/?q=IN2").text
    assert checked(desk, NAMED).counts["unchanged"] == 1
    undone(of, desk)
    assert names_of() == before
    assert of.counts["left"] == 0
    undone(listed, desk)  # a name was added since
    assert (listed.counts["removed"], listed.counts["left"]) == (0, 1)


def test_an_entry_that_only_the_registry_named_goes_with_its_names(desk):
    of = taken_in(desk, NAMED)
    assert len(names_of()) == 3
    undone(of, desk)
    assert not Stakeholder.objects.exists()


def test_an_entry_with_its_own_people_keeps_its_names(desk):
    entry = StakeholderFactory(ror_id="https://ror.org/00aaa1112", name="Ours")
    of = checked(desk, NAMED)
    assert of.counts["claimed"] == 1
    assert not entry.other_names.exists()


def test_what_was_changed_since_is_left_and_listed(as_desk, desk):
    of = taken_in(desk, f"{HEAD}\nOne,ngo,KEN,,\nTwo,ngo,KEN,,\nThree,ngo,KEN,,\nFour,ngo,KEN,,\n")
    Stakeholder.objects.filter(name="One").update(city="Lamu")
    Stakeholder.objects.filter(name="Two").update(status="active", approved_at="2026-01-01T00:00Z")
    Membership.objects.create(
        stakeholder=Stakeholder.objects.get(name="Three"), user=UserFactory(), role="admin"
    )
    undone(of, desk)
    assert sorted(Stakeholder.objects.values_list("name", flat=True)) == ["One", "Three", "Two"]
    assert (of.counts["removed"], of.counts["left"]) == (1, 3)
    page = as_desk.get(f"{PAGE}{of.pk}/?rows=left").text
    assert "Row 2:" in page
    assert "Row 5:" not in page


@pytest.mark.parametrize(
    "filled",
    (
        {"descriptors": ["youth_led"]},
        {"ecosoc_status": "special"},
        {"cop_observer": "no"},
        {"references": "A book"},
        {"mission": "To watch"},
        {"mission_language_id": "en"},
        {"contact_from": "nobody"},
        {"source_date": "2026-06-02"},
        {"source_name": "Elsewhere"},
    ),
    ids=lambda filled: next(iter(filled)),
)
def test_whatever_was_filled_since_is_left(desk, reference, filled):
    of = taken_in(desk, f"{HEAD}\nOne,ngo,KEN,,\nTwo,ngo,KEN,,\n")
    Stakeholder.objects.filter(name="One").update(**filled)
    undone(of, desk)
    assert list(Stakeholder.objects.values_list("name", flat=True)) == ["One"]
    assert (of.counts["removed"], of.counts["left"]) == (1, 1)


@pytest.mark.parametrize(
    ("field", "code"),
    (("works_in", "KEN"), ("languages", "en"), ("engagement_areas", None), ("articles", None)),
)
def test_whatever_was_chosen_since_is_left(desk, reference, field, code):
    of = taken_in(desk, f"{HEAD}\nOne,ngo,KEN,,\nTwo,ngo,KEN,,\n")
    chosen = getattr(Stakeholder.objects.get(name="One"), field)
    chosen.add(code or chosen.model.objects.first())
    undone(of, desk)
    assert list(Stakeholder.objects.values_list("name", flat=True)) == ["One"]


def test_what_changed_since_the_dry_run_stops_the_import(desk):
    taken_in(desk, GOOD)
    of = checked(desk, f"{HEAD}\nCoastal Watch,ngo,KEN,Lamu,\n")
    Stakeholder.objects.filter(name="Coastal Watch").update(city="Nairobi")
    imports_actions.take_in(of, without_refused=False, actor=desk)
    assert imports_actions_worker.work(of.pk) is False
    of.refresh_from_db()
    assert (of.status, of.fault) == ("failed", ImportFault.MOVED_ON)
    assert Stakeholder.objects.get(name="Coastal Watch").city == "Nairobi"


def test_an_error_of_ours_saves_nothing_and_is_said(desk, monkeypatch):
    of = checked(desk, GOOD)
    imports_actions.take_in(of, without_refused=False, actor=desk)
    monkeypatch.setattr(imports_actions_worker, "index_soon", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imports_actions_worker.work(of.pk)
    of.refresh_from_db()
    assert (of.status, of.fault, Stakeholder.objects.count()) == ("failed", ImportFault.BROKEN, 0)
    with pytest.raises(WrongState):
        imports_actions.take_in(of, without_refused=False, actor=desk)


def test_who_may_no_longer_import_imports_nothing(desk):
    of = checked(desk, GOOD)
    imports_actions.take_in(of, without_refused=False, actor=desk)
    desk.grants.all().delete()
    assert imports_actions_worker.work(of.pk) is False
    of.refresh_from_db()
    assert of.fault == ImportFault.NOT_ALLOWED
    assert Stakeholder.objects.count() == 0


# --- Our own export ---------------------------------------------------------------------------------

NASTY = (
    "=1+1",
    "+41 Foundation",
    "-Minus",
    "@home",
    "'=Quoted",
    "O'Neill",
    'Say "so"',
    "Two\nlines",
    "a;b,c\td",
    "مرصد الساحل",
    "国際連合大学",
    "\ufeffMarked",
    "Bell\x07",
    "  Spaces  within ",
    "\tTab",
)


@pytest.mark.parametrize("kind", ("csv", "xlsx"))
def test_our_own_export_comes_back_unchanged(desk, kind, reference):
    topics = list(Topic.objects.in_order()[:3])
    for number, name in enumerate(NASTY):
        entry = StakeholderFactory(
            name=name,
            city=name,
            acronym=name[:40],
            website="https://x.example" if number % 2 else "",
            **({"status": "listed", "source_name": name, "source_date": DAY} if number % 3 else {}),
        )
        entry.topics.set(topics[: number % 4])
    export = made_export(person_with(Role.HEAD), kind=kind)
    with export.file.open("rb") as stream:
        of = checked(desk, stream.read(), source="Our own export")
    assert tuple(of.heads) == HEADS
    assert [row.problems for row in of.rows.exclude(outcome="unchanged")] == []
    assert of.counts == {"unchanged": len(NASTY), "undecided": 0}


@pytest.mark.behaviour("X-06")
def test_the_file_that_the_desk_downloads_can_be_sent_back_and_changes_nothing(as_desk, client, reference):
    for name in NASTY:
        StakeholderFactory(name=name, city=name)
    head = person_with(Role.HEAD)
    sign_in(client, head)
    export = made_export(head)
    content = b"".join(client.get(f"/files/export/{export.pk}/?download").streaming_content)
    fields = {"source": "Our own export", "url": "", "day": "2026-06-01", "file": upload(content)}
    columns = client.post(PAGE, fields)["Location"]
    of = Import.objects.get()
    chosen = {f"column_{place}": code for place, code in of.columns.items()}
    client.post(columns, {**chosen, "kind": "", "country": ""})
    imports_actions_worker.work(of.pk)
    page = client.get(f"{PAGE}{of.pk}/").text
    of.refresh_from_db()
    assert of.counts == {"unchanged": len(NASTY), "undecided": 0}
    assert "Nothing of it is new" in page or "unchanged" in page.lower()
    assert f"{PAGE}{of.pk}/take-in/" not in page


# --- Real files -------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-21")
@pytest.mark.parametrize(
    ("name", "columns"),
    (
        ("us_tip_grants_orgs.csv", {"1": "country", "6": "name"}),
        ("ecosoc_applications_deferred.csv", {"0": "name"}),
    ),
)
def test_a_dirty_file_ends_in_a_report(as_desk, desk, name, columns):
    if not (SHARED / name).exists():
        pytest.skip("The shared data are not beside this checkout.")
    of = checked(desk, (SHARED / name).read_bytes(), kind="ngo", country="KEN", columns=columns)
    assert of.status == "checked"
    assert of.counts["refused"] > 10
    assert of.counts["new"] > 100
    assert as_desk.get(f"{PAGE}{of.pk}/?rows=refused").status_code == 200
    assert Stakeholder.objects.count() == 0


# --- Pages ------------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-21")
def test_the_desk_goes_through_the_wizard(as_desk):
    assert f'href="{PAGE}template.csv"' in as_desk.get(PAGE).text
    template = as_desk.get(f"{PAGE}template.csv").getvalue().decode("utf-8-sig")
    assert {"name", "kind", "country", "city", "website"} <= set(template.splitlines()[0].split(","))
    sent = as_desk.post(PAGE, {"source": "A register", "url": "", "day": "2026-06-01", "file": upload(GOOD)})
    of = Import.objects.get()
    assert sent["Location"] == f"{PAGE}{of.pk}/columns/"
    assert 'name="column_0"' in as_desk.get(sent["Location"]).text
    fields = {f"column_{place}": code for place, code in of.columns.items()}
    assert (
        as_desk.post(sent["Location"], {**fields, "kind": "", "country": ""})["Location"] == f"{PAGE}{of.pk}/"
    )
    assert "hx-get" in as_desk.get(f"{PAGE}{of.pk}/").text
    imports_actions_worker.work(of.pk)
    assert "Import 2 rows" in as_desk.get(f"{PAGE}{of.pk}/").text
    as_desk.post(f"{PAGE}{of.pk}/take-in/")
    imports_actions_worker.work(of.pk)
    assert "The import is in the directory." in as_desk.get(f"{PAGE}{of.pk}/").text
    assert "Undo the whole import" in as_desk.get(f"{PAGE}{of.pk}/undo/").text
    as_desk.post(f"{PAGE}{of.pk}/undo/")
    imports_actions_worker.work(of.pk)
    assert "Undone. Removed: 2." in as_desk.get(f"{PAGE}{of.pk}/").text
    assert as_desk.get(PAGE).status_code == 200


def test_bad_input_keeps_what_was_typed(as_desk):
    page = as_desk.post(PAGE, {"source": "A register", "day": "2999-01-01", "file": upload(b"%PDF\x00")}).text
    assert 'value="A register"' in page
    assert "This day is in the future." in page
    assert "neither a CSV file nor a workbook" in page


def test_a_broken_line_is_said_at_the_field_of_the_file(as_desk):
    broken = upload(f'{HEAD}\nGood,ngo,KEN,,\n"Open,ngo,KEN,,\nSwallowed,ngo,KEN,,\n')
    page = as_desk.post(PAGE, {"source": "A register", "url": "", "day": "2026-06-01", "file": broken})
    assert "Line 3 is not proper CSV" in page.context["form"].errors["file"][0]
    assert not Import.objects.exists()


def test_only_those_who_may_import_learn_of_the_pages(client, desk, subtests):
    of = taken_in(desk, GOOD)
    for role, expected in (
        (None, 404),
        *((role, 200 if role in (Role.VETTING, Role.CURATION, Role.HEAD) else 404) for role in Role),
    ):
        with subtests.test(role=role):
            sign_in(client, person_with(role) if role else UserFactory())
            for address in (
                "",
                "template.csv",
                "dictionary.csv",
                f"{of.pk}/",
                f"{of.pk}/errors.csv",
                f"{of.pk}/undo/",
            ):
                assert client.get(f"{PAGE}{address}").status_code == expected, address
            assert client.get(f"/files/import/{of.pk}/?download").status_code == expected
            if expected == 404:
                for address in ("take-in/", "undo/", "discard/", ""):
                    assert client.post(f"{PAGE}{of.pk}/{address}").status_code == 404, address
                assert Stakeholder.objects.count() == 2


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
    assert reverse("vetting:imports").endswith("/imports/")


def test_the_preview_costs_the_same_for_any_number_of_rows(as_desk, desk):
    counts = []
    for number in (1, 3):
        lines = "".join(f"Association {n},ngo,KEN,,\n" for n in range(number))
        of = checked(desk, f"{HEAD}\n{lines}")
        address = f"{PAGE}{of.pk}/"
        as_desk.get(address)
        counts.append(statements_of(lambda address=address: as_desk.get(address)))
    assert counts[0] == counts[1]
