"""A file is read in a process of its own: what it holds comes page by page; what it breaks breaks there."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from resources.extraction import child, process
from resources.extraction.process import About, Fault, Page, Pages, Picture, Read, read
from tests.resources import documents

pytestmark = pytest.mark.slow

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, PPTX, XLSX = (
    OFFICE + "wordprocessingml.document",
    OFFICE + "presentationml.presentation",
    OFFICE + "spreadsheetml.sheet",
)
PDF, HTML, PNG = "application/pdf", "text/html", "image/png"


@pytest.fixture
def facts_in(tmp_path):
    def of(content, media_type, **how):
        path = tmp_path / "file"
        path.write_bytes(content)
        return list(read(path, media_type, **how))

    return of


def pages(facts):
    return [page.text.strip() for page in facts if isinstance(page, Page)]


def png(width=40, height=20, mode="RGBA"):
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def test_a_pdf_tells_its_pages_and_shows_the_first(facts_in):
    about, first, *rest = all_of_it = facts_in(documents.pdf("Trafficking in persons", "Firearms"), PDF)
    assert (about, first) == (About("", ""), Pages(2, numbered=True))
    assert pages(all_of_it) == ["Trafficking in persons", "Firearms"]
    assert rest[-2] == Read()
    assert isinstance(rest[-1], Picture)
    assert Image.open(io.BytesIO(rest[-1].jpeg)).height <= 680


def test_arabic_comes_as_it_is_read(facts_in):
    """A page printed by Chromium, which keeps its letters as the eye meets them from the left."""
    (page,) = pages(facts_in((Path(__file__).parent.parent / "data" / "arabic.pdf").read_bytes(), PDF))
    assert page.splitlines() == [
        "تعتمد كل دولة طرف ما قد يلزم من تدابير لمكافحة الجريمة المنظمة عبر الوطنية. خلال الأطفال",
        "والسلام، 2026 SHERLOC المادة .12",
        "Latin words stand here.",
    ]


@pytest.mark.parametrize(
    ("content", "media_type", "numbered", "words"),
    [
        (documents.docx("Où &amp; quand", "محاكمة"), DOCX, True, ["Où & quand", "محاكمة"]),
        (documents.docx("one page"), DOCX, False, ["one page"]),
        (documents.pptx("First", "Second"), PPTX, True, ["First", "Second"]),
        (documents.xlsx("Country", "Кения"), XLSX, False, ["Country\nКения"]),
        (
            b"<!doctype html><title>Guide</title><script>hidden()</script>"
            b"<p>one <b>two</b><p>three &amp; four",
            HTML,
            False,
            ["Guide\none two\nthree & four"],
        ),
        ("<html><meta charset=windows-1251><p>суд".encode("cp1251"), HTML, False, ["суд"]),
    ],
    ids=["docx", "docx without pages", "pptx", "xlsx", "html", "html in another encoding"],
)
def test_texts_come_in_pages_where_they_have_some(facts_in, content, media_type, numbered, words):
    _about, first, *rest = facts_in(content, media_type)
    assert first == Pages(len(words), numbered)
    assert pages(rest) == words
    assert rest[-1] == Read()


def test_a_long_text_without_pages_comes_in_pieces_and_loses_no_word(facts_in):
    words = [f"word{number}" for number in range(5_000)]
    facts = facts_in(documents.docx(" ".join(words)), DOCX)
    assert len(pages(facts)) > 5
    assert " ".join(pages(facts)).split() == words


def test_a_picture_has_a_small_copy_and_no_text(facts_in):
    first, picture, end = facts_in(png(2000, 1000), PNG)
    assert (first, end) == (Pages(0, numbered=False), Read())
    assert Image.open(io.BytesIO(picture.jpeg)).size == (480, 240)


BILLION = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (documents.locked_pdf(), PDF, "encrypted"),
        (documents.pdf("cut short")[:90], PDF, "broken"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 4000, PDF, "broken"),
        (b"PK\x03\x04" + b"\x00" * 400, DOCX, "broken"),
        (documents.zipped(word__other_xml="<x/>"), DOCX, "broken"),
        (documents.docx("&b;", doctype=BILLION), DOCX, "hostile"),
        (documents.docx("&a;", doctype=OUTSIDE), DOCX, "hostile"),
        (documents.zipped(word__document_xml="<a>" * 200_000), DOCX, "broken"),
        (documents.zipped(word__document_xml=b"<a>" + b" " * (101 << 20)), DOCX, "hostile"),
        (png(9_000, 9_000, "L"), PNG, "too_large"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20, PNG, "broken"),
    ],
    ids=[
        "locked",
        "cut short",
        "rubbish",
        "no zip",
        "no text",
        "billion laughs",
        "outside entity",
        "deep",
        "zip bomb",
        "picture bomb",
        "no picture",
    ],
)
def test_what_cannot_be_read_ends_in_one_fault_and_no_text(facts_in, content, media_type, code):
    facts = facts_in(content, media_type)
    assert facts[-1] == Fault(code)
    assert pages(facts) == []


def test_odd_pdfs_end_as_they_can(facts_in):
    wide = facts_in(documents.pdf("wide", box="0 0 900000000 2"), PDF)
    assert wide[1] == Pages(1, numbered=True)
    assert Read() in wide
    thick = facts_in(documents.pdf(*["x"] * (child.MOST_PAGES + 5)), PDF)
    assert thick[1] == Pages(child.MOST_PAGES + 5, numbered=True)
    assert len(pages(thick)) == child.MOST_PAGES


def test_the_child_has_limits_and_knows_nothing_of_ours(monkeypatch, tmp_path):
    """What a reader taken over by a file could reach: asked from inside the very process."""
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    spy = (
        f"import os, resource, sys; from {child.__package__} import child; child.limit();"
        "child.tell(fault=' '.join([*sorted(os.environ), str('django' in sys.modules),"
        "str(resource.getrlimit(resource.RLIMIT_AS)[0])]))"
    )
    real = subprocess.Popen

    def spied(call, **how):
        return real([sys.executable, *call[1 : call.index("-m")], "-c", spy], **how)

    monkeypatch.setattr(process.subprocess, "Popen", spied)
    (fault,) = read(tmp_path / "none", PDF)
    assert fault.code.replace("LC_CTYPE ", "") == f"LANG False {child.MEMORY_BYTES}"


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("child.tell(page=1, text='so far'); bytearray(1 << 30)", "too_large"),
        ("child.tell(page=1, text='so far')\nwhile True: pass", "too_slow"),
        ("child.tell(page=1, text='so far'); import os; os.abort()", "broken"),
        ("child.tell(page=1, text='so far'); os.write(1, b'{\"pa'); os._exit(1)", "broken"),
    ],
    ids=["memory", "time", "crash", "half a line"],
)
def test_a_child_that_dies_takes_nobody_with_it(monkeypatch, tmp_path, does, code):
    head = f"import os, sys\nfrom {child.__package__} import child\ndef work(*_):\n"
    script = head + "\n".join(f"    {line}" for line in does.splitlines())
    real = subprocess.Popen

    def spied(call, **how):
        at = call.index("-m")
        return real([*call[:at], "-c", script + "\nchild.work = work\nchild.main()", *call[at + 2 :]], **how)

    monkeypatch.setattr(process.subprocess, "Popen", spied)
    assert list(read(tmp_path / "none", PDF, seconds=2)) == [Page(1, "so far"), Fault(code)]


def test_documents_say_their_title_and_their_language(facts_in):
    assert facts_in(documents.pdf("x", title="Routes  of\n trade"), PDF)[0] == About("Routes of trade", "en")
    properties = (
        '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Les routes</dc:title>'
        "<dc:language>fr-CH</dc:language></p>"
    )
    parts = {"word__document_xml": "<d/>", "docProps__core_xml": properties}
    assert facts_in(documents.zipped(**parts), DOCX)[0] == About("Les routes", "fr")
    broken = {**parts, "docProps__core_xml": "<p></title>"}
    assert facts_in(documents.zipped(**broken), DOCX)[0] == About("", "")
    page = "<!doctype html><html lang='ar'><title>طرق</title><svg><title>Sign</title></svg><p>نص</p></html>"
    assert facts_in(page.encode(), HTML)[0] == About("طرق", "ar")
    assert facts_in(b"<html lang='nonsense'><title>" + b"x" * 400 + b"</title>", HTML)[0] == About(
        "x" * 300, ""
    )
