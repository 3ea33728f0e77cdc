"""Workbooks and CSV files as they are written, read back by the library and by LibreOffice."""

import csv
import io
import shutil
import subprocess
import tracemalloc
from datetime import UTC, date, datetime
from itertools import repeat

import pytest
import time_machine
from django import forms
from django.utils.translation import override
from openpyxl import load_workbook

from core.spreadsheets import CSV, XLSX, Column, Table, columns_by_place, filters_of, write_table
from stakeholders.entries.enums import Kind

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MOMENT = datetime(2026, 3, 5, 22, 59, 30, 250_000, tzinfo=UTC)
ROWS = [
    {
        "name": "=HYPERLINK(1)",
        "kind": "ngo",
        "number": 12,
        "share": 0.5,
        "day": date(2026, 3, 4),
        "at": MOMENT,
    },
    {"name": "+254 700", "kind": "expert", "number": -3, "share": None, "day": None, "at": None},
    {"name": "L" * 500, "kind": "ngo", "number": 0, "share": 1.0, "day": date(1890, 1, 2), "at": MOMENT},
]


def field(head, name, **more):
    return Column(head, lambda row: row[name], **more)


def a_table(**more):
    kind = Column(
        "Kind", lambda row: Kind(row["kind"]).label, "What it is.", name="kind", code=lambda row: row["kind"]
    )
    columns = [
        field("Name", "name", meaning="As it calls itself."),
        kind,
        field("Number", "number"),
        field("Share", "share"),
        field("Day", "day"),
        field("Since (UTC)", "at"),
    ]
    return Table("list", "Stakeholders: all [1/2]", columns, page="/en/list/?kind=ngo", **more)


def written(form, table=None, rows=ROWS):
    into = io.BytesIO()
    write_table(form, table or a_table(), rows, into)
    return into


def sheets(**more):
    return load_workbook(written(XLSX, a_table(**more))).worksheets


def test_csv_begins_with_its_heads_and_has_codes_days_and_instants():
    heads, first, second, _third = csv.reader(
        io.StringIO(written(CSV).getvalue().decode("utf-8-sig"), newline="")
    )
    assert heads == ["Name", "kind", "Number", "Share", "Day", "Since (UTC)"]
    assert first == ["'=HYPERLINK(1)", "ngo", "12", "0.5", "2026-03-04", "2026-03-05T22:59:30Z"]
    assert second == ["'+254 700", "expert", "-3", "", "", ""]


def test_a_workbook_has_words_numbers_days_and_instants_and_no_formula():
    sheet = sheets()[0]
    assert [cell.value for cell in sheet[1]] == ["Name", "Kind", "Number", "Share", "Day", "Since (UTC)"]
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    assert first == [
        "'=HYPERLINK(1)",
        "Non-governmental organization",
        12,
        0.5,
        datetime(2026, 3, 4),  # noqa: DTZ001
        datetime(2026, 3, 5, 22, 59, 30),  # noqa: DTZ001
    ]
    assert second == ["'+254 700", "Individual expert", -3, None, None, None]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "d", "d"]
    assert sheet["E4"].value == "1890-01-02"  # before the calendar of workbooks begins


def test_the_first_row_is_bold_and_frozen_and_has_filters():
    sheet = sheets()[0]
    assert all(cell.font.bold for cell in sheet[1])
    assert not sheet["A2"].font.bold
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert sheet.print_title_rows == "$1:$1"


def test_columns_are_as_wide_as_their_cells_within_bounds():
    sheet = sheets()[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [63, len("Non-governmental organization") + 3, 11, 11]


def test_about_says_what_it_is_when_it_was_made_what_was_asked_and_what_columns_mean(settings):
    settings.SITE_URL = "https://whatson.example"
    with time_machine.travel(MOMENT, tick=False):
        sheet, about = sheets(filters=[("Kind", "NGO")], notes=[("Licence", "CC BY 4.0")])
    assert (sheet.title, about.title) == ("Stakeholders  all  1 2", "About")
    rows = [tuple(cell.value for cell in row) for row in about.iter_rows()]
    assert rows[0][0] == "Stakeholders: all [1/2]"
    assert dict(row[:2] for row in rows[1:7]) == {
        "Made at (UTC)": datetime(2026, 3, 5, 22, 59, 30),  # noqa: DTZ001
        "Source": "WhatsOn, https://whatson.example/en/list/?kind=ngo",
        "Terms of use": "https://whatson.example/en/terms/",
        "Rows": 3,
        "Filters": "Kind: NGO",
        "Licence": "CC BY 4.0",
    }
    assert rows[8:11] == [
        ("Column", "Meaning", "Name in the CSV file"),
        ("Name", "As it calls itself.", None),
        ("Kind", "What it is.", "kind"),
    ]


def test_sheets_of_a_reader_of_arabic_run_from_right_to_left():
    with override("ar"):
        arabic = sheets()
    assert all(sheet.sheet_view.rightToLeft for sheet in arabic)
    assert not any(sheet.sheet_view.rightToLeft for sheet in sheets())
    assert arabic[0]["B2"].value != "Non-governmental organization"


def test_an_empty_list_still_has_its_heads():
    sheet = load_workbook(written(XLSX, rows=[])).worksheets[0]
    assert sheet["A1"].value == "Name"
    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:F1")


def test_filters_that_are_filled_in_are_named_with_the_words_of_their_choices():
    class Narrowing(forms.Form):
        q = forms.CharField(label="Name", required=False)
        kind = forms.MultipleChoiceField(label="Kind", choices=Kind.choices, required=False)
        mine = forms.BooleanField(label="Only mine", required=False)
        status = forms.ChoiceField(label="Status", choices=[("x", "X")], required=False)

    form = Narrowing({"q": "coast", "kind": ["ngo", "expert"], "mine": "on", "status": "unknown"})
    assert filters_of(form) == [
        ("Name", "coast"),
        ("Kind", "Non-governmental organization, Individual expert"),
        ("Only mine", "Yes"),
    ]


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_a_longer_list_takes_no_more_memory(form, tmp_path):
    table = Table("long", "Long", columns_by_place(["Number", "Name"]))

    def peak(number):
        tracemalloc.start()
        with (tmp_path / f"long.{form}").open("w+b") as into:
            write_table(form, table, repeat((1, "A name of some length"), number), into)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1_000)  # what is loaded once
    assert peak(12_000) < peak(3_000) + 100_000


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on PATH")
def test_libreoffice_opens_a_workbook(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(written(XLSX).getvalue())
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "csv", "--outdir", tmp_path, tmp_path / "list.xlsx"],
        check=True,
        timeout=120,
    )
    lines = list(csv.reader((tmp_path / "list.csv").read_text("utf-8").splitlines()))
    assert lines[0] == ["Name", "Kind", "Number", "Share", "Day", "Since (UTC)"]
    assert lines[1][:4] == ["'=HYPERLINK(1)", "Non-governmental organization", "12", "0.5"]
