"""English as people of the United Nations write it: what no page, mail or file says."""

import re
from functools import cache

import polib
import pytest
from django.conf import settings

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


@cache  # to read it takes longer than to look through it
def sentences() -> list[str]:
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return [text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text]


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_sentence_reads_as_translated(pattern):
    matches = [text for text in sentences() if re.search(pattern, text, re.IGNORECASE)]
    assert matches == [], f"Say: {FORBIDDEN[pattern]}"


def test_a_number_and_its_noun_agree():
    assert [text for text in sentences() if re.search(r"\b1 of 1 \w+s\b", text)] == []
