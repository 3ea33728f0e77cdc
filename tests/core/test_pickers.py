"""A choice among many: a list in which one types."""

import pytest
from django import forms

from core.forms import FEW, PickMany


@pytest.mark.parametrize(("number", "is_list"), [(FEW, False), (FEW + 1, True)])
def test_many_choices_become_a_list_and_are_read_once(number, is_list):
    reads = []

    def fruits():
        reads.append(number)
        return [(str(code), f"Fruit {code}") for code in range(number)]

    class FruitForm(forms.Form):
        fruits = forms.MultipleChoiceField(widget=PickMany)

        def __init__(self, *args):
            super().__init__(*args)
            self.fields["fruits"].choices = fruits

    page = str(FruitForm())
    assert ("<select" in page, "<fieldset" in page) == (is_list, not is_list)
    assert page.count("Fruit ") == number
    assert len(reads) == 1
