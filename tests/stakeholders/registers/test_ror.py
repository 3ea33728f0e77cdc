"""Listing organizations from ROR: what is read, what is refused, and that all of it is one act."""

import csv
import gzip
import io
import json
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import Unreadable, WrongState
from search.models import Document
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.registers import actions as registers_actions
from stakeholders.registers import ror
from stakeholders.registers.actions import Source, import_listed
from stakeholders.registers.outcomes import Refused, RegisterRow, Skipped
from stakeholders.registers.records import records, table
from taxonomy.places.models import AreaMapping
from tests import support
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory
from tests.support import statements_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "organisations"
ROR = Source("ror", ror.NAME, date(2026, 6, 1))
TOO_LONG = "A much too long acronym that nobody could ever say"
GOOD = {
    "ror_id": "https://ror.org/00aaa1112",
    "name": "Institute of Made-up Studies",
    "acronyms": f"IMS|{TOO_LONG}",
    "labels": "",
    "types": "education|funder",
    "status": "active",
    "website": "https://ims.example",
    "country_code": "KE",
    "city": "Nairobi",
}


def row(**other):
    return {**GOOD, **other}


def as_csv(*rows, columns=tuple(GOOD)) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def record(**other):
    """The same organization as ROR's schema 2 has it."""
    return {
        "id": "https://ror.org/00aaa1112",
        "names": [
            {"value": "IMS", "types": ["acronym"], "lang": None},
            {"value": TOO_LONG, "types": ["acronym"], "lang": None},
            {"value": "Institute of Made-up Studies", "types": ["ror_display", "label"], "lang": "en"},
        ],
        "types": ["education", "funder"],
        "status": "active",
        "links": [
            {"type": "wikipedia", "value": "https://wiki.example/ims"},
            {"type": "website", "value": "https://ims.example"},
        ],
        "locations": [
            {
                "geonames_id": 1,
                "geonames_details": {"country_code": "KE", "name": "Nairobi", "lat": -1.3, "lng": 36.8},
            }
        ],
        "domains": [],
        "external_ids": [],
        **other,
    }


@pytest.fixture
def put(tmp_path):
    """put("x.csv", text) writes a file and returns its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def run(path, *options):
    """What the command prints."""
    out = io.StringIO()
    call_command(
        "import_stakeholders",
        str(path),
        "--source",
        "ror",
        "--date",
        "2026-06-01",
        *options,
        stdout=out,
        stderr=io.StringIO(),
    )
    return out.getvalue()


def only(path):
    (outcome,) = ror.read(path)
    return outcome


# --- Reading ------------------------------------------------------------------------------------------------

EXPECTED = RegisterRow(
    row=2,
    ror_id="https://ror.org/00aaa1112",
    kind="academia",
    name="Institute of Made-up Studies",
    name_latin="",
    acronym="IMS",
    country_code="KE",
    city="Nairobi",
    website="https://ims.example",
    other_names=((TOO_LONG, ""),),
)


def zipped(name, text):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("read me.txt", "nothing")
        archive.writestr(name, text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "place"),
    (
        ("ror.csv", as_csv(GOOD), 2),
        ("bom.csv", "\ufeff" + as_csv(GOOD), 2),
        ("ror.csv.gz", gzip.compress(as_csv(GOOD).encode()), 2),
        ("ror.json", json.dumps([record()]), 1),
        ("spread.json", json.dumps([record()], indent=8), 1),
        ("ror.json.gz", gzip.compress(json.dumps([record()]).encode()), 1),
        ("ror.zip", zipped("v2.9-ror-data_schema_v2.json", json.dumps([record()])), 1),
    ),
)
def test_each_format_says_the_same(put, name, content, place):
    outcome = only(put(name, content))
    assert {**vars_of(outcome), "row": 2} == vars_of(EXPECTED)
    assert outcome.row == place


def vars_of(outcome):
    return {name: getattr(outcome, name) for name in outcome.__slots__}


@pytest.mark.parametrize(
    ("types", "kind"),
    (
        ("education", "academia"),
        ("nonprofit", "ngo"),
        ("company", "private"),
        ("funder|nonprofit", "ngo"),
        ("company|education", "academia"),
        ("education|government", "type: government"),
        ("facility", "type: facility"),
        ("healthcare|funder", "type: healthcare"),
    ),
)
def test_types_decide_the_kind_or_keep_out(put, types, kind):
    outcome = only(put("x.csv", as_csv(row(types=types))))
    assert (outcome.why if isinstance(outcome, Skipped) else outcome.kind) == kind


@pytest.mark.parametrize("status", ("inactive", "withdrawn"))
def test_only_active_records_are_for_the_directory(put, status):
    assert only(put("x.csv", as_csv(row(status=status, website="nonsense")))) == Skipped(
        2, f"status: {status}"
    )


@pytest.mark.parametrize(
    ("cells", "names"),
    (
        (
            {"name": "Kobe College", "country_code": "JP", "labels": "ja:神戸大学|fr:Collège de Kobe"},
            ("神戸大学", "Kobe College"),
        ),
        ({"name": "Kobe College", "country_code": "FR", "labels": "ja:神戸大学"}, ("Kobe College", "")),
        ({"name": "Центр", "country_code": "RU", "labels": "en:Centre"}, ("Центр", "Centre")),
        (
            {"name": "Cairo Centre", "country_code": "EG", "labels": ":Nothing|ar:مركز"},
            ("مركز", "Cairo Centre"),
        ),
        (
            {"name": "株式会社ECI (ECI Corporation)", "country_code": "JP"},
            ("株式会社ECI (ECI Corporation)", ""),
        ),
        ({"name": "Uni  of\u202e\tX", "country_code": "GB"}, ("Uni of X", "")),
    ),
)
def test_the_own_script_comes_first_where_its_language_is_at_home(put, cells, names):
    outcome = only(put("x.csv", as_csv(row(**cells))))
    assert (outcome.name, outcome.name_latin) == names


@pytest.mark.parametrize(
    ("cells", "messages"),
    (
        ({"ror_id": "grid.1"}, ["row 2, ror_id: This is not a ROR identifier. ('grid.1')"]),
        ({"name": " "}, ["row 2, name: The name is missing."]),
        ({"name": "x" * 251}, [f"row 2, name: At most 250 characters fit. ({'x' * 80!r})"]),
        ({"country_code": "K1"}, ["row 2, country_code: An ISO alpha-2 code has two letters. ('K1')"]),
        (
            {"website": "javascript:alert(1)", "city": "y" * 121},
            [
                f"row 2, city: At most 120 characters fit. ({'y' * 80!r})",
                "row 2, website: This is not an address that begins with http:// or https://. "
                "('javascript:alert(1)')",
            ],
        ),
        (
            {"status": "", "types": ""},
            ["row 2, status: The status is missing.", "row 2, types: The type is missing."],
        ),
    ),
)
def test_a_refused_row_names_row_column_and_rule(put, cells, messages):
    outcome = only(put("x.csv", as_csv(row(**cells))))
    assert isinstance(outcome, Refused)
    assert [str(problem) for problem in outcome.problems] == messages


def test_an_identifier_that_stands_twice_is_refused(put):
    _first, second = ror.read(put("x.csv", as_csv(GOOD, row(name="Other"))))
    assert [problem.rule for problem in second.problems] == ["This identifier stands in the file twice."]


@pytest.mark.parametrize(
    ("line", "rule"),
    (
        ("a,b,c", "The number of cells differs from the heading's."),
        (",".join("abcdefghijkl"), "The number of cells differs from the heading's."),
    ),
)
def test_a_row_of_the_wrong_length_is_refused(put, line, rule):
    assert only(put("x.csv", as_csv() + line)).problems[0].rule == rule


@pytest.mark.parametrize(
    ("change", "column"),
    (
        ({"names": "x"}, "names"),
        ({"names": [3]}, "types"),
        ({"locations": [{}]}, "geonames_details"),
        ({"types": None}, "types"),
        ({"status": 7}, "status"),
        ({"links": 7}, "links"),
    ),
)
def test_a_record_of_another_shape_is_refused(put, change, column):
    outcome = only(put("x.json", json.dumps([record(**change)])))
    assert [problem.column for problem in outcome.problems] == [column]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    (
        ("x.csv", as_csv(columns=("name", "types")), "The heading lacks: ror_id, acronyms"),
        ("x.csv", "", "The heading lacks"),
        ("x.csv", as_csv(GOOD).encode() + b"\xff\xfe,b", "the text is not UTF-8"),
        ("x.csv", as_csv(GOOD) + '"open', "Line 3: not a proper CSV row"),
        ("x.csv.gz", b"no gzip at all", "cannot be opened"),
        ("x.csv.gz", gzip.compress(as_csv(GOOD).encode())[:-12], "cannot be opened"),
        ("x.zip", b"no archive", "cannot be opened"),
        ("x.zip", zipped("x.txt", ""), "holds neither"),
        ("x.json", "{}", "not a JSON list"),
        ("x.json", "", "not a JSON list"),
        ("x.json", "[", "not whole JSON"),
        ("x.json", json.dumps([record()])[:-20], "not whole JSON"),
        ("x.json", b"[\xff]", "not UTF-8"),
        ("x.xlsx", "", "ROR comes as"),
    ),
)
def test_a_file_that_is_none_is_said_to_be_so(put, name, content, message):
    with pytest.raises(Unreadable, match=message):
        list(ror.read(put(name, content)))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        list(ror.read(tmp_path / "none.csv"))


names = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(cells=st.fixed_dictionaries(dict.fromkeys(GOOD, names)))
def test_no_cell_whatever_it_holds_stops_the_reading(cells):
    stream = io.BytesIO(as_csv(cells).encode())
    try:
        read = list(table(stream, ror.COLUMNS))
    except Unreadable:
        return
    for line, read_cells in read:
        ror._from_cells(line, read_cells, set())


@given(
    values=st.lists(st.dictionaries(names, names | st.lists(names, max_size=3), max_size=4), max_size=5),
    indent=st.sampled_from((None, 0, 2)),
)
def test_a_list_read_piece_by_piece_is_the_list(values, indent):
    """In pieces of seven characters, so that every record is cut somewhere."""
    stream = io.BytesIO(json.dumps(values, indent=indent, ensure_ascii=False).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stakeholders.registers.records.CHUNK", 7)
        assert [value for _place, value in records(stream)] == values


NAMES = {
    "acronyms": "IMS|Made-up",
    "aliases": "Studies Made-up|institute of made-up studies",
    "labels": "fr:Institut inventé|qq:Pangalan|sw:Institut inventé",
}


def test_all_that_a_record_calls_it_is_another_name_once(put):
    outcome = only(put("x.csv", as_csv(row(**NAMES), columns=(*GOOD, "aliases"))))
    assert outcome.other_names == (
        ("Institut inventé", "fr"),
        ("Pangalan", "qq"),
        ("Made-up", ""),
        ("Studies Made-up", ""),
    )
    names = [
        {"value": "Institute of Made-up Studies", "types": ["ror_display", "label"], "lang": "en"},
        {"value": "Institut inventé", "types": ["label"], "lang": "fr"},
        {"value": "Studies Made-up", "types": ["alias"], "lang": None},
    ]
    outcome = only(put("x.json", json.dumps([record(names=names)])))
    assert outcome.other_names == (("Institut inventé", "fr"), ("Studies Made-up", ""))


# --- Taking in ----------------------------------------------------------------------------------------------


def test_a_listed_entry_says_its_source_and_can_be_found(put, client, reference):
    output = run(put("x.csv", as_csv(GOOD)))
    entry = Stakeholder.objects.get()
    assert "1  new" in output
    assert (entry.status, entry.listing, entry.kind, entry.country_id) == (
        Status.LISTED,
        Listing.PUBLIC,
        Kind.ACADEMIA,
        "KEN",
    )
    assert (entry.source_name, entry.source_url, entry.source_date) == (
        ror.NAME,
        GOOD["ror_id"],
        date(2026, 6, 1),
    )
    assert (entry.slug, entry.sort_key) == ("institute-of-made-up-studies", "institute of made-up studies")
    assert "Institute of" in client.get("/en/stakeholders/?q=made-up").text


def test_the_whole_import_is_one_sentence_in_the_log(put, reference):
    version = DirectoryVersion.objects.current()
    run(put("x.csv", as_csv(*(row(ror_id=f"https://ror.org/00aaa11{n}") for n in range(10, 15)))))
    log_entry = Entry.objects.get()
    assert log_entry.data == {"source": "ror", "created": 5, "changed": 0, "unchanged": 0}
    assert log_entry.actor_id is None
    assert DirectoryVersion.objects.current() == version + 1


def test_a_second_run_touches_only_what_has_changed(put, reference):
    two = (GOOD, row(ror_id="https://ror.org/00aaa1120", name="Second"))
    run(put("x.csv", as_csv(*two)))
    before = dict(Stakeholder.objects.values_list("name", "updated_at"))
    entries = Entry.objects.count()
    assert "2  unchanged" in run(put("x.csv", as_csv(*two)))
    assert dict(Stakeholder.objects.values_list("name", "updated_at")) == before
    assert Entry.objects.count() == entries
    output = run(put("x.csv", as_csv(GOOD, {**two[1], "city": "Kisumu"})))
    assert "1  changed" in output
    assert "1  unchanged" in output
    after = dict(Stakeholder.objects.values_list("name", "updated_at"))
    assert after[GOOD["name"]] == before[GOOD["name"]]
    assert after["Second"] > before["Second"]
    assert "Kisumu" in Document.objects.get(title="Second").text


def test_other_names_are_added_found_and_never_taken_away(put, client, reference):
    plain = row(acronyms="IMS")
    run(put("x.csv", as_csv(plain)))
    again = put("x.csv", as_csv(row(**NAMES), columns=(*GOOD, "aliases")))
    assert "1  changed" in run(again)
    assert "1  unchanged" in run(again)
    assert "1  unchanged" in run(put("x.csv", as_csv(plain)))
    names = Stakeholder.objects.get().other_names.order_by("pk")
    assert list(names.values_list("text", "language_id")) == [
        ("Institut inventé", "fr"),
        ("Pangalan", None),  # no language has this code
        ("Made-up", None),
        ("Studies Made-up", None),
    ]
    assert "Institute of" in client.get("/en/stakeholders/?q=invente").text


def test_what_the_desk_hid_stays_hidden(put, reference):
    run(put("x.csv", as_csv(GOOD)))
    Stakeholder.objects.update(listing=Listing.UNLISTED)
    run(put("x.csv", as_csv(row(city="Kisumu"))))
    assert Stakeholder.objects.values_list("city", "listing").get() == ("Kisumu", Listing.UNLISTED)


def test_an_entry_claimed_by_its_organization_is_theirs(put, reference):
    StakeholderFactory(name="What they say", ror_id=GOOD["ror_id"])
    assert "1  claimed by now, left alone" in run(put("x.csv", as_csv(GOOD)))
    assert Stakeholder.objects.get().name == "What they say"
    run(put("x.csv", as_csv(row(**NAMES), columns=(*GOOD, "aliases"))))
    assert not Stakeholder.objects.get().other_names.exists()


def test_a_country_that_nobody_placed_is_reported_and_not_guessed(put, reference):
    path = put("x.csv", as_csv(row(country_code="XK"), row(ror_id="https://ror.org/00aaa1120")))
    output = run(path)
    assert "1  country not placed, XK" in output
    assert f"row 2, country_code XK: {GOOD['name']} ({GOOD['ror_id']})" in output
    assert list(Stakeholder.objects.values_list("country_id", flat=True)) == ["KEN"]
    AreaMapping.objects.create(code="XK", country=None, note="Decided not to place it.")
    assert "1  left out by the desk's decision, XK" in run(path)
    AreaMapping.objects.get().delete()
    AreaMapping.objects.create(code="XK", country_id="ITA", note="Only for this test.")
    assert "1  new" in run(path)
    assert sorted(Stakeholder.objects.values_list("country_id", flat=True)) == ["ITA", "KEN"]


def test_one_refused_row_keeps_everything_from_being_saved(put, reference):
    path = put("x.csv", as_csv(GOOD, row(ror_id="https://ror.org/00aaa1120", website="nowhere")))
    with pytest.raises(CommandError, match="1 rows could not be read, so nothing was saved"):
        run(path)
    assert not Stakeholder.objects.exists()
    assert not Document.objects.exists()
    assert not Entry.objects.exists()
    assert "row 3, website" in run(path, "--without-refused")
    assert Stakeholder.objects.count() == 1


def test_a_dry_run_prints_the_same_and_saves_nothing(put, reference):
    path = put(
        "x.csv", as_csv(GOOD, row(ror_id="x"), row(ror_id="https://ror.org/00aaa1120", country_code="XK"))
    )
    dry = run(path, "--dry-run")
    assert not Stakeholder.objects.exists()
    assert "Dry run: nothing was saved." in dry
    real = run(path, "--without-refused")
    assert dry.splitlines()[:8] == real.splitlines()[:8]


def test_a_file_that_breaks_off_saves_nothing(put, reference, monkeypatch):
    monkeypatch.setattr(registers_actions, "BATCH", 1)
    text = json.dumps([record(), record(id="https://ror.org/00aaa1120")])[:-5]
    with pytest.raises(CommandError, match=r"After record 1: not whole JSON .*Nothing was saved"):
        run(put("x.json", text))
    assert not Stakeholder.objects.exists()


def test_only_those_who_may_import_do(reference):
    for person in (UserFactory(), person_with(Role.EVENTS), person_with(Role.STATE)):
        with pytest.raises(PermissionDenied):
            import_listed([], source=ROR, actor=person)
    assert import_listed([], source=ROR, actor=person_with(Role.CURATION)).rows == 0


def test_two_imports_at_once_are_refused(reference):
    # By a transaction: the lock of a session would outlast its end for as long as the server takes to notice.
    with psycopg.connect(support.database_url()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [registers_actions._LOCK])
        with pytest.raises(WrongState, match="Another import is running"):
            import_listed([], source=ROR, actor=None)


def test_an_import_issues_a_fixed_number_of_statements(reference):
    rows = [
        RegisterRow(
            n, f"https://ror.org/00aaa11{n}", "ngo", f"Name {n}", "", "", "KE", "", "", ((f"N {n}", "fr"),)
        )
        for n in range(10, 15)
    ]
    import_listed(rows[:1], source=ROR, actor=None)  # the names of places are kept from here on
    of_one, of_three = (
        statements_of(partial(import_listed, some, source=ROR, actor=None)) for some in (rows[1:2], rows[2:])
    )
    assert of_one == of_three
    assert Stakeholder.objects.filter(status="listed").count() == 5


# --- The real file -----------------------------------------------------------------------------------------


def test_the_real_sample_is_imported_and_its_unplaced_rows_are_named(reference):
    sample = SHARED / "ror_sample_per_country.csv"
    if not sample.is_file():
        pytest.skip("The sample of ROR (ror_sample_per_country.csv) is not on this machine.")
    output = run(sample)
    with sample.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    left = [
        cells for cells in rows if cells["country_code"] in {"TW", "XK"} or "government" in cells["types"]
    ]
    assert Stakeholder.objects.count() == len(rows) - len(left)
    assert f"{len(rows):>9,}  rows" in output
    assert "refused" not in output
    assert Document.objects.count() == Stakeholder.objects.count()


@pytest.mark.parametrize(
    "address",
    (
        "http://a-.org",
        "http://-a.org",
        "http://a..org",
        "http://a.o",
        "http://a.org/x y",
        "http://a.org/é",
        "http://a.org:123456",
        "http://user@a.org/",
        "ftp://a.org",
        f"http://{'a' * 64}.org",
        f"http://{'a.' * 126}org",
    ),
)
def test_an_address_that_needs_no_validator_is_one_that_it_accepts(address):
    def accepted():
        try:
            ror._http(address)
        except ValidationError:
            return False
        return True

    assert accepted() or not ror.is_plain_site(address)
    assert ror.is_plain_site("https://www.ims.example/en?page=1")
