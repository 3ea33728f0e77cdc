"""Links of the library are asked about once a week, their hosts are spared, and the desk sees what broke."""

import http.server
import threading
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from resources import tasks
from resources.links import actions as links_actions
from resources.links.models import LinkCheck
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.resources import EditionFactory, ResourceFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/resources/links/"


@pytest.fixture
def server(settings, reference):
    """Answers 200, or what stands in `gone` by path; counts what it was asked."""

    class Server(http.server.ThreadingHTTPServer):
        gone: dict = {}
        requests: Counter = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer()

        def do_GET(self):
            self.answer()

        def answer(self):
            self.server.requests[self.path, self.headers["User-Agent"]] += self.command == "HEAD"
            self.send_response(self.server.gone.get(self.path, 200))
            self.end_headers()

        def log_message(self, *args):
            pass

    with Server(("127.0.0.1", 0), Handler) as serving:
        serving.gone, serving.requests = {}, Counter()
        serving.address = f"http://127.0.0.1:{serving.server_port}"
        settings.RESOURCES_LINKS_MAY_REACH = (f"127.0.0.1:{serving.server_port}",)
        threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield serving
        serving.shutdown()


def pass_time(**by):
    """As if the last round had been longer ago."""
    for link in LinkCheck.objects.all():
        for name in ("asked_at", "next_at", "broken_since"):
            if when := getattr(link, name):
                setattr(link, name, when - timedelta(**by))
        link.save()


def test_a_broken_link_comes_to_the_desk_and_goes_when_it_is_mended(client, server):
    good = ResourceFactory(title="Stands", original__link=f"{server.address}/stands")
    bad = ResourceFactory(
        title="Fell", source_url=f"{server.address}/fell", original__link="http://10.0.0.7/x"
    )
    server.gone["/fell"] = 404
    ResourceFactory(status="draft", published_at=None, original__link=f"{server.address}/draft")
    # A stakeholder's draft is its own, also where it has the same link.
    draft = ResourceFactory(
        status="draft",
        published_at=None,
        suggested_for=StakeholderFactory(),
        original__link=f"{server.address}/fell",
    )
    desk = person_with(Role.CURATION)
    sign_in(client, desk)

    tasks.gather_links()
    tasks.gather_links()
    assert LinkCheck.objects.count() == 3
    tasks.check_links()
    # One host is asked once, however much is due there, and not again before its pause is over.
    assert sum(server.requests.values()) == 1
    tasks.check_links()
    assert sum(server.requests.values()) == 1
    pass_time(minutes=3)
    tasks.check_links()
    assert {path for path, _agent in server.requests} == {"/stands", "/fell"}
    assert all("WhatsOn-LinkCheck" in agent and "desk@" in agent for _path, agent in server.requests)
    page = client.get(PAGE).text
    assert "10.0.0.7" in page  # never to be asked: told at once
    assert "not on the public internet" in page
    assert "/fell" not in page  # one bad evening is no news

    pass_time(days=1, minutes=5)
    tasks.check_links()
    page = client.get(PAGE).text
    assert "It answers 404." in page
    assert f'href="/en/desk/resources/{bad.pk}/"' in page
    assert f'href="/en/desk/resources/{draft.pk}/"' not in page
    assert good.title not in page
    assert server.requests["/stands", links_actions.agent()] == 1  # well: asked after a week

    server.gone.clear()
    link = LinkCheck.objects.get(url__endswith="/fell")
    assert client.post(PAGE, {"again": str(link.pk)}).status_code == 302
    pass_time(minutes=3)
    tasks.check_links()
    assert "/fell" not in client.get(PAGE).text
    bad.source_url = ""
    bad.save()
    tasks.gather_links()
    assert not LinkCheck.objects.filter(pk=link.pk).exists()


@pytest.mark.parametrize("status", [401, 403, 429])
def test_who_answers_though_not_to_us_is_there(server, status):
    ResourceFactory(original__link=f"{server.address}/shy")
    server.gone["/shy"] = status
    links_actions.gather()
    links_actions.check_some()
    link = LinkCheck.objects.get()
    assert (link.status, link.failures, link.broken_since) == (status, 0, None)
    assert link.next_at > now() + timedelta(days=6)


def test_two_workers_never_ask_one_host_at_once(server):
    for number in range(3):
        ResourceFactory(original__link=f"{server.address}/{number}")
    links_actions.gather()
    first, second, third = LinkCheck.objects.order_by("pk")
    assert [links_actions._take(link) for link in (first, second, first, third)] == [
        True,
        False,
        False,
        False,
    ]


def test_the_page_is_the_desks_alone(client, reference):
    ResourceFactory(original__link="http://10.0.0.1/")
    links_actions.gather()
    link = LinkCheck.objects.get()
    for person in (UserFactory(), person_with(Role.EVENTS)):
        sign_in(client, person)
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, {"again": str(link.pk)}).status_code == 404
    sign_in(client, person_with(Role.CURATION))
    for nonsense in ("", "x", "9" * 30, "²"):
        assert client.post(PAGE, {"again": nonsense}).status_code == 404


def test_the_page_costs_the_same_however_many_links(client, reference):
    sign_in(client, person_with(Role.CURATION))
    numbers = count(1)

    def add():
        EditionFactory(link=f"http://10.0.0.{next(numbers)}/")
        links_actions.gather()
        LinkCheck.objects.update(fault="private", failures=1, broken_since=now(), checked_at=now())

    assert_no_growth(lambda: client.get(PAGE), add)
    assert "10.0.0.3" in client.get(PAGE).text


def test_a_reader_is_told_of_a_link_that_failed_twice_and_offered_the_copy(client, server):
    resource = ResourceFactory(title="Fell", original__link=f"{server.address}/fell")
    page, notice = resource.get_absolute_url(), "this link did not open"
    server.gone["/fell"] = 404
    links_actions.gather()
    for failures in range(2):
        links_actions.check_some()
        assert (notice in client.get(page).text) is (failures == 1)  # one bad evening is no news
        pass_time(days=1, minutes=5)
    assert "archived copy" not in client.get(page).text

    link = LinkCheck.objects.get()
    sign_in(client, person_with(Role.CURATION))
    answer = client.post(PAGE, {"link": link.pk, "archived_url": "no address"})
    assert answer.status_code == 200
    assert 'value="no address"' in answer.text
    copy = "https://archive.example/fell"
    assert client.post(PAGE, {"link": link.pk, "archived_url": copy}).status_code == 302
    client.logout()
    assert f'href="{copy}"' in client.get(page).text

    server.gone.clear()
    links_actions.check_some()
    assert notice not in client.get(page).text
