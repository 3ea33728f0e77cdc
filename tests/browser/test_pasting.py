"""A writer pastes from Word and from web pages into a box for Markdown, and takes it back by the keyboard."""

import pytest
from playwright.sync_api import expect

from news.stories.models import Story
from tests.factories.stakeholders import StakeholderFactory, member_of

PASTE = """(field, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "as plain text");
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    return !field.dispatchEvent(event);
}"""

# As Word puts it on the clipboard, shortened.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>Three days<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:8pt'>We <b style='mso-bidi-font-weight:normal'>walk</b><b>ed</b> with
<i>Doña&nbsp;Ana</i> &amp; 2*3 [friends].<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span><![endif]>Ask the fishers<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if
!supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>early<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if
!supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp;&nbsp;</span></span><![endif]>and late<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if
!supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Write it down<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Place</b></p>
</td><td><p class=MsoNormal>A|B</p></td></tr>
<tr><td><p class=MsoNormal>Coast</p>
</td><td><p class=MsoNormal>12</p><p class=MsoNormal>boats</p></td></tr></table>
<p class=MsoNormal>See <a href="https://example.org/a_b">the report</a><a href="#_ftn1">[1]</a>, <a
href="file:///C:/x.docx">a file</a>.<img src="file:///C:/clip.png" alt="x"></p>
<!--EndFragment--></body></html>"""

WORD_AS_MARKDOWN = r"""## Three days

We **walked** with *Doña Ana* & 2\*3 \[friends\].

- Ask the fishers
  1. early
  2. and late
- Write it down

| **Place** | A\|B |
| --- | --- |
| Coast | 12 boats |

See [the report](https://example.org/a_b)\[1\], a file."""

# As Google Docs puts it there, with what a page may hold besides.
WEB = """<meta charset='utf-8'><b style="font-weight:normal"
id="docs-internal-guid-1"><h2><strong>今日</strong></h2>
<p><span style="font-weight:700">注意：</span><span>请看</span></p><script>alert(1)</script>
<a href="javascript:alert(2)">no</a><img src="https://example.org/track.gif" onerror="alert(3)">
<ul><li><p>one</p></li><ul><li><p>deeper</p></li></ul><li><p>two</p></li></ul><span
style="display:none">hidden</span>
<blockquote>A <em style="font-style:normal">word</em></blockquote></b>"""
WEB_AS_MARKDOWN = "## 今日\n\n**注意**：请看\n\nno\n\n- one\n  - deeper\n- two\n\n> A word"

ARABIC = """<p dir=RTL><b>ملاحظة: </b>مشينا <i>ثلاثة أيام</i>.</p>
<p dir=RTL style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>١.<span>&nbsp; </span></span>الصيادون</p>
<p dir=RTL style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>٢.<span>&nbsp; </span></span>الجمارك</p>"""
ARABIC_AS_MARKDOWN = "**ملاحظة:** مشينا *ثلاثة أيام*.\n\n1. الصيادون\n2. الجمارك"


@pytest.fixture
def text_box(page, enter):
    enter(page, member_of(StakeholderFactory(name="Coastal Watch")))
    return open_text_box(page, "en")


def open_text_box(page, language):
    page.goto(f"/{language}/news/write/")
    page.wait_for_function("customElements.get('markdown-toolbar') && window.TurndownService")
    return page.locator("#id_text")


def paste(box, html):
    """Whether the script took the paste over."""
    box.focus()
    return box.evaluate(PASTE, html)


@pytest.mark.behaviour("K-20")
def test_text_of_word_becomes_markdown_is_taken_back_and_saved_as_it_is(page, text_box):
    text_box.fill("Before.")
    text_box.press("Control+End")
    assert paste(text_box, WORD)
    expect(text_box).to_have_value(f"Before.\n\n{WORD_AS_MARKDOWN}")
    text_box.press("Control+z")
    expect(text_box).to_have_value("Before.")
    text_box.press("Control+Shift+z")
    expect(text_box).to_have_value(f"Before.\n\n{WORD_AS_MARKDOWN}")
    page.get_by_label("Title", exact=True).fill("Three days")
    page.get_by_role("button", name="Save the draft").click()
    page.wait_for_url("**/news/own/**")
    assert Story.objects.get().text == f"Before.\n\n{WORD_AS_MARKDOWN}"


def test_a_web_page_brings_its_shape_and_nothing_that_runs_or_is_hidden(text_box):
    assert paste(text_box, WEB)
    expect(text_box).to_have_value(WEB_AS_MARKDOWN)


def test_what_has_no_shape_is_pasted_by_the_browser_as_it_is(text_box):
    """Markdown copied out of an editor of source text comes as coloured lines: its signs must stay."""
    assert not paste(text_box, "<div style='color:#fff'><span># Title</span></div><div>- **a**</div>")
    assert not paste(text_box, "")
    assert not paste(text_box, "<p>One # line</p>")
    assert not paste(text_box, "<img src='https://example.org/a.png'>")
    expect(text_box).to_have_value("")


@pytest.mark.behaviour("K-20")
def test_buttons_and_paste_are_undone_by_the_keyboard_alone(page, text_box):
    text_box.press_sequentially("coast")
    text_box.press("Control+a")
    text_box.press("Control+b")
    expect(text_box).to_have_value("**coast**")
    text_box.press("Control+End")
    assert paste(text_box, " and <em>sea</em>")
    expect(text_box).to_have_value("**coast** and *sea*")
    for value in ("**coast**", "coast"):
        text_box.press("Control+z")
        expect(text_box).to_have_value(value)
    text_box.press("Shift+Tab")
    expect(page.locator("md-header").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("md-bold").first).to_be_focused()


@pytest.mark.behaviour("K-20")
def test_in_arabic_the_text_and_the_buttons_run_from_the_right(phone_ar, enter, axe):
    enter(phone_ar, member_of(StakeholderFactory(name="Coastal Watch")))
    box = open_text_box(phone_ar, "ar")
    assert paste(box, ARABIC)
    expect(box).to_have_value(ARABIC_AS_MARKDOWN)
    assert box.evaluate("field => getComputedStyle(field).direction") == "rtl"
    box.press("Shift+Tab")
    phone_ar.keyboard.press("ArrowLeft")
    expect(phone_ar.locator("md-bold").first).to_be_focused()
    phone_ar.keyboard.press("ArrowRight")
    expect(phone_ar.locator("md-header").first).to_be_focused()
    axe(phone_ar)
