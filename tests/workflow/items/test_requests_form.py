"""Asking for single answers: at least one is ticked, each with its text."""

import pytest
from django import forms

from workflow.items.forms import RequestsForm


class AskForm(RequestsForm):
    text_missing = "What about it?"
    none_chosen = "Choose one."

    def __init__(self, *args):
        super().__init__(*args)
        self.add_request("mission", "Mission", forms.CharField(required=False), ticked=True)
        self.add_request("name", "Name", forms.CharField(required=False, max_length=5))


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"__all__": ["Choose one."]}),
        ({"text_name": "Why?"}, {"__all__": ["Choose one."]}),
        ({"ask_mission": "on"}, {"text_mission": ["What about it?"]}),
    ],
)
def test_what_is_lacking_is_said(typed, errors):
    assert AskForm(typed).errors == errors


def test_a_text_too_long_is_told_once():
    assert list(AskForm({"ask_name": "on", "text_name": "Why so?"}).errors["text_name"]) == [
        "Ensure this value has at most 5 characters (it has 7)."
    ]


def test_only_what_is_ticked_is_asked():
    form = AskForm({"ask_name": "on", "text_name": "Why?", "text_mission": "Not asked."})
    assert form.is_valid()
    assert form.requests() == {"name": "Why?"}
    assert [(tick.name, text.name) for tick, text in AskForm().rows()] == [
        ("ask_mission", "text_mission"),
        ("ask_name", "text_name"),
    ]
    assert AskForm()["ask_mission"].value() is True
