"""Every kind has its words; a kind without them is found before a person meets it."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import now

from notifications.checks import PARTS, every_kind_has_its_text
from notifications.delivery.compose import compose
from notifications.hooks import Kind, kinds
from notifications.mail_url import mailer_from_url
from notifications.outbox.models import Message


@pytest.fixture
def odd_kind(monkeypatch, settings, tmp_path):
    """A registered kind; the test writes its template, or none."""
    (tmp_path / "mail").mkdir()
    django_templates, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**django_templates, "DIRS": [tmp_path, *django_templates["DIRS"]]}, *others]
    kind = Kind("odd.thing", "Odd", "Odd", essential=False, secret=False, still_visible=None)
    monkeypatch.setattr(kinds, "_entries", {"odd.thing": kind})
    return tmp_path / kind.template


def test_every_registered_kind_has_all_its_words():
    assert every_kind_has_its_text() == []


def test_the_check_runs_with_the_others(odd_kind):
    assert [error.id for error in run_checks(tags=["templates"])] == ["notifications.E001"]


def test_a_kind_without_a_template_is_an_error(odd_kind):
    (error,) = every_kind_has_its_text()
    assert error.msg.startswith("The message kind 'odd.thing' lacks words: subject (mail/odd.thing.txt")


@pytest.mark.parametrize("missing", PARTS)
def test_a_kind_without_one_of_its_parts_is_an_error(odd_kind, missing):
    parts = [part for part in PARTS if part != missing]
    odd_kind.write_text("".join(f"{{% partialdef {part} %}}x{{% endpartialdef %}}" for part in parts))
    (error,) = every_kind_has_its_text()
    assert error.msg == (
        f"The message kind 'odd.thing' lacks words: {missing} (mail/odd.thing.txt#{missing})."
    )


def test_a_kind_that_does_not_compile_is_an_error(odd_kind):
    odd_kind.write_text("{% partialdef subject %}{% nonsense %}{% endpartialdef %}")
    (error,) = every_kind_has_its_text()
    assert "nonsense" in error.msg


@pytest.mark.parametrize("name", [name for name in kinds if name.startswith("accounts.")])
def test_every_mail_about_an_account_reads_as_a_whole(name):
    facts = {
        "at": now().isoformat(),
        "until": now().isoformat(),
        "ip": "192.0.2.1",
        "deleted_email": "a@b.example",
    }
    facts |= {"from_email": "a@b.example", "to_email": "c@d.example"}
    mail = compose(
        Message(
            kind=name, address="a@b.example", language="en", facts=facts, url="/en/x/", message_id="<1@x>"
        )
    )
    assert "  " not in mail.subject
    assert mail.subject == mail.subject.strip() != ""
    assert "{{" not in mail.body + str(mail.alternatives[0].content)


@pytest.mark.parametrize(
    ("url", "options"),
    (
        ("smtp://mail.example", {"host": "mail.example", "port": 25, "use_tls": False, "use_ssl": False}),
        ("smtp://mail.example:587/?tls=1", {"port": 587, "use_tls": True, "use_ssl": False, "timeout": 20}),
        ("smtps://mail.example/?timeout=5", {"port": 465, "use_tls": False, "use_ssl": True, "timeout": 5}),
        ("smtp://me%40here:p%2Fw@mail.example", {"username": "me@here", "password": "p/w"}),
        ("smtp://[::1]:2525", {"host": "::1", "port": 2525, "username": "", "password": ""}),
    ),
)
def test_an_address_says_where_mail_goes(url, options):
    mailer = mailer_from_url(url)
    assert mailer["BACKEND"] == "notifications.backends.SmtpBackend"
    assert {name: mailer["OPTIONS"][name] for name in options} == options


def test_the_console_is_a_way_out():
    assert mailer_from_url("console:") == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "says"),
    (
        ("", "begins with none of"),
        ("mail.example:25", "begins with none of"),
        ("http://mail.example", "begins with none of"),
        ("smtp://", "names no host"),
        ("smtp://mail.example:99999", "no possible port"),
        ("smtp://mail.example:abc", "no possible port"),
        ("smtp://me@mail.example", "not both"),
        ("smtp://mail.example/?tsl=1", "unknown options: tsl"),
        ("smtp://mail.example/?tls=yes", "tls is 1 or 0"),
        ("smtps://mail.example/?tls=1", "encrypted already"),
        ("smtp://mail.example/?timeout=0", "from 1 to 300"),
    ),
)
def test_a_wrong_address_is_refused_with_what_to_write(url, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        mailer_from_url(url)


def test_a_refusal_never_shows_the_password():
    with pytest.raises(ImproperlyConfigured) as refusal:
        mailer_from_url("smtp://me:hunter2@mail.example:x")
    assert "hunter2" not in str(refusal.value)
