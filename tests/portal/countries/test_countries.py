"""The page of a country says what can be done now, and addresses that people guess lead to it."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from coordination.focal_points.models import Named
from portal.pages.actions import load_pages
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.regional import appointed
from tests.support import assert_no_growth, markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
KENYA = "/en/countries/KEN/"


def now_of(client, address=KENYA):
    page = markup_of(client.get(address))
    return re.search(r'<section[^>]* aria-labelledby="now">.*?</section>', page, re.DOTALL)[0]


def test_it_says_which_calls_and_dialogues_are_open_its_own_first(client):
    general = CallFactory(title="About all", closes_at=now() + timedelta(days=3))
    own, other = CallFactory(title="About Kenya"), CallFactory(title="About Peru")
    own.countries.set(["KEN"])
    other.countries.set(["PER"])
    dialogue = DialogueFactory(event__title="Dialogue", closes_at=now() + timedelta(days=9))
    links = re.findall(r'<h3 class="entry-title"><a href="([^"]+)"', now_of(client))
    assert links == [opportunity.get_absolute_url() for opportunity in (own, general, dialogue)]
    assert 'href="/en/opportunities/?country=KEN"' in now_of(client)


def test_it_is_honest_where_nothing_is_known(client):
    panel = now_of(client)
    for words in (
        "No call or dialogue is open for Kenya now.",
        "Kenya has no regional focal point yet.",
        'href="/en/contact/"',
    ):
        assert words in panel


def test_it_says_who_covers_it_as_far_as_they_agreed(client):
    term = appointed(person := UserFactory(name="Amara Diallo"), countries=["KEN"])
    panel = now_of(client)
    assert "A regional focal point covers Kenya, but is not named here." in panel
    assert "Amara" not in panel
    Named.objects.create(user=person, about="")
    panel = now_of(client)
    assert "Write to Amara Diallo, regional focal point" in panel
    assert f'href="/en/regional/focal-points/{term.pk}/' in panel
    assert "has no regional focal point" in now_of(client, "/en/countries/PER/")
    sign_in(client, person)
    assert "is not named here" in now_of(client)  # nobody writes to themselves


def test_it_asks_the_same_statements_for_any_number(client):
    def add():
        CallFactory().countries.set(["KEN"])
        DialogueFactory()

    assert_no_growth(lambda: client.get(KENYA), add)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    (("en", "A", "Z"), ("fr", "A", "Z"), ("zh", "A", "Z"), ("ru", "А", "Я"), ("ar", "ا", "ي")),
)
def test_letters_jump_into_the_list_by_name(client, language, first, last):
    page = client.get(f"/{language}/countries/?by=name").text
    places = re.findall(r'<li><a href="#(letter-.)">(.)</a></li>', page)
    letters = [letter for _place, letter in places]
    assert (letters[0], letters[-1]) == (first, last)
    assert letters == sorted(set(letters))
    assert re.findall(r'<h2 id="(letter-.)">', page) == [place for place, _letter in places]
    assert page.count('<ul class="places">') == len(letters)
    assert '<div id="countries" class="places-by-letter">' in page


def test_the_list_is_by_name_and_by_region_and_can_be_narrowed_by_a_script(client):
    by_name = markup_of(client.get("/en/countries/?by=name"))
    assert re.search(r'<form[^>]* hidden data-names="#countries"', by_name)
    page = markup_of(client.get("/en/countries/"))
    regions = re.findall(r'<h2 id="region-(\d+)">(\w+)', page)
    assert [name for _code, name in regions] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    africa = page[page.index('id="region-002"') : page.index('id="region-019"')]
    names = re.findall(r"<li><a[^>]*>([^<]+)</a>", africa)
    assert names[:3] == ["Algeria", "Angola", "Benin"]
    assert re.search(r'<form[^>]* hidden data-names="#countries"', page)


@pytest.mark.parametrize(
    ("guessed", "meant"),
    (
        ("en/library", "en/resources"),
        ("en/focal-points", "en/regional/focal-points"),
        ("en/organizations", "en/stakeholders"),
        ("en/contact-us", "en/contact"),
        ("ar/library", "ar/resources"),
        *(
            (f"en/countries/{name}", "en/countries/KEN")
            for name in ("kenya", "Kenya", "KENYA", "ken", "Ken", "ke")
        ),
        ("en/countries/bolivia", "en/countries/BOL"),
        ("en/countries/cote-d'ivoire", "en/countries/CIV"),
        ("ar/countries/Côte d’Ivoire", "ar/countries/CIV"),
        ("en/countries/türkiye", "en/countries/TUR"),
        ("en/countries/turkiye", "en/countries/TUR"),
        ("fr/countries/allemagne", "fr/countries/DEU"),
        ("ru/countries/кения", "ru/countries/KEN"),
    ),
)
def test_a_guessed_address_leads_for_good_to_what_was_meant(client, guessed, meant):
    load_pages()
    answer = client.get(f"/{guessed}/")
    assert (answer.status_code, answer.url) == (301, f"/{meant}/")
    assert client.get(answer.url).status_code == 200
    if "countries" not in guessed:
        assert client.get(f"/{guessed}/?q=courts").url == f"/{meant}/?q=courts"


@pytest.mark.parametrize("typed", ("atlantis", "中文", "kenya/kenya", "%00"))
def test_a_name_of_no_country_is_not_there(client, typed):
    assert client.get(f"/en/countries/{typed}/").status_code == 404


def test_every_public_page_has_a_picture_for_those_who_share_it(client, settings):
    for address in ("/en/", "/ar/opportunities/", KENYA, "/en/stakeholders/"):
        page = client.get(address).text
        [picture] = re.findall(r'property="og:image" content="([^"]+)"', page)
        own = f"{KENYA}card-" if address == KENYA else "/static/img/card"
        assert picture.startswith(f"{settings.SITE_URL}{own}")
        assert 'name="twitter:card" content="summary_large_image"' in page
