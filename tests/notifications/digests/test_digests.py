"""Digests: windows that neither skip nor repeat, by each person's clock, checked again at sending."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db.models import Count
from django.utils.timezone import now

from notifications.digests.actions import make_digests
from notifications.digests.queries import hour_before
from notifications.follows.actions import expand, follow, tell
from notifications.happenings.models import Happening
from notifications.hooks import Channel, kinds
from notifications.inbox.enums import Rhythm
from notifications.inbox.models import Digest, Notice
from notifications.outbox.models import Habits, Message
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NoticeFactory, deliver_all
from tests.support import assert_no_growth, together

PARTS = {"subject": "A subject", "happened": "{{ facts.what }} happened", "todo": "", "button": "", "why": ""}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def kind(make_kind):
    return make_kind("tests.news", parts=PARTS)


@pytest.fixture
def gathered(kind):
    """gathered(person, "2026-11-24T10:00", text=…, mail=…): a notice of that instant for the next digest."""

    def make(person, moment, *, text="Something", mail=Channel.DAILY, **fields):
        notice = NoticeFactory(user=person, kind=kind, facts={"what": text}, mail=mail, **fields)
        Notice.objects.filter(pk=notice.pk).update(created_at=at(moment))
        return notice

    return make


@pytest.mark.parametrize(
    ("moment", "zone", "weekday", "mark"),
    [
        ("2026-11-25T07:00", "Europe/Vienna", None, "2026-11-25T07:00"),
        ("2026-11-25T06:59", "Europe/Vienna", None, "2026-11-24T07:00"),
        ("2026-11-25T00:30", "Asia/Tokyo", None, "2026-11-24T23:00"),
        ("2026-11-25T12:00", "America/Lima", None, "2026-11-24T13:00"),
        # The clocks go back on Sunday 25 October 2026 and forward on Sunday 29 March 2026.
        ("2026-10-25T07:00", "Europe/Vienna", None, "2026-10-25T07:00"),
        ("2026-10-25T06:30", "Europe/Vienna", None, "2026-10-24T06:00"),
        ("2026-03-29T06:00", "Europe/Vienna", None, "2026-03-29T06:00"),
        ("2026-11-25T12:00", "Europe/Vienna", 0, "2026-11-23T07:00"),
        ("2026-11-23T06:59", "Europe/Vienna", 0, "2026-11-16T07:00"),
        ("2026-11-25T12:00", "No/Where", None, "2026-11-25T08:00"),
    ],
)
def test_the_last_time_that_it_was_eight_oclock_where_they_are(moment, zone, weekday, mark):
    assert hour_before(at(moment), zone=zone, hour=8, weekday=weekday) == at(mark)


def test_a_late_and_a_repeated_job_neither_skip_nor_repeat(reader, gathered):
    gathered(reader, "2026-11-23T12:00", text="First")
    gathered(reader, "2026-11-24T06:59", text="Second")
    gathered(reader, "2026-11-24T07:01", text="Third")
    assert make_digests(at("2026-11-24T09:30")) == 1  # an hour and a half late
    assert make_digests(at("2026-11-24T09:31")) == 0
    assert make_digests(at("2026-11-24T23:00")) == 0
    assert make_digests(at("2026-11-27T07:00")) == 1  # two days were missed
    texts = [mail.body for mail in deliver_all()]
    assert [[word for word in ("First", "Second", "Third") if word in text] for text in texts] == [
        ["First", "Second"],
        ["Third"],
    ]
    assert list(Digest.objects.order_by("until").values_list("since", "until", "items")) == [
        (None, at("2026-11-24T07:00"), 2),
        (at("2026-11-24T07:00"), at("2026-11-27T07:00"), 1),
    ]


def test_nothing_makes_no_digest(reader):
    assert make_digests(at("2026-11-24T09:30")) == 0
    assert (Digest.objects.count(), Message.objects.count()) == (0, 0)


def test_what_was_committed_late_waits_for_the_next_one(reader, gathered):
    gathered(reader, "2026-11-24T05:00")
    make_digests(at("2026-11-24T07:00"))
    gathered(reader, "2026-11-24T06:00", text="Late")
    assert make_digests(at("2026-11-24T07:10")) == 0
    assert make_digests(at("2026-11-25T07:00")) == 1
    assert ["Late" in mail.body for mail in deliver_all()] == [False, True]


def test_each_at_their_own_hour_and_in_their_language(db, gathered):
    people = {
        "Tokyo": UserFactory(time_zone="Asia/Tokyo", language="fr"),
        "Lima": UserFactory(time_zone="America/Lima", language="ar"),
        "Evening": UserFactory(time_zone="Europe/Vienna"),
    }
    Habits.objects.create(user=people["Evening"], digest_hour=20)
    for person in people.values():
        gathered(person, "2026-11-23T18:00")
    left = {}
    for hour in range(24):
        moment = at("2026-11-23T20:00") + timedelta(hours=hour)
        if make_digests(moment):
            left[f"{moment:%dT%H}"] = [
                message.user
                for message in Message.objects.filter(created_at__isnull=False).order_by("-pk")[:1]
            ]
    assert left == {
        "23T20": [people["Evening"]],  # of 19:00 UTC, an hour late
        "23T23": [people["Tokyo"]],
        "24T13": [people["Lima"]],
    }
    languages = {mail.to[0]: mail.extra_headers["Content-Language"] for mail in deliver_all()}
    assert languages == {
        people["Evening"].email: "en",
        people["Tokyo"].email: "fr",
        people["Lima"].email: "ar",
    }


def test_weekly_and_daily_each_take_their_own(reader, gathered):
    gathered(reader, "2026-11-20T08:00", text="Weekly", mail=Channel.WEEKLY)
    gathered(reader, "2026-11-20T08:00", text="Daily")
    gathered(reader, "2026-11-20T08:00", text="Never", mail=Channel.OFF)
    gathered(reader, "2026-11-20T08:00", text="AtOnce", mail=Channel.AT_ONCE)
    make_digests(at("2026-11-22T08:00"))
    make_digests(at("2026-11-23T08:00"))
    assert [
        [word for word in ("Weekly", "Daily", "Never", "AtOnce") if word in mail.body]
        for mail in deliver_all()
    ] == [["Daily"], ["Weekly"]]


def test_items_come_newest_first_in_their_groups_and_both_parts_say_the_same(reader, gathered):
    gathered(reader, "2026-11-23T08:00", text="Older & wiser")
    gathered(reader, "2026-11-23T09:00", text="Newer", url="/en/there/")
    make_digests(at("2026-11-24T08:00"))
    (mail,) = deliver_all()
    assert mail.subject == "Your day on WhatsOn: 2 items"
    assert mail.body.index("Newer") < mail.body.index("/en/there/") < mail.body.index("Older & wiser")
    html = mail.alternatives[0].content
    assert html.rindex("/en/there/") < html.rindex("Newer") < html.rindex("Older &amp; wiser")
    assert "Tests" in mail.body
    assert "Tests" in html


def test_what_was_hidden_meanwhile_is_left_out_and_an_empty_digest_does_not_leave(
    reader, gathered, kind, monkeypatch
):
    hidden = UserFactory()
    visible = {(reader.pk, 1)}
    monkeypatch.setitem(
        kinds._entries, kind, kinds[kind]._replace(visible_pairs=lambda pairs: pairs & visible)
    )
    gathered(reader, "2026-11-23T08:00", text="Shown", subject_id=1)
    gathered(reader, "2026-11-23T08:00", text="Withdrawn", subject_id=2)
    gathered(hidden, "2026-11-23T08:00", text="Withdrawn", subject_id=2)
    assert make_digests(at("2026-11-24T08:00")) == 2
    (mail,) = deliver_all()
    assert mail.subject == "Your day on WhatsOn: one item"
    assert ("Shown" in mail.body, "Withdrawn" in mail.body) == (True, False)
    assert Message.objects.values_list("status", "error").get(user=hidden) == (
        "suppressed",
        "Nothing of it is for this person to see any more.",
    )


def test_a_long_one_ends_with_the_way_to_the_rest(reader, gathered, monkeypatch):
    monkeypatch.setattr("notifications.digests.queries.MOST_ITEMS", 2)
    for hour in range(5):
        gathered(reader, f"2026-11-23T0{hour}:00", text=f"Item {hour}")
    make_digests(at("2026-11-24T08:00"))
    (mail,) = deliver_all()
    assert mail.subject == "Your day on WhatsOn: 5 items"
    assert "3 more are in your inbox." in mail.body
    assert [n for n in range(5) if f"Item {n}" in mail.body] == [3, 4]


def test_statements_grow_with_batches_not_with_people(db, gathered):
    days = iter(("2026-11-24", "2026-11-25"))
    assert_no_growth(
        lambda: make_digests(at(f"{next(days)}T08:00")),
        lambda: gathered(UserFactory(), "2026-11-23T08:00"),
        is_once=True,
    )


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_each_digest_once(kind):
    people = [UserFactory() for _n in range(20)]
    for person in people:
        notice = NoticeFactory(user=person, kind=kind, facts={"what": "x"}, mail=Channel.DAILY)
        Notice.objects.filter(pk=notice.pk).update(created_at=at("2026-11-23T08:00"))
    counts = []
    at_once(*[lambda: counts.append(make_digests(at("2026-11-24T08:00")))] * 3)
    assert sum(counts) == 20
    assert Digest.objects.filter(rhythm=Rhythm.DAILY, items=1).count() == Digest.objects.count() == 20
    assert Message.objects.count() == 20
    assert Notice.objects.filter(digest=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_no_job_of_another_hour_no_change_of_mind_and_no_worker_makes_a_second_one(kind, monkeypatch):
    """The hour passes between two jobs, people choose another rhythm, and what has happened is still told."""
    daily_kind = kinds[kind]._replace(mail=Channel.DAILY, readers=lambda people, _subject: people)
    monkeypatch.setitem(kinds._entries, kind, daily_kind)
    people = [UserFactory() for _n in range(12)]
    for person in people:
        follow(person, ["country:KEN"])
        for _n in range(3):
            notice = NoticeFactory(user=person, kind=kind, facts={"what": "x"}, mail=Channel.DAILY)
            Notice.objects.filter(pk=notice.pk).update(created_at=at("2026-11-23T06:00"))
    for number in range(6):
        tell(kind, people[0], key=f"news:{number}", terms=["country:KEN"], facts={"what": "x"})
    happenings = list(Happening.objects.values_list("pk", flat=True))

    def change_minds():
        for person in people[::2]:
            choose(person, {kind: Choice(Channel.WEEKLY, in_app=True)})

    early, late = at("2026-11-24T06:59"), at("2026-11-24T07:00")  # of Tuesday; of Vienna's eight o'clock
    at_once(
        *(lambda moment=moment: make_digests(moment) for moment in (early, late, early, late)),
        change_minds,
        *[lambda: expand(happenings)] * 2,
    )
    assert Notice.objects.count() == 12 * (3 + 6)  # each thing told once
    for later_on in range(1, 9):
        make_digests(now() + timedelta(days=later_on))
    assert not Notice.objects.filter(digest=None, mail__in=Channel.GATHERED).exists()
    sizes = dict(Notice.objects.values_list("digest").annotate(Count("pk")))
    assert sizes == dict(Digest.objects.values_list("pk", "items"))
    assert 0 not in sizes.values()
    due = list(Digest.objects.values_list("user", "rhythm", "until"))
    assert len(due) == len(set(due)) == Message.objects.filter(kind="notifications.digest").count()
    assert deliver_twice_at_once() == len(due)


def at_once(*acts):
    """Each in a thread with a connection of its own; none may fail."""
    assert together(*acts) == [None] * len(acts)


def deliver_twice_at_once():
    """How many mails two workers send."""
    at_once(deliver_all, deliver_all)
    return len(mail.outbox)
