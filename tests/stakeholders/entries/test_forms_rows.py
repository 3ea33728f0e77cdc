"""Questions with several answers."""

from django import forms

from stakeholders.entries.forms_rows import LinkRow, LinksField
from tests.support import markup_of


class Links(forms.Form):
    links = LinksField(LinkRow, label="Links")


def test_the_button_that_adds_a_row_says_of_what():
    assert 'Add another<span class="visually-hidden">: Links</span>' in markup_of(str(Links()["links"]))
