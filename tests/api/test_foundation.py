"""What every resource of the API keeps: who asks, what may be asked, how it is refused and answered."""

import gzip
import json
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.timezone import now

from accounts.tokens.actions import make_token, revoke_token
from accounts.tokens.enums import TokenScope
from search.actions import index
from stakeholders.directory.queries import shown_to
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exchange.enums import OfferAudience
from stakeholders.exchange.models import Offer
from tests.access.world import ROLES, people
from tests.factories.accounts import sign_in
from tests.factories.exchange import offer
from tests.factories.profiles import project
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of, statements_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/stakeholders/"


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def with_token(person, *scopes):
    token, secret = make_token(actor=person, name="Statistics", scopes=scopes, days=7)
    return token, Client(headers={"Authorization": f"Bearer {secret}"})


# --- What it gives ---------------------------------------------------------------------------------
@pytest.mark.behaviour("X-07")
def test_a_visitor_reads_what_the_directory_shows_in_its_order_and_learns_how(client):
    StakeholderFactory(name="Watch")
    StakeholderFactory(name="Aid", listing=Listing.MEMBERS)
    StakeholderFactory(name="Coast", country_id="UGA")
    root = client.get("/api/v1/").json()
    assert client.get(root["schema"]).json()["openapi"] == "3.1.0"
    assert client.get("/api/schema/openapi.yaml").text.startswith("openapi: 3.1.0")
    assert "/api/v1/stakeholders/" in client.get("/api/docs/").text
    answer = client.get(root["resources"]["stakeholders"])
    assert names(answer) == ["Coast", "Watch"]
    assert answer.json()["count"] == 2
    assert names(client.get(f"{LIST}?country=KEN")) == ["Watch"]
    first = client.get(f"{LIST}?page_size=1")
    assert (names(first), first.json()["previous"]) == (["Coast"], None)
    second = client.get(first.json()["next"])
    assert (names(second), second.json()["next"]) == (["Watch"], None)
    assert client.get(f"{LIST}?page=3").status_code == 404


def test_a_cursor_meets_each_row_once_though_rows_come_and_go(client):
    entries = [StakeholderFactory(name=name) for name in "DCBA"]
    first = client.get(f"{LIST}?cursor=&page_size=2")
    assert names(first) == ["D", "C"]
    entries[1].delete()
    StakeholderFactory(name="AA")
    second = client.get(first.json()["next"])
    assert names(second) == ["B", "A"]
    assert names(client.get(second.json()["next"])) == ["AA"]
    assert client.get(f"{LIST}?cursor=%20").status_code == 400
    assert client.get(f"{LIST}?cursor=&sort=name").json()["errors"].keys() == {"sort"}


@pytest.mark.behaviour("K-07")
def test_a_filtered_page_says_the_address_that_answers_the_same(client):
    StakeholderFactory(name="Coastal Watch")
    StakeholderFactory(name="Coastal Aid", country_id="UGA")
    for entry in Stakeholder.objects.all():
        index(entry)
    page = client.get("/en/stakeholders/?country=KEN&q=coastal&sort=name")
    assert "This search in the API" in page.text
    address = "http://testserver/api/v1/stakeholders/?q=coastal&amp;country=KEN&amp;sort=name"
    assert f'href="{address}"' in page.text
    answer = client.get(address.replace("&amp;", "&"))
    assert names(answer) == [strip_tags(card.name) for card in page.context["cards"]] == ["Coastal Watch"]
    assert "/api/v1/search/?q=coastal" in client.get("/en/search/?q=coastal").text


def test_names_come_in_the_language_asked_and_in_all(client):
    StakeholderFactory()

    def country(query="", **headers):
        answer = client.get(f"{LIST}{query}", headers=headers)
        return answer.json()["results"][0]["country"]["name"], answer["Content-Language"]

    assert country() == ("Kenya", "en")
    assert country("?lang=ru") == ("Кения", "ru")
    assert country(**{"Accept-Language": "de, es;q=0.5"})[1] == "es"
    every, _language = country("?lang=all")
    assert set(every) == {"ar", "zh", "en", "fr", "ru", "es"}
    fields = client.get(f"{LIST}?fields=id,name").json()["results"][0]
    assert set(fields) == {"id", "name"}
    assert client.get(f"{LIST}?fields=id,colour").json()["errors"].keys() == {"fields"}


def test_an_entry_tells_what_its_page_tells_and_no_more(client):
    entry = StakeholderFactory()
    project(entry)
    offer(entry, audience="public", text="Training for everybody")
    offer(entry, audience="members", text="Training for members")
    profile = client.get(f"{LIST}{entry.pk}/").json()
    assert [public_offer["text"] for public_offer in profile["offers"]] == ["Training for everybody"]
    assert profile["offers_count"] == 1
    assert profile["projects"][0]["texts"][0]["title"]
    assert profile["url"] == f"http://testserver{entry.get_absolute_url()}"


# --- How it is refused -----------------------------------------------------------------------------
def test_what_is_not_understood_is_refused_with_what_there_is(client):
    unknown = client.get(f"{LIST}?colour=red&kind=ngo")
    assert unknown.status_code == 400
    assert unknown["Content-Type"] == "application/problem+json"
    assert unknown.json()["errors"] == {"colour": ["There is no such parameter."]}
    parameters = set(unknown.json()["parameters"])
    assert {"kind", "sort", "page", "page_size", "cursor", "fields", "lang"} <= parameters
    for query in ("kind=zoo", "page_size=101", "page=0", "lang=xx", "sort=size"):
        assert client.get(f"{LIST}?{query}").json()["errors"].keys() == {query.partition("=")[0]}
    missing = client.get(f"{LIST}999999/")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/api/v1/nothing/").json()["status"] == 404
    assert client.get("/api/v1/search/").json()["errors"].keys() == {"q"}


def test_a_client_that_always_sends_the_first_page_reads_by_a_cursor(client):
    """As those do that were made from a schema in which the page had a default."""
    StakeholderFactory(), StakeholderFactory()
    first = client.get(f"{LIST}?cursor=&page=1&page_size=1")
    assert len(first.json()["results"]) == 1
    assert client.get(first.json()["next"]).json()["next"] is None
    assert client.get(f"{LIST}?cursor=&page=2").json()["errors"].keys() == {"page"}
    listed = client.get("/api/schema/").json()["paths"][LIST]["get"]["parameters"]
    assert "default" not in next(parameter for parameter in listed if parameter["name"] == "page")["schema"]


@pytest.mark.parametrize("path", ["/openapi.json", "/api/openapi.json"])
def test_tools_find_the_schema_where_they_look_with_the_server_to_ask(client, path):
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == 200
    document = response.json()
    assert document["servers"] == [{"url": "http://testserver"}]
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert all(operation["summary"] for operation in operations)
    assert {tag for operation in operations for tag in operation["tags"]} == {
        tag["name"] for tag in document["tags"]
    }
    assert client.get("/api/").json() == client.get("/api/v1/").json()


def test_the_examples_of_the_reference_have_names_that_are_read_out(client):
    """ARIA allows no name on a `pre` without a role."""
    page = markup_of(client.get("/api/docs/"))
    assert page.count('<pre class="api-code" tabindex="0" role="group" aria-label=') == page.count("<pre") > 1


def test_programs_read_what_is_left_of_their_minute_also_from_a_page_of_another_site(client, settings):
    settings.API_PER_MINUTE, settings.KEEP_PAGES_SECONDS = 5, 60
    answers = [client.get("/api/v1/topics/") for _time in range(3)]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["4", "3", "2"]
    other = Client(REMOTE_ADDR="198.51.100.7").get("/api/v1/topics/")  # is given what was kept
    assert (other["RateLimit-Limit"], other["RateLimit-Remaining"]) == ("5", "4")
    assert 1 <= int(other["RateLimit-Reset"]) <= 60
    exposed = other["Access-Control-Expose-Headers"].split(", ")
    assert {"X-Request-ID", "RateLimit-Remaining", "Retry-After"} <= set(exposed)
    person = member_of(StakeholderFactory())
    _token, reads = with_token(person, TokenScope.DIRECTORY)
    assert reads.get(LIST)["RateLimit-Limit"] == str(settings.API_PER_MINUTE_PERSON)


def test_who_asks_too_often_is_told_when_to_return(client, settings):
    settings.API_PER_MINUTE = 2
    assert [client.get("/api/v1/topics/").status_code for _time in range(3)] == [200, 200, 429]
    assert 1 <= int(client.get("/api/v1/topics/")["Retry-After"]) <= 60


def test_whoever_has_it_already_is_not_sent_it_again(client):
    entry = StakeholderFactory()
    with time_machine.travel(now(), tick=False) as clock:
        first = client.get(LIST)
        tag, since = first["ETag"], first["Last-Modified"]
        clock.shift(60)
        same = client.get(LIST, headers={"If-None-Match": tag})
        assert (same.status_code, same.content) == (304, b"")
        assert same["Access-Control-Allow-Origin"] == "*"
        assert client.get(LIST, headers={"If-Modified-Since": since}).status_code == 304
        entry.delete()
        DirectoryVersion.objects.bump()  # as the acts do
        gone = client.get(LIST, headers={"If-Modified-Since": since, "If-None-Match": tag})
        assert gone.json()["results"] == []
        assert gone["ETag"] != tag
        StakeholderFactory()
        DirectoryVersion.objects.bump()
        # Of two answers of one second a date cannot tell which was given.
        assert "Last-Modified" not in client.get(LIST)


def test_a_change_within_the_second_has_no_day_that_would_hide_it(client):
    entry = StakeholderFactory()
    with time_machine.travel(now(), tick=False) as clock:
        since = client.get(LIST)["Last-Modified"]
        entry.delete()
        DirectoryVersion.objects.bump()
        for _time in range(2):
            changed = client.get(LIST, headers={"If-Modified-Since": since})
            assert (changed.status_code, changed.has_header("Last-Modified")) == (200, False)
        clock.shift(60)
        assert client.get(LIST, headers={"If-Modified-Since": since}).json()["results"] == []


def test_questions_without_end_are_remembered_in_few_places(client, monkeypatch):
    """Else a visitor who invents questions pushes out what counts the tries of others."""
    written = set()
    monkeypatch.setattr("core.page_cache.MOST_ASKED", 3)
    remember = cache.set

    def note_key(key, *args, **kwargs):
        written.add(key)
        return remember(key, *args, **kwargs)

    monkeypatch.setattr(cache, "set", note_key, raising=False)
    for number in range(12):
        assert client.get(f"{LIST}?q=w{number}").status_code == 200
    assert len([key for key in written if key.startswith("api:since:")]) <= 3
    answer = client.get(LIST)
    assert client.get(LIST, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("takes", ("gzip", "identity"))
def test_visitors_share_an_answer_until_what_it_shows_changes_and_nobody_else_gets_it(
    client, settings, takes
):
    settings.KEEP_PAGES_SECONDS = 60
    StakeholderFactory(name="Watch")
    hidden = StakeholderFactory(name="Hidden", listing=Listing.MEMBERS)
    person = member_of(StakeholderFactory(name="Own"))
    _token, reads = with_token(person, TokenScope.DIRECTORY)
    browser = Client()
    sign_in(browser, person)

    def read(asks, query="", **headers):
        return asks.get(f"{LIST}{query}", headers={"Accept-Encoding": takes, **headers})

    first = read(client)
    with CaptureQueriesContext(connection) as queries:
        again = read(Client())
    assert (again.content, len(queries)) == (first.content, 1)
    for name in ("ETag", "Last-Modified", "Content-Language", "Cache-Control", "Content-Type"):
        assert again[name] == first[name]
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(again["Vary"].split(", "))
    unchanged = read(client, **{"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")
    assert read(client, **{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert read(client, "?lang=fr").content != first.content
    assert read(client, Accept="application/json; indent=2").content != first.content
    assert read(client, Accept="text/html").status_code == 406
    onward = client.get(f"{LIST}?page_size=1", headers={"Host": "localhost"}).json()["next"]
    assert onward.startswith("http://testserver/")
    for asks in (reads, browser):
        assert hidden.name in names_of(read(asks))
        assert hidden.name not in names_of(read(client))
    # Who may not ask at all is not answered from what others were given.
    assert read(client, Authorization="Bearer wo_unknown").status_code == 401
    assert read(client, "?colour=red").status_code == read(client, "?colour=red").status_code == 400
    hidden.listing = Listing.PUBLIC
    hidden.save()
    DirectoryVersion.objects.bump()  # as the acts do
    assert hidden.name in names_of(read(client))
    assert read(client, **{"If-None-Match": first["ETag"]}).status_code == 200


def names_of(answer):
    compressed = answer.get("Content-Encoding") == "gzip"
    listed = json.loads(gzip.decompress(answer.content) if compressed else answer.content)
    return [row["name"] for row in listed["results"]]


def test_what_is_kept_is_counted_too(client, settings):
    settings.KEEP_PAGES_SECONDS, settings.API_PER_MINUTE = 60, 2
    assert [client.get("/api/v1/topics/").status_code for _time in range(3)] == [200, 200, 429]


def test_projects_stand_in_a_list_of_their_own_as_on_their_profiles(client):
    entry = StakeholderFactory(name="Watch")
    shown = project(entry, countries=["KEN"])
    hidden = project(StakeholderFactory(listing=Listing.MEMBERS))
    path = "/api/v1/projects/"
    [listed] = client.get(path).json()["results"]
    assert (listed["id"], listed["stakeholder"]["name"]) == (shown.pk, "Watch")
    assert listed["url"] == f"http://testserver/en/stakeholders/{entry.pk}/projects/#project-{shown.pk}"
    assert client.get(f"{path}{hidden.pk}/").status_code == 404
    for query, count in (("country=KEN", 1), ("country=PER", 0), (f"stakeholder={entry.pk}", 1)):
        assert client.get(f"{path}?{query}").json()["count"] == count
    assert client.get(f"{path}?country=XXX").status_code == 400


def test_pages_of_others_read_it_without_cookies_and_write_nothing(client):
    preflight = client.options(LIST, headers={"Origin": "https://elsewhere.example"})
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in preflight
    assert "Authorization" not in preflight["Access-Control-Allow-Headers"]
    answer = client.get(LIST)
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


# --- Who asks --------------------------------------------------------------------------------------
@pytest.mark.behaviour("A-12")
def test_a_token_opens_what_its_person_may_see_within_its_scopes(client):
    hidden = StakeholderFactory(name="Hidden", listing=Listing.MEMBERS)
    person = member_of(StakeholderFactory(name="Own"))
    token, reads = with_token(person, TokenScope.DIRECTORY)
    _token, elsewhere = with_token(person, TokenScope.EVENTS)
    assert names(client.get(LIST)) == ["Own"]
    answer = reads.get(LIST)
    assert names(answer) == ["Hidden", "Own"]
    assert "private" in answer["Cache-Control"]
    assert reads.get(f"{LIST}{hidden.pk}/").status_code == 200
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
    lacking = elsewhere.get(LIST)
    assert lacking.status_code == 403
    assert lacking["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="directory"'
    own = f"/api/v1/me/stakeholders/{person.memberships.get().stakeholder_id}/"
    assert reads.get(own).status_code == 403
    assert client.get(own).status_code == 401
    token.refresh_from_db()
    assert token.last_used_on == now().date()
    revoke_token(token, actor=person)
    refused = reads.get(LIST)
    assert (refused.status_code, refused["WWW-Authenticate"]) == (
        401,
        'Bearer realm="api", error="invalid_token"',
    )


@pytest.mark.parametrize("why", ("expired", "unproved", "inactive", "unknown"))
def test_a_token_that_is_over_opens_nothing_not_even_what_is_public(why):
    person = member_of(StakeholderFactory())
    _token, asks = with_token(person, TokenScope.DIRECTORY)
    assert asks.get(LIST).status_code == 200
    moment = now() + timedelta(days=8 if why == "expired" else 0)
    if why == "unproved":
        EmailAddress.objects.filter(user=person).update(verified=False)
    if why == "inactive":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    if why == "unknown":
        asks = Client(headers={"Authorization": "Bearer wo_nobody"})
    with time_machine.travel(moment):
        assert asks.get(LIST).status_code == 401
        assert asks.get("/api/v1/topics/").status_code == 401


@pytest.mark.slow
def test_each_role_is_listed_what_it_may_see():
    """By `visible_to` of each kind of person of the table of accesses."""
    persons = people()
    for listing in Listing:
        entry = StakeholderFactory(listing=listing)
        for audience in OfferAudience:
            offer(entry, audience=audience)
    wrong = []
    for role in ROLES:
        asks, user = Client(), persons.get(role)
        if role == "asleep":
            asks.force_login(user)
        elif role != "visitor":
            sign_in(asks, user)
        answers = {name: asks.get(f"/api/v1/{name}/?page_size=100") for name in ("stakeholders", "offers")}
        reader = answers["stakeholders"].wsgi_request.user
        expected = {
            "stakeholders": set(shown_to(reader).values_list("pk", flat=True)),
            "offers": set(Offer.objects.visible_to(reader).standing().values_list("pk", flat=True)),
        }
        wrong += [
            f"{role}: {name}"
            for name, answer in answers.items()
            if {row["id"] for row in answer.json()["results"]} != expected[name] or not expected[name]
        ]
    assert wrong == []


@pytest.mark.parametrize("path", ("stakeholders", "offers", "projects", "countries", "topics", "me/projects"))
def test_a_list_costs_the_same_with_one_row_and_with_many(path):
    person = member_of(StakeholderFactory())
    _token, asks = with_token(person, *TokenScope.values)

    def cost(size):
        cache.clear()
        asks.get(f"/api/v1/{path}/?page_size={size}")  # names of lists and numbers are kept from then on
        return statements_of(lambda: asks.get(f"/api/v1/{path}/?page_size={size}"))

    offer(StakeholderFactory())
    project(person.memberships.get().stakeholder)
    first = cost(1)
    for _number in range(5):
        entry = StakeholderFactory()
        entry.topics.add("firearms")
        offer(entry)
        project(person.memberships.get().stakeholder)
    assert cost(100) == first
