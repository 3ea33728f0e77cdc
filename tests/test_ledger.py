import pytest

from tests import ledger

MARKED = """
@pytest.mark.behaviour("{behaviour}")
def test_something({argument}):
    ...
"""


def test_the_page_is_current():
    assert ledger.PAGE.read_text(encoding="utf-8") == ledger.render(), "Run `make behaviours` and commit."


def test_a_mark_names_its_test():
    source = MARKED.format(behaviour="D-01", argument="client")
    assert list(ledger.find(source, "tests/x.py")) == [("D-01", "tests/x.py::test_something")]


def test_a_mark_of_a_module_names_its_tests_that_drive_the_portal():
    source = 'pytestmark = [pytest.mark.django_db, pytest.mark.behaviour("D-01")]\n'
    source += "def test_a(client): ...\ndef test_b(monkeypatch): ...\ndef visit(client): ...\n"
    assert list(ledger.find(source, "tests/x.py")) == [("D-01", "tests/x.py::test_a")]


@pytest.mark.parametrize(
    ("behaviour", "argument"),
    [("D-99", "client"), ("D-01", "monkeypatch")],
    ids=["an unknown ID", "a test of a helper"],
)
def test_a_wrong_mark_is_refused(behaviour, argument):
    with pytest.raises(ledger.WrongMarkError):
        list(ledger.find(MARKED.format(behaviour=behaviour, argument=argument), "tests/x.py"))
