"""Facts that age: a rule for each source, the work that comes of it, and facts that were compared again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from audit.models import Entry
from events.events.models import Event
from news.elsewhere.models import NewsLink
from news.seed import load_news_links
from notifications.outbox.models import Message
from portal.content import FOLDER
from resources.links.models import LinkCheck
from taxonomy import tasks
from taxonomy.hooks import sources
from taxonomy.sources import actions, models
from taxonomy.sources.models import AgeRule, FetchedSource
from taxonomy.sources.queries import known_sources, oldest_fresh
from tests.factories.accounts import person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.news import NewsLinkFactory
from tests.factories.notifications import deliver_all
from tests.factories.resources import resource_in
from tests.factories.screening import list_xml, loaded
from tests.factories.sources import serving
from tests.support import assert_no_growth, run_together, words_of

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/sources/"
PREFERENCES = "/en/me/notices/preferences/"
LONG_AGO = date(2015, 5, 1)


@pytest.fixture
def curator(reference):
    return person_with(Role.CURATION)


@pytest.fixture
def as_curator(client, curator):
    sign_in(client, curator)
    return client


def old_link(**facts):
    number = NewsLink.objects.count()
    return NewsLinkFactory(
        code=f"old-{number}", url=f"https://example.org/{number}", source_date=LONG_AGO, **facts
    )


def figures(user, code):
    return known_sources(user, code)[0].figures


@pytest.mark.behaviour("X-15")
def test_old_facts_are_one_line_of_work_for_those_who_keep_them(as_curator, curator):
    for _number in range(3):
        old_link()
    tasks.sweep_sources()
    rule = AgeRule.objects.get(code="news")
    assert (rule.number, rule.oldest) == (3, LONG_AGO)
    desk = as_curator.get("/en/desk/")
    assert "3 facts need a new look" in words_of(desk)
    assert "the oldest was seen on 1 May 2015" in words_of(desk)
    assert f'href="{PAGE}news/"' in desk.text
    kinds = AgeRule.objects.visible_to(curator).due().count()
    assert f'href="{PAGE}?due=1">{kinds}<' in desk.text
    assert "News elsewhere" in words_of(as_curator.get(f"{PAGE}?due=1"))
    assert "3 facts need a new look" not in words_of(as_curator.get("/en/desk/?show=mine"))
    sign_in(as_curator, person_with(Role.EVENTS))
    assert "3 facts need a new look" not in words_of(as_curator.get("/en/desk/"))


def remind_again():
    AgeRule.objects.update(counted_at=None)
    actions.count_old_facts()
    tasks.remind_of_old_facts()


def test_keepers_hear_of_facts_that_have_become_old_once_a_week_at_most(curator, time_machine):
    remind_again()
    Message.objects.all().delete()
    messages = Message.objects.filter(kind="taxonomy.old_facts")
    others = [person_with(role) for role in (Role.HEAD, Role.EVENTS)]
    time_machine.move_to(now() + timedelta(days=7))
    first, _second = old_link(), old_link()
    remind_again()
    remind_again()
    message = messages.get()
    assert message.user == curator
    assert message.user not in others
    assert message.facts == {"number": 2, "sources": 1}
    (mail,) = (sent for sent in deliver_all() if sent.to == [curator.email])
    assert mail.subject == "2 facts need a new look"
    assert "/en/desk/sources/" in mail.body
    # What still waits is no news; what was confirmed and is old again is.
    time_machine.move_to(now() + timedelta(days=7))
    remind_again()
    NewsLink.objects.filter(pk=first.pk).update(source_date=localdate())
    remind_again()
    assert messages.count() == 1
    NewsLink.objects.filter(pk=first.pk).update(source_date=LONG_AGO)
    remind_again()
    assert messages.count() == 2


def test_who_keeps_a_source_may_switch_the_reminder_off(as_curator):
    choice = "mail:taxonomy.old_facts"
    assert choice in as_curator.get(PREFERENCES).context["form"].fields
    sign_in(as_curator, person_with(Role.REGIONAL))
    assert choice not in as_curator.get(PREFERENCES).context["form"].fields


def test_the_work_does_not_grow_with_the_facts(as_curator):
    assert_no_growth(lambda: as_curator.get(f"{PAGE}news/"), old_link)

    def add():
        old_link()
        AgeRule.objects.update(counted_at=None)
        actions.count_old_facts()

    assert_no_growth(lambda: as_curator.get("/en/desk/"), add)


def test_each_source_has_its_own_months_and_switch(as_curator, curator):
    link = old_link()
    age = f"{PAGE}news/age/"
    assert figures(curator, "news").old == 1
    for months, is_old in ((12, True), (120, True), (1, True)):
        assert as_curator.post(age, {"is_on": "on", "months": months}).status_code == 302
        assert figures(curator, "news").old == is_old
    NewsLink.objects.update(source_date=oldest_fresh(12))
    as_curator.post(age, {"is_on": "on", "months": "12"})
    assert figures(curator, "news").old == 0
    NewsLink.objects.update(source_date=oldest_fresh(12) - timedelta(days=1))
    assert figures(curator, "news").old == 1
    actions.count_old_facts()
    assert AgeRule.objects.get(code="news").number == 1
    as_curator.post(age, {"months": "12"})
    assert figures(curator, "news").old is None
    assert "The desk is not reminded of facts of this source." in as_curator.get(f"{PAGE}news/").text
    actions.count_old_facts()
    assert AgeRule.objects.get(code="news").number == 0
    assert "needs a new look" not in words_of(as_curator.get("/en/desk/"))
    assert link.title not in words_of(as_curator.get(f"{PAGE}news/"))
    assert Entry.objects.filter(action="taxonomy.age_rule_set").count() == 5


@pytest.mark.parametrize("months", ("0", "121", "", "a year"))
def test_wrong_months_are_told_at_the_field_and_stay_typed(as_curator, months):
    page = as_curator.post(f"{PAGE}news/age/", {"is_on": "on", "months": months})
    assert page.status_code == 200
    assert 'id="id_months_error"' in page.text
    assert not AgeRule.objects.filter(code="news").exists()
    assert months in page.text


def test_only_who_keeps_a_source_sets_its_rule_or_confirms(client, reference):
    old_link()
    events = person_with(Role.EVENTS)
    sign_in(client, events)
    assert client.post(f"{PAGE}news/age/", {"is_on": "on", "months": "12"}).status_code == 404
    assert client.post(f"{PAGE}news/confirm/", {"fact": "0:1"}).status_code == 404
    page = client.get(f"{PAGE}news/").text
    assert "Save the rule" not in page
    assert "Confirm the chosen facts" not in page
    with pytest.raises(PermissionDenied):
        actions.set_age_rule("news", is_on=True, months=1, actor=events)
    with pytest.raises(PermissionDenied):
        actions.confirm_facts("news", ["0:1"], actor=events)
    # The Security Council's names are for those who vet alone.
    assert client.post(f"{PAGE}security-council/age/", {"months": "1"}).status_code == 404
    assert client.post(f"{PAGE}events/age/", {"is_on": "on", "months": "1"}).status_code == 302


@pytest.mark.behaviour("X-15")
def test_a_fact_that_still_says_the_same_is_confirmed(as_curator, curator):
    load_news_links(FOLDER)
    code = NewsLink.objects.exclude(code="").values_list("code", flat=True)[0]
    NewsLink.objects.filter(code=code).update(source_date=LONG_AGO)
    fact, other = NewsLink.objects.get(code=code), old_link()
    page = as_curator.get(f"{PAGE}news/")
    assert f'value="0:{fact.pk}"' in page.text
    answer = as_curator.post(f"{PAGE}news/confirm/", {"fact": f"0:{fact.pk}"}, follow=True)
    assert "1 fact is confirmed as of today." in words_of(answer)
    fact.refresh_from_db()
    other.refresh_from_db()
    assert (fact.source_date, fact.edited_by_hand, other.source_date) == (localdate(), True, LONG_AGO)
    assert Entry.objects.get(action="taxonomy.fact_confirmed").subject_id == fact.pk
    load_news_links(FOLDER)  # which says the older day
    fact.refresh_from_db()
    assert fact.source_date == localdate()


@pytest.mark.parametrize(
    "sent", ({}, {"fact": "x"}, {"fact": "0:x"}, {"fact": "0:99999999999999999999"}, {"fact": "7:1"})
)
def test_what_names_no_old_fact_confirms_nothing(as_curator, sent):
    fresh = NewsLinkFactory(code="fresh", source_date=localdate() - timedelta(days=3))
    for facts in (sent, {"fact": f"0:{fresh.pk}"}):
        answer = as_curator.post(f"{PAGE}news/confirm/", facts, follow=True)
        assert "Choose the facts that you have compared" in words_of(answer)
    fresh.refresh_from_db()
    assert not fresh.edited_by_hand


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(curator):
    fact = old_link()

    def confirm():
        return actions.confirm_facts("news", [f"0:{fact.pk}"], actor=curator)

    assert sorted(run_together(confirm, confirm)) == [0, 1]
    assert Entry.objects.filter(action="taxonomy.fact_confirmed").count() == 1


def test_readers_see_the_day_on_which_a_record_was_confirmed(as_curator, client, curator):
    record = resource_in("published")
    type(record).objects.filter(pk=record.pk).update(
        code="a-record", source="A page", source_url="https://example.org/a", source_date=LONG_AGO
    )
    client.logout()
    assert "1 May 2015" in words_of(client.get(record.get_absolute_url(), follow=True))
    assert actions.confirm_facts("library", [f"0:{record.pk}"], actor=curator) == 1
    assert "1 May 2015" not in words_of(client.get(record.get_absolute_url(), follow=True))


def test_events_that_are_over_do_not_age_and_those_without_a_date_need_one(client, reference):
    keeper = person_with(Role.EVENTS)
    moment = now()
    past, coming, undated = (
        EventFactory(code=code, status="published", source_date=LONG_AGO) for code in ("a", "b", "c")
    )
    Event.objects.filter(pk=past.pk).update(
        starts_at=moment - timedelta(days=9), ends_at=moment - timedelta(days=8)
    )
    Event.objects.filter(pk=coming.pk).update(
        starts_at=moment + timedelta(days=8), ends_at=moment + timedelta(days=9)
    )
    Event.objects.filter(pk=undated.pk).update(starts_at=None, ends_at=None, source_date=localdate())
    # What lacks a date is not the oldest fact.
    Event.objects.filter(pk=coming.pk).update(source_date=LONG_AGO.replace(year=2016))
    Event.objects.filter(pk=undated.pk).update(source_date=LONG_AGO)
    assert (figures(keeper, "events").old, figures(keeper, "events").oldest) == (2, date(2016, 5, 1))
    sign_in(client, keeper)
    page = client.get(f"{PAGE}events/")
    assert "No date is known." in words_of(page)
    assert f'value="0:{coming.pk}"' in page.text
    assert f'value="0:{undated.pk}"' not in page.text  # to confirm it would give it no date
    assert actions.confirm_facts("events", [f"0:{past.pk}", f"0:{undated.pk}"], actor=keeper) == 0


def test_links_that_were_never_or_long_not_opened_are_counted(as_curator, curator):
    for number, at in enumerate((None, now() - timedelta(days=40), now())):
        LinkCheck.objects.create(url=f"https://example.org/{number}", checked_at=at)
    assert figures(curator, "links").old == 2
    page = words_of(as_curator.get(f"{PAGE}links/"))
    assert "Not checked yet." in page
    assert "Confirm the chosen facts" not in page


def test_without_anybody_who_keeps_a_source_nothing_is_counted(reference):
    old_link()
    actions.count_old_facts()
    assert set(AgeRule.objects.values_list("number", flat=True)) == {0}
    assert set(AgeRule.objects.values_list("code", flat=True)) == set(sources)
    person_with(Role.HEAD)
    assert actions.count_old_facts() == 0  # within the hour
    actions.recount("news")
    assert actions.count_old_facts() == 1
    assert AgeRule.objects.get(code="news").number == 1


def test_a_change_while_facts_are_counted_is_counted_by_the_next_run(reference, monkeypatch):
    person_with(Role.HEAD)
    old_link()
    source, changes = sources["news"], iter((True, False))

    def rows(user):
        if next(changes):
            actions.recount("news")
        return source.rows(user)

    changed = {**dict(sources.items()), "news": replace(source, rows=rows)}
    monkeypatch.setattr(models, "sources", changed)
    actions.count_old_facts()
    assert AgeRule.objects.get(code="news").counted_at is None
    assert actions.count_old_facts() == 1
    assert AgeRule.objects.get(code="news").number == 1
    assert actions.count_old_facts() == 0


# --- One press ----------------------------------------------------------------------------------------


@pytest.fixture
def proposed(settings, monkeypatch, reference):
    """A server whose address the Security Council's list proposes, in place of its real one."""
    with serving(settings) as server:
        server.content = list_xml()
        source = sources["security-council"]
        changed = {
            **dict(sources.items()),
            "security-council": replace(source, fetching=replace(source.fetching, address=server.url)),
        }
        monkeypatch.setattr(actions, "sources", changed)
        yield server


@pytest.mark.behaviour("X-16")
def test_one_press_fetches_a_source_from_its_proposed_address(client, proposed):
    head = person_with(Role.HEAD)
    sign_in(client, head)
    assert "Fetch now" in words_of(client.get(PAGE))
    assert proposed.request_headers == []
    client.post(f"{PAGE}security-council/fetch/")
    row = FetchedSource.objects.get(code="security-council")
    assert (row.url, row.set_by, row.schedule) == (proposed.url, head, "never")
    tasks.heavy_fetch_source(row.pk)
    assert len(proposed.request_headers) == 1
    page = client.get(PAGE)
    assert "Compare and decide" in words_of(page)
    assert head.name in words_of(page)
    assert known_sources(head, "security-council")[0].last_file in page.text
    known = known_sources(head, "security-council")[0]
    assert str(known.source.fetching.undo) in words_of(client.get(f"{PAGE}security-council/"))
    recorded = list(Entry.objects.order_by("pk").values_list("action", flat=True))[-4:-2]
    assert recorded == ["taxonomy.source_address_set", "taxonomy.source_asked"]


def test_no_proposed_address_stands_in_for_one_that_was_taken_away(client, proposed):
    head = person_with(Role.HEAD)
    actions.set_address("security-council", url="", schedule="never", megabytes=10, actor=head)
    sign_in(client, head)
    page = client.post(f"{PAGE}security-council/fetch/", follow=True)
    assert "No address is set for this source." in words_of(page)
    assert proposed.request_headers == []


def test_a_list_that_is_put_into_use_is_counted_anew(reference):
    person_with(Role.HEAD)
    loaded(generated="2020-10-01T00:00:00Z")
    actions.count_old_facts()
    assert AgeRule.objects.get(code="security-council").number > 0
    loaded(generated=f"{localdate():%Y-%m-%d}T00:00:00Z")
    assert AgeRule.objects.get(code="security-council").counted_at is None
    actions.count_old_facts()
    assert AgeRule.objects.get(code="security-council").number == 0
