"""The picture of a shared link: with the present title, of nothing hidden, within bounds."""

import json
import re
from io import BytesIO

import pytest
from django.core.cache import cache
from PIL import Image

from accounts.people.enums import Role
from core import cards
from core.pdf import draw_picture
from events.events.models import Event
from resources.records.models import Resource
from reviews.calls.models import Call
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory
from tests.factories.events import EventFactory
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
GENERAL = "/static/img/card"


@pytest.fixture(autouse=True)
def _no_cards():
    cache.clear()
    yield
    cache.clear()


def address_on(client, page):
    """Return the path of the picture that a page names."""
    text = client.get(page, follow=True).text
    [address] = re.findall(r'property="og:image" content="http://testserver([^"]+)"', text)
    return address


def pages():
    entry, event = StakeholderFactory(name="Coastal Watch"), EventFactory(title="Courts")
    call, record = CallFactory(title="Witnesses"), ResourceFactory(title="A toolkit")
    return {
        "stakeholder": f"/en/stakeholders/{entry.pk}/",
        "event": f"/en/events/{event.pk}/",
        "call": f"/en/calls/{call.pk}/",
        "record": f"/en/resources/{record.pk}/",
        "country": "/en/countries/KEN/",
    }


@pytest.mark.parametrize("kind", ["stakeholder", "event", "call", "record", "country"])
def test_a_page_names_a_picture_of_its_own(client, kind):
    answer = client.get(address_on(client, pages()[kind]))
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


def test_a_new_title_has_a_new_address_and_the_older_leads_to_it(client):
    entry = StakeholderFactory(name="Coastal Watch")
    page = f"/en/stakeholders/{entry.pk}/"
    older = address_on(client, page)
    Stakeholder.objects.filter(pk=entry.pk).update(name="Harbour Watch")
    newer = address_on(client, page)
    assert newer != older
    answer = client.get(older)
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, newer, "no-store")
    assert client.get(newer).status_code == 200


def test_each_language_has_its_own(client):
    english, arabic = (address_on(client, f"/{code}/countries/KEN/") for code in ("en", "ar"))
    pictures = {client.get(address).content for address in (english, arabic)}
    assert len(pictures) == 2


@pytest.mark.parametrize(
    ("kind", "rows", "hiding"),
    [
        ("stakeholder", Stakeholder, {"listing": Listing.MEMBERS}),
        ("stakeholder", Stakeholder, {"status": Status.SUSPENDED}),
        ("stakeholder", Stakeholder, {"status": Status.LAPSED}),
        ("event", Event, {"status": "submitted"}),
        ("call", Call, {"status": "draft"}),
        ("record", Resource, {"audience": "members"}),
        ("record", Resource, {"status": "pending"}),
    ],
)
def test_what_is_hidden_or_not_verified_has_none(client, kind, rows, hiding):
    address = address_on(client, pages()[kind])
    assert client.get(address).status_code == 200
    rows.objects.update(**hiding)
    assert client.get(address).status_code == 404
    assert client.get(re.sub("card-.*", "card-older.png", address)).status_code == 404


def test_the_desk_sees_no_picture_of_what_visitors_may_not_see(client):
    client.force_login(person_with(Role.VETTING))
    entry = StakeholderFactory(listing=Listing.MEMBERS)
    assert address_on(client, f"/en/stakeholders/{entry.pk}/").startswith(GENERAL)
    assert client.get(f"/en/stakeholders/{entry.pk}/card-older.png").status_code == 404


def test_so_many_are_drawn_a_minute_and_what_is_drawn_is_stored(client, monkeypatch):
    monkeypatch.setattr(cards, "MOST_DRAWN", 1)
    first = address_on(client, "/en/countries/KEN/")
    second = address_on(client, "/en/countries/PER/")
    assert client.get(first).status_code == 200
    answer = client.get(second)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    assert answer["Location"].startswith(GENERAL)
    assert client.get(first).status_code == 200


@pytest.mark.parametrize(
    ("title", "language"),
    [("Coastal Watch", "en"), ("مرصد الساحل", "ar"), ("海岸观察", "zh"), ("Наблюдатель", "ru")],
)
def test_the_six_languages_are_drawn(title, language):
    data = {"kind": "K", "title": title, "lines": [], "language": language, "rtl": language == "ar"}
    assert draw_picture("card", data, points_to_inch=144)


@pytest.mark.parametrize("sign", ["W", "海", "م", "wide words "])
def test_the_longest_texts_stay_on_one_picture(sign):
    drawn = cards.card(sign * 40, sign * 300, sign * 100, sign * 100, sign * 100)
    data = {**drawn._asdict(), "lines": list(drawn.lines), "language": "ar", "rtl": True}
    picture = draw_picture("card", data, points_to_inch=144)
    assert Image.open(BytesIO(picture)).size == (1200, 630)


def test_where_no_font_has_a_letter_the_general_card_stands_in(client):
    entry = StakeholderFactory(name="የባህር ዳርቻ")
    answer = client.get(address_on(client, f"/en/stakeholders/{entry.pk}/"))
    assert answer["Location"].startswith(GENERAL)


def test_a_long_title_is_cut_and_empty_lines_are_left_out():
    drawn = cards.card("Event", "Long title " * 60, "", "Vienna")
    assert (len(drawn.title), drawn.lines) == (cards.MOST_TITLE, ("Vienna",))


def test_the_front_page_says_how_the_portal_is_searched(client):
    [text] = re.findall(r'ld\+json">(.*?)</script>', client.get("/fr/").text)
    data = json.loads(text)
    assert data["@type"] == "WebSite"
    template = data["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://testserver/fr/search/?q={search_term_string}"
    assert client.get(template.replace("{search_term_string}", "courts")).status_code == 200
