"""The pack of the library, loaded once for all tests: what the desk edited or people use stays."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from accounts.people.enums import Role
from portal.content import load_content, remove_content
from resources.bookmarks.models import Bookmark
from resources.cataloguing.queries import waiting_suggestions
from resources.collections.models import Collection
from resources.curation.actions import edit
from resources.records.enums import ResourceStatus, SuggestionStatus
from resources.records.models import Resource, SuggestedArticle
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with
from tests.factories.resources import ResourceFactory
from tests.portal.packs import counts_of, rows_of
from tests.support import markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "loaded")]


@pytest.fixture(scope="module")
def loaded(module_rows: None) -> list[Any]:
    """What the first loading did to each file. It writes each record by itself, which takes longest here."""
    return counts_of("library")


def test_a_pack_loads_and_loading_again_changes_nothing(loaded: list[Any]) -> None:
    assert sum(counts.created for counts in loaded) > 0
    assert sum(counts.created + counts.updated for counts in counts_of("library")) == 0


def test_what_the_desk_edited_or_decided_stays(client: Any) -> None:
    record = Resource.objects.get(code="tip-toolkit-online")
    edit(record, actor=person_with(Role.CURATION), version=record.version, facts={"publisher": "By the desk"})
    gone = SuggestedArticle.objects.first()
    SuggestedArticle.objects.filter(pk=gone.pk).update(status=SuggestionStatus.REMOVED)
    Collection.objects.filter(title="Begin here").update(about="As the desk has it")
    assert load_content(["library"])["resources.csv"].skipped == 1
    record.refresh_from_db()
    gone.refresh_from_db()
    assert record.publisher == "By the desk"
    assert gone.status == SuggestionStatus.REMOVED
    assert Collection.objects.get(title="Begin here").about == "As the desk has it"


def test_a_record_that_left_its_file_says_so_until_the_desk_edits_it() -> None:
    left, own = ResourceFactory(code="left"), ResourceFactory()
    left.topics.set(["firearms"])
    load_content(["library"])
    left.refresh_from_db()
    own.refresh_from_db()
    assert (left.gone_since, own.gone_since) == (localdate(), None)
    edit(left, actor=person_with(Role.CURATION), version=left.version, facts={"publisher": "By the desk"})
    load_content(["library"])
    left.refresh_from_db()
    assert (left.edited_by_hand, left.gone_since) == (True, None)


def test_what_the_desk_merged_renamed_or_filed_itself_is_followed(client: Any) -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    merge_terms(Topic.objects.get(pk="cybercrime"), Topic.objects.get(pk="corruption"), actor=administrator)
    Collection.objects.filter(code="begin").update(title="Start with these")
    filed = SuggestedArticle.objects.select_related("resource").first()
    filed.resource.articles.add(filed.article_id)
    assert filed not in waiting_suggestions(administrator)
    gone, stays = Resource.objects.filter(code__startswith="e4j-oc")[:2]
    Resource.objects.filter(pk=gone.pk).update(status=ResourceStatus.MERGED, merged_into=stays)
    report = load_content(["library"])
    assert report["resources.csv"].skipped == 1
    assert report["resources.csv"].created + report["resources.csv"].updated == 0
    assert not Resource.objects.filter(topics="cybercrime").exists()
    assert Collection.objects.count() == len(rows_of("collections.csv"))


def test_a_record_names_its_collection_by_a_title_that_says_what_it_is_about(client: Any) -> None:
    page = client.get(Resource.objects.get(code="legislative-guide-untoc-2017").get_absolute_url())
    part = markup_of(page).partition('id="in-collections"')[2].partition("</section>")[0]
    assert "The Convention, article by article" in part
    assert "By article" not in part


def test_a_record_of_which_only_a_copy_was_found_has_no_link_and_says_so(client: Any) -> None:
    copies = [row for row in rows_of("resources.csv") if row["confidence"] == "copy"]
    assert copies
    assert all(not row[f"link{end}"] for row in copies for end in ("", "_fr", "_es", "_ru", "_ar", "_zh"))
    record = Resource.objects.get(code=copies[0]["code"])
    page = client.get(record.get_absolute_url()).text
    assert "The official link is not known yet" in page
    assert "Open at its publisher" not in page


def test_a_pack_is_taken_out_again_but_for_what_the_desk_edited() -> None:
    own = ResourceFactory()
    loaded = Resource.objects.exclude(code="")
    count = loaded.count()
    edited = loaded.order_by("pk").first()
    Resource.objects.filter(pk=edited.pk).update(edited_by_hand=True)
    assert remove_content("library") == (count - 1, 0)
    assert set(Resource.objects.all()) == {own, edited}


def test_what_people_use_stays_when_its_pack_is_taken_out(capsys):
    used = Resource.objects.exclude(code="").first()
    Bookmark.objects.create(user=UserFactory(), resource=used)
    call_command("load_content", "library", "--remove")
    assert "library: " in capsys.readouterr().out
    assert list(Resource.objects.exclude(code="")) == [used]
