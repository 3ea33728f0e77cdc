"""Loops of pages that Jinja writes: escaped, complete, and without words of their own."""

import re

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from jinja2 import UndefinedError

from core.facets import Choice
from core.loops import render_loop

LOOPS = sorted((settings.BASE_DIR / "templates").rglob("*.jinja"))


def test_what_is_printed_is_escaped_unless_it_is_safe():
    choices = [
        Choice("a&b", "<b>x</b>", 1234, chosen=True),
        Choice("c", mark_safe("<bdi>y</bdi>"), 0, chosen=False),
        Choice("d", gettext_lazy("Kind"), None, chosen=False),
    ]
    page = Template("{% load portal %}{% boxes 'kind' choices %}|{% options choices plain=True %}")
    boxes, options = page.render(Context({"choices": choices})).split("|")
    assert re.sub(r"\s+", " ", boxes).strip() == (
        '<label class="choice"><input type="checkbox" name="kind" id="kind-a&amp;b" value="a&amp;b" checked>'
        '<span>&lt;b&gt;x&lt;/b&gt;</span> <span class="figures quiet">1,234</span></label> '
        '<label class="choice quiet"><input type="checkbox" name="kind" id="kind-c" value="c" disabled>'
        '<span><bdi>y</bdi></span> <span class="figures quiet">0</span></label> '
        '<label class="choice"><input type="checkbox" name="kind" id="kind-d" value="d">'
        "<span>Kind</span></label>"
    )
    assert '<option value="a&amp;b" selected>&lt;b&gt;x&lt;/b&gt; (1234)</option>' in options


def test_words_are_those_of_the_reader():
    with override("fr"):
        page = Template("{% load i18n portal %}{% options choices %}")
        assert "Pays" in page.render(Context({"choices": [Choice("a", gettext_lazy("Country"), 1, False)]}))


def test_what_a_loop_was_not_given_is_an_error():
    with pytest.raises(UndefinedError):
        render_loop("components/select_options.jinja")


def test_loops_have_no_words_which_nothing_would_translate():
    assert LOOPS
    for path in LOOPS:
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        shown = re.sub(r"<[^>]*>", " ", text)
        named = re.findall(r'(?:aria-label|title|alt|placeholder)="[^"]*[^\W\d_][^"]*"', text)
        assert (path.name, re.findall(r"[^\W\d_]+", shown), named) == (path.name, [], [])


def test_a_menu_has_each_choice_of_its_widget_escaped_and_in_its_group():
    class Names(forms.Select):
        def create_option(self, name, value, *rest, **more):
            option = super().create_option(name, value, *rest, **more)
            return option | {"attrs": {"also": '"Côte"'} if value == "b" else {}}

    choices = [
        ("", "---"),
        ("G & H", [("a", "<b>x</b>"), ("b", mark_safe("<i>y</i>"))]),
        (3, gettext_lazy("Kind")),
    ]
    menu = re.sub(r"\s*\n\s*", "", Names(choices=choices).render("k", "3"))
    assert menu == (
        '<select name="k"><option value="">---</option><optgroup label="G &amp; H">'
        '<option value="a">&lt;b&gt;x&lt;/b&gt;</option>'
        '<option value="b" data-also="&#34;Côte&#34;"><i>y</i></option></optgroup>'
        '<option value="3" selected>Kind</option></select>'
    )
