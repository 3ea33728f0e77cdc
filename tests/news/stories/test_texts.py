"""A story's text: safe whatever is typed, images at their places, differences word by word."""

import pytest

from news.stories.models import StoryImage
from news.stories.texts import differences, pieces, plain

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    '<a href="https://x.example" onclick="alert(1)">x</a>',
    "![x](https://spy.example/pixel.png)",
    "<iframe src='https://evil.example'></iframe>",
    "<style>*{display:none}</style>",
    "[x]: javascript:alert(1)\n\n[x]",
    '<svg><animate onbegin="alert(1)"/></svg>',
    "<form action='https://evil.example'><input name=password></form>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    '[a](https://a.example "\\" onmouseover=alert(1) x=\\"")',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text):
    html = "".join(str(piece.html) for piece in pieces(text, []))
    for evil in ("<script", "<img", "<iframe", "<style", "<svg", "<form", "<input"):
        assert evil not in html.lower()
    for tag in html.split("<")[1:]:
        inside = tag.partition(">")[0].lower()
        assert "javascript:" not in inside
        assert "data:" not in inside
        assert not any(part.startswith("on") for part in inside.replace('title="', '"').split('"')[0].split())


def test_an_image_stands_at_its_line_and_the_others_around_the_text():
    first, second, third = (StoryImage(number=number, alt=f"Image {number}") for number in (1, 2, 3))
    text = "First.\n\n[image 2]\n\nSecond [image 1] inline.\n\n[image 9]\n\n[image 2]"
    stretches = [piece.image or "text" for piece in pieces(text, [first, second, third])]
    assert stretches == [first, "text", second, "text", third]
    assert "[image 1] inline" in str(pieces(text, [first, second])[3].html)
    assert "[image" not in plain("A\n\n[image 1]\n\n**B** [words](https://x.example)")


def test_differences_tell_what_went_and_what_came():
    parts = differences("The hall was full of people.", "The hall was half full of guests.")
    assert [
        (difference.kind, difference.text.strip()) for difference in parts if difference.kind != "same"
    ] == [("in", "half"), ("out", "people."), ("in", "guests.")]
    long = " ".join(str(n) for n in range(500))
    shortened = differences(long, long + " end")
    assert "…" in shortened[0].text
    assert len(shortened[0].text) < 300
    assert differences("", "") == []
