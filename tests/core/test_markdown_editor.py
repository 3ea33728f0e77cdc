"""The box for Markdown and its preview."""

import pytest
from django import forms

from core.markdown_editor import MarkdownTextarea
from tests.factories.accounts import UserFactory, sign_in

URL = "/text/preview/"


class StoryForm(forms.Form):
    text = forms.CharField(widget=MarkdownTextarea(rows=5))


def test_the_box_is_a_textarea_with_a_toolbar_for_it():
    page = str(StoryForm({"text": "<b>"}))
    assert '<markdown-toolbar for="id_text"' in page
    assert "&lt;b&gt;</textarea>" in page
    assert page.count("aria-label") == 8


@pytest.mark.django_db
def test_the_preview_shows_the_text_as_readers_see_it_and_nothing_that_runs(client):
    sign_in(client, UserFactory())
    answer = client.post(URL, {"preview": "text", "text": "**A** [b](javascript:x)\n\n<script>"}).text
    assert "<strong>A</strong>" in answer
    assert "<script" not in answer
    assert "<a" not in answer
    assert client.post(URL, {"preview": "other"}).text == ""
    assert client.get(URL).status_code == 405


@pytest.mark.django_db
def test_the_preview_is_for_people_who_are_signed_in(client):
    assert client.post(URL, {"preview": "text", "text": "A"}).status_code == 302
