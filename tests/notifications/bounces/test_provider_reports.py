"""The door for what providers tell: who may, once, in any order, and what each provider says."""

import json
import threading

import pytest
from django.db import connection
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message
from notifications.providers import anymail_settings
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory, deliver_all
from tests.notifications import provider_reports
from tests.notifications.provider_reports import DOOR, SECRET, SIGNING_KEY, basic, postmark

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    """A function that says whose reports are taken."""

    def of(name):
        settings.MAIL_PROVIDER = name
        settings.ANYMAIL = anymail_settings(name, SECRET, SIGNING_KEY)

    of("postmark")
    return of


@pytest.fixture
def tell(client, provider):
    def told_to_the_door(body, **headers):
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post(DOOR, text, content_type="application/json", headers=basic() | headers)

    return told_to_the_door


def sent(**fields):
    return MessageFactory(status=Status.SENT, sent_at=now(), **fields)


def outcome(message):
    return Message.objects.values_list("outcome", flat=True).get(pk=message.pk)


def test_without_a_provider_there_is_no_door(client):
    assert client.post(DOOR, "{}", content_type="application/json", headers=basic()).status_code == 404


@pytest.mark.parametrize(
    "headers",
    (
        {"Authorization": ""},
        {"Authorization": "Basic"},
        {"Authorization": "Bearer abc"},
        basic("whatson:wrong"),
        basic(SECRET + "x"),
        basic(SECRET[:-1]),
        basic(""),
    ),
)
def test_a_wrong_secret_is_refused_without_effect(tell, headers):
    message = sent()
    assert tell(postmark(message), **headers).status_code == 403
    assert (outcome(message), MailEvent.objects.count(), Suppression.objects.count()) == ("", 0, 0)


@pytest.mark.parametrize("spoil", ("key", "token", "signature", "none"))
def test_a_wrong_signature_is_refused_though_the_secret_is_right(tell, provider, spoil):
    provider("mailgun")
    message = sent()
    body = provider_reports.mailgun(message, key="another" if spoil == "key" else SIGNING_KEY)
    if spoil == "token":
        body["signature"]["token"] = "u" * 50
    elif spoil == "signature":
        body["signature"]["signature"] = ""
    elif spoil == "none":
        del body["signature"]
    assert tell(body).status_code == 403
    assert MailEvent.objects.count() == 0


def test_a_right_signature_needs_the_secret_as_well(tell, provider):
    provider("mailgun")
    assert tell(provider_reports.mailgun(sent()), **basic("whatson:wrong")).status_code == 403
    assert MailEvent.objects.count() == 0


@pytest.mark.parametrize("name", ("postmark", "brevo", "mailjet", "mailgun"))
@pytest.mark.parametrize(
    "body", ("", "{", "null", "[]", "17", '"x"', "[1]", '{"event-data": 7}', '{"event": []}')
)
def test_what_cannot_be_read_has_no_effect(tell, provider, name, body):
    provider(name)
    assert tell(body).status_code in {200, 400, 403}
    assert MailEvent.objects.filter(message__isnull=False).count() == 0


@pytest.mark.parametrize("body", ("", "{", "null", "17"))
def test_what_cannot_be_read_is_refused(tell, body):
    assert tell(body).status_code == 400


def test_json_that_is_nested_too_deeply_is_not_understood(tell, provider):
    provider("mailgun")
    assert tell("[" * 100_000).status_code == 400


def test_a_body_that_is_too_large_is_not_read(tell, settings):
    settings.MAIL_REPORT_MAX_BYTES = 2000
    message = sent()
    assert tell(postmark(message, Details="x" * 2000)).status_code == 413
    assert outcome(message) == ""
    assert tell(postmark(message)).status_code == 200


def test_others_than_post_change_nothing(client, provider):
    assert client.head(DOOR).status_code == 200
    assert client.get(DOOR).status_code == 405


@pytest.mark.parametrize(
    ("name", "body", "means"),
    (
        ("postmark", lambda m: postmark(m, "Delivery"), Outcome.DELIVERED),
        ("postmark", postmark, Outcome.HARD),
        ("postmark", lambda m: postmark(m, Type="SoftBounce"), Outcome.SOFT),
        ("postmark", lambda m: postmark(m, Type="Transient"), Outcome.DEFERRED),
        ("postmark", lambda m: postmark(m, Type="BadEmailAddress"), Outcome.HARD),
        ("postmark", lambda m: postmark(m, Type="DMARCPolicy"), Outcome.REFUSED),
        ("postmark", lambda m: postmark(m, Details="554 5.7.1 listed"), Outcome.REFUSED),
        ("postmark", lambda m: postmark(m, "SpamComplaint"), Outcome.COMPLAINED),
        ("brevo", provider_reports.brevo, Outcome.HARD),
        ("brevo", lambda m: provider_reports.brevo(m, "soft_bounce"), Outcome.SOFT),
        ("brevo", lambda m: provider_reports.brevo(m, "delivered"), Outcome.DELIVERED),
        ("brevo", lambda m: provider_reports.brevo(m, "spam"), Outcome.COMPLAINED),
        ("brevo", lambda m: provider_reports.brevo(m, "blocked"), Outcome.REFUSED),
        ("brevo", lambda m: provider_reports.brevo(m, "deferred"), Outcome.DEFERRED),
        ("mailjet", provider_reports.mailjet, Outcome.HARD),
        ("mailjet", lambda m: [provider_reports.mailjet(m, hard=False)], Outcome.SOFT),
        ("mailjet", lambda m: provider_reports.mailjet(m, "sent"), Outcome.DELIVERED),
        ("mailjet", lambda m: provider_reports.mailjet(m, "spam"), Outcome.COMPLAINED),
        ("mailjet", lambda m: provider_reports.mailjet(m, "blocked", error="preblocked"), Outcome.REFUSED),
        ("mailgun", provider_reports.mailgun, Outcome.HARD),
        ("mailgun", lambda m: provider_reports.mailgun(m, code=452), Outcome.SOFT),
        ("mailgun", lambda m: provider_reports.mailgun(m, severity="temporary"), Outcome.DEFERRED),
        ("mailgun", lambda m: provider_reports.mailgun(m, "delivered"), Outcome.DELIVERED),
        ("mailgun", lambda m: provider_reports.mailgun(m, "complained"), Outcome.COMPLAINED),
    ),
)
def test_what_each_provider_says(tell, provider, name, body, means):
    provider(name)
    message = sent()
    assert tell(body(message)).status_code == 200
    event = MailEvent.objects.get()
    assert (event.outcome, event.message_id, event.provider) == (means, message.pk, name)
    assert outcome(message) == ("" if means == Outcome.SOFT and not message.declared.secret else means)


@pytest.mark.behaviour("A-21")
def test_a_hard_bounce_holds_the_address_back_and_a_soft_one_is_tried_again(client, tell):
    fields = {"kind": "notifications.preferences_changed", "facts": {"kinds": []}}
    hard, soft = (
        sent(address=address, user=UserFactory(email=address), **fields)
        for address in ("gone@whatson.example", "full@whatson.example")
    )
    tell(postmark(hard))
    tell(postmark(soft, Type="SoftBounce", number=2))
    assert list(Suppression.objects.values_list("address", flat=True)) == ["gone@whatson.example"]
    Message.objects.filter(pk=soft.pk).update(not_before=now())
    MessageFactory(address="gone@whatson.example")
    assert [mail.to for mail in deliver_all()] == [["full@whatson.example"]]
    sign_in(client, person_with(Role.ADMINISTRATOR))
    for message, state in ((hard, "came back"), (soft, "Sent")):
        assert state in client.get(f"/en/desk/mail/{message.pk}/").text


@pytest.mark.parametrize("name", ("postmark", "brevo", "mailjet", "mailgun"))
def test_the_header_that_the_provider_says_back_goes_with_each_mail(provider, name):
    provider(name)
    message = MessageFactory()
    (mail,) = deliver_all()
    bare = message.message_id.strip("<>")
    header, value = {
        "postmark": ("X-PM-Metadata-whatson", bare),
        "brevo": ("X-Mailin-custom", json.dumps({"whatson": bare})),
        "mailjet": ("X-MJ-EventPayload", json.dumps({"whatson": bare})),
        "mailgun": ("X-Mailgun-Variables", json.dumps({"whatson": bare})),
    }[name]
    assert mail.message()[header] == value


def test_without_a_provider_no_header_is_added():
    MessageFactory()
    (mail,) = deliver_all()
    names = [name for name, _value in mail.message().items()]
    assert [name for name in names if name.startswith(("X-PM", "X-M"))] == []


def test_when_a_mail_was_opened_is_not_kept(tell):
    assert tell(postmark(sent(), "Open")).status_code == 200
    assert MailEvent.objects.count() == 0


@pytest.mark.parametrize("name", ("postmark", "brevo", "mailjet"))
def test_told_twice_is_once(tell, provider, name):
    provider(name)
    message = sent()
    body = getattr(provider_reports, name)(message)
    assert [tell(body).status_code for _time in range(3)] == [200] * 3
    assert (MailEvent.objects.count(), Suppression.objects.count()) == (1, 1)


def test_mailgun_may_sign_anew_what_it_tells_again(tell, provider):
    provider("mailgun")
    message = sent()
    for token in ("a" * 50, "b" * 50):
        assert tell(provider_reports.mailgun(message, token=token)).status_code == 200
    assert MailEvent.objects.count() == 1


@pytest.mark.parametrize("turned", (False, True))
@pytest.mark.parametrize(
    ("first", "second", "last"),
    (
        (("Delivery", {}), ("Bounce", {}), Outcome.HARD),
        (("Delivery", {}), ("SpamComplaint", {}), Outcome.COMPLAINED),
        (("Bounce", {"Type": "Transient"}), ("Delivery", {}), Outcome.DELIVERED),
        (("Bounce", {"Type": "DMARCPolicy"}), ("Bounce", {}), Outcome.HARD),
    ),
)
def test_the_order_in_which_things_are_told_does_not_matter(tell, first, second, last, turned):
    message = sent()
    pair = [first, second]
    for number, (record, more) in enumerate(reversed(pair) if turned else pair):
        tell(postmark(message, record, number=number, **more))
    assert outcome(message) == last


def test_a_mail_that_we_do_not_know_is_kept_without_effect(tell):
    stranger = MessageFactory.build(address="known@whatson.example")
    assert tell(postmark(stranger)).status_code == 200
    event = MailEvent.objects.get()
    assert (event.message, event.address, event.outcome) == (None, stranger.address, Outcome.HARD)
    assert event.reference == stranger.message_id.strip("<>")
    assert Suppression.objects.count() == 0


def test_our_message_id_is_enough_where_nothing_was_carried_along(tell):
    message = sent()
    tell(postmark(message, Metadata={}, MessageID=message.message_id))
    assert outcome(message) == Outcome.HARD


@pytest.mark.parametrize("note", ("\x00" * 5 + "odd", "x" * 5000))
def test_odd_texts_are_kept_as_far_as_they_go(tell, note):
    assert tell(postmark(sent(), Details=note, Email="\x00a@b.example")).status_code == 200
    assert len(MailEvent.objects.get().note) <= 500


def test_a_time_to_come_is_not_believed(tell):
    tell(postmark(sent(), at="2999-01-01T00:00:00Z"))
    assert MailEvent.objects.get().happened_at <= now()


def test_what_is_told_corrects_what_was_not_known(tell):
    message = MessageFactory(
        status=Status.UNKNOWN, doubtful_at=now(), kind="accounts.login_code", facts={"code": "A"}, url="/x/"
    )
    tell(postmark(message, "Delivery"))
    message.refresh_from_db()
    assert (message.status, message.outcome, message.facts, message.url) == (
        Status.SENT,
        Outcome.DELIVERED,
        {},
        "",
    )


def test_what_waits_in_doubt_does_not_leave_twice(tell):
    message = MessageFactory(status=Status.QUEUED, doubtful_at=now())
    tell(postmark(message, "Delivery"))
    assert deliver_all() == []


@pytest.mark.django_db(transaction=True)
def test_one_report_told_by_several_at_once_is_kept_once(provider):
    from django.test import Client

    message = sent()
    body, answers = json.dumps(postmark(message)), []
    start = threading.Barrier(4)

    def tell_it():
        start.wait()
        answer = Client().post(DOOR, body, content_type="application/json", headers=basic())
        answers.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=tell_it) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert (MailEvent.objects.count(), Suppression.objects.count()) == (1, 1)
    assert Suppression.objects.get().why == Why.HARD


@pytest.mark.parametrize(
    ("name", "secret", "key", "names"),
    (
        ("sendgrid", SECRET, "", "MAIL_PROVIDER"),
        ("postmark", "", "", "MAIL_WEBHOOK_SECRET"),
        ("postmark", "whatson:short", "", "MAIL_WEBHOOK_SECRET"),
        ("postmark", "x" * 40, "", "MAIL_WEBHOOK_SECRET"),
        ("mailgun", SECRET, "", "MAIL_WEBHOOK_SIGNING_KEY"),
    ),
)
def test_a_half_set_door_is_refused_at_the_start(name, secret, key, names):
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match=names) as refusal:
        anymail_settings(name, secret, key)
    assert not secret or secret not in str(refusal.value)
