"""The inbox of a person, and the pages that only development has."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from notifications.hooks import asking_kinds, kinds
from notifications.inbox.models import Notice
from notifications.inbox.queries import by_day, demo_codes, lines
from notifications.outbox.models import MailboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, NoticeFactory, deliver_all
from tests.support import assert_no_growth

INBOX = "/en/me/notices/"
HAPPENED = "The password of your account on WhatsOn was changed."


def test_the_inbox_asks_a_visitor_to_sign_in(client):
    assert client.get(INBOX).headers["Location"] == f"/en/accounts/login/?next={INBOX}"


def test_an_empty_inbox_says_why(client, reader):
    client.force_login(reader)
    assert "Nothing yet" in client.get(INBOX).content.decode()


def test_the_inbox_holds_the_readers_own_newest_first(client, reader, make_kind):
    make_kind("tests.a", parts={"happened": "First <b>", "subject": "", "todo": "", "button": "", "why": ""})
    kind = make_kind(
        "tests.b", parts={"happened": "{{ facts.x }}", "subject": "", "todo": "", "button": "", "why": ""}
    )
    NoticeFactory(user=reader, kind="tests.a", created_at=now(), url_name="notifications:inbox")
    NoticeFactory(kind=kind, facts={"x": "of somebody else"})
    mine = NoticeFactory(user=reader, kind=kind, facts={"x": "<i>second</i>"}, read_at=now())
    client.force_login(reader)
    answer = client.get("/ar/me/notices/")
    assert [(line.notice.pk == mine.pk, str(line.text), line.path) for line in answer.context["lines"]] == [
        (True, "&lt;i&gt;second&lt;/i&gt;", ""),
        (False, "First <b>", "/ar/me/notices/"),
    ]
    assert "of somebody else" not in answer.content.decode()
    assert "<i>second" not in answer.content.decode()


def test_a_notice_no_longer_theirs_to_see_is_not_shown(client, reader, make_kind):
    kind = make_kind(still_visible=lambda user, pk: False)
    NoticeFactory(user=reader, kind=kind)
    client.force_login(reader)
    assert client.get(INBOX).context["lines"] == []


def test_the_inbox_costs_the_same_for_one_and_three(client, reader):
    client.force_login(reader)
    assert_no_growth(lambda: client.get(INBOX), lambda: NoticeFactory(user=reader))
    with CaptureQueriesContext(connection) as statements:
        client.get(INBOX)
    assert len([query for query in statements if '"notifications_notice"."facts"' in query["sql"]]) == 1


def test_reading_marks_one_and_a_look_marks_none(client, reader):
    first, second = NoticeFactory.create_batch(2, user=reader)
    client.force_login(reader)
    client.get(INBOX)
    assert Notice.objects.unread().count() == 2
    assert client.post(f"{INBOX}{first.pk}/read/").headers["Location"] == INBOX
    assert list(Notice.objects.unread()) == [second]


def test_all_of_the_reader_are_marked_and_nobody_elses(client, reader):
    NoticeFactory.create_batch(2, user=reader)
    other = NoticeFactory()
    client.force_login(reader)
    client.post(f"{INBOX}read/")
    assert list(Notice.objects.unread()) == [other]


@pytest.mark.parametrize("path", ("read/", "{pk}/read/"))
def test_marking_is_by_post_only(client, reader, path):
    notice = NoticeFactory(user=reader)
    client.force_login(reader)
    assert client.get(INBOX + path.format(pk=notice.pk)).status_code == 405
    assert Notice.objects.unread().count() == 1


def test_somebody_elses_notice_does_not_exist(client, reader):
    client.force_login(reader)
    assert client.post(f"{INBOX}{NoticeFactory().pk}/read/").status_code == 404


@pytest.mark.parametrize(("who", "allowed"), (("recipient", True), ("stranger", False), ("visitor", False)))
def test_who_may_view_a_notice(who, allowed, reader):
    notice = NoticeFactory(user=reader)
    user = {"recipient": reader, "stranger": UserFactory(), "visitor": AnonymousUser()}[who]
    assert user.has_perm("notifications.view_notice", notice) is allowed
    assert Notice.objects.visible_to(user).contains(notice) is allowed


@pytest.mark.parametrize(("signed_in", "queries", "shown"), ((False, 0, "0 0"), (True, 1, "2 2")))
def test_the_count_of_unread_is_asked_once_and_never_for_a_visitor(
    reader, django_assert_num_queries, signed_in, queries, shown
):
    NoticeFactory.create_batch(2, user=reader)
    request = RequestFactory().get("/")
    request.user = reader if signed_in else AnonymousUser()
    assert reader.live_grants == []
    page = Template("{% load notices %}{% unread_count %} {% unread_count as n %}{{ n }}")
    with django_assert_num_queries(queries):
        assert page.render(Context({"request": request})) == shown


@pytest.fixture
def mailbox(settings, db):
    settings.MAILERS = {"default": {"BACKEND": "notifications.backends.MailboxBackend"}}


def test_without_a_mail_server_mail_lies_in_the_mailbox(client, mailbox):
    facts = {"until": now().isoformat()}
    MessageFactory(
        kind="accounts.password_reset_key", address="a@whatson.example", url="/en/here/", facts=facts
    )
    assert deliver_all() == []
    (mail,) = MailboxMessage.objects.all()
    listed = client.get("/dev/mail/").content.decode()
    assert f'<a href="/dev/mail/{mail.pk}/"><bdi>Set a new password</bdi></a>' in listed
    page = client.get(f"/dev/mail/{mail.pk}/")
    shown = page.content.decode()
    assert '<a href="http://testserver/en/here/" rel="nofollow">http://testserver/en/here/</a>' in shown
    assert "Auto-Submitted" in shown
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    html = client.get(f"/dev/mail/{mail.pk}/html/")
    assert html.content.decode() == mail.html.replace("<head>", '<head><base target="_top">')
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert html.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
    )


@pytest.mark.parametrize(
    ("zone", "expected"), [("", "2024-12-01 10:30:00 UTC"), ("Asia/Tokyo", "2024-12-01 19:30:00 JST")]
)
def test_the_mailbox_names_the_zone_of_its_times(client, mailbox, zone, expected):
    if zone:
        client.force_login(UserFactory(time_zone=zone))
    stored = MailboxMessage.objects.create(to="a@b.example", subject="S", text="T", html="H")
    MailboxMessage.objects.filter(pk=stored.pk).update(at=datetime(2024, 12, 1, 10, 30, tzinfo=UTC))
    assert expected in client.get("/dev/mail/").text


def test_a_mail_with_script_cannot_run_it(client, mailbox):
    mail = EmailMultiAlternatives("S", "<script>x</script>", "a@b.example", ["c@d.example"])
    mail.attach_alternative("<script>x</script>", "text/html")
    mailers.default.send_messages([mail])
    (stored,) = MailboxMessage.objects.all()
    assert "<script>x" not in client.get(f"/dev/mail/{stored.pk}/").content.decode()
    assert "script-src" not in client.get(f"/dev/mail/{stored.pk}/html/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ("/dev/", "/dev/mail/", "/dev/mail/{pk}/", "/dev/mail/{pk}/html/"))
def test_outside_development_these_pages_do_not_exist(client, settings, db, path):
    stored = MailboxMessage.objects.create(to="a@b.example", subject="S", text="T", html="H")
    address = path.format(pk=stored.pk)
    assert client.get(address).status_code == 200
    settings.DEV_PAGES = False
    assert client.get(address).status_code == 404


def test_codes_show_for_demonstration_accounts_alone(client, db):
    demo, real = UserFactory(is_demo=True, name="Demo Vetting"), UserFactory()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(demo, secret)
    TOTP.activate(real, "KRSXG5CTMVRXEZLU")
    ((person, code),) = demo_codes()
    assert person == demo
    assert validate_totp_code(secret, code)
    shown = client.get("/dev/").content.decode()
    assert "Demo Vetting" in shown
    assert real.email not in shown


def test_what_asks_for_an_answer_stands_apart_and_first_until_it_is_read(
    client, reader, make_kind, monkeypatch
):
    kind = make_kind(parts={"happened": "H", "subject": "", "todo": "", "button": "", "why": ""})
    monkeypatch.setitem(asking_kinds._entries, kind, True)
    asking = NoticeFactory(user=reader, kind=kind, created_at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    news = NoticeFactory(user=reader, created_at=datetime(2024, 3, 3, 12, tzinfo=UTC))
    client.force_login(reader)
    answer = client.get(INBOX)
    (day,) = answer.context["days"]
    assert [line.notice for line in answer.context["lines"]] == [asking, news]
    assert [line.notice for line in answer.context["asking"]] == [asking]
    assert ([line.notice for line in day.lines], day.label) == ([news], "3 March 2024")
    assert answer.text.index("Needs your answer") < answer.text.index("3 March 2024")
    client.post(f"{INBOX}{asking.pk}/read/")
    answer = client.get(INBOX)
    assert "Needs your answer" not in answer.text
    assert [day.label for day in answer.context["days"]] == ["3 March 2024", "1 March 2024"]


@pytest.mark.parametrize(
    ("zone", "labels"),
    (("", ["Today", "Yesterday", "1 December 2024"]), ("Asia/Tokyo", ["Today", "Yesterday"])),
)
def test_notices_are_grouped_by_the_days_of_the_readers_clock(db, zone, labels):
    reader = UserFactory(time_zone=zone)
    moments = [
        datetime(2024, 12, 3, 9, tzinfo=UTC),
        datetime(2024, 12, 2, 9, tzinfo=UTC),
        datetime(2024, 12, 1, 21, tzinfo=UTC),
    ]
    notices = [NoticeFactory(user=reader, created_at=moment) for moment in moments]
    assert [day.label for day in by_day(lines(notices, reader), date(2024, 12, 3))] == labels


def test_a_line_has_one_link_and_one_act_and_says_that_it_is_unread(client, reader):
    NoticeFactory(user=reader, url_name="notifications:inbox")
    client.force_login(reader)
    row = client.get(INBOX).text.partition('<li class="entry notice-row"')[2].partition("</li>")[0]
    assert (row.count("<a "), row.count("<button"), "Unread" in row) == (1, 1, True)


def test_each_line_leads_to_its_reason_where_that_is_asked(client, reader):
    notice = NoticeFactory(user=reader, url_name="notifications:inbox")
    client.force_login(reader)
    assert f'href="{INBOX}{notice.pk}/why/"' not in client.get(INBOX).text
    assert f'href="{INBOX}{notice.pk}/why/"' in client.get(f"{INBOX}?reasons=1").text


def test_only_kinds_that_are_declared_ask_for_an_answer():
    assert set(asking_kinds) <= set(kinds)
