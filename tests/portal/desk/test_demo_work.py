"""The desk with the demonstration loaded, where something of each kind waits."""

import pytest
from django.test import Client

from accounts.people.enums import Role
from core.desk_cards import desk_cards
from portal.desk.queries import Desk
from stakeholders.demo.loading import load_demo
from tests.factories.accounts import person_with, sign_in
from tests.portal.desk.pages import DESK, counts_of, menu_of, tabs_of, titles_of
from tests.support import markup_of
from workflow.hooks import desk_pages
from workflow.items.models import WorkItem

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(module_rows):
    """Loading takes longer than both tests together."""
    load_demo()


def test_every_number_of_the_menu_is_the_number_of_rows_of_the_list_it_leads_to(reference):
    """For all of the desk."""
    count = 0
    for role in Role.DESK:
        client = Client()
        sign_in(client, person_with(role))
        for url, number in counts_of(menu_of(client)):
            page = client.get(url)
            assert page.context["page"].paginator.count == number, (role, url)
            if url.startswith(f"{DESK}?of="):
                assert tabs_of(markup_of(page))["All"] == str(number)
                assert len(titles_of(markup_of(page))) == min(number, 10)
            count += 1
        numbers = list(tabs_of(markup_of(client.get(DESK))).values())
        for shown, number in zip(("", "mine", "free", "due", "paused"), numbers, strict=True):
            page = client.get(f"{DESK}?show={shown}")
            assert str(page.context["page"].paginator.count) == number, (role, shown)
    assert count > 20


def test_all_open_work_has_a_page_a_verb_and_a_place_in_the_menu(reference):
    head = person_with(Role.HEAD)
    desk = Desk(head)
    assert desk.lines("").count() == WorkItem.objects.open().count() > 10
    for line in map(desk.line, desk.lines("")):
        assert line.do
        assert line.url
    assert all(card.do for card in desk_cards.values() if card.work)
    assert all(card.kind in desk_pages for card in desk_cards.values() if card.kind)
