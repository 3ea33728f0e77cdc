"""The page of a country, that of its review, the front page and the opportunities, kept for visitors: always
as they would be made now."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from coordination.focal_points.models import Named
from coordination.networks.models import Network
from core.triggers import trigger_lists
from events.events.models import Event
from news.elsewhere.models import NewsLink
from news.stories.models import Story, StoryImage
from resources.records.models import Edition
from reviews.calls.models import Call
from reviews.contributions.models import Contribution
from reviews.observations.models import Observation
from reviews.seed import load_mechanism
from reviews.tracker.models import FocalPoint, ReviewDocument
from reviews.tracker.queries import TrackerQuery, find_reviews, lines, tracker_data
from reviews.tracker.queries_country import page_of
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment
from stakeholders.entries.enums import Listing
from stakeholders.logos.actions import moderate_logo, remove_logo
from stakeholders.logos.models import Logo
from stakeholders.moderation.enums import Why
from taxonomy.hooks import country_panels
from taxonomy.law.models import Cluster, Participation
from taxonomy.places.models import Country, CountryPageChange
from tests.access.world import people
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, published_for
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import EventFactory
from tests.factories.networks import NetworkFactory
from tests.factories.news import NewsLinkFactory, StoryFactory
from tests.factories.observations import observed
from tests.factories.profiles import logo
from tests.factories.regional import appointed
from tests.factories.resources import ResourceFactory
from tests.factories.reviews import recorded, review_of
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.stakeholders.directory.pages import entry
from tests.support import markup_of

pytestmark = pytest.mark.django_db
COVERAGE = "/en/stakeholders/coverage/"
COUNTRY, REVIEW = "/en/countries/KEN/", "/en/reviews/KEN/"
PAGES = (COUNTRY, REVIEW)
TRACKER = "/en/reviews/"
FRONT, OPPORTUNITIES = "/en/", "/en/opportunities/"
ALL = (*PAGES, FRONT, OPPORTUNITIES)
LONG = 40 * 24 * 3600
AGO = now() - timedelta(days=90)
# They count their changes themselves, and the version of these pages holds their numbers.
OF_THEIR_OWN = (
    "stakeholders_stakeholder",
    "stakeholders_logo",
    "stakeholders_directoryversion",
    "resources_",
)


@pytest.fixture(scope="module")
def everything(module_rows):
    """Something in every part of both pages."""
    load_mechanism()
    call = CallFactory(title="The call")
    call.countries.set(["KEN"])
    published_for(call)
    DialogueFactory(event__title="The dialogue")
    observed(text="The observation.")
    logo(entry("The entry", country_id="KEN"))
    NetworkFactory(name="The network", country_id="KEN")
    ResourceFactory(title="The resource").countries.set(["KEN"])
    EventFactory(title="The event", country_id="KEN")
    EventFactory(title="The past event", country_id="KEN", starts_at=AGO, ends_at=AGO + timedelta(hours=1))
    StoryFactory(title="The story", countries=["KEN"])
    NewsLinkFactory(title="The link", countries=["KEN"])
    Named.objects.create(user=appointed(UserFactory(name="The person"), countries=["KEN"]).user, about="")
    recorded("KEN", "questionnaire", source="The source")
    FocalPoint.objects.update_or_create(
        review=review_of("KEN"),
        defaults={"nominated": "yes", "source": "x", "name": "The official", "name_source": "x"},
    )


@pytest.fixture(autouse=True)
def _pages_are_kept(reference, everything, settings):
    settings.KEEP_PAGES_SECONDS = LONG


def read(page, by=None):
    return markup_of((by or Client()).get(page))


@pytest.mark.parametrize("address", ALL)
def test_one_statement_where_it_is_kept(address, django_assert_num_queries):
    read(address)
    with django_assert_num_queries(1):
        read(address)


@pytest.mark.parametrize("address", (*PAGES, FRONT))
def test_whoever_is_signed_in_costs_fewer_statements_where_it_is_kept(address, client):
    """By a third and more: what remains is of the page itself, and of whom it is that reads."""
    sign_in(client, UserFactory())
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            read(address, client)
        counts.append(len(queries))
    anew, again = counts
    assert again < anew * 2 / 3


@pytest.mark.parametrize("address", ALL)
def test_every_table_that_it_reads_says_when_it_changes(address, settings):
    """So that no writer can forget to: whoever adds a part to the page adds its tables to the list."""
    settings.KEEP_PAGES_SECONDS = 0
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        text = read(address)
    assert ("The observation" if address == REVIEW else "The call") in text
    tables = {
        table
        for query in queries.captured_queries
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
        if not table.startswith(OF_THEIR_OWN)
    }
    assert len(tables) > 5
    reported = {trigger.table for trigger in trigger_lists["country_pages"]}
    assert sorted(tables - reported) == []


def _entry():
    entry("Another entry", country_id="KEN")


def _hide_logo():
    moderate_logo(Logo.objects.get(), "suspend", actor=person_with(Role.VETTING), reason=Why.RIGHTS, note="x")


def _remove_logo():
    picture = Logo.objects.get()
    remove_logo(picture.stakeholder, actor=picture.stakeholder.memberships.get().user)


def _resource():
    ResourceFactory(title="Another resource").countries.set(["KEN"])


def _call():
    CallFactory(title="Another call").countries.set(["KEN"])


def _other_country():
    Call.objects.get(title="The call").countries.set(["PER"])


def _step():
    recorded("KEN", "questionnaire", source="Another source")


def _paper():
    ReviewDocument.objects.create(
        review=review_of("KEN"), kind_id="observations", title="The paper", source="x", symbol="X/1"
    )


def _image():
    sizes = dict.fromkeys(("width", "height", "small_width", "small_height", "size"), 8)
    names = {"file": "stories/one.webp", "small": "stories/two.webp", "media_type": "image/webp"}
    StoryImage.objects.create(story=Story.objects.get(), number=1, alt="A lake", **sizes, **names)


def _told_elsewhere():
    Story.objects.all().delete()
    NewsLinkFactory(title="Renamed")


def _other_link():
    NewsLinkFactory(title="Another link", countries=["KEN"])


def _change(rows, **to):
    """By a way that tells no receiver."""
    return lambda: rows.update(**to)


THE_PERSON = User.objects.filter(name="The person")
OPEN = 'class="entry-title"><a href="/en/calls/'
CLOSED = {"status": "hidden", "published_at": None}
ENDED = {"ended_at": now(), "end_reason": EndReason.values[0]}
KENYAS = Participation.objects.filter(country="KEN", signed_on=None) | Participation.objects.filter(
    country="KEN", signed_on__lt="2019-01-01"
)
# What is changed → how, on which pages it shows, words that come, words that go.
CHANGES = {
    "call": (_change(Call.objects.all(), title="Renamed"), ALL, "Renamed", "The call"),
    "new call": (_call, ALL, "Another call", ""),
    "call off": (_change(Call.objects.all(), status="cancelled"), (COUNTRY,), "", OPEN),
    "no call": (_change(Call.objects.all(), status="cancelled"), (FRONT, OPPORTUNITIES), "", "The call"),
    "country of a call": (_other_country, PAGES, "", "The call"),
    "dialogue": (_change(Event.objects.all(), title="Renamed"), (COUNTRY, FRONT), "Renamed", "The dialogue"),
    "contribution": (_change(Contribution.objects.all(), **CLOSED), (REVIEW,), "", "/contributions/"),
    "no contribution": (_change(Contribution.objects.all(), **CLOSED), (COUNTRY,), "", "#published-contrib"),
    "observation": (_change(Observation.objects.all(), text="Anew."), (REVIEW,), "Anew.", "The observation"),
    "no observation": (Observation.objects.all().delete, (REVIEW,), "", "The observation"),
    "none observed": (Observation.objects.all().delete, (COUNTRY,), "", "#observations"),
    "party": (_change(KENYAS, date="2019-05-03"), (COUNTRY,), "3 May 2019", ""),
    "entry": (_entry, (COUNTRY,), "Another entry", ""),
    "no logo": (_remove_logo, (COUNTRY, FRONT), "", "/files/logo/"),
    "hidden logo": (_hide_logo, (COUNTRY, FRONT), "", "/files/logo/"),
    "network": (_change(Network.objects.all(), name="Renamed"), (COUNTRY,), "Renamed", "The network"),
    "resource": (_resource, (COUNTRY,), "Another resource", ""),
    "title": (_change(Edition.objects.all(), title="Renamed"), (COUNTRY,), "Renamed", "The resource"),
    "event": (_change(Event.objects.all(), city="Nakuru"), (COUNTRY,), "Nakuru", ""),
    "story": (_change(Story.objects.all(), title="Renamed"), (COUNTRY, FRONT), "Renamed", "The story"),
    "no story": (_change(Story.objects.all(), status="withdrawn"), (COUNTRY, FRONT), "", "The story"),
    "image": (_image, (FRONT,), "story-thumb", ""),
    "past event": (
        _change(Event.objects.filter(starts_at=AGO), title="Renamed"),
        (COUNTRY,),
        "Renamed",
        "The past",
    ),
    "news elsewhere": (_told_elsewhere, (FRONT,), "Renamed", ""),
    "link": (_change(NewsLink.objects.all(), title="Renamed"), (COUNTRY,), "Renamed", "The link"),
    "no link": (_change(NewsLink.objects.all(), hidden=True), (COUNTRY,), "", "The link"),
    "country of a link": (_other_link, (COUNTRY,), "Another link", ""),
    "focal point": (_change(THE_PERSON, name="Renamed"), (COUNTRY,), "Renamed", "The person"),
    "not named": (Named.objects.all().delete, (COUNTRY,), "", "The person"),
    "term ends": (_change(Appointment.objects.all(), **ENDED), (COUNTRY,), "", "The person"),
    "account closed": (_change(THE_PERSON, is_active=False), (COUNTRY,), "", "The person"),
    "official": (
        _change(FocalPoint.objects.filter(review__country="KEN"), name="Another"),
        PAGES,
        "Another",
        "The official",
    ),
    "step": (_step, (REVIEW,), "Another source", ""),
    "document": (_paper, (REVIEW,), "The paper", ""),
    "phase": (_change(Cluster.objects.filter(pk="I"), name_en="Renamed"), (REVIEW,), "Renamed", ""),
    "country": (_change(Country.objects.filter(pk="KEN"), name_en="Renamed"), PAGES, "Renamed", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_there_with_the_next_visitor(change):
    make, pages, comes, goes = CHANGES[change]
    before = {page: read(page) for page in pages}
    make()
    for page in pages:
        after = read(page)
        assert comes in after
        assert not comes or comes not in before[page]
        assert not goes or goes not in after
        assert not goes or goes in before[page]


def test_the_tracker_follows_a_change_that_no_receiver_hears():
    before = read(TRACKER)
    assert read(TRACKER) == before
    Cluster.objects.filter(pk="I").update(name_en="Renamed")
    assert "Renamed" not in before
    assert "Renamed" in read(TRACKER)


SIGNED_IN = ("call", "observation", "step", "official", "country", "dialogue", "story", "no story", "no call")


@pytest.mark.parametrize("change", (*SIGNED_IN, "image", "news elsewhere"))
def test_a_change_is_there_with_the_next_who_is_signed_in(change, client):
    make, pages, comes, goes = CHANGES[change]
    sign_in(client, UserFactory())
    before = {page: read(page, client) for page in pages}
    make()
    for page in pages:
        after = read(page, client)
        assert comes in after
        assert not comes or comes not in before[page]
        assert not goes or (goes in before[page] and goes not in after)


def test_what_is_kept_for_all_says_to_each_role_what_it_says_to_a_visitor():
    """Else a page would keep from somebody what they may see."""
    kenya, review, visitor = Country.objects.get(pk="KEN"), review_of("KEN"), AnonymousUser()
    recorded("PER", "questionnaire", source="Another source")
    panels = [panel for panel in country_panels.values() if panel.is_everybodys]
    assert len(panels) == 4

    def render_all(user):
        panel_texts = [
            render_to_string(panel.template, {"panel": panel.load(user, kenya)}) for panel in panels
        ]
        data, query = tracker_data(user), TrackerQuery()
        rows = lines(user, data, query, find_reviews(user, data, query))
        return panel_texts, page_of(user, review), rows

    public = render_all(visitor)
    for role, person in people().items():
        if role != "own":
            assert render_all(person) == public, role


def test_nothing_of_one_reader_is_told_to_another(settings, time_machine):
    """By name, clock, language or right: each page is as it is made for its reader alone."""
    # Of an evening that was the next day already in Tokyo, where today is the same.
    time_machine.move_to((now() + timedelta(days=1)).replace(hour=10))
    Contribution.objects.update(published_at=now() - timedelta(hours=14))
    readers = [None, UserFactory(name="Aiko", time_zone="Asia/Tokyo"), UserFactory(name="Rosa")]
    readers += [person_with(Role.REVIEWS), person_with(Role.CURATION), appointed(countries=["KEN"]).user]
    entry("For members", country_id="KEN", listing=Listing.MEMBERS)
    readers.append(member_of(StakeholderFactory(name="Own Society", country_id="KEN")))
    clients = [Client() for _reader in readers]
    for by, reader in zip(clients, readers, strict=True):
        if reader:
            sign_in(by, reader)
    for address in (*PAGES, FRONT, "/ar/", "/ar/countries/KEN/", "/en/reviews/", COVERAGE):
        settings.KEEP_PAGES_SECONDS = 0
        alone = [plain(read(address, by)) for by in clients]
        settings.KEEP_PAGES_SECONDS = LONG
        for _time in range(2):
            assert [plain(read(address, by)) for by in clients] == alone, address


def plain(page):
    """Without what differs each time, or is only space."""
    return re.sub(r'\s+|name="csrfmiddlewaretoken" value="\w+"', " ", page)


def test_what_the_clock_changes_is_there_in_time():
    story = StoryFactory(title="Of tomorrow", countries=["KEN"], publish_at=now() + timedelta(hours=20))
    call = CallFactory(
        title="Opens later", opens_at=now() + timedelta(hours=21), closes_at=now() + timedelta(hours=22)
    )
    call.countries.set(["KEN"])
    assert story.title not in read(COUNTRY)
    for hours, expected in ((20.1, (1, 0)), (21.1, (1, 1)), (22.1, (1, 0))):
        with time_machine.travel(now() + timedelta(hours=hours)):
            page = read(COUNTRY)
            assert (story.title in page, call.title in page) == tuple(map(bool, expected))


def test_drafts_and_sign_ins_make_no_page_old():
    call = Call.objects.get(title="The call")
    draft, author = draft_for(call)
    StoryFactory(title="Draft", status="draft", publish_at=None)
    before = CountryPageChange.objects.version()
    Contribution.objects.filter(pk=draft.pk).update(updated_at=now())
    Story.objects.filter(title="Draft").update(summary="More.")
    sign_in(Client(), author)
    Call.objects.filter(pk=call.pk).update(title=call.title)
    assert CountryPageChange.objects.version() == before


def test_what_some_may_see_is_kept_for_nobody(client):
    entry("For members", country_id="KEN", listing=Listing.MEMBERS)
    sign_in(client, person_with(Role.CURATION))
    assert "For members" in read(COUNTRY, client)
    assert "For members" not in read(COUNTRY)
    assert "For members" in read(COUNTRY, client)
    assert "For members" not in read(REVIEW)


def test_each_language_has_its_own():
    assert 'lang="en"' in read(COUNTRY)
    assert 'lang="ar" dir="rtl"' in read("/ar/countries/KEN/")
    assert 'lang="en"' in read(COUNTRY)


@pytest.mark.parametrize("address", ("/en/countries/XXX/", "/en/reviews/XXX/"))
def test_a_country_that_there_is_not_is_missing_each_time(address):
    assert [Client().get(address).status_code for _time in range(2)] == [404, 404]


def test_old_lines_are_forgotten_and_no_version_comes_again():
    before = CountryPageChange.objects.version()
    CountryPageChange.objects.update(at=now() - timedelta(days=1))
    CountryPageChange.objects.forget_old()
    assert CountryPageChange.objects.count() == 1
    assert CountryPageChange.objects.version() != before
