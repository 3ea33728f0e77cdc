"""The page of an article: what it tells, and that its parts show each reader only what is theirs to see."""

import re

import pytest
from django.utils.translation import override

from accounts.people.enums import Role
from portal.content import load_content
from reviews.calls.models import Question
from search.actions import rebuild
from search.models import Document
from stakeholders.entries.enums import Listing
from taxonomy.curation.actions import save_row
from taxonomy.law.models import Article, Instrument
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, published_for
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
PAGE = "/en/articles/UNTOC/5/"


@pytest.fixture
def member(reference):
    """A member, and on article 5: two who work on it, one for members alone; two answers, one published."""
    open_one = StakeholderFactory(name="Open House")
    hidden = StakeholderFactory(name="Quiet House", listing=Listing.MEMBERS)
    for stakeholder in (open_one, hidden):
        stakeholder.articles.add("UNTOC-5")
    call = CallFactory(title="How is article 5 applied?")
    Question.objects.filter(call=call, position=0).update(article="UNTOC-5")
    published_for(call, StakeholderFactory(name="Heard House"))
    draft_for(call, StakeholderFactory(name="Drafting House"))
    other = CallFactory(title="Of another article")
    published_for(other, StakeholderFactory(name="Elsewhere House"))
    return member_of(hidden)


def test_an_article_has_title_cluster_text_and_its_parts(client, member):
    page = client.get(PAGE).text
    article = Article.objects.get(pk="UNTOC-5")
    assert f"Article 5: {article.name}" in page
    assert "Cluster I: Criminalization and jurisdiction" in page
    address = Instrument.objects.get(pk="UNTOC").text_url
    assert address.startswith("https://treaties.un.org/")
    assert address.replace("&", "&amp;") in page
    assert "Open House" in page
    assert "Heard House" in page
    for absent in ("Quiet House", "Drafting House", "Elsewhere House"):
        assert absent not in page
    assert '<a href="/en/articles/UNTOC/4/">' in page
    sign_in(client, member)
    assert "Quiet House" in client.get(PAGE).text


def test_the_official_text_is_one_press_away_in_the_language_of_the_reader(client, reference):
    load_content(["articles"])
    for language in ("en", "ar", "zh"):
        for address in (f"/{language}/articles/", f"/{language}/articles/UNTOC/18/"):
            assert f'href="https://docs.un.org/{language}/A/RES/55/25"' in client.get(address).text
    assert 'href="https://docs.un.org/ar/A/RES/55/255"' in client.get("/ar/articles/FA/3/").text


def test_a_long_article_has_contents_and_folds_its_text_between_numbered_paragraphs(client, reference):
    load_content(["articles"])
    page = client.get("/en/articles/UNTOC/18/").text
    contents = page.partition('id="contents"')[2].partition("</nav>")[0]
    for anchor in re.findall(r'href="#([^"]+)"', contents):
        assert page.count(f'id="{anchor}"') == 1
    assert "Text of the article" in contents
    shown, _summary, folded = page.partition('<details class="disclosure fold">')
    folded = folded.partition("</details>")[0]
    assert "The text from paragraph 4 on" in folded
    for number in range(1, 31):
        assert f'href="#paragraph-{number}">{number}</a>' in shown
        assert f'id="paragraph-{number}"' in (shown if number < 4 else folded)
    assert "disclosure fold" not in client.get("/en/articles/UNTOC/5/").text.partition("article-resources")[0]


def test_every_article_has_its_page_in_every_language_and_nothing_else_has(client, reference):
    with override("ar"):
        addresses = [article.get_absolute_url() for article in Article.objects.select_related("instrument")]
    assert len(addresses) == 107
    listed = client.get("/ar/articles/").text
    assert all(f'href="{address}"' in listed for address in addresses)
    arabic = client.get("/ar/articles/FA/15/").text
    assert '<span lang="en" dir="ltr">' in arabic  # titles are known in English alone, and say so
    for missing in ("UNTOC/99", "UNCAC/1", "nothing/5", "untoc/5"):
        assert client.get(f"/en/articles/{missing}/").status_code == 404
    assert b"/en/articles/UNTOC/5/" in client.get("/sitemap-articles-1.xml").content


@pytest.mark.parametrize(
    ("language", "text", "path"),
    (
        ("en", "article 5", "/en/articles/UNTOC/5/"),
        ("en", "criminalization of participation", "/en/articles/UNTOC/5/"),
        ("en", "UNTOC-15", "/en/articles/UNTOC/15/"),
        ("fr", "article 15", "/fr/articles/FA/15/"),
        ("ar", "5 UNTOC", "/ar/articles/UNTOC/5/"),
    ),
)
def test_an_article_is_found_and_suggested_by_number_and_title(client, reference, language, text, path):
    rebuild("taxonomy.article")
    assert path in client.get(f"/{language}/search/", {"q": text}).text
    suggested = client.get(f"/{language}/search/suggest/", {"q": text}).text
    assert suggested.count(path) == 1
    assert client.get(path).status_code == 200


def test_an_article_in_the_index_says_what_the_desk_made_of_it(client, reference):
    assert rebuild("taxonomy.article") == 107
    article = Article.objects.get(pk="UNTOC-5")
    article.name_fr = "Incrimination de la participation"
    save_row(article, actor=person_with(Role.CURATION))
    page = client.get("/fr/search/", {"q": "incrimination participation", "kind": "taxonomy.article"}).text
    assert "/fr/articles/UNTOC/5/" in page
    assert Document.objects.filter(kind="taxonomy.article").count() == 107
