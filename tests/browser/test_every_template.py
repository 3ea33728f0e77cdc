"""Each template of a page before axe, once in each direction: English on a desk, Arabic on a phone.

The pages are those of the access table, each as the first person who gets it.
"""

import logging

import pytest
from django.test import Client
from django.utils import translation
from playwright.sync_api import Error as PlaywrightError

from tests.access.pages import addresses
from tests.access.walk import ask
from tests.access.world import ROLES, people, things
from tests.factories.accounts import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(params=["en", "ar"])
def reader(request):
    """(page, language)"""
    return request.getfixturevalue("page" if request.param == "en" else "phone_ar"), request.param


@pytest.mark.behaviour("X-09")
def test_no_template_has_a_barrier_that_axe_can_find(reader, enter, axe):
    page, language = reader
    persons = people()
    world = things(persons)
    clients = {role: Client() for role in ROLES}
    for role, client in clients.items():
        if role not in ("visitor", "asleep"):
            sign_in(client, persons[role])
    shown, complaints = set(), []
    for role, name, about in addresses(world):
        with translation.override(language):  # a request leaves its own language behind
            response = ask(clients[role], "GET", name, about)
        templates = {template.name for template in response.templates if template.name}
        if templates <= shown or response.streaming or b"<html" not in response.content:
            continue
        shown |= templates
        page.context.clear_cookies()
        if role != "visitor":
            enter(page, persons[role])
        address = response.wsgi_request.get_full_path()
        try:
            assert address.startswith((f"/{language}/", "/api/", "/dev/"))
            assert page.goto(address).status == 200
            axe(page)
        except (AssertionError, PlaywrightError) as error:
            complaints.append(f"{role} {name} {error}")
    assert len(shown) > 500
    assert complaints == []
