import csv
import shutil

import pytest

from taxonomy import seed
from taxonomy.curation.actions import merge_terms, save_row
from taxonomy.places.models import Country, Region
from taxonomy.seed import DATA, BadRow, load_reference, read_rows
from taxonomy.terms.models import Topic


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


def rewrite(path, change):
    """Apply `change(rows, heading)` to one file of the copy."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    change(rows[1:], rows[0]) if change.__code__.co_argcount == 2 else change(rows)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


def set_cell(path, code, column, text):
    def change(rows, heading):
        for row in rows:
            if row[0] == code:
                row[heading.index(column)] = text

    rewrite(path, change)


def test_loading_again_changes_nothing(reference):
    report = load_reference()
    assert {counts.created + counts.updated + counts.skipped for counts in report.values()} == {0}
    assert report["countries.csv"].unchanged == 248
    assert report["articles.csv"].unchanged == 107


def test_loading_again_asks_each_list_a_few_times_only(reference, django_assert_max_num_queries):
    with django_assert_max_num_queries(35):
        load_reference()


def test_a_changed_file_changes_its_row_alone(reference, folder):
    set_cell(folder / "countries.csv", "KEN", "name_fr", "Kénia")
    report = load_reference(folder)
    assert str(report["countries.csv"]) == "0 created, 1 updated, 247 unchanged, 0 skipped"
    kenya = Country.objects.get(pk="KEN")
    assert (kenya.name_fr, kenya.sort_fr) == ("Kénia", "kenia")


def test_what_the_desk_edited_stays_and_is_counted(reference, administrator):
    kenya = Country.objects.get(pk="KEN")
    kenya.name_fr = "Kénia"
    save_row(kenya, actor=administrator)
    report = load_reference()
    assert str(report["countries.csv"]) == "0 created, 0 updated, 247 unchanged, 1 skipped"
    assert Country.objects.get(pk="KEN").name_fr == "Kénia"


def test_a_row_that_points_at_a_merged_term_points_at_what_it_became(reference, administrator):
    merge_terms(
        Topic.objects.get(pk="firearms"), Topic.objects.get(pk="technical-assistance"), actor=administrator
    )
    assert str(load_reference()["topics.csv"]) == "0 created, 0 updated, 18 unchanged, 0 skipped"
    assert Topic.objects.get(pk="trafficking-in-firearms").parent_id == "technical-assistance"


@pytest.mark.parametrize(
    ("cell", "message"),
    (
        (("countries.csv", "AFG", "iso2", "AFG"), "countries.csv, line 3, column 'iso2': "),
        (("countries.csv", "AFG", "region", "999"), "countries.csv, line 3, column 'region': '999' is not a"),
        (("countries.csv", "AFG", "name_en", ""), "countries.csv, line 3, column 'name_en': "),
        (("countries.csv", "AFG", "un_group", "north"), "countries.csv, line 3, column 'un_group': "),
        (("articles.csv", "UNTOC-1", "number", "one"), "articles.csv, line 2, column 'number': "),
        (("topics.csv", "corruption", "working_group", "?"), "topics.csv, line 2, column 'working_group': "),
        (
            ("instruments.csv", "UNTOC", "adopted_on", "2000-13-01"),
            "instruments.csv, line 2, column 'adopted_on'",
        ),
    ),
)
def test_a_bad_cell_is_named_by_file_line_and_column(cell, message, reference, folder):
    set_cell(folder / cell[0], *cell[1:])
    with pytest.raises(BadRow) as problem:
        load_reference(folder)
    assert str(problem.value).startswith(message)


def test_a_row_that_is_too_short_or_stands_twice_is_named(reference, folder):
    rewrite(folder / "topics.csv", lambda rows: rows[1].pop())
    with pytest.raises(BadRow, match=r"topics\.csv, line 2, .*number of cells"):
        load_reference(folder)
    shutil.copy(DATA / "topics.csv", folder)
    rewrite(folder / "topics.csv", lambda rows: rows.append(rows[1]))
    with pytest.raises(
        BadRow, match=r"topics\.csv, line 20, column 'code': 'corruption' stands in the file twice"
    ):
        load_reference(folder)


def test_a_broken_quote_is_named_by_its_line(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text('code,name\nA,"one" two\n', encoding="utf-8")
    with pytest.raises(BadRow, match=r"rows\.csv, line 2,"):
        list(read_rows(file))


def test_after_a_bad_row_nothing_at_all_is_loaded(reference, folder):
    set_cell(folder / "regions.csv", "002", "name_en", "AFRICA")
    set_cell(folder / "topics.csv", "corruption", "kind", "?")
    with pytest.raises(BadRow):
        load_reference(folder)
    assert Region.objects.get(pk="002").name_en == "Africa"


def test_no_data_file_is_left_unread():
    assert {path.name for path in DATA.iterdir()} == {file for file, _ in seed.FILES} | {
        "pinyin.csv",
        "marks.csv",
    }
