"""The box for Markdown and its preview."""

import html
import re

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from core.markdown_editor import MarkdownTextarea
from core.text import clean_block
from tests.factories.accounts import UserFactory, sign_in

URL = "/text/preview/"


class StoryForm(forms.Form):
    text = forms.CharField(widget=MarkdownTextarea(rows=5))


def test_the_box_is_a_textarea_with_a_toolbar_for_it():
    page = str(StoryForm({"text": "<b>"}))
    assert '<markdown-toolbar for="id_text"' in page
    assert "&lt;b&gt;</textarea>" in page
    assert page.count("aria-label") == 8


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@example("\n\n    indented\n\n\n\tmore  \nlast  \n")
@example("</textarea><script>&amp;amp; &lt; \\* \\\\ | a | b |")
@example("\u202eملاحظة\u202c: **مهم**\r\rمی\u200cخواهم\u00a0!")
@example("e\u0301 \u1100\u1161 \U0001f469\u200d\U0001f680 \x00\x0b\x85\u2028")
def test_a_text_that_was_saved_comes_back_the_same_from_the_box(text):
    """Browsers leave out a line break at the beginning of the box and send line ends as two characters."""
    saved = clean_block(text)
    box = re.search(r"<textarea[^>]*>\n(.*)</textarea>", str(StoryForm({"text": saved})["text"]), re.DOTALL)
    sent = html.unescape(box[1]).replace("\n", "\r\n")
    assert clean_block(sent) == saved


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
