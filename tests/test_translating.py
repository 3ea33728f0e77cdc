"""The part that visitors see first, tried by a language of brackets; the way back; the table of terms."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import lxml.html
import polib
import pytest

from taxonomy.law.models import Participation
from tests.whatson import ROOT
from tools import translating

# Addresses after the language. Lists are empty: what stands there is the portal's own words.
PAGES = (
    "",
    "stakeholders/",
    "stakeholders/register/",
    "events/",
    "resources/",
    "reviews/",
    "opportunities/",
    "search/?q=zzzz",
    "accounts/login/",
    "accounts/signup/",
    "news/",
    "no-such-page/",
)
WORD = re.compile(r"[A-Za-z’-]{2,}")
SPARED = {"WhatsOn", "Google", "Calendar", "Outlook", "Convention", "migrants"}  # names, and words of French
LOCALES = {"zh": "zh_Hans"}  # where Django names a language otherwise
ATTRIBUTES = ("title", "alt", "aria-label", "placeholder")


@pytest.fixture
def brackets(tmp_path, settings):
    """Make every entry of the translators' part read ⟦so⟧ in French, and no other entry be translated."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    part = translating.first_part("en")
    part.metadata["Plural-Forms"] = "nplurals=2; plural=(n > 1);"
    for entry in part:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: f"⟦{entry.msgid}⟧", 1: f"⟦{entry.msgid_plural}⟧"}
        else:
            entry.msgstr = f"⟦{entry.msgid}⟧"
    part.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]


def without_brackets(text):
    """Return what stands outside of all brackets, which may be nested."""
    outside = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return outside if outside == text else without_brackets(outside)


def english_outside_brackets(page):
    """Return the English words of a page, and of its labels, that no translation brought."""
    tree = lxml.html.document_fromstring(page)
    # Names of languages and time zones have translations of their own, those of Django and of Unicode.
    for element in tree.xpath("//script | //style | //option | //*[@lang and not(self::html)]"):
        element.drop_tree()
    texts = [" ".join(tree.body.itertext())]
    texts += [value for name in ATTRIBUTES for value in tree.xpath(f"//@{name}")]
    words = set()
    for text in texts:
        words.update(WORD.findall(re.sub(r"https?://\S+", " ", without_brackets(text))))
    return words & english_words() - SPARED


@cache
def english_words():
    return {
        word
        for entry in polib.pofile(str(translating.catalogue_of("en")))
        for word in WORD.findall(entry.msgid)
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("address", PAGES)
def test_all_that_visitors_read_first_is_in_the_part(client, address):
    """What is left over has no translation at all, or stands in a file that FIRST does not name."""
    page = client.get(f"/fr/{address}").text
    sources = {
        word
        for source in Participation.objects.values_list("source", flat=True).distinct()
        for word in WORD.findall(source)
    }
    assert "⟦" in page
    assert english_outside_brackets(page) - sources == set()


class TestTheWayBack:
    CATALOGUE = """msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#. Translators: A State that is bound by a treaty.
#: reviews/models.py
msgid "party"
msgstr "partie"

#: events/models.py
msgctxt "of seats"
msgid "%(count)s place"
msgid_plural "%(count)s places"
msgstr[0] "%(count)s place"
msgstr[1] "%(count)s places"
"""

    def part(self, **changes):
        entry = polib.pofile(self.CATALOGUE).find("%(count)s place")
        for name, value in changes.items():
            setattr(entry, name, value)
        part = polib.POFile()
        part.append(entry)
        return part

    def test_only_what_was_translated_differs(self):
        forms = {0: "%(count)s siège", 1: "%(count)s sièges"}
        text, count = translating.merged(self.CATALOGUE, self.part(msgstr_plural=forms))
        assert count == 1
        assert text == self.CATALOGUE.replace('] "%(count)s place', '] "%(count)s siège')

    def test_the_same_translations_change_no_letter(self):
        assert translating.merged(self.CATALOGUE, polib.pofile(self.CATALOGUE)) == (self.CATALOGUE, 0)

    def test_what_the_part_leaves_empty_or_unsure_stays(self):
        for changes in (
            {"msgstr_plural": {0: "", 1: ""}},
            {"flags": ["fuzzy"], "msgstr_plural": {0: "a", 1: "b"}},
        ):
            assert translating.merged(self.CATALOGUE, self.part(**changes)) == (self.CATALOGUE, 0)

    @pytest.mark.parametrize(
        ("forms", "fault"),
        [
            ({0: "%(number)s siège", 1: "%(number)s sièges"}, "has %(count)s, the translation %(number)s"),
            ({0: "un siège", 1: "des sièges"}, "the translation none"),
            ({0: "%(number)s siège", 1: "les %(count)s sièges"}, "has %(count)s, the translation %(number)s"),
            ({0: "%(count)s sièges"}, "needs 2 forms"),
        ],
    )
    def test_a_lost_place_for_a_value_is_refused_and_nothing_written(self, tmp_path, capsys, forms, fault):
        file = tmp_path / "part.po"
        self.part(msgstr_plural=forms).save(str(file))
        before = translating.catalogue_of("fr").read_bytes()
        assert translating.main(["merge", "fr", str(file)]) == 1
        assert fault in capsys.readouterr().err
        assert translating.catalogue_of("fr").read_bytes() == before

    def test_no_translation_of_today_is_refused(self):
        for language in ("ar", "zh", "fr", "ru", "es"):
            part = translating.first_part(language)
            assert len(part) > 1000
            assert [fault for entry in part for fault in translating.faults_of(entry, language)] == []


def test_the_table_of_terms_is_what_the_catalogues_say():
    page = (translating.ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \| (.+) \| (.+) \| (.+) \|$", page, re.MULTILINE)[1:]
    assert len(rows) > 30
    for number, language in enumerate(("ar", "zh", "fr", "ru", "es"), start=1):
        catalogue = {
            entry.msgid: entry.msgstr
            for entry in polib.pofile(str(translating.catalogue_of(language)))
            if not entry.msgctxt
        }
        terms = {row[0]: row[number] for row in rows}
        assert terms == {term: catalogue.get(term) for term in terms}, language


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_what_django_has_in_english_only_is_in_our_catalogues(language):
    """Its administration, and its own messages; names of languages and plain punctuation aside."""
    django = Path(find_spec("django").origin).parent
    ours = known_entries(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")
    missing = set()
    for package in ("conf", "contrib/admin", "contrib/auth", "contrib/postgres"):
        folder = django / package / "locale"
        theirs = known_entries(folder / LOCALES.get(language, language) / "LC_MESSAGES" / "django.po")
        for entry in polib.pofile(str(folder / "en" / "LC_MESSAGES" / "django.po")):
            words = (entry.msgctxt, entry.msgid)
            if words not in theirs | ours and entry.msgid not in {", ", "Haitian Creole"}:
                missing.add(words)
    assert missing == set()


def known_entries(path):
    """Return the contexts and words of the entries that a catalogue translates."""
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if entry.translated()}
