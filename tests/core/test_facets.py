"""The pager, which stands below all long lists, and what a list's question makes of its address."""

from dataclasses import dataclass

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from core.facets import FacetQuery


@dataclass(frozen=True, slots=True)
class FruitQuery(FacetQuery):
    facets = ("kind", "color")

    kind: tuple[str, ...] = ()
    color: tuple[str, ...] = ()


QUERY = FruitQuery(kind=("apple", "pear"), color=("red",))


@pytest.mark.parametrize(
    ("query", "address"),
    [
        (
            QueryDict("kind=apple&kind=pear&page=7&page=9&q=a%26b"),
            "?kind=apple&amp;kind=pear&amp;page=2&amp;q=a%26b",
        ),
        (QueryDict("q="), "?q=&amp;page=2"),
        ({}, "?page=2"),
        ({"state": "open", "kind": None}, "?state=open&amp;page=2"),
        (QUERY.params, "?kind=apple&amp;kind=pear&amp;color=red&amp;page=2"),
    ],
)
def test_a_pager_loses_and_doubles_nothing(query, address):
    page = Paginator(range(3), 1).page(1)
    assert f'rel="next" href="{address}"' in render_to_string(
        "components/pager.html", {"page": page, "query": query}
    )


def test_a_question_without_one_code_or_one_facet():
    assert QUERY.address == "?kind=apple&kind=pear&color=red"
    assert QUERY.without("kind", "apple").address == "?kind=pear&color=red"
    assert QUERY.without("kind").address == "?color=red"
    assert (QUERY.narrows, FruitQuery().narrows, FruitQuery().address) == (True, False, "?")
