"""Calls as visitors, members and the desk read them: list, page, feeds, calendar, papers."""

import re
from datetime import UTC, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from reviews.calls import actions as calls_actions
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from reviews.calls.queries import Period, period_of
from reviews.contributions import actions as contributions_actions
from reviews.handouts.actions import load_handouts
from reviews.handouts.models import Handout
from reviews.moderation import actions as moderation_actions
from reviews.seed import load_reviews
from reviews.signatures import actions as signatures_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def words_of(response):
    """What a reader reads, without tags, with single spaces and without the address that paper names."""
    shown = response.text.replace(response.request["PATH_INFO"], "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def page_of(call):
    return reverse("calls:call", args=[call.pk])


def upcoming(**fields):
    return CallFactory(opens_at=now() + timedelta(days=2), closes_at=now() + timedelta(days=40), **fields)


def closed(**fields):
    return CallFactory(opens_at=now() - timedelta(days=40), closes_at=now() - timedelta(days=2), **fields)


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


@pytest.fixture
def as_desk(client, desk):
    sign_in(client, desk)
    return client


@pytest.fixture
def draft(desk):
    return CallFactory(status=CallStatus.DRAFT, published_at=None, title="Secret draft", drafted_by=desk)


# --- The list -------------------------------------------------------------------------------------------
def test_calls_stand_apart_by_the_clock(client, desk):
    CallFactory(title="The open one")
    upcoming(title="The coming one")
    closed(title="The closed one")
    calls_actions.cancel_call(CallFactory(title="The cancelled one"), actor=desk, note="The review moved.")
    page = client.get("/en/calls/")
    order = [
        page.text.index(words)
        for words in (
            "Open now",
            "The open one",
            "Upcoming",
            "The coming one",
            "Closed <",
            "The closed one",
            "Cancelled <",
            "The cancelled one",
        )
    ]
    assert order == sorted(order)
    assert "4 calls" in words_of(page)


def test_an_empty_list_says_what_happens_next(client):
    page = words_of(client.get("/en/calls/"))
    assert "There has been no call yet" in page
    assert "A call opens when a country review" in page


def test_the_list_is_narrowed_by_country_article_and_phase(client):
    kenya, everywhere, france = CallFactory(title="On Kenya"), CallFactory(title="On all"), CallFactory()
    kenya.countries.set(["KEN"])
    kenya.articles.set(["UNTOC-5"])
    france.countries.set(["FRA"])
    Call.objects.filter(pk=france.pk).update(cluster="I", title="On France")
    everywhere.questions.filter(position=0).update(article="UNTOC-6")

    def titles_found(query):
        page = client.get(f"/en/calls/?{query}").text
        return {title for title in ("On Kenya", "On all", "On France") if f">{title}<" in page}

    assert titles_found("country=KEN") == {"On Kenya", "On all"}
    assert titles_found("article=UNTOC-5") == {"On Kenya"}
    assert titles_found("article=UNTOC-6") == {"On all"}
    assert titles_found("phase=I") == {"On France"}
    assert titles_found("phase=theme") == {"On Kenya", "On all"}
    assert titles_found("country=KEN&phase=I") == set()
    wrong = client.get("/en/calls/?country=XXX")
    assert wrong.status_code == 200
    assert "“XXX” is not a choice of the filter “Country or area”, so nothing is found." in wrong.text
    assert titles_found("country=XXX") == set()


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_the_list_costs_the_same_with_one_call_and_with_three(client, who):
    def add():
        call = CallFactory()
        call.countries.set(["KEN", "FRA"])
        sent_for(call)
        sent_for(closed_after_sending := CallFactory())
        Call.objects.filter(pk=closed_after_sending.pk).update(closes_at=now() - timedelta(days=1))

    if who == "member":
        sign_in(client, member_of(StakeholderFactory()))
    assert_no_growth(lambda: client.get("/en/calls/"), add)


# --- R-05 -----------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-05")
def test_a_closing_is_told_by_the_clock_of_the_call_and_by_the_readers(client, time_machine):
    time_machine.move_to("2026-11-01T12:00:00+00:00", tick=False)
    closes = now().replace(month=11, day=30, hour=22, minute=59, second=0)
    vienna = CallFactory(closes_at=closes)
    nairobi = CallFactory(closes_at=closes, zone="Africa/Nairobi")
    for address in (page_of(vienna), "/en/calls/"):
        assert "30 November 2026, 23:59 Vienna time" in words_of(client.get(address))
    sign_in(client, UserFactory(time_zone="Asia/Tokyo"))
    both_clocks = "30 November 2026, 23:59 Vienna time (1 December 2026, 07:59 in Tokyo)"
    for address in (page_of(vienna), "/en/calls/"):
        assert both_clocks in words_of(client.get(address))
    other = "1 December 2026, 01:59 Nairobi time (07:59 in Tokyo)"
    assert other in words_of(client.get(page_of(nairobi)))


@pytest.mark.behaviour("R-05")
def test_one_second_after_the_closing_every_page_says_closed_with_no_worker_running(client, time_machine):
    call = CallFactory(title="By the clock")
    member = member_of(StakeholderFactory())
    time_machine.move_to(call.closes_at, tick=False)
    sign_in(client, member)
    assert "Begin the contribution" in client.get(page_of(call)).text
    assert period_of(call) == Period.OPEN
    time_machine.shift(timedelta(seconds=1))
    page = client.get(page_of(call))
    assert "Begin the contribution" not in page.text
    assert "has not contributed, and the call is over" in words_of(page)
    assert "Closed on" in words_of(page)
    listed = client.get("/en/calls/").text
    assert listed.index('id="closed"') < listed.index("By the clock")
    assert "By the clock" not in client.get("/en/calls/closing.atom").text


# --- R-19 -----------------------------------------------------------------------------------------------
EVERYWHERE = (
    "/en/calls/",
    "/en/calls/open.atom",
    "/en/calls/closing.atom",
    "/en/calls/closings.ics",
    "/en/search/?q=Secret",
    "/sitemap.xml",
    "/en/reviews/KEN/",
    "/en/countries/KEN/",
)


@pytest.mark.behaviour("R-19")
def test_a_draft_is_found_nowhere_and_its_address_is_missing(client, draft, subtests):
    load_reviews()
    call_command("rebuild_index")
    draft.countries.set(["KEN"])
    people = {
        "visitor": None,
        "stranger": UserFactory(),
        "member": member_of(StakeholderFactory()),
        **{role: person_with(role) for role in ("regional", "state", "vetting")},
    }
    for who, person in people.items():
        if person:
            sign_in(client, person)
        with subtests.test(who=who):
            missing = client.get("/en/calls/999999/")
            for tail in ("", "closing.ics"):
                answer = client.get(f"{page_of(draft)}{tail}")
                assert answer.status_code == missing.status_code == 404
            assert words_of(client.get(page_of(draft))) == words_of(missing)
            for address in EVERYWHERE:
                assert "Secret draft" not in client.get(address).text, address
            follow = client.get(f"/en/me/follows/add/?term=call:{draft.pk}")
            assert "Secret draft" not in follow.text


@pytest.mark.behaviour("R-19")
def test_a_draft_is_shown_to_its_writer_and_who_runs_calls_and_listed_for_nobody(client, desk, draft):
    regional = person_with(Role.REGIONAL)
    theirs = CallFactory(status=CallStatus.DRAFT, published_at=None, title="Mine", drafted_by=regional)
    sign_in(client, desk)
    page = client.get(page_of(draft))
    assert "Draft. Only you and people who run" in words_of(page)
    assert "noindex" in page.text
    for address in EVERYWHERE[:5]:
        assert "Secret draft" not in client.get(address).text, address
    assert client.get(f"{page_of(draft)}closing.ics").status_code == 404
    sign_in(client, regional)
    assert client.get(page_of(theirs)).status_code == 200
    assert client.get(page_of(draft)).status_code == 404


# --- What the reader can do -----------------------------------------------------------------------------
def test_a_visitor_is_asked_to_sign_in_or_to_register(client):
    page = client.get(page_of(CallFactory()))
    assert "Sign in and contribute" in page.text
    assert reverse("stakeholders:register") in page.text
    assert "Sign in and follow" in client.get(page_of(upcoming())).text
    assert 'href="#said"' in client.get(page_of(closed())).text


def test_a_member_is_told_what_to_do_or_why_not(client, desk):
    call = CallFactory(answerers="countries")
    call.countries.set(["KEN"])
    here, elsewhere = StakeholderFactory(country_id="KEN"), StakeholderFactory(country_id="FRA")

    def words_for(person):
        sign_in(client, person)
        return words_of(client.get(page_of(call)))

    assert "Begin the contribution" in words_for(member_of(here))
    assert "This call is for stakeholders in" in words_for(member_of(elsewhere))
    assert "Begin the contribution" not in words_for(member_of(elsewhere))
    assert "only its administrators and editors write" in words_for(member_of(here, role="reader"))
    assert "act for no stakeholder" in words_for(UserFactory())
    assert "you act for none" in words_for(person_with(Role.STATE))
    assert "Open it on the desk" in words_for(desk)
    lapsed = StakeholderFactory(country_id="KEN")
    person = member_of(lapsed)
    type(lapsed).objects.filter(pk=lapsed.pk).update(status="lapsed")
    assert "cannot contribute now; the status of its profile: Lapsed" in words_for(person)


def test_a_begun_contribution_is_gone_on_with(client):
    call = CallFactory()
    contribution, author = draft_for(call)
    sign_in(client, author)
    page = client.get(page_of(call)).text
    assert "Continue the contribution" in page
    assert "Begin the contribution" not in page
    contributions_actions.submit(contribution, actor=author)
    assert "Open your contribution" in client.get(page_of(call)).text


def test_more_time_is_shown_to_the_stakeholder_it_was_given_to_and_to_nobody_else(client, desk):
    call = closed(title="Nearly over")
    given, other = StakeholderFactory(name="Given Time"), StakeholderFactory()
    until = now() + timedelta(days=3)
    calls_actions.give_time(call, given, actor=desk, until=until, reason="A flood")
    sign_in(client, member_of(given))
    page = client.get(page_of(call))
    assert "Given Time has more time: until" in words_of(page)
    assert "Begin the contribution" in page.text
    assert client.get(f"{page_of(call)}closing.ics").text.count("BEGIN:VEVENT") == 2
    sign_in(client, member_of(other))
    assert "more time" not in words_of(client.get(page_of(call)))
    assert client.get(f"{page_of(call)}closing.ics").text.count("BEGIN:VEVENT") == 1
    assert "Given Time" not in client.get("/en/calls/closings.ics").text
    assert "flood" not in client.get(page_of(call)).text


# --- R-17 -----------------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-17")
def test_once_closed_a_call_shows_what_was_asked_what_was_said_and_what_followed(client, desk, time_machine):
    call = CallFactory()
    lead, second = StakeholderFactory(name="Lead Voice"), StakeholderFactory(name="Second Voice")
    named, author = draft_for(call, lead)
    signer = member_of(second)
    signature = signatures_actions.invite(named, second, actor=author)
    signatures_actions.sign(signature, actor=signer, digest=named.digest)
    contributions_actions.submit(named, actor=author)
    unnamed, _author = sent_for(call, StakeholderFactory(name="Hidden Voice"), visibility="unnamed")
    for_desk, _author = sent_for(call, StakeholderFactory(name="Quiet Voice"), visibility="desk")
    for contribution, act in (
        (named, moderation_actions.publish),
        (unnamed, moderation_actions.publish),
        (for_desk, moderation_actions.keep),
    ):
        act(moderation_actions.take(contribution, actor=desk), actor=desk)
    time_machine.move_to(call.closes_at + timedelta(days=2))
    waiting = words_of(client.get(page_of(call)))
    assert "No summary has been published yet" in waiting
    assert "Nothing is recorded yet" in waiting
    calls_actions.summarize(call, actor=desk, summary="Most spoke of *courts*.")
    calls_actions.follow_up(
        call,
        actor=desk,
        on=now().date(),
        text="A workshop was held.",
        source="Note 12",
        url="https://example.org/note",
    )
    page = client.get(page_of(call))
    words = words_of(page)
    order = [
        words.index(heading)
        for heading in (
            "What was asked",
            "What works well?",
            "Contributions",
            "Most spoke of",
            "Lead Voice",
            "What followed",
            "A workshop was held.",
        )
    ]
    assert order == sorted(order)
    assert "3 contributions were received." in words
    assert "Signed also by: Second Voice" in words
    assert f'<a href="{second.get_absolute_url()}"><bdi>Second Voice</bdi></a>' in markup_of(page)
    assert "<em>courts</em>" in markup_of(page)
    assert "without name" in words
    assert "https://example.org/note" in markup_of(page)
    assert re.search(r"Published with name 1 Published without name 1 For the WhatsOn team only 1", words)
    for reader in (None, desk, member_of(StakeholderFactory())):
        if reader is not None:
            sign_in(client, reader)
        shown = markup_of(client.get(page_of(call)))
        assert "Hidden Voice" not in shown
        assert "Quiet Voice" not in shown


def test_the_page_costs_the_same_with_one_contribution_and_with_three(client, desk):
    call = CallFactory()

    def add():
        contribution, _author = sent_for(call)
        moderation_actions.publish(moderation_actions.take(contribution, actor=desk), actor=desk)

    assert_no_growth(lambda: client.get(page_of(call)), add)


def test_what_search_engines_read_of_a_call_is_plain_text(client):
    call = CallFactory(title="On <courts> & police")
    head = client.get(page_of(call)).text.partition("</head>")[0]
    match = re.search(r'<meta name="description" content="([^"]*)">', head)
    assert match is not None
    assert "On &lt;courts&gt; &amp; police" in match[1]
    assert "<" not in match[1]


def test_a_review_and_a_call_can_be_followed_from_their_pages(client):
    load_reviews()
    call = CallFactory()
    sign_in(client, UserFactory())
    for address, term in ((page_of(call), f"call:{call.pk}"), ("/en/reviews/KEN/", "review:KEN")):
        assert f'name="term" value="{term}"' in client.get(address).text
        client.post("/en/me/follows/add/", {"term": term, "next": address})
        assert "You follow this" in client.get(address).text


def test_a_cancelled_call_says_why(client, desk):
    call = CallFactory()
    calls_actions.cancel_call(call, actor=desk, note="The review was postponed.")
    words = words_of(client.get(page_of(call)))
    assert "Nothing can be sent any more." in words
    assert "The review was postponed." in words
    sign_in(client, member_of(StakeholderFactory()))
    assert "Begin the contribution" not in client.get(page_of(call)).text


def test_the_words_of_a_call_are_read_in_the_readers_language(client):
    call = CallFactory(title="On courts", translations={"ar": {"title": "عن المحاكم"}})
    assert 'lang="ar" dir="rtl">عن المحاكم' in client.get(f"/ar/calls/{call.pk}/").text
    assert 'lang="en" dir="ltr">On courts' in client.get(f"/fr/calls/{call.pk}/").text


# --- Feeds and calendar ---------------------------------------------------------------------------------
def events_of(client, address):
    """UID → the properties of its event, its alarms left out."""
    text = client.get(address).text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = {}
    for event in text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        own = event.partition("BEGIN:VALARM")[0].partition("END:VEVENT")[0]
        properties = dict(line.split(":", 1) for line in own.split("\r\n") if line)
        events[properties["UID"]] = properties | {"alarms": event.count("BEGIN:VALARM")}
    return events


def stamp(instant):
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def test_a_calendar_keeps_the_event_of_a_call_through_moving_and_cancelling(client, desk):
    call = CallFactory(title="On courts; and, police")
    addresses = ("/en/calls/closings.ics", f"{page_of(call)}closing.ics")
    first = [events_of(client, address) for address in addresses]
    assert first[0].keys() == first[1].keys()
    (uid,) = first[0]
    before = first[0][uid]
    assert before["DTSTART"] == stamp(call.closes_at)
    assert before["SUMMARY"] == r"Closes: On courts\; and\, police"
    moved = call.closes_at + timedelta(days=7)
    calls_actions.save_call(call, actor=desk, version=call.version, values={"closes_at": moved})
    after = events_of(client, addresses[0])[uid]
    assert after["DTSTART"] == stamp(moved)
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["STATUS"] == "CONFIRMED"
    calls_actions.cancel_call(Call.objects.get(pk=call.pk), actor=desk, note="Postponed.")
    for address in addresses:
        gone = events_of(client, address)[uid]
        assert gone["STATUS"] == "CANCELLED"
        assert int(gone["SEQUENCE"]) > int(after["SEQUENCE"])
        assert gone["alarms"] == 0


def test_feeds_tell_of_new_calls_and_of_those_that_close_soon(client):
    late = CallFactory(title="Late one")
    soon = CallFactory(title="Soon one", closes_at=now() + timedelta(days=3))
    upcoming(title="Coming one")
    closed(title="Past one")
    new = client.get("/en/calls/open.atom")
    assert new["Content-Type"].startswith("application/atom+xml")
    assert [title for title in ("Late one", "Soon one", "Coming one", "Past one") if title in new.text] == [
        "Late one",
        "Soon one",
        "Coming one",
        "Past one",
    ]
    near = client.get("/en/calls/closing.atom").text
    assert f"/en/calls/{soon.pk}/" in near
    assert f"/en/calls/{late.pk}/" not in near
    assert "Coming one" not in near


def test_the_sitemap_names_calls(client, draft):
    call = CallFactory()
    assert "sitemap-calls-1.xml" in client.get("/sitemap.xml").text
    sitemap = client.get("/sitemap-calls-1.xml").text
    assert f"/en/calls/{call.pk}/" in sitemap
    assert f"/en/calls/{draft.pk}/" not in sitemap


# --- Papers ---------------------------------------------------------------------------------------------
def test_the_papers_come_with_the_software_and_stay_as_the_desk_left_them(client):
    first = load_handouts()
    assert first.created >= 4
    assert load_handouts().unchanged == first.created
    checklist = Handout.objects.get(slug="consultation-checklist", language="en")
    checklist.body = "## Ours\n\n- Call the ministry"
    checklist.save()
    assert load_handouts().skipped == 1
    page = client.get(checklist.get_absolute_url())
    assert "Call the ministry" in page.text
    listed = client.get("/en/calls/prepare/")
    assert checklist.get_absolute_url() in listed.text
    Handout.objects.create(
        slug="consultation-checklist", language="fr", kind="checklist", title="Liste de contrôle", body="- Un"
    )
    assert "Liste de contrôle" in client.get("/fr/calls/prepare/consultation-checklist/").text
    fallback = client.get("/ar/calls/prepare/consultation-checklist/")
    assert 'lang="en" dir="ltr"' in fallback.text
    Handout.objects.filter(slug="consultation-checklist").update(is_shown=False)
    assert client.get(checklist.get_absolute_url()).status_code == 404
    assert client.get("/en/calls/prepare/nothing/").status_code == 404


def test_the_desk_edits_papers_in_the_back_office(client):
    load_handouts()
    handout = Handout.objects.filter(kind="letter").first()
    address = f"/en/admin/reviews/handout/{handout.pk}/change/"
    sign_in(client, person_with(Role.VETTING))
    assert client.get(address).status_code == 404
    sign_in(client, person_with(Role.REVIEWS))
    assert client.get(address).status_code == 200
    assert client.get("/en/admin/reviews/handout/").status_code == 200
    fields = {
        name: getattr(handout, name)
        for name in ("slug", "language", "kind", "position", "title", "lead", "body")
    }
    client.post(address, fields | {"title": "Our letter", "is_shown": "on"})
    assert Handout.objects.get(pk=handout.pk).title == "Our letter"


def test_one_press_begins_the_contribution(client):
    call, stakeholder = CallFactory(), StakeholderFactory()
    sign_in(client, member_of(stakeholder))
    page = client.get(page_of(call)).text
    contribute = reverse("calls:contribute", args=[call.pk])
    assert f'<form method="post" action="{contribute}"' in page
    assert f'name="stakeholder" value="{stakeholder.pk}"' in page
    begun = client.post(contribute, {"stakeholder": stakeholder.pk})
    assert begun["Location"] == reverse("calls:write", args=[call.contributions.get().pk])
