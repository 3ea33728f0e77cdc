"""What allauth has to say goes through the outbox: in the right language, from our address, to anybody."""

import re

import pytest
from celery import Celery
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import override

from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.notifications import deliver_all
from whatson.celery import app as portal_app

RESET = "account_reset_password"


def address(name, language="en"):
    with override(language):
        return reverse(name)


@pytest.fixture
def member(db):
    return UserFactory(email="amina@whatson.example", language="fr")


@pytest.fixture
def broker_gone(closed_port):
    """Celery as it is when nobody answers at the broker's address."""
    gone = Celery("gone")
    gone.config_from_object("django.conf:settings", namespace="CELERY")
    gone.conf.broker_url = f"redis://127.0.0.1:{closed_port}/0"
    gone.set_current()
    gone.set_default()
    yield gone
    gone.close()
    portal_app.set_current()
    portal_app.set_default()


def test_a_known_address_gets_a_link_in_its_own_language(client, member, mailoutbox):
    client.post(address(RESET), {"email": member.email})
    (mail,) = deliver_all()
    assert mail.to == [member.email]
    link = re.search(r"http://testserver(/\S+)", mail.body).group(1)
    assert link.startswith("/fr/accounts/password/reset/key/")
    assert mail.extra_headers["Content-Language"] == "fr"
    assert client.get(link, follow=True).status_code == 200


@pytest.mark.behaviour("A-01")
def test_reset_takes_the_same_answer_and_rows_for_an_unknown_address(client, member, mailoutbox):
    answers = [
        client.post(address(RESET), {"email": email}) for email in (member.email, "nobody@whatson.example")
    ]
    assert [(a.status_code, a.headers.get("Location")) for a in answers] == [
        (302, address("account_reset_password_done"))
    ] * 2
    assert list(Message.objects.order_by("pk").values_list("address", "kind", "status")) == [
        (member.email, "accounts.password_reset_key", "queued"),
        ("nobody@whatson.example", "accounts.unknown_account", "queued"),
    ]
    assert [mail.to for mail in deliver_all()] == [[member.email], ["nobody@whatson.example"]]


@pytest.mark.behaviour("X-03")
def test_mail_to_a_reader_of_arabic_runs_from_right_to_left(client, db, mailoutbox):
    UserFactory(email="amina@whatson.example", language="ar")
    client.post(address(RESET, "ar"), {"email": "amina@whatson.example"})
    (mail,) = deliver_all()
    assert '<html lang="ar" dir="rtl"' in mail.alternatives[0].content


def test_a_link_never_follows_the_host_that_the_browser_claims(client, member, settings, mailoutbox):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(address(RESET), {"email": member.email}, headers={"host": "evil.example"})
    (mail,) = deliver_all()
    assert "evil.example" not in mail.body + mail.alternatives[0].content


def test_secrets_are_gone_once_the_mail_has_left(client, member, mailoutbox):
    client.post(address(RESET), {"email": member.email})
    assert Message.objects.get().url != ""
    deliver_all()
    assert list(Message.objects.values_list("url", "facts")) == [("", {})]


def test_a_code_is_in_both_parts(client, member, mailoutbox):
    client.post(address("account_request_login_code"), {"email": member.email})
    (mail,) = deliver_all()
    code = re.search(r"^    (\S+)$", mail.body, re.MULTILINE).group(1)
    assert re.search(rf'class="code"[^>]*>\s*{code}\s*</td>', mail.alternatives[0].content)


def test_a_change_of_the_password_is_told_to_the_person_by_mail_only(client, member, mailoutbox):
    client.force_login(member)
    new = "another long pass phrase"
    client.post(
        address("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert get_user_model().objects.get().check_password(new)
    assert list(Message.objects.values_list("kind", "user", "language")) == [
        ("accounts.password_changed", member.pk, "fr")
    ]
    assert Notice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_gone_the_person_sees_success_at_once_and_the_mail_goes_later(
    client, member, broker_gone, mailoutbox
):
    answer = client.post(address(RESET), {"email": member.email})
    assert answer.status_code == 302
    assert list(Message.objects.values_list("status", flat=True)) == ["queued"]
    assert [mail.to for mail in deliver_all()] == [[member.email]]
