"""Stopping mail by a link in it: one click without sign-in, for what it names and nothing else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from notifications.digests.actions import make_digests
from notifications.follows.actions import expand, follow
from notifications.happenings.models import Happening
from notifications.hooks import Channel, kinds
from notifications.outbox.actions import mail_address, notify
from notifications.outbox.models import Message, Preference, Stop
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from notifications.preferences.signed_links import PREFERENCES, STOP, key_of, read_key
from stakeholders.followers.actions import tell_joined, tell_returned
from tests.factories.accounts import UserFactory
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory

PARTS = {"subject": "S", "happened": "H", "todo": "", "button": "", "why": ""}


@pytest.fixture
def news(make_kind):
    return make_kind("tests.news", parts=PARTS)


@pytest.fixture
def other(news):
    return next(name for name, kind in kinds.items() if kind.is_optional and name != news)


@pytest.fixture
def as_outsider():
    """A mail program: no cookies, and form tokens are enforced."""
    return Client(enforce_csrf_checks=True)


def link_of(mail):
    header = mail.extra_headers["List-Unsubscribe"]
    return re.fullmatch(r"<https?://[^/]+(/.+)>", header).group(1)


def path_of(message, *, page="stop", salt=STOP):
    return reverse(f"mail:{page}", args=[key_of(message, salt=salt)])


@pytest.mark.behaviour("A-18")
def test_one_click_stops_the_kind_without_sign_in_or_cookies_and_tells_the_owner(
    reader, news, other, as_outsider
):
    notify(reader, news, key="k")
    (mail,) = deliver_all()
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Id"].startswith("<tests.news.")
    for _twice in range(2):
        answer = as_outsider.post(link_of(mail), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
    assert list(Preference.objects.values_list("user", "kind", "mail")) == [(reader.pk, news, Channel.OFF)]
    assert notify(reader, news, key="k2") is None
    assert notify(reader, other, key="k3") is not None
    messages = Message.objects.filter(kind="notifications.preferences_changed")
    assert list(messages.values_list("user", "facts")) == [(reader.pk, {"kinds": [news]})]


@pytest.mark.behaviour("A-18")
def test_every_optional_kind_is_stopped_by_one_post_and_no_other_kind(reader, as_outsider):
    optional = {name for name, kind in kinds.items() if kind.is_optional}
    for name in kinds:
        message = Message(user=reader, address=reader.email, kind=name, language="en")
        path = path_of(message)
        opened, posted = as_outsider.get(path), as_outsider.post(path, {"List-Unsubscribe": "One-Click"})
        expected = 200 if name in optional else 404
        assert (opened.status_code, posted.status_code) == (expected, expected), name
    stopped = Preference.objects.filter(user=reader, mail=Channel.OFF)
    assert set(stopped.values_list("kind", flat=True)) == optional


@pytest.mark.behaviour("A-18")
def test_opening_the_page_changes_nothing(reader, news, as_outsider):
    message = notify(reader, news, key="k")
    page = as_outsider.get(path_of(message))
    assert page.status_code == 200
    assert reader.email not in page.content.decode()
    assert Preference.objects.count() == 0
    assert notify(reader, news, key="k2") is not None


@pytest.mark.behaviour("A-19")
def test_one_click_from_a_mail_to_an_address_without_account_has_its_effect(db, news, as_outsider):
    mail_address("a@whatson.example", news, key="k", language="en")
    mail_address("a@whatson.example", news, key="queued", language="en")
    Message.objects.filter(key="queued").update(not_before="2999-01-01T00:00Z")
    (mail,) = deliver_all()
    assert (
        "Messages of this type are no longer sent to a…@whatson.example."
        in as_outsider.post(link_of(mail)).text
    )
    assert list(Stop.objects.values_list("address", "kind")) == [("a@whatson.example", news)]
    Message.objects.filter(key="queued").update(not_before="2020-01-01T00:00Z")
    assert len(deliver_all()) == 1
    assert Message.objects.get(key="queued").status == "suppressed"


def test_every_optional_kind_bears_the_header_and_none_that_must_arrive_does(reader):
    from notifications.delivery.compose import _list_headers, _unsubscribe_links

    bears = {
        name
        for name in kinds
        if _list_headers(
            message := Message(user=reader, address=reader.email, kind=name, language="en"),
            _unsubscribe_links(message),
        )
    }
    assert bears == {name for name, kind in kinds.items() if not (kind.essential or kind.secret)}
    assert "accounts.password_changed" not in bears


def test_what_was_queued_before_the_stop_does_not_leave(reader, news, as_outsider):
    message = notify(reader, news, key="k")
    as_outsider.post(path_of(message))
    assert [mail.subject for mail in deliver_all()] == ["Notification settings were changed"]
    assert Message.objects.get(key="k").error == "The person does not want this kind any more."


@pytest.mark.parametrize(
    "how", ["altered", "of preferences", "of nobody", "of what must arrive", "unknown kind"]
)
def test_a_key_that_is_not_ours_or_not_for_this_is_not_there(reader, news, as_outsider, how):
    message = notify(reader, news, key="k")
    match how:
        case "altered":
            token = key_of(message, salt=STOP)[:-1] + "_"
        case "of preferences":
            token = key_of(message, salt=PREFERENCES)
        case "of nobody":
            token = key_of(message, salt=STOP)
            reader.delete()
        case "of what must arrive":
            token = key_of(Message(user=reader, kind="accounts.password_changed"), salt=STOP)
        case "unknown kind":
            token = key_of(Message(user=reader, kind="gone.kind"), salt=STOP)
    path = reverse("mail:stop", args=[token])
    assert (as_outsider.get(path).status_code, as_outsider.post(path).status_code) == (404, 404)
    assert Preference.objects.count() == 0


def test_the_key_of_one_click_does_not_run_out_and_that_of_preferences_does(reader, news, time_machine):
    message = notify(reader, news, key="k")
    stop, preferences = key_of(message, salt=STOP), key_of(message, salt=PREFERENCES)
    time_machine.move_to(now() + timedelta(days=29))
    assert read_key(preferences, salt=PREFERENCES) is not None
    time_machine.move_to(now() + timedelta(days=2))
    assert read_key(preferences, salt=PREFERENCES) is None
    assert read_key(stop, salt=STOP) == (reader.pk, "", news)


def test_the_preferences_of_a_link_are_the_owners_alone_and_each_change_is_mailed(reader, news, as_outsider):
    bystander = UserFactory()
    message = notify(reader, news, key="k")
    path = path_of(message, page="preferences", salt=PREFERENCES)
    page = as_outsider.get(path)
    body = page.content.decode()
    assert (reader.email in body, reader.name in body, "/me/" in page.context["form"].as_p()) == (
        False,
        False,
        False,
    )
    data = {field.html_name: field.value() for field in page.context["form"] if field.value() is not False}
    assert as_outsider.post(path, {**data, f"mail:{news}": "off"}).status_code == 200
    assert list(Preference.objects.values_list("user", "kind", "mail")) == [(reader.pk, news, "off")]
    assert Message.objects.filter(kind="notifications.preferences_changed", user=reader).count() == 1
    assert Preference.objects.filter(user=bystander).count() == 0
    assert as_outsider.get("/en/me/notices/").status_code == 302


def test_a_link_shows_no_kind_that_tells_what_the_person_does_here(reader, news, as_outsider, monkeypatch):
    monkeypatch.setitem(kinds._entries, news, kinds[news]._replace(concerns=lambda _user: True))
    message = notify(reader, news, key="k")
    page = as_outsider.get(path_of(message, page="preferences", salt=PREFERENCES))
    assert f"mail:{news}" not in page.context["form"].fields


def test_links_by_mail_changed_too_often_are_slowed_down(reader, news, as_outsider, monkeypatch):
    monkeypatch.setattr("notifications.preferences.views.CHANGES_AN_HOUR", 1)
    path = path_of(notify(reader, news, key="k"), page="preferences", salt=PREFERENCES)
    form = as_outsider.get(path).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not False}
    assert [as_outsider.post(path, data).status_code for _n in range(2)] == [200, 429]


@pytest.mark.behaviour("A-18")
def test_a_link_acts_for_whom_it_was_sent_to_whoever_clicks_it(reader, news, client):
    message = notify(reader, news, key="k")
    somebody = UserFactory()
    client.force_login(somebody)
    assert "An e-mail confirms it to the owner of the address." in client.post(path_of(message)).text
    assert list(Preference.objects.values_list("user", "kind", "mail")) == [(reader.pk, news, Channel.OFF)]
    assert notify(somebody, news, key="k") is not None


@pytest.mark.parametrize("how", ["altered", "of another link"])
def test_a_link_to_preferences_that_is_not_ours_opens_nothing_and_changes_nothing(
    reader, news, as_outsider, how
):
    message = notify(reader, news, key="k")
    token = (
        key_of(message, salt=STOP) if how == "of another link" else "x" + key_of(message, salt=PREFERENCES)
    )
    path = reverse("mail:preferences", args=[token])
    for answer in (as_outsider.get(path), as_outsider.post(path, {f"mail:{news}": "off"})):
        assert answer.status_code == 404
        assert reader.email not in answer.text
    assert Preference.objects.count() == 0


@pytest.mark.behaviour("A-19")
def test_one_click_works_from_the_mails_of_what_is_followed_and_from_overviews(reference, as_outsider):
    """Each optional mail that the portal really sends to a follower: its own link stops its own kind."""
    person = UserFactory()
    follow(person, ["country:KEN"])
    kind_names = ("stakeholders.joined", "stakeholders.returned")
    choose(person, {kind_names[0]: Choice(Channel.AT_ONCE, in_app=True)})
    entry = StakeholderFactory()
    tell_joined(entry)
    tell_returned([entry], "once")
    expand(list(Happening.objects.values_list("pk", flat=True)))
    make_digests(now() + timedelta(days=2))
    mails = deliver_all()
    assert len(mails) == 2
    for mail in mails:
        assert as_outsider.post(link_of(mail), {"List-Unsubscribe": "One-Click"}).status_code == 200
    stopped = set(Preference.objects.filter(mail=Channel.OFF).values_list("user", "kind"))
    assert stopped == {(person.pk, kind_names[0]), (person.pk, "notifications.digest")}
