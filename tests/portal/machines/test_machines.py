"""Addresses that programs ask for."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.utils.dateparse import parse_datetime
from PIL import Image

from portal.machines import views as machines_views
from portal.pages.actions import load_pages
from portal.pages.enums import SLUGS
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def locations(response):
    return [node.text for node in ET.fromstring(response.content).iter(f"{{{machines_views.SITEMAPS}}}loc")]  # noqa: S314  our own


@pytest.mark.parametrize(
    ("accept", "home"),
    [("ar", "/ar/"), ("zh-CN,zh;q=0.9", "/zh/"), ("pt-BR, es;q=0.5", "/es/"), ("", "/en/"), ("xx", "/en/")],
)
def test_the_bare_address_leads_to_the_readers_language(client, accept, home):
    response = client.get("/", headers={"accept-language": accept})
    assert (response.status_code, response.url) == (302, home)
    assert "Accept-Language" in response["Vary"]


def test_robots_are_told_where_to_go_and_where_not(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /*/desk/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_names_every_public_page_in_six_languages(client):
    load_pages()
    parts = [f"http://testserver/sitemap-{name}-1.xml" for name in ("pages", "articles")]
    assert locations(client.get("/sitemap.xml")) == parts
    addresses = locations(client.get("/sitemap-pages-1.xml"))
    directory = [f"stakeholders/{way}" for way in ("", "map/", "coverage/", "exchange/")]
    calls = ["calls/", "calls/prepare/"]
    tails = [
        "",
        *directory,
        "statistics/",
        "about/programme/",
        "opportunities/",
        *calls,
        "events/",
        "dialogues/",
        "articles/",
        "resources/",
        "resources/collections/",
        "news/",
        "news/elsewhere/",
        "newsletter/",
        "networks/",
        "regional/focal-points/",
        "countries/",
        "open-data/",
        "reports/",
        *[f"{slug}/" for slug in sorted(SLUGS)],
    ]
    assert addresses == [
        f"http://testserver/{code}/{tail}" for tail in tails for code in ("ar", "zh", "en", "fr", "ru", "es")
    ]


def test_a_sitemap_stays_within_its_bounds_with_the_longest_addresses(settings):
    """50,000 addresses and 50 MB, whatever the portal is called."""
    settings.SITE_URL = f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 61}:65535"
    entry = machines_views.Entry(f"stakeholders/{10**12}-{'x' * 80}/", datetime(2026, 11, 28, tzinfo=UTC))
    each = len(machines_views._urlset([entry]).encode())
    assert each * machines_views.PER_SITEMAP < 50_000_000
    assert 6 * machines_views.PER_SITEMAP <= 50_000


def test_what_does_not_fit_into_one_sitemap_goes_into_the_next(client, monkeypatch):
    monkeypatch.setattr(machines_views, "PER_SITEMAP", 2)
    events = EventFactory.create_batch(3)
    assert [f"http://testserver/sitemap-events-{number}.xml" for number in (1, 2)] == [
        place for place in locations(client.get("/sitemap.xml")) if "events" in place
    ]
    last = locations(client.get("/sitemap-events-2.xml"))
    assert f"http://testserver{events[-1].get_absolute_url()}" in last
    assert len(last) == 6
    assert client.get("/sitemap-events-3.xml").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-pages-2.xml",
        "/sitemap-stakeholders-1.xml",
        "/sitemap-people-1.xml",
        f"/sitemap-stakeholders-{10**30}.xml",
    ],
)
def test_a_part_that_is_not_there_is_missing(client, address):
    assert client.get(address).status_code == 404


def test_weaknesses_can_be_reported_to_an_address_that_is_still_good(client):
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    left = parse_datetime(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=366)


def test_password_managers_find_the_way_to_a_new_password(client):
    response = client.get("/.well-known/change-password", headers={"accept-language": "fr"})
    assert (response.status_code, response.url) == (302, "/fr/accounts/password/change/")


def test_the_old_address_of_the_icon_leads_to_it(client):
    assert client.get("/favicon.ico").url == "/static/img/favicon.ico"


def test_a_home_screen_finds_name_and_icons_of_the_size_that_is_said(client):
    """An iPhone asks for one address without being told, others read the manifest that every page names."""
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"]) == ("WhatsOn", "/")
    icons = {icon["src"]: icon["sizes"] for icon in manifest["icons"]}
    icons[client.get("/apple-touch-icon.png").url] = "180x180"
    assert len(icons) == 3
    for address, size in icons.items():
        with Image.open(finders.find(address.removeprefix("/static/"))) as picture:
            assert "{}x{}".format(*picture.size) == size
    with Image.open(finders.find("img/favicon.ico")) as picture:
        assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/en/").text
