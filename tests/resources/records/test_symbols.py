"""Symbols of United Nations documents lead to the documents, in the reader's language."""

import re

import pytest

from accounts.people.enums import Role
from events.events.models_sources import EventDocument
from resources.links.actions import gather
from resources.links.models import LinkCheck
from resources.records.identifiers import official_address
from tests.factories.accounts import person_with, visiting
from tests.factories.events import EventFactory
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in

pytestmark = pytest.mark.django_db
SYMBOL = "CTOC/COP/2018/2"


@pytest.mark.parametrize(
    ("symbol", "path"),
    (
        (SYMBOL, SYMBOL),
        ("A/RES/317(IV)", "A/RES/317(IV)"),
        ("A/CONF.234/1/Rev.1", "A/CONF.234/1/Rev.1"),
        ("A/CONF.234/16, resolution 1", "A/CONF.234/16"),
        ("CTOC/COP/WG.6/2018/CRP.2", ""),
        ("UNODC/CCPCJ/EG.1/2014/3", ""),
        ("2014/164/EU", ""),
        ("Resolution 9/1", ""),
        ("A/RES/58/4?x=<b>", ""),
        ("", ""),
    ),
)
def test_a_symbol_has_an_address_where_the_rule_holds(symbol, path):
    assert official_address(symbol, "fr") == (f"https://docs.un.org/fr/{path}" if path else "")
    assert official_address(symbol, "de") == ""


def test_a_record_without_a_link_leads_to_its_document_in_the_readers_language(client, reference):
    record = resource_in("published", symbol=SYMBOL, original__link="")
    page = client.get(f"/fr{record.get_absolute_url().removeprefix('/en')}")
    out = f"/fr/out/resource/{record.pk}/?language=fr"
    assert out in page.text
    assert f'href="https://docs.un.org/fr/{SYMBOL}"' in page.text
    assert client.get(out)["Location"] == f"https://docs.un.org/fr/{SYMBOL}"
    assert (
        f"https://docs.un.org/en/{SYMBOL}" in client.get(f"/en/out/resource/{record.pk}/").headers["Location"]
    )
    hidden = resource_in("published", symbol=SYMBOL, audience="desk", original__link="")
    assert client.get(f"/en/out/resource/{hidden.pk}/").status_code == 404


def test_a_link_that_is_known_is_used(client, reference):
    record = resource_in("published", symbol=SYMBOL, original__link="")
    record.editions.update(link="https://publisher.example/a")
    assert (
        client.get(f"/fr/out/resource/{record.pk}/?language=fr")["Location"] == "https://publisher.example/a"
    )


@pytest.mark.parametrize(
    ("links", "language", "leads_to"),
    (
        ({"en": "https://publisher.example/en", "fr": ""}, "fr", f"https://docs.un.org/fr/{SYMBOL}"),
        ({"en": "", "fr": "https://publisher.example/fr"}, "es", f"https://docs.un.org/es/{SYMBOL}"),
        ({"en": "", "fr": "https://publisher.example/fr"}, "fr", "https://publisher.example/fr"),
        ({"en": "https://publisher.example/en", "fr": ""}, "es", "https://publisher.example/en"),
    ),
)
def test_the_button_leads_where_the_page_says(client, reference, links, language, leads_to):
    record = resource_in("published", symbol=SYMBOL, original__link=links["en"])
    EditionFactory(resource=record, language_id="fr", link=links["fr"])
    page = client.get(f"/{language}{record.get_absolute_url().removeprefix('/en')}")
    assert page.context["address"] == leads_to
    out = re.search(r'href="(/\w\w/out/resource/[^"]+)"', page.text)[1]
    assert client.get(out)["Location"] == leads_to


def test_the_check_of_links_asks_all_six_and_the_desk_sees_where_they_stand(reference):
    record = resource_in("published", symbol=SYMBOL, original__link="")
    event = EventFactory()
    EventDocument.objects.create(event=event, symbol="A/RES/58/4")
    gather()
    urls = set(LinkCheck.objects.filter(url__startswith="https://docs.un.org/").values_list("url", flat=True))
    codes = ("ar", "zh", "en", "fr", "ru", "es")
    assert urls == {
        f"https://docs.un.org/{code}/{symbol}" for code in codes for symbol in (SYMBOL, "A/RES/58/4")
    }
    LinkCheck.objects.filter(url__in=urls).update(failures=2)
    page = visiting(person_with(Role.CURATION)).get("/en/desk/resources/links/").text
    assert f"/en/desk/resources/{record.pk}/" in page
    assert event.title in page
    assert "did not open" in visiting(person_with(Role.CURATION)).get(record.get_absolute_url()).text


def test_a_document_of_an_event_leads_there(client, reference):
    event = EventFactory()
    EventDocument.objects.create(event=event, symbol="A/RES/58/4", source="United Nations")
    assert 'href="https://docs.un.org/en/A/RES/58/4"' in client.get(event.get_absolute_url()).text


def test_another_record_of_the_same_symbol_is_named(reference):
    first, second = (
        resource_in("published", symbol=SYMBOL, original__link=""),
        resource_in("published", symbol=SYMBOL.lower()),
    )
    desk = visiting(person_with(Role.CURATION))
    assert (
        "This document symbol is in the library already:" in desk.get(f"/en/desk/resources/{second.pk}/").text
    )
    ResourceFactory(symbol="A/RES/58/4")
    first.symbol = ""
    first.save()
    assert "is in the library already" not in desk.get(f"/en/desk/resources/{second.pk}/").text
