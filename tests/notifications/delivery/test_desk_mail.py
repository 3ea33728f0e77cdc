"""The desk sees how mail fares, finds a message, sends it again; nobody else does."""

import threading
from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import WrongState
from notifications.bounces.actions import hold_by_hand
from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.delivery.actions import resend
from notifications.outbox.enums import Outcome, Stage, Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory, deliver_all
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
MAIL = "/en/desk/mail/"
WHO = (*Role.values, "nobody", "visitor")
OPTIONAL = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}


def enter(client, who):
    if who == "visitor":
        return None
    person = UserFactory() if who == "nobody" else person_with(who)
    sign_in(client, person)
    return person


@pytest.fixture
def administrator(client):
    return enter(client, Role.ADMINISTRATOR)


@pytest.fixture
def failed(make_kind):
    return MessageFactory(
        kind=make_kind(parts=OPTIONAL),
        status=Status.FAILED,
        error="550 5.1.1 <them@whatson.example>",
        facts={"code": "ABC-123"},
        url="/en/secret/",
    )


def held(**fields):
    return Suppression.objects.create(address="gone@whatson.example", reason="550", why=Why.HARD, **fields)


# --- Who may ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", WHO)
def test_who_opens_the_pages(client, failed, who):
    enter(client, who)
    sees = {Role.ADMINISTRATOR: 200, Role.HEAD: 200, "visitor": 302}.get(who, 404)
    assert client.get(MAIL).status_code == sees
    assert client.get(f"{MAIL}{failed.pk}/").status_code == sees
    assert client.get(f"{MAIL}addresses/").status_code == {Role.ADMINISTRATOR: 200, "visitor": 302}.get(
        who, 404
    )


@pytest.mark.parametrize("who", WHO)
def test_who_sends_again_holds_back_and_lets_through(client, failed, who):
    enter(client, who)
    suppression = held()
    expected = 302 if who in {Role.ADMINISTRATOR, "visitor"} else 404
    assert client.post(f"{MAIL}{failed.pk}/resend/").status_code == expected
    assert client.post(f"{MAIL}addresses/", {"address": "a@b.example", "reason": "r"}).status_code == expected
    assert client.post(f"{MAIL}addresses/{suppression.pk}/lift/").status_code == expected
    done = who == Role.ADMINISTRATOR
    assert Message.objects.filter(again_of=failed).exists() is done
    assert Suppression.objects.filter(address="a@b.example").exists() is done
    assert (Suppression.objects.get(pk=suppression.pk).lifted_at is not None) is done


@pytest.mark.parametrize("path", ("987654/", "987654/resend/", "addresses/987654/lift/"))
def test_what_is_missing_is_missing(client, administrator, path):
    assert client.post(MAIL + path).status_code in {404, 405}
    assert client.get(MAIL + path).status_code in {404, 405}


@pytest.mark.parametrize("path", ("{pk}/resend/", "addresses/{held}/lift/"))
def test_opening_a_link_changes_nothing(client, administrator, failed, path):
    assert client.get(MAIL + path.format(pk=failed.pk, held=held().pk)).status_code == 405


def test_the_head_of_desk_sees_addresses_shortened(client, failed):
    enter(client, Role.HEAD)
    MailEvent.objects.create(
        provider="x",
        event_id="1",
        outcome=Outcome.HARD,
        message=failed,
        happened_at=now(),
        note="no <them@x>",
    )
    for path in ("", f"{failed.pk}/"):
        page = client.get(MAIL + path).content.decode()
        assert f"{failed.address[:1]}…@whatson.example" in page
        for secret in (failed.address, "them@", "resend"):
            assert secret not in page
    assert client.get(MAIL, {"address": "zzz"}).context["rows"]  # the field is not there to search by


def test_no_page_shows_what_a_message_carried(client, administrator, failed):
    for path in ("", f"{failed.pk}/"):
        page = client.get(MAIL + path).content.decode()
        assert failed.address in page
        assert "ABC-123" not in page
        assert "/en/secret/" not in page


# --- The list -----------------------------------------------------------------------------------------
def of_each_stage():
    sent = {"status": Status.SENT, "sent_at": now()}
    with_outcome = {**sent, "outcome_at": now()}
    return {
        Stage.WAITING: MessageFactory(),
        Stage.RETRY: MessageFactory(status=Status.RETRY),
        Stage.SENT: MessageFactory(**sent),
        Stage.DELIVERED: MessageFactory(**with_outcome, outcome=Outcome.DELIVERED),
        Stage.FAILED: MessageFactory(**with_outcome, outcome=Outcome.HARD),
        Stage.COMPLAINED: MessageFactory(**with_outcome, outcome=Outcome.COMPLAINED),
        Stage.SUPPRESSED: MessageFactory(status=Status.SUPPRESSED),
        Stage.UNKNOWN: MessageFactory(status=Status.UNKNOWN, doubtful_at=now()),
    }


def listed_ids(client, **filters):
    return [row["message"].pk for row in client.get(MAIL, filters).context["rows"]]


@pytest.mark.parametrize("stage", Stage.values)
def test_each_message_stands_at_one_stage(client, administrator, stage):
    messages = of_each_stage()
    assert listed_ids(client, stage=stage) == [messages[stage].pk]
    page = client.get(MAIL)
    heads = [label.split("<")[0] for label in page.content.decode().split('class="text-end">')[1:9]]
    assert heads == [str(label) for label in Stage.labels]
    numbers = page.context["numbers"]
    assert numbers.total.counts == [(each_stage, 1) for each_stage in Stage.values]
    assert [row.counts for row in numbers.by_day] == [numbers.total.counts]


def test_by_kind_day_and_beginning_of_an_address(client, administrator, failed):
    old = MessageFactory(address="Amina@WhatsOn.example")
    before = now() - timedelta(days=3)
    Message.objects.filter(pk=old.pk).update(created_at=before)
    other = MessageFactory(address="under_score@whatson.example")
    assert listed_ids(client, kind=failed.kind) == [failed.pk]
    assert listed_ids(client, day=localdate(before, ZoneInfo(administrator.time_zone)).isoformat()) == [
        old.pk
    ]
    assert listed_ids(client, address="aMIna@") == [old.pk]
    assert listed_ids(client, address="under_") == [other.pk]
    assert listed_ids(client, address="%%%") == []
    assert listed_ids(client, address="mina@") == []
    assert listed_ids(client, day="9999-12-31") == listed_ids(client, day="0001-01-01") == []


@pytest.mark.parametrize(
    "filters", ({"stage": "odd"}, {"day": "yesterday"}, {"address": "a"}, {"kind": "none.such"})
)
def test_a_wrong_filter_is_told_at_its_field(client, administrator, failed, filters):
    page = client.get(MAIL, filters)
    assert page.context["rows"] == []
    assert list(page.context["filter"].form.errors) == list(filters)


def test_older_messages_follow_on_the_next_page(client, administrator, monkeypatch):
    monkeypatch.setattr("notifications.delivery.views.PER_PAGE", 2)
    ids = [message.pk for message in MessageFactory.create_batch(5)][::-1]
    first = client.get(MAIL)
    assert [row["message"].pk for row in first.context["rows"]] == ids[:2]
    assert listed_ids(client, before=first.context["older"]) == ids[2:4]
    assert client.get(MAIL, {"before": ids[3]}).context["older"] is None


def test_more_messages_ask_no_more_of_the_database(client, administrator, failed):
    numbers = count()

    def add():
        number = next(numbers)
        MessageFactory(user=UserFactory(), status=Status.FAILED)
        Suppression.objects.create(address=f"x{number}@y.example", reason="r", by=UserFactory())
        for provider, message in (("x", None), ("y", failed)):
            MailEvent.objects.create(
                provider=provider, event_id=str(number), happened_at=now(), message=message
            )

    for page in (MAIL, f"{MAIL}addresses/", f"{MAIL}{failed.pk}/"):
        assert_no_growth(lambda page=page: client.get(page), add)


# --- Sending again --------------------------------------------------------------------------------------
def test_a_failed_message_leaves_again(client, administrator, failed):
    answer = client.post(f"{MAIL}{failed.pk}/resend/", follow=True)
    new = Message.objects.get(again_of=failed)
    assert answer.redirect_chain[-1][0] == f"{MAIL}{new.pk}/"
    assert (new.address, new.facts, new.status) == (failed.address, failed.facts, Status.QUEUED)
    assert new.message_id != failed.message_id
    entry = Entry.objects.get(action="notifications.message_resent")
    assert (entry.actor_id, entry.subject_id, entry.data) == (administrator.pk, failed.pk, {"new": new.pk})
    assert [mail.to for mail in deliver_all()] == [[failed.address]]


def test_sent_again_twice_is_once(client, administrator, failed):
    for _time in range(2):
        answer = client.post(f"{MAIL}{failed.pk}/resend/", follow=True)
    assert "It was sent again already." in answer.content.decode()
    assert Message.objects.filter(again_of=failed).count() == 1
    assert Entry.objects.filter(action="notifications.message_resent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_again_by_two_at_once_is_once(make_kind):
    message = MessageFactory(kind=make_kind(parts=OPTIONAL), status=Status.FAILED)
    actor, ends, start = person_with(Role.ADMINISTRATOR), [], threading.Barrier(3)

    def again():
        start.wait()
        try:
            ends.append(resend(message, actor=actor).pk)
        except WrongState:
            ends.append(None)
        connection.close()

    threads = [threading.Thread(target=again) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count(None) == 2
    assert Message.objects.filter(again_of=message).count() == 1


def test_it_goes_to_where_the_person_reads_mail_now(administrator, failed):
    person = UserFactory(email="new@whatson.example", language="fr")
    Message.objects.filter(pk=failed.pk).update(user=person, address="old@whatson.example")
    new = resend(failed, actor=administrator)
    assert (new.address, new.language, new.user) == ("new@whatson.example", "fr", person)


@pytest.mark.parametrize(
    "fields",
    (
        {"status": Status.QUEUED},
        {"status": Status.SENT, "sent_at": now()},
        {"status": Status.SENT, "sent_at": now(), "outcome": Outcome.DELIVERED, "outcome_at": now()},
        {"status": Status.FAILED, "kind": "accounts.login_code", "facts": {}},
        {"status": Status.FAILED, "kind": "gone.kind"},
        {"status": Status.FAILED, "address": "gone@whatson.example"},
    ),
)
def test_what_may_not_leave_again_does_not_and_says_why(client, administrator, make_kind, fields):
    held()
    message = MessageFactory(**{"kind": make_kind(parts=OPTIONAL)} | fields)
    page = client.get(f"{MAIL}{message.pk}/")
    assert page.context["why_not"]
    assert f'action="{MAIL}{message.pk}/resend/"' not in page.content.decode()
    answer = client.post(f"{MAIL}{message.pk}/resend/", follow=True)
    assert page.context["why_not"] in answer.content.decode()
    assert Message.objects.filter(again_of=message).count() == 0


def test_what_the_person_turned_off_since_does_not_leave_again(administrator, failed, make_kind):
    from notifications.outbox.models import Preference

    person = UserFactory()
    Message.objects.filter(pk=failed.pk).update(user=person)
    Preference.objects.create(user=person, kind=failed.kind, mail="off")
    new = resend(failed, actor=administrator)
    assert deliver_all() == []
    new.refresh_from_db()
    assert new.status == Status.SUPPRESSED


# --- By hand --------------------------------------------------------------------------------------------
def test_an_address_is_noted_by_hand_with_a_reason(client, administrator):
    client.post(f"{MAIL}addresses/", {"address": "Gone@WhatsOn.example", "reason": "A letter came back."})
    suppression = Suppression.objects.get()
    assert (suppression.address, suppression.why, suppression.reason, suppression.by) == (
        "gone@whatson.example",
        Why.BY_HAND,
        "A letter came back.",
        administrator,
    )
    assert Entry.objects.get(action="notifications.address_noted").actor_id == administrator.pk
    MessageFactory(address="gone@whatson.example")
    assert deliver_all() == []


@pytest.mark.parametrize(
    "typed",
    (
        {"address": "no address", "reason": "r"},
        {"address": "a@b.example", "reason": " "},
        {"address": "gone@whatson.example", "reason": "again"},
    ),
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(client, administrator, typed):
    held()
    page = client.post(f"{MAIL}addresses/", typed)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert typed["address"] in page.content.decode()
    assert Suppression.objects.count() == 1


def test_noted_twice_is_told(administrator):
    hold_by_hand("a@b.example", "r", actor=administrator)
    with pytest.raises(WrongState):
        hold_by_hand("A@B.example", "r", actor=administrator)


def test_letting_through_twice_is_once(client, administrator):
    suppression = held()
    for _time in range(2):
        assert client.post(f"{MAIL}addresses/{suppression.pk}/lift/").status_code == 302
    assert Entry.objects.filter(action="notifications.address_lifted").count() == 1
    MessageFactory(address=suppression.address)
    assert len(deliver_all()) == 1


def test_the_desk_leads_there(client):
    enter(client, Role.HEAD)
    assert MAIL in client.get("/en/desk/").content.decode()
