"""The packs of content: they load, load again without a change, and leave what the desk edited."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.seed import load_events
from portal.content import FOLDER, PACKS, REMOVABLE, load_content, remove_content
from taxonomy.law.models import ArticleText
from tests.portal.packs import counts_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

# An e-mail address, a telephone number as people print it, or the word before one.
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()/-]{7,}\d|\b(?i:tel|phone|telephone|fax)[.:]")

# Words of whoever gathered the facts, which say nothing to a reader.
WORKING = ("find_string", "shared/", "stored copy", "stored page", "in the brief", "collector")


@pytest.mark.parametrize("name", [name for name in PACKS if name != "library"])  # that: test_library_pack
def test_a_pack_loads_and_loading_again_changes_nothing(name: str) -> None:
    load_events()
    assert sum(counts.created for counts in counts_of(name)) > 0
    assert sum(counts.created + counts.updated for counts in counts_of(name)) == 0


def test_a_dry_run_saves_nothing_and_counts_the_same() -> None:
    out = StringIO()
    call_command("load_content", "articles", "--dry-run", stdout=out)
    assert "articles.csv: 107 created" in out.getvalue()
    assert not ArticleText.objects.exists()
    call_command("load_content", "articles", "--reference", stdout=out)
    assert "countries.csv: 0 created" in out.getvalue()
    assert ArticleText.objects.count() == 107
    with pytest.raises(CommandError, match="No such pack: nothing"):
        call_command("load_content", "nothing")


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv*")), ids=lambda file: file.name)
def test_no_pack_holds_a_personal_contact(file: Path) -> None:
    for row in rows_of(file.name):
        for column, cell in row.items():
            text = re.sub(r"https?://\S+", "", cell)
            assert not CONTACT.search(text), f"{file.name}, {column}: {cell[:80]}"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv*")), ids=lambda file: file.name)
def test_no_pack_holds_a_working_note(file: Path) -> None:
    for row in rows_of(file.name):
        for column, cell in row.items():
            assert not any(words in cell for words in WORKING), f"{file.name}, {column}: {cell[:80]}"


def test_an_article_shows_its_text_and_is_found_by_it(client: Any) -> None:
    load_content(["articles"])
    page = client.get("/en/articles/UNTOC/18/").text
    assert "the widest measure of mutual legal assistance" in page
    assert 'id="paragraph-3"' in page
    results_page = client.get("/en/search/", {"q": "widest measure of mutual legal assistance"}).text
    assert "/en/articles/UNTOC/18/" in results_page
    arabic = client.get("/ar/articles/UNTOC/18/").text
    assert '<div class="law-text prose" lang="en" dir="ltr">' in arabic


def test_provisions_stand_below_each_other() -> None:
    text = ArticleText(
        text="1. One:\n\n(a) Letter:\n\n(i) Roman\n\n(h) Eighth\n\n(i) Ninth\n\na. Small\n\nFlush"
    )
    assert [paragraph.level for paragraph in text.paragraphs] == [0, 1, 2, 1, 1, 3, 0]
    assert [paragraph.number for paragraph in text.paragraphs] == ["1", "", "", "", "", "", ""]


def test_what_everybody_may_see_is_counted(reference):
    load_content(["news", "articles"])
    out = StringIO()
    call_command("count_content", stdout=out)
    output = out.getvalue()
    shown = [row["language"] for row in rows_of("news_links.csv") if row["confidence"] != "low"]
    assert f"links to news: {len(shown)}\n" in output
    assert "texts of articles: 107\n" in output
    languages = ", ".join(f"{code} {shown.count(code)}" for code in sorted(set(shown)))
    assert f"news by language: {len(shown)} ({languages})" in output
    assert "organizations: 0\n" in output


@pytest.mark.parametrize("name", [name for name in REMOVABLE if name != "library"])
def test_a_pack_is_taken_out_again_but_for_what_the_desk_edited(name):
    if name == "events":
        load_events()
    model, _kind = REMOVABLE[name]
    before = set(model._default_manager.values_list("pk", flat=True))
    load_content([name])
    loaded = model._default_manager.exclude(pk__in=before)
    count = loaded.count()
    edited = loaded.order_by("pk").first()
    model._default_manager.filter(pk=edited.pk).update(edited_by_hand=True)
    removed, stay = remove_content(name)
    assert (removed, stay) == (count - 1, 0)
    assert set(model._default_manager.values_list("pk", flat=True)) == before | {edited.pk}


@pytest.mark.parametrize(("packs", "words"), [((), "Name the packs"), (("directory",), "at the desk")])
def test_removing_says_what_cannot_be_removed(packs, words):
    with pytest.raises(CommandError, match=words):
        call_command("load_content", *packs, "--remove")
