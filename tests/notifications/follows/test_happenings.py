"""tell(): one row, expanded to the followers at the level, in the channel and by the clock of each."""

from datetime import UTC, datetime, time

import pytest
from django.db import transaction
from django.utils.timezone import now

from notifications.follows.actions import expand, left_to_expand, tell
from notifications.follows.enums import Level
from notifications.follows.models import Follow
from notifications.happenings.enums import Weight
from notifications.happenings.models import Happening
from notifications.hooks import Channel, Kind, kinds
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify
from notifications.outbox.models import Habits, Message, Preference
from notifications.outbox.queries import Wish, quiet_until
from tests.factories.accounts import UserFactory
from tests.support import assert_no_growth

KIND = "tests.happened"


@pytest.fixture
def kind(monkeypatch):
    """A kind that everybody may hear of but those named Hidden; at once unless somebody chose otherwise."""
    entry = Kind(
        KIND,
        "Something happened",
        "Tests",
        essential=False,
        secret=False,
        still_visible=None,
        mail=Channel.AT_ONCE,
        readers=lambda people, _pk: people.exclude(name="Hidden"),
    )
    monkeypatch.setitem(kinds._entries, KIND, entry)
    return entry


@pytest.fixture
def subject(db):
    return UserFactory()


def happens(subject, *terms, weight=Weight.NEWS, key="k"):
    happening = tell(KIND, subject, key=key, terms=terms, weight=weight, facts={"n": 1})
    assert happening is not None
    expand([happening.pk])
    happening.refresh_from_db()
    return happening


def follower(*terms, level=Level.ALL, **fields):
    person = UserFactory(**fields)
    Follow.objects.create(user=person, terms=list(terms), level=level)
    return person


def informed_ids():
    return set(Notice.objects.values_list("user", flat=True))


def test_followers_get_a_notice_and_a_message_that_say_why(kind, subject):
    person = follower("country:KEN", language="fr")
    UserFactory()
    happening = happens(subject, "country:KEN", "topic:tip")
    fields = ("user", "kind", "key", "facts", "via", "mail", "in_app", "happening")
    assert list(Notice.objects.values(*fields)) == [
        {
            "user": person.pk,
            "kind": KIND,
            "key": "k",
            "facts": {"n": 1},
            "via": "country:KEN",
            "mail": "at_once",
            "in_app": True,
            "happening": happening.pk,
        }
    ]
    assert list(Message.objects.values("user", "address", "language", "status", "happening")) == [
        {
            "user": person.pk,
            "address": person.email,
            "language": "fr",
            "status": "queued",
            "happening": happening.pk,
        }
    ]
    assert (happening.noticed, happening.mailed, happening.expanded_at is not None) == (1, 1, True)


def test_several_terms_of_one_follow_mean_and(kind, subject):
    both = follower("country:KEN", "topic:tip")
    follower("country:KEN", "topic:smuggling")
    happens(subject, "country:KEN", "topic:tip", "topic:cyber")
    assert informed_ids() == {both.pk}


def test_several_follows_of_one_person_mean_or_and_tell_once(kind, subject):
    person = follower("country:KEN")
    Follow.objects.create(user=person, terms=["topic:tip"])
    happens(subject, "country:KEN", "topic:tip")
    assert Notice.objects.filter(user=person).count() == Message.objects.filter(user=person).count() == 1


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        (Level.ALL, {Weight.NEWS, Weight.STEP, Weight.DEADLINE}),
        (Level.STEPS, {Weight.STEP, Weight.DEADLINE}),
        (Level.DEADLINES, {Weight.DEADLINE}),
        (Level.MUTED, set()),
    ],
)
def test_a_level_lets_through_what_it_says(kind, subject, level, heard):
    person = follower("country:KEN", level=level)
    for weight in Weight:
        happens(subject, "country:KEN", weight=weight, key=weight)
    assert set(Notice.objects.filter(user=person).values_list("key", flat=True)) == heard


def test_muting_one_thing_silences_it_within_another(kind, subject):
    person = follower("topic:tip")
    Follow.objects.create(user=person, terms=["stakeholder:7"], level=Level.MUTED)
    happens(subject, "topic:tip", "stakeholder:7", key="muted")
    happens(subject, "topic:tip", "stakeholder:8", key="heard")
    assert list(Notice.objects.filter(user=person).values_list("key", flat=True)) == ["heard"]


def test_who_may_not_see_it_or_has_closed_the_account_is_not_told(kind, subject):
    follower("country:KEN", name="Hidden")
    follower("country:KEN", is_active=False)
    happening = happens(subject, "country:KEN")
    assert (informed_ids(), Message.objects.count(), happening.noticed) == (set(), 0, 0)


def test_where_nobody_may_see_it_nobody_is_told(kind, subject, monkeypatch):
    monkeypatch.setitem(kinds._entries, KIND, kind._replace(readers=lambda people, _pk: people.none()))
    follower("country:KEN")
    happening = happens(subject, "country:KEN")
    assert (informed_ids(), happening.expanded_at is not None) == (set(), True)


@pytest.mark.parametrize("mail", Channel)
def test_a_preference_decides_how_it_comes(kind, subject, mail):
    person = follower("country:KEN")
    Preference.objects.create(user=person, kind=KIND, mail=mail, in_app=False)
    happens(subject, "country:KEN")
    assert Notice.objects.values_list("mail", "in_app").get(user=person) == (mail, False)
    assert Message.objects.filter(user=person).exists() is (mail == Channel.AT_ONCE)


@pytest.mark.parametrize("mail", Channel)
def test_a_preference_decides_for_what_is_told_to_one_person_too(kind, subject, mail):
    Preference.objects.create(user=subject, kind=KIND, mail=mail, in_app=True)
    written = notify(subject, KIND, key="k")
    assert (written is not None) is (mail == Channel.AT_ONCE)
    assert Notice.objects.get().mail == mail


def test_what_is_essential_asks_no_preference(subject):
    Preference.objects.create(user=subject, kind="accounts.password_changed", mail=Channel.OFF, in_app=False)
    assert notify(subject, "accounts.password_changed", key="k") is not None
    assert Notice.objects.values_list("mail", "in_app").get() == (Channel.AT_ONCE, True)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-11-24T19:30", None),
        ("2026-11-24T20:00", "2026-11-25T05:00"),
        ("2026-11-25T01:00", "2026-11-25T05:00"),
        ("2026-11-25T05:00", None),
    ],
)
def test_quiet_hours_hold_mail_back_until_their_end_by_the_persons_clock(
    kind, subject, time_machine, moment, end
):
    time_machine.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False)
    wish = Wish(Channel.AT_ONCE, in_app=True, quiet_from=time(21), quiet_to=time(6))
    expected = datetime.fromisoformat(end).replace(tzinfo=UTC) if end else None
    assert quiet_until(wish, "Europe/Vienna") == expected


@pytest.mark.parametrize("path", ["one", "followers"])
def test_mail_of_both_paths_waits_for_the_end_of_the_same_quiet_hours(kind, subject, path):
    person = follower("country:KEN", time_zone="Asia/Tokyo")
    hour = now().hour
    # By Tokyo's clock the quiet hours began an hour ago and end in two.
    habits = Habits.objects.create(
        user=person, quiet_from=time((hour + 9 - 1) % 24), quiet_to=time((hour + 9 + 2) % 24)
    )
    if path == "one":
        notify(person, KIND, key="k")
    else:
        happens(subject, "country:KEN")
    wish = Wish(Channel.AT_ONCE, in_app=True, quiet_from=habits.quiet_from, quiet_to=habits.quiet_to)
    assert Message.objects.get(user=person).not_before == quiet_until(wish, "Asia/Tokyo")


def test_twice_is_once(kind, subject):
    follower("country:KEN")
    happening = happens(subject, "country:KEN")
    assert tell(KIND, subject, key="k", terms=["country:KEN"]) is None
    assert expand([happening.pk]) == 0
    Happening.objects.update(expanded_at=None)
    assert expand([happening.pk]) == 0
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)


def test_a_lost_nudge_is_found_and_what_is_rolled_back_is_not_told(kind, subject):
    follower("country:KEN")
    with transaction.atomic():
        tell(KIND, subject, key="gone", terms=["country:KEN"])
        transaction.set_rollback(True)
    happening = tell(KIND, subject, key="k", terms=["country:KEN"])
    assert left_to_expand() == [happening.pk]
    assert expand(left_to_expand()) == 1
    assert left_to_expand() == []


def test_a_kind_without_readers_is_not_for_followers(subject):
    with pytest.raises(LookupError, match="has no readers"):
        tell("accounts.password_changed", subject, key="k", terms=["country:KEN"])


def test_the_statements_do_not_grow_with_the_followers(kind, subject):
    keys = iter("ab")

    def expand_new():
        expand([tell(KIND, subject, key=next(keys), terms=["country:KEN"]).pk])

    assert_no_growth(expand_new, lambda: follower("country:KEN"), is_once=True)
