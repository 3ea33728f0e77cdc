"""The pages for readers: their map is current, and what they point at is there."""

import re
from pathlib import Path

from tests.support import MARKDOWN_CODE, anchors
from tools import draw_apps

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")
PAGES = [*sorted(ROOT.glob("*.md")), ROOT / "content" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_map_is_current():
    assert draw_apps.PAGE.read_text(encoding="utf-8") == draw_apps.text(), "Run `make behaviours` and commit."


def test_every_link_leads_somewhere():
    lost = []
    for page in PAGES:
        for link in LINK.findall(MARKDOWN_CODE.sub("", page.read_text(encoding="utf-8"))):
            file, _, anchor = link.partition("#")
            target = (page.parent / file).resolve() if file else page
            if file.startswith("http"):
                continue
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                lost.append(f"{page.relative_to(ROOT)}: {link}")
    assert lost == []


def test_the_index_leads_to_every_page():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    assert [str(page) for page in (ROOT / "docs").rglob("*.md") if page not in linked | {index}] == []


def test_a_page_about_running_begins_with_all_its_headings():
    for page in [*sorted((ROOT / "docs" / "operations").glob("*.md")), ROOT / "docs" / "upkeep.md"]:
        text = MARKDOWN_CODE.sub("", page.read_text(encoding="utf-8"))
        contents = re.findall(r"^ *- \[(.+)\]\(#", text.partition("\n## ")[0], re.MULTILINE)
        assert contents == re.findall(r"^###? (.+)$", text, re.MULTILINE), page.name


def test_every_subject_has_its_page_and_every_page_its_code():
    """The line "Code:" of a page names the folders of its subjects."""
    folders_of_pages = {folder for folder in draw_apps.pages() if draw_apps.subjects(folder.split("/")[0])}
    folders_of_code = {f"{app}/{name}" for app in draw_apps.apps() for name in draw_apps.subjects(app)}
    assert {
        "without a page": folders_of_code - folders_of_pages,
        "not there": folders_of_pages - folders_of_code,
    } == {"without a page": set(), "not there": set()}
