"""Numbers of public registries are kept in one form and checked by their own last digits."""

import pytest
from django.core.exceptions import ValidationError

from stakeholders.entries.identifiers import lei, orcid, wikidata


@pytest.mark.parametrize(
    ("written", "expected"),
    (
        ("", ""),
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0002-1694-233x ", "0000-0002-1694-233X"),
        ("0000 0001 5109 3700", "0000-0001-5109-3700"),
    ),
)
def test_an_orcid_id_is_kept_as_the_registry_writes_it(written, expected):
    assert orcid(written) == expected


@pytest.mark.parametrize("written", ("0000-0002-1825-0098", "0000-0002-1825-009", "X000-0002-1825-0097"))
def test_a_wrong_orcid_id_is_refused(written):
    with pytest.raises(ValidationError):
        orcid(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    (
        ("", ""),
        ("5493001kjtiigc8y1r12", "5493001KJTIIGC8Y1R12"),
        ("2138 00D1EI4B9WTWWD28", "213800D1EI4B9WTWWD28"),
    ),
)
def test_an_lei_is_kept_in_capitals_without_blanks(written, expected):
    assert lei(written) == expected


@pytest.mark.parametrize("written", ("5493001KJTIIGC8Y1R13", "5493001KJTIIGC8Y1R1", "5493001KJTIIGC8Y1RAB"))
def test_a_wrong_lei_is_refused(written):
    with pytest.raises(ValidationError):
        lei(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    (
        ("", ""),
        ("q1065", "Q1065"),
        ("https://www.wikidata.org/wiki/Q1065", "Q1065"),
        ("http://www.wikidata.org/entity/Q1065", "Q1065"),
    ),
)
def test_a_wikidata_item_is_kept_as_its_number(written, expected):
    assert wikidata(written) == expected


@pytest.mark.parametrize("written", ("1065", "Q0", "P31", "https://example.org/Q1065"))
def test_what_is_no_wikidata_item_is_refused(written):
    with pytest.raises(ValidationError):
        wikidata(written)
