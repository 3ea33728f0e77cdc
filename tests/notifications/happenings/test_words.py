"""Each mail is in its recipient's language and direction, says the same twice, and trusts no fact."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils.html import strip_tags
from django.utils.translation import override

from core.time_display import by_both_clocks
from notifications.delivery.compose import compose
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

FACTS = {"who": "O'Brien & <b>Söhne</b>", "until": "2026-11-24T22:59:00+00:00"}


@pytest.fixture
def mail(make_kind, db):
    """A composed mail; language and time zone are the test's choice."""

    def compose_mail(language="en", zone="Europe/Vienna"):
        user = UserFactory(name="Amina", language=language, time_zone=zone)
        return compose(
            MessageFactory(
                kind=make_kind(), user=user, language=language, facts=FACTS, url_name="notifications:inbox"
            )
        )

    return compose_mail


def test_the_text_says_all_in_order(mail):
    assert re.sub(r"(/en/mail/\w+/)[^/]+/", r"\1…/", mail().body).splitlines() == [
        "The desk returned O'Brien & <b>Söhne</b>.",
        "",
        "Answer until 24 November 2026, 23:59 Vienna time.",
        "",
        "Answer:",
        "http://testserver/en/me/notices/",
        "",
        "-- ",
        "You wrote it, Amina.",
        "Unsubscribe from these messages: http://testserver/en/mail/stop/…/",
        "Notification settings: http://testserver/en/mail/preferences/…/",
        "This is an automated message; please do not reply.",
        "Questions: desk@whatson.example",
        "WhatsOn · http://testserver",
    ]


def test_the_html_says_what_the_text_says_and_escapes_facts(mail):
    html = mail().alternatives[0].content
    assert "The desk returned O&#x27;Brien &amp; &lt;b&gt;Söhne&lt;/b&gt;." in html
    assert "<b>Söhne" not in html
    words = " ".join(strip_tags(html).split())
    for line in (
        "Answer until 24 November 2026, 23:59 Vienna time.",
        "Answer",
        "http://testserver/en/me/notices/",
        "You wrote it, Amina.",
        "Questions: desk@whatson.example",
    ):
        assert line in words


def test_the_html_keeps_to_what_every_mail_program_draws(mail):
    """Tables with styles of their own; nothing is fetched, no picture, no script."""
    html = mail().alternatives[0].content
    assert not re.search(r"<(img|script|link|iframe|svg)\b|url\(|flex|grid|src=", html)
    tables = re.findall(r"<table[^>]*>", html)
    assert tables
    assert all('role="presentation"' in table for table in tables)
    outside = set(re.findall(r'https?://[^"<\s]+', html)) - {"http://testserver"}
    assert all(address.startswith("http://testserver/") for address in outside)


PREHEADER = re.compile(r"mso-hide:all\"\s*>(.*?)(?:&#847;|</div>)", re.DOTALL)


def test_the_preheader_says_what_happened_and_what_to_do(mail):
    [hidden] = PREHEADER.findall(mail().alternatives[0].content)
    assert unescape(hidden) == (
        "The desk returned O'Brien & <b>Söhne</b>. Answer until 24 November 2026, 23:59 Vienna time."
    )


def test_the_preheader_of_a_secret_says_no_more_than_what_happened(make_kind, db):
    parts = {"subject": "S", "happened": "H", "todo": "Type in {{ facts.code }}", "button": "", "why": ""}
    secret = make_kind(parts=parts, essential=True, secret=True)
    html = compose(MessageFactory(kind=secret, facts={"code": "ABC-123"})).alternatives[0].content
    assert PREHEADER.findall(html) == ["H"]


def test_the_preheader_of_an_overview_names_its_items(make_kind, db):
    items = [SimpleNamespace(text=text, html=text, url="") for text in ("A call closes", "A meeting moves")]
    prepared = {"groups": [SimpleNamespace(label="Calls", items=items)], "more": 0}
    html = compose(MessageFactory(kind=make_kind(), facts=FACTS), prepared).alternatives[0].content
    assert PREHEADER.findall(html) == ["A call closes · A meeting moves"]


def test_the_subject_is_one_line_and_unescaped(mail):
    assert mail().subject == "Back to O'Brien & <b>Söhne</b>"


@pytest.mark.parametrize(
    ("language", "direction"),
    (("ar", "rtl"), ("zh", "ltr"), ("en", "ltr"), ("fr", "ltr"), ("ru", "ltr"), ("es", "ltr")),
)
def test_language_direction_and_links_are_the_recipients(mail, language, direction):
    with override("fr"):
        letter = mail(language)
    assert letter.extra_headers["Content-Language"] == language
    html = letter.alternatives[0].content
    assert re.search(r"<html[^>]*>", html).group().startswith(f'<html lang="{language}" dir="{direction}"')
    # Word knows no direction of a cell, only a side.
    assert set(re.findall(r'<td[^>]* align="(left|right)"', html)) == {
        "right" if direction == "rtl" else "left"
    }
    assert f'<a href="http://testserver/{language}/me/notices/"' in html
    assert f"http://testserver/{language}/me/notices/" in letter.body


def test_headers_say_that_a_machine_wrote_it(mail):
    letter = mail().message()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<\d+@whatson.example>", letter["Message-ID"])
    assert letter["Date"]
    assert letter["List-Id"] == "<tests.returned.testserver>"


def test_a_kind_without_a_button_has_no_link(make_kind, db):
    parts = {"subject": "S", "happened": "H", "todo": "", "button": "", "why": ""}
    letter = compose(MessageFactory(kind=make_kind(parts=parts), url="/en/"))
    assert letter.body.startswith("H\n\n-- \n")
    assert "display:inline-block" not in letter.alternatives[0].content


@pytest.mark.parametrize(
    ("zone", "expected"),
    (
        ("Europe/Vienna", "24 November 2026, 18:00 Vienna time"),
        ("Europe/Paris", "24 November 2026, 18:00 Vienna time"),
        ("", "24 November 2026, 18:00 Vienna time"),
        ("No/Where", "24 November 2026, 18:00 Vienna time"),
        ("Africa/Nairobi", "24 November 2026, 18:00 Vienna time (20:00 in Nairobi)"),
        ("Asia/Tokyo", "24 November 2026, 18:00 Vienna time (25 November 2026, 02:00 in Tokyo)"),
        ("America/New_York", "24 November 2026, 18:00 Vienna time (12:00 in New York)"),
    ),
)
def test_an_instant_is_told_by_both_clocks(zone, expected):
    assert by_both_clocks("2026-11-24T17:00:00+00:00", zone) == expected


@pytest.mark.parametrize(
    ("context", "expected"),
    (
        ({"time_zone": "Africa/Nairobi"}, "(20:00 in Nairobi)"),
        ({"request": SimpleNamespace(user=SimpleNamespace(time_zone="Africa/Cairo"))}, "(19:00 in Cairo)"),
        ({"request": SimpleNamespace(user=AnonymousUser())}, "time"),
        ({}, "time"),
    ),
)
def test_the_tag_knows_whose_clock_it_is(context, expected):
    page = Template("{% load mail %}{% both_clocks '2026-11-24T17:00:00+00:00' %}").render(Context(context))
    assert page == f"24 November 2026, 18:00 Vienna {expected if expected == 'time' else f'time {expected}'}"


@pytest.mark.parametrize(
    ("language", "day"),
    (("zh", "2026年11月24日"), ("fr", "24 novembre 2026"), ("es", "24 de noviembre de 2026")),
)
def test_a_day_is_written_as_the_language_writes_it(language, day):
    with override(language):
        assert day in by_both_clocks("2026-11-24T17:00:00+00:00").lower()


@pytest.mark.parametrize("wrong", ("2026-11-24T17:00:00", "tomorrow"))
def test_an_instant_without_a_zone_is_refused(wrong):
    with pytest.raises(ValueError):
        by_both_clocks(wrong)
