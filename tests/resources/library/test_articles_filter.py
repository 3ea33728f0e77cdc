"""The filter by article: what is filed under one, and what serves it by subject, in the order of articles."""

import re

import pytest

from resources.records.enums import SuggestionStatus
from resources.records.models import SuggestedArticle
from taxonomy.law.models import Article
from tests.factories.resources import resource_in

pytestmark = pytest.mark.django_db


def choices_in(client):
    facets = {facet.name: facet for facet in client.get("/en/resources/").context["facets"]}
    return {choice.code: choice.count for choice in facets["article"].choices}


def test_the_filter_finds_each_pair_once_and_no_other(client, reference):
    filed, suggested, removed = (
        resource_in("published", title=title) for title in ("Filed", "Suggested", "Removed")
    )
    filed.articles.add("UNTOC-5")
    for record in (filed, suggested):
        SuggestedArticle.objects.create(resource=record, article_id="UNTOC-5")
    SuggestedArticle.objects.create(resource=removed, article_id="UNTOC-5", status=SuggestionStatus.REMOVED)
    SuggestedArticle.objects.create(resource=suggested, article_id="UNTOC-29")
    SuggestedArticle.objects.create(resource=suggested, article_id="TIP-2")
    assert choices_in(client) == {"UNTOC-5": 2, "UNTOC-29": 1, "TIP-2": 1}
    assert list(choices_in(client)) == ["UNTOC-5", "UNTOC-29", "TIP-2"]
    page = client.get("/en/resources/?article=UNTOC-5").text
    assert "Filed" in page
    assert "Suggested" in page
    assert "Removed" not in page
    both = client.get("/en/resources/?article=UNTOC-5&article=TIP-2&article_all=1")
    assert both.context["total"] == 1


def test_a_resource_suggests_articles_in_their_own_order_and_folds_the_later_ones(client, reference):
    record = resource_in("published", title="Guide")
    for code in ("FA-15", "UNTOC-29", "FA-6", "TIP-2", "UNTOC-5", "FA-13", "FA-9"):
        SuggestedArticle.objects.create(resource=record, article_id=code)
    SuggestedArticle.objects.create(resource=record, article_id="SOM-3", status=SuggestionStatus.REMOVED)
    page = client.get(record.get_absolute_url()).text.partition("Suggested articles")[2].partition("</dd>")[0]
    labels = re.findall(r">((?:UNTOC|TIP|FA|SOM) \d+):", page)
    assert labels == ["UNTOC 5", "UNTOC 29", "TIP 2", "FA 6", "FA 9", "FA 13", "FA 15"]
    assert "2 more articles" in page.partition("FA 9:")[2].partition("FA 13:")[0]


def test_articles_are_offered_by_their_numbers_in_every_language(reference):
    codes = [code for code, _name in Article.objects.for_choices()]
    assert codes == list(Article.objects.all().in_order().values_list("pk", flat=True))
