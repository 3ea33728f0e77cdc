"""What refuses an act is said at its field, or on the next page; what was typed stays."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import QueryDict

from core.errors import DomainError, TooMany
from core.forms import refusal_on, renew_version
from core.views import refusal_as_error, refusal_as_warning


class NameForm(forms.Form):
    version = forms.IntegerField()
    name = forms.CharField()


@pytest.mark.parametrize(
    ("fields", "columns", "errors"),
    [
        ({"name": "Too short."}, None, {"name": ["Too short."]}),
        ({"title": "Too short."}, None, {"__all__": ["No."]}),
        ({"title": "Too short."}, {"title": "name"}, {"name": ["Too short."]}),
        ({"other": "Too long."}, {"title": "name"}, {"__all__": ["No. Too long."]}),
    ],
)
def test_a_refusal_stands_at_its_field_or_on_top(fields, columns, errors):
    form = NameForm({"version": "1", "name": "X"})
    with refusal_on(form, columns):
        raise DomainError("No.", fields=fields)
    assert form.errors == errors


@pytest.mark.parametrize(("refusal", "level"), [(refusal_as_warning, "warning"), (refusal_as_error, "error")])
def test_without_a_form_it_is_told_on_the_next_page(rf, refusal, level):
    request = rf.post("/")
    request._messages = CookieStorage(request)
    with refusal(request):
        raise DomainError("No.")
    assert [(message.message, message.level_tag) for message in get_messages(request)] == [("No.", level)]


@pytest.mark.parametrize(
    "refusal", [lambda request: refusal_on(NameForm()), refusal_as_warning, refusal_as_error], ids="fwe"
)
def test_whoever_acts_too_often_gets_another_page(rf, refusal):
    with pytest.raises(TooMany), refusal(rf.post("/")):
        raise TooMany("Later.", retry_after=60)


def test_what_was_typed_is_sent_next_on_top_of_the_present_version():
    form = NameForm(QueryDict("act-version=1&act-name=Mine"), prefix="act")
    renew_version(form, 7)
    assert (form["version"].value(), form["name"].value()) == ("7", "Mine")
