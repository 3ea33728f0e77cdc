import pytest

from core.hooks import Hook, Registry


@pytest.fixture
def table():
    table = Registry("tests.table")
    table.register("a", 1)
    return table


def test_holds_what_was_registered_in_order(table):
    assert table.register("b", 2) == 2
    assert (list(table), list(table.values()), dict(table.items())) == (["a", "b"], [1, 2], {"a": 1, "b": 2})
    assert ("a" in table, "z" in table, table["a"]) == (True, False, 1)


def test_a_key_is_taken_once(table):
    with pytest.raises(LookupError, match=r"'a' is registered twice in tests\.table"):
        table.register("a", 2)
    assert table["a"] == 1


def test_an_unknown_key_says_where_it_is_missing(table):
    with pytest.raises(LookupError, match=r"'z' is not registered in tests\.table"):
        table["z"]


def test_a_hook_is_filled_once_and_called():
    twice = Hook[[int], int]("tests.twice")
    with pytest.raises(LookupError, match=r"tests\.twice is not filled"):
        twice(2)
    twice.fill(lambda number: 2 * number)
    assert twice(2) == 4
    with pytest.raises(LookupError, match=r"tests\.twice is filled twice"):
        twice.fill(abs)
