"""No spreadsheet runs what somebody wrote, whichever character it takes for the end of a cell."""

import csv
import io

import pytest

from core.spreadsheet_cells import harmless, harmless_in_csv, unescaped_cell
from core.spreadsheets import csv_line

FULL_WIDTH = "＝＋－＠"
HOSTILE = (
    "=1+1",
    "Ocean Watch;=1+1",
    "Ocean Watch; =1+1;x",
    'a;"=1+1&";',
    "a|@SUM(1)",
    "a\t-1+1",
    "a\n+1",
    "a\r\n=cmd|' /C calc'!A0",
    ";=;=1",
    *(f"{sign}1+1" for sign in FULL_WIDTH),
    *(f"Ocean Watch; {sign}1+1" for sign in FULL_WIDTH),
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_as_a_formula_however_a_file_is_cut(text, delimiter):
    lines = csv_line(["7", text, text]) + csv_line([text, "7"])
    cells = [cell for row in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "').startswith(tuple("=+-@" + FULL_WIDTH))] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_put_in_is_taken_out_again(text):
    assert unescaped_cell(harmless_in_csv(text)) == text
    assert harmless_in_csv(harmless_in_csv(text)) == harmless_in_csv(text)


@pytest.mark.parametrize("text", ["firearms; -other", "a|@SUM(1)", "a\n+1"])
def test_a_cell_of_a_workbook_is_never_cut_and_stays_as_it_was_written(text):
    assert harmless(text) == text
    assert harmless(f"={text}") == f"'={text}"


@pytest.mark.parametrize("text", ["Ocean Watch; a network", "a-b", "O'Neill", "; 'quoted'", "1 = 1", "x, -y"])
def test_what_cannot_run_stays_as_it_was_written(text):
    assert harmless_in_csv(text) == unescaped_cell(text) == text
