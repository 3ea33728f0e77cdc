"""Citations in three forms, and what a page tells programs: nothing that a title holds breaks out of them."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from resources.library.citing import (
    FORMS,
    Citation,
    bibtex,
    csl_json,
    link_header,
    linked_data,
    meta_tags,
    ris,
)

HOSTILE = Citation(
    number=7,
    kind="toolkit",
    language="en",
    title="Cost & benefit: 100% {braces}, a_b #1 $5\nER  - \r\nTY  - BOOK </script><b>\\input",
    url="https://whatson.example/en/resources/7-cost/",
    abstract="One.\n\nTwo ~ ^",
    people=("Wanjiku wa Kamau", "李 明"),
    organizations=("Coastal Watch & Sons",),
    publisher="United Nations Office on Drugs and Crime",
    day=date(2024, 5, 17),
    precision="month",
    doi="10.18356/9789210000000_a<b>",
    symbol="CTOC/COP/2024/1",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    keywords=("Trafficking in persons", "Firearms"),
    files=(("https://whatson.example/files/resource/3/", "application/pdf"),),
)


def fields_of(entry):
    """What a reader of BibTeX takes from an entry: braces must come out even."""
    fields, at = {}, entry.index("{") + 1
    for name in re.finditer(r"\n  (\w+) = \{", entry[at:]):
        start, depth = at + name.end(), 1
        end = start
        while depth:
            escaped = entry[end - 1] == "\\" and entry[end - 2] != "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        fields[name[1]] = entry[start : end - 1]
    return fields


def test_bibtex_holds_any_title_and_cuts_no_name():
    entry = bibtex(HOSTILE)
    assert entry.startswith("@techreport{whatson-7-en,\n")
    fields = fields_of(entry)
    assert fields["title"].startswith(r"{Cost \& benefit: 100\% \textbraceleft{}braces\textbraceright{},")
    assert r"\textbackslash{}input" in fields["title"]
    assert fields["author"] == r"{Wanjiku wa Kamau} and {李 明} and {Coastal Watch \& Sons}"
    assert (fields["year"], fields["month"], "day" in fields) == ("2024", "5", False)
    assert fields["number"] == "CTOC/COP/2024/1"
    assert fields["url"] == HOSTILE.url


def test_braces_come_out_even_as_bibtex_counts_them():
    """It does not know that a backslash stands before one."""
    for sign in ("{", "}", "\\{", "}}\\"):
        entry = bibtex(replace(HOSTILE, title=f"A {sign}", abstract=sign, publisher=sign))
        assert entry.count("{") == entry.count("}")


def test_who_issued_a_record_without_authors_is_its_author_to_catalogues():
    bare = replace(HOSTILE, people=(), organizations=())
    authors = [content for name, content in meta_tags(bare) if name == "citation_author"]
    assert authors == ["United Nations Office on Drugs and Crime"]
    named = [content for name, content in meta_tags(HOSTILE) if name == "citation_author"]
    assert named == ["Wanjiku wa Kamau", "李 明", "Coastal Watch & Sons"]


def test_ris_is_one_record_whatever_stands_in_it():
    record = ris(HOSTILE)
    lines = record.split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    tags = [line[:2] for line in lines if line]
    assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)
    assert "DA  - 2024/05//" in lines
    assert "PY  - 2024" in lines
    assert "AU  - 李 明" in lines


def test_csl_json_says_what_is_known_and_no_more():
    [item] = json.loads(csl_json(HOSTILE))
    assert item["type"] == "report"
    assert item["issued"] == {"date-parts": [[2024, 5]]}
    assert item["author"][1] == {"literal": "李 明"}
    [bare] = json.loads(
        csl_json(Citation(number=1, kind="course", language="ar", title="دورة", url="https://x/"))
    )
    assert bare == {
        "id": "whatson-1-ar",
        "type": "webpage",
        "title": "دورة",
        "language": "ar",
        "URL": "https://x/",
    }


@pytest.mark.parametrize(
    ("precision", "expected"), (("year", "2024"), ("month", "2024-05"), ("day", "2024-05-17"))
)
def test_a_date_is_never_more_exact_than_it_is_known(precision, expected):
    cited = Citation(
        number=1, kind="report", language="en", title="T", url="u", day=date(2024, 5, 17), precision=precision
    )
    assert cited.date_text() == expected
    assert ("DC.date", expected) in meta_tags(cited)
    assert f"{expected.replace('-', '/')}" == dict(meta_tags(cited))["citation_publication_date"]
    assert json.loads(str(linked_data(cited)))["datePublished"] == expected


def test_what_programs_are_told_cannot_leave_its_place():
    text = str(linked_data(HOSTILE))
    assert "<" not in text
    assert json.loads(text)["name"] == HOSTILE.title
    assert all("\n" not in content for _name, content in meta_tags(HOSTILE))
    header = link_header(HOSTILE, {"bibtex": "https://whatson.example/en/resources/7/cite/bibtex/"})
    assert '<https://doi.org/10.18356/9789210000000_a%3Cb%3E>; rel="cite-as"' in header
    assert 'rel="describedby"; type="application/x-bibtex"' in header
    assert 'rel="item"; type="application/pdf"' in header
    assert header.isascii()
    assert not re.search(r"[\r\n]", header)
    assert set(FORMS) == {"bibtex", "ris", "csl-json"}
