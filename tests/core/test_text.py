"""Text from people, in every script and with every trick."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text import clean_block, clean_line, fold, has_letters, plain, plain_block, to_html
from core.text_blocks import LONGEST_SENTENCE, first_sentence

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
DANGEROUS = re.compile(
    r"<(script|style|iframe|object|embed|img|svg|form|input|base|link|meta)\b|<[^>]*\son\w+\s*=|javascript:",
    re.IGNORECASE,
)
HREF = re.compile(r'href="([^"]*)"')


@given(ANY)
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1))")
@example("[x](JaVaScRiPt:alert(1))")
@example("![x](https://tracker.example/x.png)")
@example('<a href="x" onclick="alert(1)">x</a>')
@example('<https://example.org/" onmouseover="alert(1)>')
def test_no_text_becomes_a_danger(text):
    html = to_html(text)
    without_text = re.sub(r">[^<]*<", "><", f">{html}<")
    assert DANGEROUS.findall(without_text) == []
    for address in HREF.findall(html):
        scheme = address.partition(":")[0] if ":" in address.partition("/")[0] else ""
        assert scheme in ("", "http", "https", "mailto")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "<p>plain</p>\n"),
        ("**bold** and *slant*", "<p><strong>bold</strong> and <em>slant</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "[us](https://example.org)",
            '<p><a href="https://example.org" data-address="example.org" rel="nofollow noopener">us</a>'
            "</p>\n",
        ),
        (
            "[here](https://пример.example/%D0%B4%D0%B0?a=1)",
            '<p><a href="https://xn--e1afmkfd.example/%D0%B4%D0%B0?a=1"'
            ' data-address="пример.example/да?a=1" rel="nofollow noopener">here</a></p>\n',
        ),
        (
            "<https://example.org> and [within](/en/news/)",
            '<p><a href="https://example.org" rel="nofollow noopener">https://example.org</a> and '
            '<a href="/en/news/" rel="nofollow noopener">within</a></p>\n',
        ),
        ("<b>no tags</b>", "<p>&lt;b&gt;no tags&lt;/b&gt;</p>\n"),
        ("# Too large a heading", "Too large a heading\n"),
    ],
)
def test_a_little_markup_is_taken(text, html):
    assert to_html(text) == html


@given(ANY)
@example("1. first\n2. second")
@example("- dash - within")
@example("+")
@example("1.")
@example("Title\n=====")
@example("Courts hear victims. They ask: how, when & why?")
def test_what_has_no_mark_of_markdown_says_the_same_unread(text):
    text = clean_block(text)
    assert plain_block(text).split() == plain(text).split()


@given(ANY)
def test_a_cleaned_line_is_one_line_and_stays_as_it_is(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert line == line.strip()
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|\s\s", line)
    assert unicodedata.is_normalized("NFC", line)


@given(ANY)
def test_a_cleaned_block_keeps_its_lines_and_stays_as_it_is(text):
    block = clean_block(text)
    assert clean_block(block) == block
    assert "\r" not in block


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Amina \t W\n", "Amina W"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("A\u0301", "Á"),
        ("الجمعية\u00a0الأهلية", "الجمعية الأهلية"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("A\ufffe\uffffB\ufdd0\U0010ffff", "AB"),
        ("A\ufffe\u0301", "Á"),
    ],
    ids=[
        "spaces",
        "reordering marks",
        "one form",
        "no-break space",
        "Persian joins stay",
        "emoji joins stay",
        "no characters",
        "one form without them",
    ],
)
def test_lines_are_cleaned(text, line):
    assert clean_line(text) == line


@pytest.mark.parametrize(
    ("text", "has"),
    [("Ä", True), ("7", True), ("名", True), ("…", False), ("\u200b\u200d", False), ("\u3164\u115f", False)],
)
def test_what_is_seen_of_a_name_counts(text, has):
    assert has_letters(text) is has


@given(ANY)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("abcÀéИйЖñüآأإاكـ漢字Straße"), max_size=40))
def test_folding_does_not_see_case_or_accents(text):
    assert fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("École", "ecole"),
        ("ЖЕНЕВА", "женева"),
        ("STRASSE", "Straße"),
        ("مُنَظَّمَة", "منظمة"),
        ("منـــظمة", "منظمة"),
        ("ﬁnance", "finance"),
        ("ＷｈａｔｓＯｎ", "whatson"),
    ],
)
def test_alike_names_fold_alike(name, other):
    assert fold(name) == fold(other)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", ""),
        (
            "# About us\n\nWe plan **together**,\nas art. 5 asks. Then more.",
            "We plan together, as art. 5 asks.",
        ),
        ("A [network](https://example.org/) of 12 states\n\nSince 2019.", "A network of 12 states"),
        ("- The first aim\n- The second", "The first aim"),
        ("شبكة إقليمية للمنظمات. بدأت في عام 2022.", "شبكة إقليمية للمنظمات."),
        ("区域网络。自2022年以来。", "区域网络。"),
        ("word " * 100, f"{('word ' * 48).strip()} …"),
        ("字" * 300, f"{'字' * LONGEST_SENTENCE} …"),
    ],
)
def test_the_first_sentence_of_a_text_is_cut_out_without_its_markup(text, sentence):
    assert first_sentence(text) == sentence
