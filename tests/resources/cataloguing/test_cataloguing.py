"""Articles that were suggested for records: what readers see of them, and how the desk decides."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from audit.models import Entry
from resources.records.enums import SuggestionStatus
from resources.records.models import Resource, SuggestedArticle
from tests.factories.accounts import person_with, sign_in
from tests.factories.resources import ResourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

LIST = reverse("resourcedesk:suggested_articles")
PAGE = reverse("resourcedesk:suggested_for_article", args=["UNTOC", 5])
ARTICLE = reverse("portal:article", args=["UNTOC", 5])


@pytest.fixture
def suggested() -> list[SuggestedArticle]:
    return [
        SuggestedArticle.objects.create(resource=ResourceFactory(title=title), article_id="UNTOC-5")
        for title in ("A manual", "A model law", "A news page")
    ]


def test_readers_see_what_is_suggested_apart_from_what_is_filed(client: Any, suggested: Any) -> None:
    filed = ResourceFactory(title="A legislative guide")
    filed.articles.add("UNTOC-5")
    hidden = ResourceFactory(title="For the desk", audience="desk")
    SuggestedArticle.objects.create(resource=hidden, article_id="UNTOC-5")
    page = client.get(ARTICLE).text
    before, after = page.split("Suggested for this article")
    assert "A legislative guide" in before
    assert "A manual" not in before
    assert "A manual" in after
    assert "For the desk" not in page
    record = client.get(suggested[0].resource.get_absolute_url()).text
    assert "Suggested articles" in record
    assert ARTICLE in record


def test_the_desk_confirms_some_and_removes_others(client: Any, suggested: Any) -> None:
    desk = person_with(Role.CURATION)
    sign_in(client, desk)
    assert "3 pending suggestions" in client.get(LIST).text
    assert client.get(PAGE).text.count('name="chosen"') == 3
    manual, law, news = suggested
    client.post(PAGE, {"chosen": [manual.pk, law.pk], "confirm": "1"})
    assert client.get(PAGE).text.count('name="chosen"') == 1
    done = client.post(PAGE, {"chosen": [news.pk, "nonsense"], "remove": "1"})
    assert done["Location"] == LIST
    assert "No pending suggestions" in client.get(LIST).text
    statuses = dict(SuggestedArticle.objects.values_list("pk", "status"))
    assert statuses == {
        manual.pk: SuggestionStatus.CONFIRMED,
        law.pk: SuggestionStatus.CONFIRMED,
        news.pk: SuggestionStatus.REMOVED,
    }
    assert set(Resource.objects.filter(articles="UNTOC-5")) == {manual.resource, law.resource}
    assert Entry.objects.filter(action="resources.resource.edit").count() == 2
    page = client.get(ARTICLE).text
    assert "A manual" in page
    assert "A news page" not in page


def test_what_a_colleague_removed_meanwhile_is_not_confirmed(client: Any, suggested: Any) -> None:
    sign_in(client, person_with(Role.CURATION))
    SuggestedArticle.objects.update(status=SuggestionStatus.REMOVED)
    page = client.post(PAGE, {"chosen": [suggested[0].pk], "confirm": "1"}, follow=True)
    assert "0 resources were added to the article." in page.text
    assert not suggested[0].resource.articles.exists()
