"""English as people of the United Nations write it: what no page, mail or file says."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.support import MARKDOWN_CODE

ROOT = Path(settings.BASE_DIR)

# What reads as translated → what to say instead.
FORBIDDEN = {
    r"\bsomebody\b": "name the actor, or: another person",
    r"\bwhoever\b": "name the people: applicants, readers",
    r"\bnobody\b(?! by name|:)": "Only … can; No … yet",
    r"\bof theirs\b": "their",
    r"\btold\b": "informed, announced, shown",
    r"\banew\b": "again",
    r"\blooks? after\b": "manage",
    r"\bwaits? for (you|the desk|its|a)\b": "say whose turn it is: With the desk; Pending",
    r"\bhow it stands\b": "Status",
    r"\bthrow(n|s)? away\b": "Delete",
    r"\bput (in|back|right)\b": "Add, Unassign, Correct",
    r"\bby mail\b": "by e-mail",
    r"\b(a|this|the|get) mails?\b(?! (server|provider|domain|program))": "e-mail",
    r"\bmailbox\b": "Inbox for notices, e-mail for mail",
    r"\b(an|the|your|this|its) entry\b(?! code)": "profile; or what kind of entry it is",
    r"\ba line to\b": "Message to",
    r"\b00:00\b": "23:59 of the day before",
}
# The glossary's words for a row of the directory, and for what is read by IMAP.
WORDS_OF_THE_GLOSSARY = {r"\bmailbox\b", r"\b(an|the|your|this|its) entry\b(?! code)"}
FORBIDDEN_IN_DOCS = {
    pattern: instead for pattern, instead in FORBIDDEN.items() if pattern not in WORDS_OF_THE_GLOSSARY
}
FORBIDDEN_IN_DOCS[r"\b(is|are|was|were|be) said\b(?!\*)"] = "stated, shown, recorded"
# Written from code and from tests/behaviours.csv; and what releases have announced.
NOT_WRITTEN_HERE = {"docs/workflows.md", "docs/behaviours.md", "CHANGELOG.md"}


@cache  # to read it takes longer than to look through it
def sentences() -> list[str]:
    catalogue = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return [text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text]


@cache
def paragraphs_of_docs() -> list[tuple[str, str]]:
    """Return page and text of the paragraphs for developers and operators, without code and quoted words."""
    pages = [*ROOT.glob("*.md"), ROOT / "content" / "README.md", *(ROOT / "docs").rglob("*.md")]
    texts = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in sorted(pages)}
    return [
        (name, re.sub(r"`[^`]*`|[“\"]\w+[”\"]", "", " ".join(paragraph.split())))
        for name, text in texts.items()
        if name not in NOT_WRITTEN_HERE
        for paragraph in MARKDOWN_CODE.sub("", text).split("\n\n")
    ]


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_sentence_reads_as_translated(pattern):
    matches = [text for text in sentences() if re.search(pattern, text, re.IGNORECASE)]
    assert matches == [], f"Say: {FORBIDDEN[pattern]}"


@pytest.mark.parametrize("pattern", FORBIDDEN_IN_DOCS)
def test_no_page_of_the_docs_reads_as_translated(pattern):
    matches = [
        f"{page}: {match.group()} (…{text[max(0, match.start() - 60) : match.end() + 60]}…)"
        for page, text in paragraphs_of_docs()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    assert matches == [], f"Say: {FORBIDDEN_IN_DOCS[pattern]}"


def test_a_number_and_its_noun_agree():
    assert [text for text in sentences() if re.search(r"\b1 of 1 \w+s\b", text)] == []
