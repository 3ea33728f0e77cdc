"""The list read, and names made comparable; no database."""

from datetime import date

import pytest

from stakeholders.screening.reader import MOST_BYTES, ListedEntry, Unreadable, pieces, read
from stakeholders.screening.transliteration import bones_of, digest_of, key_of, words_agree
from tests.factories.screening import list_read, list_xml


def test_the_published_layout_is_read():
    consolidated_list = list_read()
    assert consolidated_list.generated == date(2026, 11, 1)
    assert consolidated_list.entries == [
        ListedEntry(
            "individual", "XXi.001", ("MANSUR QASIM AL-HADDADI", "منصور قاسم الحدادي", "Abu Zanbaq al-Wadi")
        ),
        ListedEntry("individual", "XXi.002", ("Yevgraf Tikhonovich Zheludkov",)),
        ListedEntry(
            "entity",
            "XXe.001",
            ("BLUE HERON MARITIME RELIEF FOUNDATION", "Heron Relief", "Garza Azul Socorro"),
        ),
        ListedEntry("entity", "XXe.002", ("Stone Lantern Trading", "石燈籠貿易公司")),
    ]


def test_it_does_not_matter_where_the_file_is_cut():
    whole = list_xml()
    assert read(whole[at : at + 7] for at in range(0, len(whole), 7)) == read([whole])


def test_a_file_is_read_piece_by_piece(tmp_path):
    (tmp_path / "list.xml").write_bytes(list_xml())
    with (tmp_path / "list.xml").open("rb") as stream:
        assert read(pieces(stream)) == list_read()


@pytest.mark.parametrize(
    ("content", "message"),
    (
        (b"", "This file is empty"),
        (b"%PDF-1.7 something", "This file is not XML"),
        (b"name,reference\nA,1\n", "This file is not XML"),
        (b"<html><body/></html>", "the file begins with \u201chtml\u201d"),
        (b"<CONSOLIDATED_LIST dateGenerated='2026-11-01'/>", "contains no names"),
        (list_xml(generated="yesterday"), "This list does not give its date"),
        (list_xml()[:-40], "breaks off or is damaged in line"),
        (b"<a>" * 20, "another format"),
        (b"<CONSOLIDATED_LIST>" + b"<a>" * 20, "not built like a consolidated list"),
        (b'<!DOCTYPE a SYSTEM "http://x.example/a.dtd"><CONSOLIDATED_LIST/>', "declares a document type"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', "a document type"),
        (b'<?xml version="1.0" encoding="unheard-of"?><CONSOLIDATED_LIST/>', "encoding of this file"),
    ),
)
def test_another_format_is_refused_with_what_is_wrong(content, message):
    with pytest.raises(Unreadable, match=message):
        read([content])


def test_a_file_without_end_is_refused_early():
    taken = []

    def endless():
        yield b"<CONSOLIDATED_LIST>"
        while True:
            taken.append(1)
            yield b" " * 1_000_000

    with pytest.raises(Unreadable, match="too large"):
        read(endless())
    assert len(taken) == MOST_BYTES // 1_000_000


@pytest.mark.parametrize(
    ("name", "key"),
    (
        ("Желудков, Евграф Тихонович", "zheludkov evgraf tikhonovich"),
        ("Щукин Йосиф", "shchukin iosif"),
        ("Qa\u2019ida Sa\u2018īd", "qaida said"),
        ("Łódź Ørsted", "lodz orsted"),
        ("منصور قاسم الحدادي", "mnswr qasm hdady"),
        ("石燈籠 貿易公司", "石燈籠貿易公司"),
    ),
)
def test_names_are_written_in_latin_letters(name, key):
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("arabic", "latin"),
    (
        ("منصور قاسم الحدادي", "Mansour Kassem al-Haddadi"),
        ("محمد", "Mohammed"),
        ("خالد الشمري", "Khaled Al Shammari"),
        ("فاطمة", "Fatimah"),
        ("رشيد", "Rachid"),
    ),
)
def test_a_name_without_its_vowels_is_the_same_in_both_scripts(arabic, latin):
    assert bones_of(arabic) == bones_of(latin)


@pytest.mark.parametrize(
    ("key", "other", "agree"),
    (
        ("blue heron relief", "relief heron blue", True),
        ("institute for peace studies", "institute for police studies", False),
        ("international foundation of justice", "international foundation of music", False),
        ("mansur qasim haddadi", "mansoor kasim haddadi", True),
        ("mansur qasim haddadi", "mansur rafiq obeid", False),
        ("the foundation", "the foundation", True),
        ("the foundation", "foundation trust", False),
    ),
)
def test_sharing_only_what_many_names_bear_is_no_likeness(key, other, agree):
    assert words_agree(key, other) is agree


def test_a_digest_changes_with_the_name_and_not_with_its_spaces():
    assert digest_of("A  b") == digest_of("A b ")
    assert len({digest_of("A b"), digest_of("A c"), digest_of("A", "b")}) == 3
