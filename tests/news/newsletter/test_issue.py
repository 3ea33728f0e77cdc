"""The desk puts an issue together, looks at it, sends it; what is out is in the archive."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from news.newsletter import actions as newsletter_actions
from news.newsletter import actions_sending
from news.newsletter.models import Issue, IssueItem, Subscriber
from news.newsletter.queries import numbers_of_subscribers, people_of_the_newsletter
from notifications.bounces.enums import Why
from notifications.bounces.models import Suppression
from notifications.inbox.models import Notice
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from search.actions import index
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.newsletters import TEXTS, SubscriberFactory, approve, issue_with
from tests.factories.notifications import deliver_all
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

HOME = "/en/desk/newsletter/"


@pytest.fixture
def maker(reference):
    return person_with(Role.CURATION, email="maker@example.org")


@pytest.fixture
def desk_client(client, maker):
    sign_in(client, maker)
    return client


def send(issue, actor):
    """Send it as the worker does, to the end."""
    actions_sending.send_now(approve(issue), actor=actor)
    actions_sending.go_on()
    letters = deliver_all()
    actions_sending.go_on()
    issue.refresh_from_db()
    return letters


@pytest.mark.behaviour("A-20")
def test_the_desk_writes_picks_and_orders_by_its_pages(desk_client, maker):
    training = EventFactory(title="Training on tracing firearms", about="Two hours **for** tracers.")
    training.translations = {"fr": {"title": "Formation sur le traçage", "about": "Deux heures."}}
    training.save()
    secret = EventFactory(title="Training of nobody", status="draft")
    firm = StakeholderFactory(name="Coastal Watch")
    for subject in (training, secret, firm):
        index(subject)
    answer = desk_client.post(f"{HOME}new/", {"language": "en", "title": "News of May"})
    issue = Issue.objects.get()
    page = f"{HOME}{issue.pk}/"
    assert answer.url == page
    form = {"version": 0, "title_en": "News of May", "intro_en": "Dear reader", "title_ar": "أخبار مايو"}
    assert (
        "An introduction needs a title"
        in desk_client.post(f"{page}edit/", {**form, "intro_fr": "Chère"}).text
    )
    assert desk_client.post(f"{page}edit/", {**form, "title_fr": "Nouvelles"}).url == page
    assert "Another person has saved this issue" in desk_client.post(f"{page}edit/", form).text

    results = desk_client.get(f"{page}pick/?words=training").text
    assert "Training on tracing firearms" in results
    assert "Training of nobody" not in results
    assert "Coastal Watch" in desk_client.get(f"{page}pick/?kind=stakeholders.stakeholder").text
    assert "No public content matches" in desk_client.get(f"{page}pick/?words=nothing-of-the-kind").text
    assert "Tick at least one." in desk_client.post(f"{page}pick/").text
    for wrong in ("accounts.user:1", "events.event:x", "events.event"):
        desk_client.post(f"{page}pick/", {"picked": [wrong]})
    assert not issue.items.exists()
    ticked = {"picked": [f"{subject._meta.label_lower}:{subject.pk}" for subject in (training, firm, secret)]}
    for number in (2, 0):
        pick_answer = desk_client.post(f"{page}pick/?words=training", ticked, follow=True)
        assert pick_answer.redirect_chain == [(f"{page}pick/?words=training", 302)]
        assert f"{number} items were added." in pick_answer.text
        assert "Only public content can be added" in pick_answer.text
        assert "in the issue</span>" in pick_answer.text
    first = issue.items.get(kind="events.event")
    assert [
        (section.titles["en"], set(section.titles), section.items.count()) for section in issue.sections.all()
    ] == [("Events", {"en", "fr", "ar"}, 1), ("Stakeholders", {"en", "fr", "ar"}, 1)]
    assert first.texts == {
        "en": {
            "title": "Training on tracing firearms",
            "summary": "Two hours for tracers.",
            "path": f"/en/events/{training.pk}-{training.slug}/",
        },
        "fr": {
            "title": "Formation sur le traçage",
            "summary": "Deux heures.",
            "path": f"/fr/events/{training.pk}-{training.slug}/",
        },
    }
    desk_client.post(f"{page}sections/", {"title_en": "What is coming", "title_fr": "À venir"})
    assert issue.sections.last().titles == {"en": "What is coming", "fr": "À venir"}
    words = {
        "title_en": "A training",
        "summary_en": "",
        "title_fr": "Une formation",
        "summary_fr": "Deux heures.",
    }
    assert (
        "This field is required"
        in desk_client.post(f"{HOME}items/{first.pk}/", {**words, "title_en": ""}).text
    )
    desk_client.post(f"{HOME}items/{first.pk}/", words)


@pytest.mark.behaviour("A-20")
def test_the_desk_looks_at_it_tests_it_and_sends_it_by_its_pages(desk_client, maker):
    texts = {
        "en": {"title": "News of May", "intro": "Dear reader"},
        "fr": {"title": "Nouvelles", "intro": ""},
        "ar": {"title": "أخبار مايو", "intro": ""},
    }
    training = EventFactory(
        title="A training", translations={"fr": {"title": "Une formation", "about": "Deux heures."}}
    )
    issue = issue_with(training, actor=maker, texts=texts)
    page, first = f"{HOME}{issue.pk}/", issue.items.get()
    shown = desk_client.get(f"{page}preview/ar/")
    assert 'dir="rtl">أخبار مايو' in shown.text
    assert "A training" in shown.text  # what has no words in Arabic is told in its own
    letter = desk_client.get(f"{page}preview/fr/mail/")
    assert "sandbox" in letter["Content-Security-Policy"]
    assert "Une formation" in letter.text
    assert desk_client.get(f"{page}preview/ru/").status_code == 404
    desk_client.post(f"{page}test/", {"languages": ["fr"]})
    (test,) = deliver_all()
    assert (test.to, test.subject) == (["maker@example.org"], "[Essai] Nouvelles")
    assert "Deux heures." in test.body

    by_vienna = {"when": "now", "zone": "Europe/Vienna"}
    assert "A second person has to approve" in desk_client.post(f"{page}send/", by_vienna).text
    approve(issue)
    assert "There are no subscribers for these" in desk_client.post(f"{page}send/", by_vienna).text
    SubscriberFactory.create_batch(6)
    assert "It would reach 6 subscribers" in desk_client.get(f"{page}send/").text
    question = desk_client.post(f"{page}send/", by_vienna)
    assert "“News of May” goes to 6 subscribers now." in question.text
    issue.refresh_from_db()
    assert issue.started_at is None
    assert desk_client.post(f"{page}send/", {**by_vienna, "confirmed": "1"}).url == page
    actions_sending.go_on()
    assert len(deliver_all()) == 1 + 6
    actions_sending.go_on()
    issue.refresh_from_db()
    assert (issue.state, issue.written, issue.sent) == ("sent", 6, 6)
    assert "no longer a draft" in desk_client.post(f"{page}edit/", {"version": 1, "title_en": "X"}).text
    with pytest.raises(WrongState):
        newsletter_actions.drop_item(first, actor=maker)


@pytest.mark.behaviour("A-20")
def test_each_reader_gets_one_mail_by_language_and_topic_and_leaves_by_one_click(client, maker):
    wanted = {
        "both@example.org": (["fr", "en"], []),
        "english@example.org": (["en"], ["firearms"]),
        "arabic@example.org": (["ar"], []),
        "other@example.org": (["en"], ["corruption"]),
        "held@example.org": (["en"], []),
    }
    for address, (languages, topics) in wanted.items():
        SubscriberFactory(address=address, languages=languages, topics=topics)
    SubscriberFactory(address="waiting@example.org", confirmed_at=None)
    Suppression.objects.create(address="HELD@example.org", why=Why.COMPLAINT, reason="x")
    issue = issue_with(EventFactory(title="A session"), actor=maker, topics=["firearms"])
    letters = send(issue, maker)
    assert {letter.to[0]: letter.subject for letter in letters} == {
        "both@example.org": "Nouvelles de mai",
        "english@example.org": "News of May",
    }
    (letter,) = [email for email in letters if email.to == ["english@example.org"]]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Id"] == "<news.issue.testserver>"
    assert all(text in letter.body for text in ("here it is.", "– A session", f"/en/newsletter/{issue.pk}-"))
    assert "A session" in str(letter.alternatives[0].content)
    assert "http-equiv" not in letter.alternatives[0].content
    assert "<img" not in letter.alternatives[0].content  # nobody sees who opens it
    link = re.fullmatch(r"<https?://[^/]+(/.+)>", letter.extra_headers["List-Unsubscribe"]).group(1)
    client.get(link)
    assert Subscriber.objects.of("english@example.org").exists()  # opening the link alone does nothing
    outsider = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        assert outsider.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.of("english@example.org").exists()
    issue.refresh_from_db()
    assert issue.left == 1
    bounced = Message.objects.get(address="both@example.org")
    bounced.outcome, bounced.outcome_at = "hard", now()
    bounced.save()
    actions_sending.count_again()
    issue.refresh_from_db()
    assert (issue.sent, issue.bounced, issue.left) == (2, 1, 1)


def test_what_is_picked_after_some_was_dropped_comes_last(maker):
    events = EventFactory.create_batch(6)
    issue = issue_with(*events[:5], actor=maker)
    for item in list(issue.items.order_by("position"))[:2]:
        newsletter_actions.drop_item(item, actor=maker)
    index(events[5])
    newsletter_actions.pick(issue, [("events.event", events[5].pk)], actor=maker)
    assert [item.object_id for item in issue.items.order_by("position")] == [event.pk for event in events[2:]]


def test_who_leaves_while_it_is_on_its_way_gets_nothing_any_more(maker):
    early, late = SubscriberFactory(), SubscriberFactory()
    issue = issue_with(EventFactory(), actor=maker)
    actions_sending.send_now(approve(issue), actor=maker)
    actions_sending.go_on()
    late.delete()
    assert [letter.to for letter in deliver_all()] == [[early.address]]
    actions_sending.go_on()
    issue.refresh_from_db()
    assert (issue.state, issue.sent, issue.held) == ("sent", 1, 1)


@pytest.mark.behaviour("A-20")
def test_what_is_no_longer_public_is_left_out_everywhere_and_the_desk_is_told(client, maker):
    SubscriberFactory()
    gone, remaining = EventFactory(title="Session of mist"), EventFactory(title="Session of stone")
    later = ResourceFactory(title="Session of haze")
    issue = issue_with(gone, later, remaining, actor=maker)
    at = now() + timedelta(hours=1)
    actions_sending.schedule(approve(issue), at, "Asia/Kathmandu", actor=maker)
    gone.status = "draft"
    gone.save()
    index(gone)
    with time_machine.travel(now() + timedelta(minutes=59)):
        assert actions_sending.start_due() == 0
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert actions_sending.start_due() == 1
        assert actions_sending.start_due() == 0
    later.audience = "members"
    later.save()
    index(later)
    actions_sending.go_on()
    letter = next(email for email in deliver_all() if email.to[0].startswith("reader"))
    page = client.get(issue.get_absolute_url()).text
    feed = client.get("/en/newsletter/feed/").text
    for text in (letter.body, page, feed):
        assert "of mist" not in text
        assert "of haze" not in text
        assert "of stone" in text
    notices = Notice.objects.filter(kind="news.items_left_out").order_by("pk")
    for person in people_of_the_newsletter():
        titles = [notice.facts["titles"] for notice in notices if notice.user_id == person.pk]
        assert titles == [["Session of mist"], ["Session of haze"]]
    assert {notice.user_id for notice in notices} > {maker.pk}
    assert IssueItem.objects.filter(left_out_at=None).count() == 1


@pytest.mark.behaviour("A-20")
def test_the_archive_is_by_language_and_shows_only_what_is_out(client, maker):
    SubscriberFactory()
    draft = issue_with(actor=maker)
    assert client.get(f"/en/newsletter/{draft.pk}-news-of-may/").status_code == 404
    assert "News of May" not in client.get("/en/newsletter/").text
    send(draft, maker)
    page = client.get("/en/newsletter/")
    assert draft.get_absolute_url() in page.text
    assert "Nouvelles de mai" in client.get("/fr/newsletter/").text
    assert draft.get_absolute_url() not in client.get("/ru/newsletter/").text
    assert client.get(f"/en/newsletter/{draft.pk}/").url == draft.get_absolute_url()
    shown = client.get(draft.get_absolute_url()).text
    assert '<meta property="og:title" content="News of May">' in shown
    assert '<meta property="og:description" content="Dear reader,' in shown
    assert 'lang="en" dir="ltr">News of May' in client.get(f"/ar/newsletter/{draft.pk}-news-of-may/").text
    feed = client.get("/fr/newsletter/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Nouvelles de mai" in feed.text
    assert "News of May" not in feed.text
    assert f"/en/newsletter/{draft.pk}-news-of-may/" in client.get("/sitemap-newsletter-1.xml").text


def test_it_leaves_at_the_instant_by_the_clock_that_was_chosen(desk_client, maker):
    SubscriberFactory()
    issue = approve(issue_with(actor=maker))
    page = f"{HOME}{issue.pk}/"
    form = {"when": "later", "zone": "Asia/Kathmandu"}
    with time_machine.travel(f"{NEXT_YEAR}-03-01T00:00:00Z", tick=False):
        sign_in(desk_client, maker)
        assert "Give day and time." in desk_client.post(f"{page}send/", form).text
        assert (
            "Choose a time ahead."
            in desk_client.post(f"{page}send/", {**form, "at": f"{NEXT_YEAR}-03-01T05:44"}).text
        )
        midnight = desk_client.post(
            f"{page}send/", {**form, "zone": "Europe/Vienna", "at": f"{NEXT_YEAR}-04-01T00:00"}
        )
        assert f"goes to 1 subscriber on 1 April {NEXT_YEAR}, 00:00 Vienna time" in midnight.text
        form["at"] = f"{NEXT_YEAR}-04-01T09:00"
        question = desk_client.post(f"{page}send/", form).text
        assert f"“News of May” goes to 1 subscriber on 1 April {NEXT_YEAR}, 05:15 Vienna time" in question
        assert f'name="at" value="{NEXT_YEAR}-04-01T09:00"' in question
        done = desk_client.post(f"{page}send/", {**form, "confirmed": "1"}, follow=True).text
        assert f"will be sent on 1 April {NEXT_YEAR}, 05:15 Vienna time" in done
        issue.refresh_from_db()
        assert issue.scheduled_at == datetime(NEXT_YEAR, 4, 1, 3, 15, tzinfo=UTC)
        desk_client.post(f"{page}unschedule/")
    issue.refresh_from_db()
    assert (issue.state, issue.scheduled_at) == ("draft", None)
    with pytest.raises(WrongState):
        actions_sending.unschedule(issue, actor=maker)


def test_paused_nothing_leaves_and_nothing_is_written_until_it_goes_on(desk_client, maker, monkeypatch):
    monkeypatch.setattr(actions_sending, "BATCH", 2)
    SubscriberFactory.create_batch(3)
    issue = issue_with(actor=maker)
    page = f"{HOME}{issue.pk}/"
    actions_sending.send_now(approve(issue), actor=maker)
    assert actions_sending.write_mails(issue.pk)
    desk_client.post(f"{page}pause/")
    assert "paused already" in desk_client.post(f"{page}pause/", follow=True).text
    assert not actions_sending.write_mails(issue.pk)
    actions_sending.go_on()
    assert deliver_all() == []
    assert set(Message.objects.values_list("status", flat=True)) == {Status.PAUSED}
    part = desk_client.get(page, headers={"HX-Request": "true", "HX-Target": "progress"}).text
    assert 'value="0" max="3"' in part
    assert "<html" not in part
    desk_client.post(f"{page}resume/")
    actions_sending.go_on()
    assert len(deliver_all()) == 3
    actions_sending.go_on()
    issue.refresh_from_db()
    assert issue.state == "sent"
    assert "not on its way" in desk_client.post(f"{page}pause/", follow=True).text


def test_a_batch_costs_the_same_whoever_many_it_reaches(maker, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(actions_sending, "BATCH", 3)
    SubscriberFactory.create_batch(4)
    issue = issue_with(actor=maker, topics=["firearms"])
    actions_sending.send_now(approve(issue), actor=maker)
    with CaptureQueriesContext(connection) as of_three:
        assert actions_sending.write_mails(issue.pk)
    with django_assert_num_queries(len(of_three)):
        assert not actions_sending.write_mails(issue.pk)
    assert Message.objects.filter(kind="news.issue").count() == 4


def test_the_pages_are_there_for_the_makers_alone(client, maker):
    issue = issue_with(EventFactory(), actor=maker)
    section, item = issue.sections.get(), issue.items.get()
    pages = [
        HOME,
        f"{HOME}new/",
        f"{HOME}sections/{section.pk}/",
        f"{HOME}items/{item.pk}/",
        *(
            f"{HOME}{issue.pk}/{end}"
            for end in ("", "edit/", "pick/", "send/", "discard/", "preview/en/", "preview/en/mail/")
        ),
    ]
    acts = [
        f"{HOME}{issue.pk}/test/",
        f"{HOME}{issue.pk}/pause/",
        f"{HOME}{issue.pk}/sections/",
        f"{HOME}{issue.pk}/order/",
        f"{HOME}{issue.pk}/approve/",
        f"{HOME}{issue.pk}/ask/",
        f"{HOME}items/{item.pk}/drop/",
        f"{HOME}sections/{section.pk}/drop/",
    ]
    for path in pages:
        assert "/accounts/login/" in client.get(path).url
    sign_in(client, person_with(Role.VETTING))
    assert {client.get(path).status_code for path in pages} == {404}
    assert {client.post(path).status_code for path in acts} == {404}
    sign_in(client, maker)
    assert {client.get(path).status_code for path in pages} == {200}
    assert client.post(f"{HOME}{issue.pk}/discard/").url == HOME
    assert not Issue.objects.exists()
    with pytest.raises(PermissionDenied):
        newsletter_actions.begin_issue(actor=UserFactory(), language="en", title="x")


def test_numbers_below_five_are_not_told_and_addresses_never_are(desk_client, maker):
    SubscriberFactory.create_batch(5, topics=["firearms"])
    SubscriberFactory.create_batch(2, languages=["ar", "en"])
    numbers = numbers_of_subscribers()
    assert numbers.total == 7
    assert {cell.label: cell.number for cell in numbers.by_language} == {"English": 5, "Arabic": None}
    assert [cell.number for cell in numbers.by_topic] == [None, 5]
    page = desk_client.get(HOME).text
    assert "fewer than 5" in page
    assert "reader" not in page.replace("Dear reader", "")


def test_sections_dissolve_into_their_neighbour_and_one_stays(maker):
    training, webinar = EventFactory(), EventFactory()
    issue = issue_with(training, webinar, actor=maker)
    first = issue.sections.get()
    second = newsletter_actions.add_section(issue, actor=maker, titles={"en": "Second"})
    item = issue.items.last()
    issue.refresh_from_db()
    order = [(second.pk, [item.pk]), (first.pk, [issue.items.first().pk])]
    newsletter_actions.arrange(issue, actor=maker, version=issue.version, order=order)
    assert list(issue.sections.all()) == [second, first]
    newsletter_actions.drop_section(first, actor=maker)
    assert [row.section for row in issue.items.all()] == [second, second]
    with pytest.raises(DomainError, match="at least one section"):
        newsletter_actions.drop_section(second, actor=maker)


def test_an_issue_that_says_nothing_does_not_leave(maker):
    SubscriberFactory()
    for title, why in (("", "title in at least one language"), ("Empty", "The issue is empty: add content")):
        issue = issue_with(actor=maker, texts={"en": {"title": title, "intro": ""}})
        with pytest.raises(DomainError, match=why):
            actions_sending.send_now(issue, actor=maker)
        with pytest.raises(DomainError, match=why):
            approve(issue)
    assert (mail.outbox, TEXTS["en"]["title"]) == ([], "News of May")
