"""The part of a catalogue that visitors see first, as a file for a translator, and the way back.

    python -m tools.translating part fr first.po    writes the entries of locale/fr that visitors see first
    python -m tools.translating merge fr first.po   puts the translations of that file into locale/fr

0: done; 1: refused, and nothing was written.
"""

import re
import sys
from pathlib import Path

import polib

from whatson.embedded.messages import PLURALS, entries_of, key_of
from whatson.embedded.processes import ROOT

# Where the pages are on which a visitor arrives, and what stands on every page.
FIRST = (
    "templates/base.html",
    "templates/page.html",
    "templates/act_page.html",
    "templates/form_page.html",
    "templates/components/",
    "templates/errors/",
    "templates/account/",
    "templates/accounts/sign_in/",
    "templates/news/",
    "templates/portal/home/",
    "templates/portal/search/",
    "templates/portal/opportunities/",
    "templates/portal/pages/",
    "templates/portal/help/help.html",
    "templates/stakeholders/directory/",
    "templates/stakeholders/submission/",
    "templates/resources/library/",
    "templates/events/calendar/",
    "templates/events/events/",
    "templates/reviews/tracker/",
    "templates/reviews/call_pages/",
    "templates/portal/_numbers.html",
    "templates/resources/_views.html",
    "templates/api/_link.html",
    "news/newsletter/views",
    "news/stories/views",
    "stakeholders/submission/views",
    "portal/home/",
    "portal/search/",
    "portal/opportunities/",
    "portal/pages/",
    "accounts/sign_in/",
    "core/",
    "stakeholders/directory/",
    "stakeholders/entries/enums",
    "stakeholders/applications/forms",
    "stakeholders/applications/enums",
    "resources/library/",
    "resources/records/enums",
    "accounts/people/forms",
    "taxonomy/places/enums",
    "events/calendar/",
    "events/events/enums",
    "reviews/tracker/",
    "reviews/mechanism/enums",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def is_first(entry: polib.POEntry) -> bool:
    """Return whether a page shows it on which visitors arrive."""
    return any(file.startswith(FIRST) for file, _line in entry.occurrences)


def first_part(language: str) -> polib.POFile:
    """Return a catalogue of the entries that visitors see first."""
    whole = polib.pofile(str(catalogue_of(language)), wrapwidth=0)
    part = polib.POFile(wrapwidth=0)
    part.header, part.metadata = whole.header, whole.metadata
    part.extend(entry for entry in whole if is_first(entry) and not entry.obsolete)
    return part


def faults_of(entry: polib.POEntry, language: str) -> list[str]:
    """Return what keeps a translation from being used: places for values that differ, forms that lack."""
    forms = PLURALS[language].partition("nplurals=")[2][0]
    if entry.msgid_plural and len(list(filter(None, entry.msgstr_plural.values()))) != int(forms):
        return [f"“{entry.msgid}” needs {forms} forms."]
    wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    # A form for one thing may leave its number out; no form may have a place that the English does not have.
    longest = max(texts, key=len)
    faults = []
    for text in texts:
        places = set(PLACEHOLDER.findall(text))
        if places - wanted or (text == longest and places != wanted):
            faults.append(
                f"“{entry.msgid}” has {', '.join(sorted(wanted)) or 'no places for values'}, the translation "
                f"{', '.join(sorted(places)) or 'none'}."
            )
    return faults


def merged(catalogue: str, part: polib.POFile) -> tuple[str, int]:
    """Return the catalogue's text with the translations of the part, and how many entries differ now.

    Everything else stays letter by letter: comments, order, entries that the part does not have.
    """
    translations = {}
    for entry in part.translated_entries():
        text = entry.__unicode__(wrapwidth=0).strip("\n")
        translations[key_of(text)] = text[text.index("\nmsgstr") :]
    count, entries = 0, []
    for entry_text in entries_of(catalogue):
        before, mark, after = entry_text.partition("\nmsgstr")
        replacement = before + translations.get(key_of(entry_text), mark + after)
        count += replacement != entry_text
        entries.append(replacement)
    return "\n\n".join(entries) + "\n", count


def main(arguments: list[str]) -> int:
    if len(arguments) != 3 or arguments[0] not in ("part", "merge") or arguments[1] not in PLURALS:
        sys.stderr.write(f"{__doc__}\nLanguages: {', '.join(PLURALS)}\n")
        return 1
    command, language, file = arguments[0], arguments[1], Path(arguments[2])
    if command == "part":
        part = first_part(language)
        part.save(str(file))
        words = sum(len(entry.msgid.split()) for entry in part)
        sys.stdout.write(f"{len(part)} entries, {words} words of English: {file}\n")
        return 0
    part = polib.pofile(str(file), wrapwidth=0)
    if faults := [fault for entry in part.translated_entries() for fault in faults_of(entry, language)]:
        sys.stderr.write("\n".join([*faults, "Nothing was written."]) + "\n")
        return 1
    catalogue = catalogue_of(language)
    text, count = merged(catalogue.read_text(encoding="utf-8"), part)
    catalogue.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{count} translations differ now: {catalogue.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
