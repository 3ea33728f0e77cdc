"""The library as its readers use it: list, records with languages and files, citing, keeping, hearing."""

import json
import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from resources.bookmarks.actions import save_search, send_due_alerts
from resources.bookmarks.models import Bookmark, SavedSearch
from resources.bookmarks.queries import personal_rows, titles_for
from resources.files.actions_reading import read
from resources.files.models import ResourceFile
from resources.library.queries import LibraryQuery
from resources.records.models import Author, LibraryChange, Resource, ResourceRelation, ResourceStakeholder
from resources.records.queries_lines import INDEXED
from search.actions import index
from search.models import Document
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.resources import CollectionFactory, EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.resources.documents import pdf
from tests.support import markup_of, words_of

pytestmark = pytest.mark.django_db
LIST = "/en/resources/"
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(response):
    names = re.findall(r'entry-title"><a href="[^"]*"><bdi[^>]*>(.*?)</bdi>', markup_of(response))
    return [unescape(re.sub("</?mark>", "", name)) for name in names]


def with_file(resource, *pages):
    content = pdf(*pages)
    file = ResourceFile(edition=resource.editions.get(is_original=True))
    upload = SimpleUploadedFile("guide.pdf", content, content_type="application/pdf")
    file.take(upload)
    file.save()
    return file


# --- The list -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("many", (1, 3))
def test_the_list_costs_the_same_with_one_and_with_three(
    client, reference, settings, django_assert_max_num_queries, many
):
    settings.KEEP_PAGES_SECONDS = 60
    for number in range(many):
        resource = ResourceFactory(title=f"Guide on witnesses {number}")
        resource.topics.add("corruption")
        EditionFactory(resource=resource)
        index(resource)
    for query in ("", "q=witnesses", "q=witnesses&sort=newest", "crime=corruption&not_language=ar"):
        client.cookies.clear()
        with django_assert_max_num_queries(6):
            assert len(titles(client.get(f"{LIST}?{query}"))) == many
    with django_assert_max_num_queries(1):
        client.get(LIST)
    with django_assert_max_num_queries(1):
        client.get(f"{LIST}?q=witnesses")


def test_a_kept_answer_to_words_is_old_as_soon_as_the_index_changes(client, reference, settings):
    """A file that was read is no change of the library."""
    settings.KEEP_PAGES_SECONDS = 60
    first, second = ResourceFactory(title="Guide on witnesses"), ResourceFactory(title="Handbook")
    index(first)
    address = f"{LIST}?q=witnesses"
    assert titles(client.get(address)) == titles(client.get(address)) == ["Guide on witnesses"]
    before = LibraryChange.objects.version()
    Document.objects.filter(object_id=first.pk, kind=INDEXED).delete()
    index(second)
    assert titles(client.get(address)) == []
    assert LibraryChange.objects.version() == before
    index(first)
    assert titles(client.get(address)) == ["Guide on witnesses"]


def test_where_nothing_has_all_the_words_the_nearest_are_shown_and_called_so(client, reference):
    for title, kind in (
        ("A toolkit on trafficking in persons", "toolkit"),
        ("A toolkit on firearms", "guide"),
    ):
        index(ResourceFactory(title=title, kind=kind))
    for words in ("human+trafficking+toolkit", "TIP+toolkit"):
        page = client.get(f"{LIST}?q={words}")
        assert titles(page) == ["A toolkit on trafficking in persons"]
        assert "No result has all of these words" not in page.text
    page = client.get(f"{LIST}?q=illustrated+trafficking+toolkit")
    assert titles(page) == ["A toolkit on trafficking in persons"]
    assert "No result has all of these words. These have most of them." in page.text
    assert titles(client.get(f"{LIST}?q=what+is+there+on+the+trafficking+in+persons")) == titles(page)
    # A filter that is in the way is named, and no word is dropped for it.
    page = client.get(f"{LIST}?q=toolkit+firearms&kind=toolkit")
    assert "No result has all of these words" not in page.text
    assert "Without Toolkit" in page.text


@pytest.mark.behaviour("K-06")
def test_choices_carry_numbers_chips_take_away_and_nothing_is_a_dead_end(client, reference):
    alpha = ResourceFactory(title="Alpha", kind="toolkit", published_on="2024-05-01", publisher="UNODC")
    alpha.topics.set(["corruption", "firearms"])
    beta = ResourceFactory(title="Beta", published_on="2020-01-01", publisher="UNODC")
    beta.articles.add("UNTOC-5")
    page = client.get(f"{LIST}?publisher=UNODC&not_kind=guide")
    assert titles(page) == ["Alpha"]
    chips = re.findall(r'class="chip" href="([^"]*)".*?</span>(.*?) <span', markup_of(page))
    assert [label for _url, label in chips] == ["Not: Guide", "UNODC"]
    assert sorted(titles(client.get(LIST + unescape(chips[0][0])))) == ["Alpha", "Beta"]
    assert re.search(r'<option value="corruption">Corruption[^<]*\(1\)', markup_of(page))
    nothing = client.get(f"{LIST}?crime=corruption&article=UNTOC-5")
    assert "No resource matches all filters" in markup_of(nothing)
    ways = re.findall(r'<li><a href="([^"]*)">Without ', markup_of(nothing))
    assert sorted(titles(client.get(LIST + unescape(way)))[0] for way in ways) == ["Alpha", "Beta"]
    assert titles(nothing)  # the nearest
    missing = markup_of(client.get(f"{LIST}?kind=nothing"))
    assert "“nothing” is not a choice of the filter “Kind”, so nothing is found." in missing


@pytest.mark.behaviour("K-06")
def test_each_filter_narrows_by_what_its_choice_names_and_counts_it(client, reference, subtests):
    resource = ResourceFactory(title="Alpha", kind="toolkit", published_on="2024-05-01", publisher="UNODC")
    for links, code in (
        (resource.topics, "corruption"),
        (resource.instruments, "UNTOC"),
        (resource.articles, "UNTOC-5"),
        (resource.countries, "KEN"),
    ):
        links.add(code)
    EditionFactory(resource=resource, language_id="fr")
    ResourceFactory(title="Beta", published_on="2020-01-01", publisher="UNICRI")
    for query in (
        "kind=toolkit",
        "crime=corruption",
        "instrument=UNTOC",
        "article=UNTOC-5",
        "country=KEN",
        "language=fr",
        "year=2024",
        "publisher=UNODC",
    ):
        with subtests.test(query=query):
            page = client.get(f"{LIST}?{query}")
            assert titles(page) == ["Alpha"]
            name, code = query.split("=")
            facet = next(facet for facet in page.context["facets"] if facet.name == name)
            assert {choice.code: choice.count for choice in facet.choices}[code] == 1


@pytest.mark.behaviour("K-10")
def test_the_reader_gets_their_language_else_the_original_labelled(client, reference):
    resource = ResourceFactory(title="دليل", language_id="ar", published_on="2024-01-01", precision="year")
    EditionFactory(resource=resource, language_id="fr", title="Le guide", abstract="Pour les *juges*.")
    assert titles(client.get("/fr/resources/")) == ["Le guide"]
    listed = client.get(LIST)
    assert titles(listed) == ["دليل"]
    assert "<span>in Arabic</span>" in markup_of(listed)
    assert 'lang="ar" dir="rtl">دليل' in markup_of(listed)
    french = client.get(f"/fr/resources/{resource.pk}-{resource.slug}/")
    assert '<h1><bdi lang="fr" dir="ltr">Le guide</bdi></h1>' in markup_of(french)
    assert "<em>juges</em>" in markup_of(french)
    english = client.get(f"{LIST}{resource.pk}-{resource.slug}/")
    assert "You see it in Arabic." in markup_of(english)
    chosen = client.get(f"{LIST}{resource.pk}-{resource.slug}/?language=fr")
    assert "Le guide</bdi></h1>" in markup_of(chosen)
    assert "You see it in" not in markup_of(chosen)
    assert 'href="?language=ar" hreflang="ar"' in markup_of(chosen)


@pytest.mark.behaviour("K-10")
def test_what_is_in_the_language_of_the_reader_comes_before_others_that_match_as_well(client, reference):
    index(ResourceFactory(title="A: UNTOC", language_id="en"))
    index(ResourceFactory(title="Z: UNTOC", language_id="ar"))
    index(EditionFactory(resource=ResourceFactory(title="B: UNTOC"), title="Y: UNTOC").resource)
    assert titles(client.get(f"{LIST}?q=UNTOC"))[-1] == "Z: UNTOC"
    assert titles(client.get("/ar/resources/?q=UNTOC"))[0] == "Z: UNTOC"
    assert titles(client.get("/fr/resources/?q=UNTOC"))[0] == "Y: UNTOC"


def test_words_are_found_on_the_pages_of_files_and_the_page_is_named(client, reference):
    resource = ResourceFactory(title="A toolkit for courts")
    file = with_file(resource, "Nothing here", "How to protect a whistleblower at home")
    assert titles(client.get(f"{LIST}?q=whistleblowers")) == []
    read(file.pk)
    index(resource)
    page = client.get(f"{LIST}?q=whistleblowers")
    assert titles(page) == ["A toolkit for courts"]
    passage = re.search(r'class="passages".*?</ul>', page.text, re.DOTALL)[0]
    assert "p. 2" in passage
    assert "<mark>whistleblower</mark>" in passage
    at_its_page = f'href="/files/resource/{file.pk}/#page=2"'
    assert at_its_page in passage
    further = f"/en/resources/{resource.pk}-{resource.slug}/?q=whistleblowers"
    assert f'href="{further}"' in page.text
    assert f'href="{further}"' in client.get("/en/search/?q=whistleblowers").text
    record = client.get(further).text
    assert "<mark>whistleblower</mark>" in record
    assert at_its_page in record
    assert "Found inside" not in client.get(further.partition("?")[0]).text


# --- The record ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("publisher", "symbol", "way"),
    (
        ("UNODC", "", "Search for the title on the website of its publisher, UNODC"),
        ("UNODC", "UNODC/CCPCJ/EG.1/2014/3", "Search for the symbol UNODC/CCPCJ/EG.1/2014/3 on the website"),
        ("", "", "Search for the title on the website of its publisher."),
        ("UNODC", "A/71/119", ""),  # the rule of the symbol gives the address
    ),
)
def test_a_record_with_only_a_copy_says_how_to_look_for_it(client, reference, publisher, symbol, way):
    resource = ResourceFactory(code="a-copy", publisher=publisher, symbol=symbol, original__link="")
    page = client.get(f"{LIST}{resource.pk}-{resource.slug}/")
    assert ("only a copy was found" in page.text) is bool(way)
    assert way in words_of(page)
    assert ('href="/en/contact/message/"' in page.text) is bool(way)


@pytest.mark.behaviour("K-14")
def test_a_record_tells_people_and_programs_how_to_cite_it(
    client, reference, settings, django_assert_max_num_queries
):
    settings.KEEP_PAGES_SECONDS = 60
    house = StakeholderFactory(name="Open House")
    resource = ResourceFactory(
        title="Courts & victims </script>",
        kind="report",
        publisher="UNODC",
        published_on="2024-05-17",
        doi="10.18356/9789210056250",
        symbol="CTOC/COP/2024/1",
        licence="cc_by",
    )
    Author.objects.create(resource=resource, name="Wanjiku wa Kamau")
    resource.stakeholder_links.create(stakeholder=house, role="author")
    resource.stakeholder_links.create(
        stakeholder=StakeholderFactory(name="Quiet", listing="unlisted"), role="author"
    )
    resource.topics.add("corruption")
    resource.articles.add("UNTOC-5")
    near = ResourceFactory(title="Its second edition")
    ResourceRelation.objects.create(resource=near, other=resource, kind="new_edition_of")
    hidden = ResourceFactory(title="Hidden kin", audience="members")
    ResourceRelation.objects.create(resource=resource, other=hidden, kind="see_also")
    collection = CollectionFactory(title="For judges")
    collection.items.create(resource=resource)
    with_file(resource, "One")
    address = f"{LIST}{resource.pk}-{resource.slug}/"
    page = client.get(address)
    with django_assert_max_num_queries(1):
        again = client.get(address)
    assert again["Link"] == page["Link"]
    text = page.text
    for phrase in (
        "Wanjiku wa Kamau",
        "Open House",
        "17 May 2024",
        "CTOC/COP/2024/1",
        "For judges",
        "Its second edition",
        "There is a newer edition",
        "guide.pdf",
        "/en/articles/UNTOC/5/",
    ):
        assert phrase in text
    assert "Hidden kin" not in text
    assert "Quiet" not in text
    metas = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)">', text))
    assert unescape(metas["citation_title"]) == resource.title
    authors = re.findall(r'<meta name="(citation_author|DC.creator)" content="([^"]*)">', text)
    assert [name for tag, name in authors if tag == "citation_author"] == ["Wanjiku wa Kamau", "Open House"]
    assert [name for tag, name in authors if tag == "DC.creator"] == ["Wanjiku wa Kamau", "Open House"]
    assert metas["citation_publisher"] == "UNODC"
    assert metas["citation_doi"] == "10.18356/9789210056250"
    assert metas["citation_technical_report_number"] == "CTOC/COP/2024/1"
    assert metas["citation_publication_date"] == "2024/05/17"
    assert metas["citation_pdf_url"].startswith("http://testserver/files/resource/")
    assert metas["DC.date"] == "2024-05-17"
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])
    assert (data["@type"], data["datePublished"], data["name"]) == ("Report", "2024-05-17", resource.title)
    assert '<https://doi.org/10.18356/9789210056250>; rel="cite-as"' in page["Link"]
    assert 'property="og:title"' in text
    for form, begins in (("bibtex", "@techreport{"), ("ris", "TY  - RPRT"), ("csl-json", "[\n")):
        [link] = re.findall(rf'href="(/en/resources/\d+/cite/{form}/[^"]*)"', text)
        answer = client.get(link)
        assert answer.text.startswith(begins)
        assert "Wanjiku wa Kamau" in answer.text
        assert "attachment" in answer["Content-Disposition"]
    assert client.get(f"{LIST}{resource.pk}/cite/word/").status_code == 404
    moved = client.get(f"{LIST}{resource.pk}/?language=en")
    assert (moved.status_code, moved.url) == (301, f"{address}?language=en")


def test_what_is_not_to_be_read_shows_nowhere(client, reference, subtests):
    shown = ResourceFactory(title="Shown thing")
    others = [
        ResourceFactory(title="Secret thing 1", audience="members"),
        ResourceFactory(title="Secret thing 2", embargo_until=now() + timedelta(minutes=5)),
        *(
            resource_in(state, title=f"Secret thing {state}")
            for state in ("draft", "pending", "hold", "refused")
        ),
    ]
    for resource in (shown, *others):
        resource.articles.add("UNTOC-5")
        index(resource)
    pages = {
        "list": LIST,
        "feed": f"{LIST}feed/?article=UNTOC-5",
        "search": f"{LIST}?q=thing",
        "home": "/en/",
        "sitemap": "/sitemap-resources-1.xml",
        "alike": f"{LIST}{shown.pk}-{shown.slug}/",
        "article": "/en/articles/UNTOC/5/",
    }
    for resource in others:
        for tail in ("", "cite/ris/"):
            assert client.get(f"{LIST}{resource.pk}/{tail}").status_code == 404
    for way, url in pages.items():
        with subtests.test(way=way):
            text = client.get(url).text
            assert ("hown thing" in text) or f"/{shown.pk}-" in text
            assert "ecret" not in text


@pytest.mark.behaviour("K-02")
def test_an_embargo_ends_at_its_instant_also_for_kept_pages(client, reference, settings):
    settings.KEEP_PAGES_SECONDS = 60
    resource = ResourceFactory(title="Embargoed", embargo_until=now() + timedelta(hours=1))
    assert client.get(f"{LIST}{resource.pk}/").status_code == 404
    assert titles(client.get(LIST)) == []
    sign_in(client, person_with(Role.CURATION))
    assert "under embargo" in client.get(f"{LIST}{resource.pk}-{resource.slug}/").text
    client.logout()
    client.cookies.clear()
    Resource.objects.filter(pk=resource.pk).update(embargo_until=now() - timedelta(seconds=1))
    assert titles(client.get(LIST)) == ["Embargoed"]
    assert client.get(f"{LIST}{resource.pk}-{resource.slug}/").status_code == 200


def test_what_was_withdrawn_says_so_and_what_was_merged_leads_on(client, reference):
    gone = resource_in(
        "withdrawn",
        title="Gone guide",
        withdrawn_note="Replaced by <b>law</b>.",
        published_on="2020-02-01",
        precision="month",
    )
    page = client.get(f"{LIST}{gone.pk}-any/")
    assert page.status_code == 410
    for phrase in (
        "Gone guide",
        "Its owner does not allow it",
        "Replaced by &lt;b&gt;law&lt;/b&gt;.",
        "February 2020",
    ):
        assert phrase in page.text
    hidden = resource_in("withdrawn", title="Gone for members", audience="members")
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
    into = ResourceFactory(title="The one that stays")
    merged = resource_in("merged", merged_into=into)
    answer = client.get(f"{LIST}{merged.pk}-x/")
    assert (answer.status_code, answer.url) == (301, into.get_absolute_url())


def test_who_hides_is_named_on_no_kept_page_of_the_library(client, reference, settings):
    settings.KEEP_PAGES_SECONDS = 60
    author = StakeholderFactory(name="Quiet Society")
    resource = ResourceFactory(title="Written together")
    ResourceStakeholder.objects.create(resource=resource, stakeholder=author)
    collection = CollectionFactory(owner=author)
    pages = [f"{LIST}{resource.pk}-{resource.slug}/", collection.get_absolute_url(), f"{LIST}collections/"]
    for page in pages:
        assert "Quiet Society" in client.get(page).text, page
    Stakeholder.objects.filter(pk=author.pk).update(listing="unlisted")
    DirectoryVersion.objects.bump()
    for page in pages:
        assert "Quiet Society" not in client.get(page).text, page


@pytest.mark.behaviour("K-08")
def test_each_list_has_a_feed_in_one_language(client, reference):
    resource = ResourceFactory(title="On bribes", published_at=now() - timedelta(days=2))
    resource.topics.add("corruption")
    EditionFactory(resource=resource, title="Sur la corruption")
    ResourceFactory(title="On ships")
    page = client.get("/fr/resources/?crime=corruption&sort=date").text
    [link] = re.findall(r'type="application/atom\+xml"[^>]* href="([^"]*)"', page)
    answer = client.get(unescape(link))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)  # noqa: S314  our own
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr"
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Sur la corruption"
    assert entry.find(f"{ATOM}link").attrib["href"].startswith("http://testserver/fr/resources/")
    assert len(ET.fromstring(client.get(f"{LIST}feed/").content).findall(f"{ATOM}entry")) == 2  # noqa: S314  our own


# --- Keeping ------------------------------------------------------------------------------------------------
@pytest.mark.behaviour("K-17")
def test_a_member_bookmarks_saves_a_search_and_hears_what_is_new_in_it(client, reference):
    user = member_of(StakeholderFactory())
    resource = ResourceFactory(title="On bribes")
    sign_in(client, user)
    page = markup_of(client.get(f"{LIST}{resource.pk}-{resource.slug}/"))
    assert "Bookmark</button>" in page
    client.post(f"{LIST}{resource.pk}/bookmark/", {"keep": "1"})
    client.post(f"{LIST}{resource.pk}/bookmark/", {"keep": "1"})
    assert Bookmark.objects.filter(user=user).count() == 1
    form = client.get(f"{LIST}saved/new/?kind=guide&crime=corruption")
    assert "Guide · Corruption" in markup_of(form)
    refused = client.post(f"{LIST}saved/new/?crime=corruption&kind=guide", {"name": " ", "alerts": "daily"})
    assert "This field is required" in markup_of(refused)
    assert 'value="daily"' in markup_of(refused)
    for _twice in range(2):
        client.post(f"{LIST}saved/new/?crime=corruption&kind=guide", {"name": "Bribes", "alerts": "daily"})
    [search] = SavedSearch.objects.filter(user=user)
    assert search.query == "kind=guide&crime=corruption"
    saved_page = markup_of(client.get(f"{LIST}saved/"))
    assert "On bribes" in saved_page
    assert "Bribes" in saved_page
    mark, saved = personal_rows(user)
    assert (mark[0].value, mark[0].shown) == (resource.pk, "On bribes")
    assert [field.value for field in saved][:3] == ["Bribes", "kind=guide&crime=corruption", "daily"]
    # Nothing is new, then three of which one is hidden and one is of another kind, then nothing again.
    SavedSearch.objects.update(last_told_at=now() - timedelta(days=1))
    assert send_due_alerts() == 0
    for title, fields in (
        ("New one", {}),
        ("Elsewhere", {"kind": "report"}),
        ("Hidden", {"audience": "desk"}),
    ):
        ResourceFactory(title=title, **fields).topics.add("corruption")
    assert send_due_alerts() == 0  # not before a day has passed
    SavedSearch.objects.update(last_told_at=now() - timedelta(days=1))
    assert send_due_alerts() == 1
    assert send_due_alerts() == 0
    [notice] = Notice.objects.filter(user=user, kind="resources.saved_search")
    assert notice.facts["count"] == 1
    [message] = Message.objects.filter(user=user, kind="resources.saved_search")
    to = client.get(f"{LIST}saved/{search.pk}/")
    assert to.url == "/en/resources/?kind=guide&crime=corruption&sort=newest"
    assert titles_for([message]) == {message.pk: {"titles": ["New one"], "more": False}}
    Resource.objects.filter(title="New one").update(audience="desk")
    assert titles_for([message]) == {}  # hidden before it was sent: held back
    client.post(f"{LIST}saved/{search.pk}/change/", {"name": "Bribes", "alerts": "off"})
    SavedSearch.objects.update(last_told_at=now() - timedelta(days=30))
    ResourceFactory(title="Newer").topics.add("corruption")
    assert send_due_alerts() == 0
    stranger = UserFactory()
    sign_in(client, stranger)
    for way in ("", "change/"):
        assert client.get(f"{LIST}saved/{search.pk}/{way}").status_code == 404
    assert client.post(f"{LIST}saved/{search.pk}/forget/").status_code == 404
    assert "Bribes" not in markup_of(client.get(f"{LIST}saved/"))


def test_a_search_is_told_once_whoever_asks_and_closed_accounts_hear_nothing(reference):
    user = UserFactory()
    save_search(user, LibraryQuery(of={"kind": ("guide",)}), name="Guides", alerts="weekly")
    ResourceFactory()
    SavedSearch.objects.update(last_told_at=now() - timedelta(days=6))
    assert send_due_alerts() == 0
    SavedSearch.objects.update(last_told_at=now() - timedelta(days=7))
    user.is_active = False
    user.save()
    assert send_due_alerts() == 0


def test_the_audience_of_a_first_publication_is_chosen_by_whoever_publishes(client, reference):
    sign_in(client, person_with(Role.CURATION))
    page = CollectionFactory(status="draft", audience="desk", published_at=None).get_absolute_url()
    assert 'value="desk"' in client.get(page).text
    assert "checked" not in client.get(page).text
    shown = client.get(CollectionFactory(audience="members").get_absolute_url()).text
    assert re.findall(r'name="audience" value="(\w+)"[^>]* checked', shown) == ["members"]


def test_a_stakeholder_puts_a_collection_together_and_the_desk_opens_it(client, reference):
    house = StakeholderFactory(name="Open House")
    user = member_of(house)
    first, second = (
        ResourceFactory(title="First thing"),
        ResourceFactory(title="Second thing", audience="members"),
    )
    sign_in(client, user)
    answer = client.post(
        f"{LIST}collections/new/", {"title": "For judges", "about": "Read *these*.", "language": "en"}
    )
    page = answer.url
    pk = int(re.search(r"collections/(\d+)-", page)[1])
    for resource in (first, second):
        client.post(f"{LIST}{resource.pk}/collect/", {"collection": pk, "note": f"Why {resource.title}"})
    text = markup_of(client.get(page))
    assert titles(client.get(page)) == ["First thing", "Second thing"]
    assert "Why First thing" in text
    item = re.findall(r'name="item" value="(\d+)"', text)[1]
    client.post(f"{LIST}collections/{pk}/act/", {"act": "up", "item": item})
    assert titles(client.get(page)) == ["Second thing", "First thing"]
    # Members publish for members; none, or a choice that is not theirs, is refused at the question.
    for audience in ({}, {"audience": "public"}):
        refused = client.post(f"{LIST}collections/{pk}/act/", {"act": "publish", **audience})
        assert refused.context["form"].errors == {"audience": ["Please choose who may read it."]}
    sign_in(client, person_with(Role.STATE))
    assert client.get(page).status_code == 404
    sign_in(client, user)
    client.post(f"{LIST}collections/{pk}/act/", {"act": "publish", "audience": "members"})
    client.logout()
    assert client.get(page).status_code == 404
    sign_in(client, member_of(StakeholderFactory()))
    assert "Open House" in markup_of(client.get(page))
    assert client.get(f"{LIST}collections/{pk}/change/").status_code == 404
    assert client.post(f"{LIST}collections/{pk}/act/", {"act": "take_down"}).status_code == 404
    sign_in(client, person_with(Role.CURATION))
    client.post(f"{LIST}collections/{pk}/act/", {"act": "publish", "audience": "public"})
    client.logout()
    public_page = client.get(page)
    assert titles(public_page) == ["First thing"]  # the other is for members
    assert "Second thing" not in markup_of(public_page)
    assert "For judges" in markup_of(client.get(f"{LIST}collections/"))
    assert "1 resource</span>" in markup_of(client.get(f"{LIST}collections/"))
    sign_in(client, user)
    stale = client.post(
        f"{LIST}collections/{pk}/change/", {"title": "Mine", "about": "", "language": "en", "version": "0"}
    )
    assert "changed this collection meanwhile" in markup_of(stale)
    client.post(f"{LIST}collections/{pk}/act/", {"act": "take_down"})
    client.logout()
    assert client.get(page).status_code == 404
