"""Offers and needs: who reads which, what is counted, what answers what and why."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from stakeholders.entries.enums import Listing, MemberRole, Status
from stakeholders.entries.models import DirectoryVersion
from stakeholders.exchange.actions import add_offer, change_offer, close_offer
from stakeholders.exchange.enums import OfferAudience
from stakeholders.exchange.models import Offer, today
from stakeholders.exchange.queries import OfferQuery, counts, listed_offers, matches
from taxonomy.terms.models import EngagementArea, Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.exchange import first_area, offer
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of, refused_and_each

pytestmark = [pytest.mark.django_db]

DESK = ("vetting", "head", "curation", "events", "reviews", "administrator")
ROLES = ("visitor", "stranger", "member", "own", "regional", "state", *DESK)


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def person(entry):
    elsewhere = StakeholderFactory(name="Home of the member")

    def of(who):
        match who:
            case "visitor":
                return AnonymousUser()
            case "stranger":
                return UserFactory()
            case "member":
                return member_of(elsewhere, MemberRole.READER)
            case "own":
                return member_of(entry, MemberRole.READER)
        return person_with(who)

    return of


@pytest.fixture
def areas():
    return [area.pk for area in EngagementArea.objects.in_order("en")[:3]]


@pytest.fixture
def topics():
    return [topic.pk for topic in Topic.objects.in_order("en")[:3]]


def _offer_fields(**fields):
    return {
        "area": first_area(),
        "topic": "",
        "text": "Training for port officers.",
        "languages": ["en"],
        "countries": ["KEN"],
        "audience": OfferAudience.MEMBERS,
        "until": None,
        **fields,
    }


# --- Who reads it -------------------------------------------------------------------------------------
READ = {
    OfferAudience.PUBLIC: set(ROLES),
    OfferAudience.MEMBERS_STATES: {"member", "own", "regional", "state", *DESK},
    OfferAudience.MEMBERS: {"member", "own", "regional", *DESK},
}
READERS_BY_LISTING = {
    Listing.PUBLIC: set(ROLES),
    Listing.MEMBERS_STATES: {"member", "own", "regional", "state", *DESK},
    Listing.MEMBERS: {"member", "own", "regional", *DESK},
    Listing.COUNTRY: {"own", *DESK},
    Listing.UNLISTED: {"own", *DESK},
}


@pytest.mark.slow
@pytest.mark.parametrize("listing", Listing.values)
def test_who_reads_an_offer_and_nobody_more_than_finds_its_entry(client, entry, person, listing):
    entry.listing = listing
    entry.save(update_fields=["listing"])
    texts = {audience: f"Forensic accounting for {audience}." for audience in OfferAudience.values}
    offers = {
        audience: offer(entry, audience=audience, text=text, countries=["FRA"])
        for audience, text in texts.items()
    }
    read = {audience: READ[audience] & READERS_BY_LISTING[listing] for audience in offers}
    users = {who: person(who) for who in ROLES}
    for audience, secret in offers.items():
        visible = {who for who, user in users.items() if Offer.objects.visible_to(user).contains(secret)}
        assert visible == read[audience], audience
    for who, user in users.items():
        mine = {audience for audience in offers if who in read[audience]}
        if user.is_authenticated:
            allowed = {name for name, row in offers.items() if user.has_perm("stakeholders.view_offer", row)}
            assert allowed == mine, who
        counted = counts(user, OfferQuery())
        assert (counted["country"]["FRA"], counted["direction"]["offer"]) == (len(mine), len(mine)), who
        client.logout()
        if user.is_authenticated:
            sign_in(client, user)
        page = client.get("/en/stakeholders/exchange/?country=FRA").content.decode()
        assert {audience for audience, text in texts.items() if text in page} == mine, who
        profile = client.get(entry.get_absolute_url())
        assert profile.status_code == (200 if who in READERS_BY_LISTING[listing] else 404), who
        shown = profile.content.decode()
        assert {audience for audience, text in texts.items() if text in shown} == mine, who


@pytest.mark.parametrize("status", [code for code in Status.values if code not in ("active", "listed")])
def test_offers_vanish_with_their_entry(client, entry, person, status):
    public_offer = offer(entry, audience=OfferAudience.PUBLIC, text="Forensic accounting.")
    need = offer(StakeholderFactory(), "need", audience=OfferAudience.PUBLIC)
    looker = member_of(need.stakeholder)
    assert [card.offer for card in matches(need.stakeholder, looker, "offer")] == [public_offer]
    entry.status = status
    entry.save(update_fields=["status"])
    readers = {who for who in ROLES if Offer.objects.visible_to(person(who)).contains(public_offer)}
    assert readers == {"own", *DESK}
    assert "Forensic" not in client.get("/en/stakeholders/exchange/").content.decode()
    assert list(listed_offers(person("vetting"), OfferQuery())) == [need]
    assert matches(need.stakeholder, looker, "offer") == []


def test_an_offer_ends_when_its_day_is_over_in_vienna(entry):
    dated_offer = offer(entry, audience=OfferAudience.PUBLIC, until=date(2027, 3, 10))
    with time_machine.travel("2027-03-10T22:59:00+00:00", tick=False):
        assert list(listed_offers(AnonymousUser(), OfferQuery())) == [dated_offer]
    with time_machine.travel("2027-03-10T23:01:00+00:00", tick=False):
        assert list(listed_offers(AnonymousUser(), OfferQuery())) == []
        assert counts(AnonymousUser(), OfferQuery())["direction"]["offer"] == 0
        assert Offer.objects.get().is_over is True


# --- Looking after them -------------------------------------------------------------------------------
MAY_EDIT = {"admin", "editor"}


@pytest.mark.parametrize(
    "people",
    refused_and_each(("visitor", "admin", "editor", "reader", "member", "stranger", "vetting"), MAY_EDIT),
)
def test_who_opens_which_page(client, entry, person, people, subtests):
    own_offer = offer(entry)
    for who in people:
        with subtests.test(who=who):
            user = member_of(entry, who) if who in MemberRole.values else person(who)
            if who != "visitor":
                sign_in(client, user)
            manages = {*MemberRole.values, "vetting"}
            expected = {
                "": manages,
                "add/": MAY_EDIT,
                f"{own_offer.pk}/": MAY_EDIT,
                "matches/": set(MemberRole.values),
            }
            for page, allowed in expected.items():
                code = client.get(f"/en/stakeholders/{entry.pk}/manage/offers/{page}").status_code
                assert code == (302 if who == "visitor" else 200 if who in allowed else 404), page
            close = client.post(
                f"/en/stakeholders/{entry.pk}/manage/offers/{own_offer.pk}/close/"
            ).status_code
            assert close == (302 if who in MAY_EDIT | {"visitor"} else 404)
            own_offer.refresh_from_db()
            assert (own_offer.closed_at is not None) is (who in MAY_EDIT)


def test_an_offer_of_another_entry_is_not_found_under_ones_own(client, entry):
    foreign = offer(StakeholderFactory(), audience=OfferAudience.PUBLIC)
    sign_in(client, member_of(entry))
    for page in ("", "close/"):
        url = f"/en/stakeholders/{entry.pk}/manage/offers/{foreign.pk}/{page}"
        assert client.post(url, {"text": "Mine now"}).status_code == 404


@pytest.mark.parametrize("who", ("reader", "vetting", "stranger"))
def test_only_those_who_edit_the_entry_act(entry, person, who):
    user = member_of(entry, who) if who == "reader" else person(who)
    own_offer = offer(entry)
    for act in (
        lambda: add_offer(entry, actor=user, direction="offer", fields=_offer_fields()),
        lambda: change_offer(own_offer, actor=user, version=0, fields=_offer_fields()),
        lambda: close_offer(own_offer, actor=user),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_adding_changing_and_closing_are_in_the_history(entry):
    admin = member_of(entry)
    before = DirectoryVersion.objects.current()
    need = add_offer(entry, actor=admin, direction="need", fields=_offer_fields())
    assert [language.pk for language in need.languages.all()] == ["en"]
    changed = change_offer(
        need, actor=admin, version=1, fields=_offer_fields(text="Training for judges.", languages=[])
    )
    assert (changed.text, changed.version, changed.languages.count()) == ("Training for judges.", 2, 0)
    close_offer(changed, actor=admin)
    acts = Entry.objects.filter(action__startswith="stakeholders.offer_").order_by("pk")
    assert [log_entry.action.removeprefix("stakeholders.offer_") for log_entry in acts] == [
        "added",
        "changed",
        "closed",
    ]
    assert DirectoryVersion.objects.current() == before + 3
    with pytest.raises(WrongState):
        close_offer(changed, actor=admin)


def test_a_second_window_does_not_overwrite_the_first(client, entry):
    admin = member_of(entry)
    own_offer = add_offer(entry, actor=admin, direction="offer", fields=_offer_fields())
    change_offer(own_offer, actor=admin, version=1, fields=_offer_fields(text="The first window."))
    sign_in(client, admin)
    url = f"/en/stakeholders/{entry.pk}/manage/offers/{own_offer.pk}/"
    typed = {"version": 1, "area": first_area(), "text": "The second window.", "audience": "members"}
    page = client.post(url, typed)
    assert page.status_code == 200
    assert "The second window." in page.content.decode()
    assert Offer.objects.get().text == "The first window."
    assert client.post(url, {**typed, "version": 2}).status_code == 302
    assert Offer.objects.get().text == "The second window."


WRONG = (
    ({"area": "", "topic": ""}, "area"),
    ({"text": ""}, "text"),
    ({"audience": "desk"}, "audience"),
    ({"until": date(2020, 1, 1)}, "until"),
    ({"until": date(9999, 12, 31)}, "until"),
)


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, entry, wrong, field):
    admin = member_of(entry)
    with pytest.raises(DomainError) as refusal:
        add_offer(entry, actor=admin, direction="offer", fields=_offer_fields(**wrong))
    assert set(refusal.value.fields) == {field}
    sign_in(client, admin)
    typed = {**_offer_fields(), "direction": "offer", "countries": ["KEN"], "until": "", "topic": "", **wrong}
    page = client.post(f"/en/stakeholders/{entry.pk}/manage/offers/add/", typed)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["countries"].value() == ["KEN"]
    assert not Offer.objects.exists()


def test_a_lapsed_entry_offers_nothing_new(entry):
    admin = member_of(entry)
    entry.status = Status.LAPSED
    entry.save(update_fields=["status"])
    with pytest.raises(WrongState):
        add_offer(entry, actor=admin, direction="offer", fields=_offer_fields())


def test_the_narrowest_audience_comes_by_itself(client, entry):
    sign_in(client, member_of(entry))
    page = client.get(f"/en/stakeholders/{entry.pk}/manage/offers/add/")
    assert page.context["form"]["audience"].value() == OfferAudience.MEMBERS == Offer().audience


# --- Filters and counts -------------------------------------------------------------------------------
def test_filters_narrow_and_counts_ignore_their_own_choice(entry, areas, topics):
    here = {"audience": OfferAudience.PUBLIC}
    first = offer(entry, area_id=areas[0], countries=["FRA"], languages=["fr"], **here)
    second = offer(entry, "need", area_id=areas[1], topic_id=topics[0], languages=["fr", "en"], **here)
    third = offer(StakeholderFactory(country_id="FRA"), topic_id=topics[0], **here)
    visitor = AnonymousUser()

    def offers_for(**codes):
        return set(listed_offers(visitor, OfferQuery(**codes)))

    assert offers_for() == {first, second, third}
    assert offers_for(direction=("need",)) == {second}
    assert offers_for(area=(areas[0], areas[1])) == {first, second}
    assert offers_for(topic=(topics[0],), direction=("offer",)) == {third}
    assert offers_for(country=("FRA",)) == {first, third}
    assert offers_for(country=("KEN",)) == {first, second}
    assert offers_for(language=("en",)) == {second}
    counted = counts(visitor, OfferQuery(direction=("need",)))
    assert counted["direction"] == {"offer": 2, "need": 1}
    assert counted["topic"] == {topics[0]: 1}
    assert counted["language"] == {"fr": 1, "en": 1}
    assert counts(visitor, OfferQuery(country=("FRA",)))["country"] == {"FRA": 2, "KEN": 2}
    for name in ("country", "language", "area", "topic", "direction"):
        for code, number in counts(visitor, OfferQuery())[name].items():
            assert len(offers_for(**{name: (code,)})) == number, (name, code)


def test_what_is_not_understood_is_left_out(client, entry):
    offer(entry, audience=OfferAudience.PUBLIC)
    page = client.get("/en/stakeholders/exchange/?area=nonsense&direction=offer&country=&page=9")
    assert page.status_code == 200


# --- Matches ------------------------------------------------------------------------------------------
def _reasons(cards):
    return [(card.offer.pk, card.reasons) for card in cards]


def test_matches_say_why_and_come_by_the_number_of_reasons(entry, areas, topics):
    mine = offer(entry, area_id=areas[0], topic_id=topics[0], countries=["FRA"], languages=["fr", "en"])
    poor = offer(StakeholderFactory(country_id="ITA"), "need", area_id=areas[0])
    rich = offer(
        StakeholderFactory(country_id="KEN"),
        "need",
        area_id=areas[0],
        topic_id=topics[0],
        countries=["FRA"],
        languages=["fr"],
    )
    newer = offer(StakeholderFactory(country_id="ITA"), "need", topic_id=topics[0])
    offer(StakeholderFactory(), "need", area_id=areas[1], languages=["fr"])  # shares no subject
    offer(StakeholderFactory(), "offer", area_id=areas[0])  # offers the same
    offer(entry, "need", area_id=areas[0])  # one's own
    area, topic = EngagementArea.objects.get(pk=areas[0]).name, Topic.objects.get(pk=topics[0]).name
    matching = matches(entry, member_of(entry), "need")
    assert _reasons(matching) == [
        (
            rich.pk,
            [
                f"The same area: {area}",
                f"The same topic: {topic}",
                "Both name: France",
                "A language in common: French",
                "Where you are: Kenya",
            ],
        ),
        (newer.pk, [f"The same topic: {topic}"]),
        (poor.pk, [f"The same area: {area}"]),
    ]
    assert [card.mine for card in matching] == [mine, mine, mine]


def test_reasons_come_from_one_offer_the_one_that_shares_most(entry, areas, topics):
    offer(entry, area_id=areas[1], languages=["fr"])
    best = offer(entry, area_id=areas[0], languages=["en"])
    offer(StakeholderFactory(country_id="ITA"), "need", area_id=areas[0], languages=["fr", "en"])
    (card,) = matches(entry, member_of(entry), "need")
    assert (card.mine, card.reasons[1:]) == (best, ["A language in common: English"])


def test_a_need_on_a_topic_of_the_entry_could_be_met_without_an_offer(entry, topics):
    entry.topics.set([topics[0]])
    offer(StakeholderFactory(country_id="ITA"), "need", topic_id=topics[0])
    offer(StakeholderFactory(country_id="ITA"), "offer", topic_id=topics[0])
    user = member_of(entry)
    assert [card.reasons for card in matches(entry, user, "need")] == [
        [f"You work on this topic: {Topic.objects.get(pk=topics[0]).name}"]
    ]
    assert matches(entry, user, "offer") == []


def test_the_order_follows_what_is_shown(entry, areas, topics):
    entry.topics.set([topics[1]])
    offer(entry, area_id=areas[0], languages=["fr"], countries=["KEN"])
    offer(entry, area_id=areas[1], topic_id=topics[0])
    for number in range(12):
        offer(
            StakeholderFactory(country_id=("KEN", "ITA")[number % 2]),
            "need",
            area_id=areas[number % 3],
            topic_id=topics[number % 2],
            countries=[["KEN"], ["FRA"], []][number % 3],
            languages=[["fr"], []][number // 6],
        )
    matching = matches(entry, member_of(entry), "need")
    assert len(matching) == 12
    keys = [(-len(card.reasons), -card.offer.pk) for card in matching]
    assert keys == sorted(keys)


def test_matches_show_nothing_that_the_reader_may_not_see(client, entry):
    offer(entry)
    hidden = StakeholderFactory(listing=Listing.UNLISTED)
    offer(hidden, "need", text="A secret need.")
    over = offer(StakeholderFactory(), "need", until=today() - timedelta(days=3))
    user = member_of(entry)
    assert matches(entry, user, "need") == []
    assert over.is_over
    sign_in(client, user)
    page = client.get(f"/en/stakeholders/{entry.pk}/manage/offers/matches/").content.decode()
    assert "A secret need." not in page


def test_nothing_in_the_interface_speaks_of_marks(client, entry):
    offer(entry)
    offer(StakeholderFactory(), "need")
    sign_in(client, member_of(entry))
    page = client.get(f"/en/stakeholders/{entry.pk}/manage/offers/matches/").content.decode().lower()
    assert [word for word in ("score", "rank", "grade", "best match") if word in page] == []


def test_an_offer_is_answered_only_where_its_entry_can_be_written_to(client, reference):
    homes = {who: StakeholderFactory(contact_from=who) for who in ("everybody", "members", "nobody")}
    for home in homes.values():
        member_of(home)
        offer(home, audience=OfferAudience.PUBLIC)
    offer(StakeholderFactory(contact_from="everybody"), audience=OfferAudience.PUBLIC)  # nobody is there
    url = "/en/stakeholders/exchange/"
    for person, answers in ((None, 0), (UserFactory(), 1), (member_of(StakeholderFactory()), 2)):
        if person:
            sign_in(client, person)
        page = markup_of(client.get(url))
        assert page.count(">Answer this offer<") == answers
        assert page.count("Sign in to answer this offer") == (0 if person else 1)
        assert page.count("Who can answer it, and how") == (4 - answers if person else 3)


# --- Costs --------------------------------------------------------------------------------------------
def test_the_page_costs_the_same_for_one_and_three(client, reference):
    def add():
        offer(StakeholderFactory(), audience=OfferAudience.PUBLIC, countries=["KEN"], languages=["en"])

    assert_no_growth(lambda: client.get("/en/stakeholders/exchange/"), add)


def test_matches_cost_the_same_for_one_and_three(entry):
    def add():
        offer(entry)
        offer(StakeholderFactory(), "need", countries=["KEN"], languages=["en"])

    user = person_with(Role.REGIONAL)
    assert_no_growth(lambda: matches(entry, user, "need"), add)
    assert len(matches(entry, user, "need")) == 3
