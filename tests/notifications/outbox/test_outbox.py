"""notify() and mail_address(): once per person and key, in the caller's transaction."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from notifications.bounces.models import Suppression
from notifications.delivery.claiming import TURNS
from notifications.inbox.models import Notice
from notifications.outbox import actions as outbox_actions
from notifications.outbox.actions import BATCH, mail_address, notify, notify_all
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory
from tests.support import assert_no_growth, owner

KIND = "accounts.password_changed"


def test_one_act_writes_one_message_and_one_notice(reader):
    message = notify(reader, KIND, key="k", url_name="notifications:inbox", facts={"n": 1}, subject=reader)
    assert list(
        Message.objects.values(
            "pk",
            "user",
            "address",
            "kind",
            "key",
            "language",
            "url_name",
            "url_args",
            "facts",
            "subject_kind",
            "subject_id",
            "status",
            "attempts",
        )
    ) == [
        {
            "pk": message.pk,
            "user": reader.pk,
            "address": reader.email,
            "kind": KIND,
            "key": "k",
            "language": "en",
            "url_name": "notifications:inbox",
            "url_args": [],
            "facts": {"n": 1},
            "subject_kind": "accounts.user",
            "subject_id": reader.pk,
            "status": "queued",
            "attempts": 0,
        }
    ]
    assert list(Notice.objects.values_list("user", "kind", "key", "read_at")) == [
        (reader.pk, KIND, "k", None)
    ]


def test_the_same_key_is_told_once(reader):
    assert notify(reader, KIND, key="k") is not None
    assert notify(reader, KIND, key="k") is None
    assert notify(reader, KIND, key="k2") is not None
    assert (Message.objects.count(), Notice.objects.count()) == (2, 2)


def test_two_people_may_share_a_key(reader):
    other = UserFactory()
    assert [m.user for m in notify_all([reader, other, reader], KIND, key="k")] == [reader, other]


def test_a_closed_account_is_not_told(db):
    assert notify(UserFactory(is_active=False), KIND, key="k") is None
    assert (Message.objects.count(), Notice.objects.count()) == (0, 0)


def test_an_address_is_told_once_without_regard_to_case(db):
    assert mail_address("a@whatson.example", KIND, key="k", language="fr").language == "fr"
    assert mail_address("A@WhatsOn.example", KIND, key="k", language="fr") is None
    assert Notice.objects.count() == 0


def test_an_unknown_kind_is_a_programming_error(reader):
    with pytest.raises(LookupError, match="not registered"):
        notify(reader, "nobody.knows", key="k")


def test_what_is_rolled_back_is_not_told(reader, django_capture_on_commit_callbacks):
    def act():
        with transaction.atomic():
            notify(reader, KIND, key="k")
            raise RuntimeError

    with django_capture_on_commit_callbacks() as nudges, pytest.raises(RuntimeError):
        act()
    assert nudges == []
    assert (Message.objects.count(), Notice.objects.count()) == (0, 0)


def test_telling_many_takes_as_many_statements_as_telling_one(db):
    people = []
    assert_no_growth(
        lambda: notify_all(people, KIND, key=f"k{len(people)}"),
        lambda: people.append(UserFactory()),
        is_once=True,
    )


@pytest.mark.parametrize(
    ("essential", "people", "task"),
    (
        (True, 2, "notifications.deliver"),  # by a queue of its own
        (True, BATCH + 10, "notifications.deliver"),
        (False, 2, "notifications.sweep"),
        (False, BATCH + 10, "notifications.sweep"),
    ),
)
def test_many_messages_are_one_nudge(db, make_kind, monkeypatch, essential, people, task):
    nudges = []
    monkeypatch.setattr(outbox_actions, "nudge", nudges.append)
    notify_all(UserFactory.create_batch(people), make_kind(essential=essential), key="k")
    assert nudges == [task]


@pytest.mark.parametrize(
    "wrong",
    (
        {"status": "lost"},
        {"status": "claimed"},
        {"status": "handing_over", "claim": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "claimed_at": Now()},
        {"status": "sent"},
        {"status": "queued", "sent_at": Now()},
        {"status": "queued", "claim": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
        {"status": "unknown"},
    ),
)
def test_the_database_refuses_a_state_that_cannot_be(wrong, db):
    message = MessageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**wrong)


def test_an_address_is_suppressed_once(db):
    Suppression.objects.create(address="a@whatson.example", reason="r")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(address="A@whatson.example", reason="r")


@pytest.mark.parametrize("urgent", (False, True))
def test_a_claim_reads_its_index_alone(db, urgent):
    owner().execute(
        "TRUNCATE notifications_message CASCADE"
    )  # its size, which thousands before have left, too
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {TURNS}", {"most": 50, "paused": [], "first": [], "urgent": urgent})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert plan.count("Index Only Scan using message_lanes") >= 2, plan
    assert "Seq Scan" not in plan
