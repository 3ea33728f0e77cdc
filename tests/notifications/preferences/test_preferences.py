"""What a person hears of: kind by kind, on their page, with nothing that must arrive on it."""

from datetime import time

import pytest

from notifications.hooks import Channel, Kind, kinds
from notifications.inbox.models import Notice
from notifications.outbox.models import Habits, Preference
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice, choices_of
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NoticeFactory

PAGE = "/en/me/notices/preferences/"
PARTS = {"subject": "S", "happened": "H", "todo": "", "button": "", "why": ""}


@pytest.fixture
def news(make_kind):
    return make_kind("tests.news", parts=PARTS)


def filled(form, habits, **changes):
    """What a browser would send from the page as it stands, with some changes."""
    data = {field.html_name: field.value() for field in form}
    data |= {field.html_name: "" if (value := field.value()) is None else value for field in habits}
    return {name: value for name, value in {**data, **changes}.items() if value is not False}


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(PAGE).headers["Location"] == f"/en/accounts/login/?next={PAGE}"


@pytest.mark.behaviour("A-13")
def test_each_kind_has_its_channel_and_the_inbox(client, reader, news):
    client.force_login(reader)
    page = client.get(PAGE).context
    client.post(
        PAGE, filled(page["form"], page["habits"], **{f"mail:{news}": "weekly", f"inbox:{news}": False})
    )
    assert list(Preference.objects.values_list("user", "kind", "mail", "in_app")) == [
        (reader.pk, news, Channel.WEEKLY, False)
    ]
    assert client.get(PAGE).context["form"][f"mail:{news}"].value() == "weekly"


@pytest.mark.behaviour("A-13")
def test_security_and_decisions_are_not_on_the_page_and_cannot_be_sent_to_it(client, reader, news):
    client.force_login(reader)
    page = client.get(PAGE).context
    must = {name for name, kind in kinds.items() if kind.essential or kind.secret}
    assert {name.partition(":")[2] for name in page["form"].fields} & must == set()
    decisions = {f"stakeholders.application_{outcome}" for outcome in ("returned", "approved", "refused")}
    assert {"accounts.password_changed", *decisions} <= must
    client.post(PAGE, filled(page["form"], page["habits"], **{"mail:accounts.password_changed": "off"}))
    assert Preference.objects.count() == 0


def test_what_must_arrive_cannot_be_turned_off_by_any_other_way(reader):
    from core.errors import DomainError

    with pytest.raises(DomainError, match="cannot be turned off"):
        choose(reader, {"accounts.password_changed": Choice(Channel.OFF, in_app=False)})


def test_kinds_that_do_not_concern_a_person_are_not_offered(reader, news, monkeypatch):
    monkeypatch.setitem(kinds._entries, news, kinds[news]._replace(concerns=lambda user: user.name == "Desk"))
    assert news not in choices_of(reader)
    assert news in choices_of(UserFactory(name="Desk"))


def test_what_has_gathered_follows_the_choice(reader, news):
    other = UserFactory()
    for person in (reader, other):
        NoticeFactory(user=person, kind=news, mail=Channel.DAILY)
    choose(reader, {news: Choice(Channel.WEEKLY, in_app=True)})
    assert Notice.objects.get(user=reader).mail == Channel.WEEKLY
    choose(reader, {news: Choice(Channel.OFF, in_app=True)})
    assert Notice.objects.get(user=reader).mail == Channel.OFF
    assert Notice.objects.get(user=other).mail == Channel.DAILY


def test_saving_the_page_unchanged_writes_no_preference(client, reader, news):
    client.force_login(reader)
    page = client.get(PAGE).context
    client.post(PAGE, filled(page["form"], page["habits"]))
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("22:00", "", "quiet_to"),
        ("", "06:00", "quiet_from"),
        ("22:00", "22:00", "quiet_to"),
        ("x", "", "quiet_from"),
    ],
)
def test_half_a_quiet_time_is_told_at_its_field_and_nothing_is_lost(client, reader, news, start, end, wrong):
    client.force_login(reader)
    page = client.get(PAGE).context
    answer = client.post(
        PAGE,
        filled(page["form"], page["habits"], **{"quiet_from": start, "quiet_to": end, f"mail:{news}": "off"}),
    )
    assert list(answer.context["habits"].errors) == [wrong]
    assert answer.context["form"][f"mail:{news}"].value() == "off"
    assert (Preference.objects.count(), Habits.objects.count()) == (0, 0)


def test_hours_are_kept(client, reader):
    client.force_login(reader)
    page = client.get(PAGE).context
    habits = {"digest_hour": "17", "weekly_day": "4", "quiet_from": "22:00", "quiet_to": "06:30"}
    assert client.post(PAGE, filled(page["form"], page["habits"], **habits)).status_code == 302
    stored = Habits.objects.values_list("digest_hour", "weekly_day", "quiet_from", "quiet_to").get(
        user=reader
    )
    assert stored == (17, 4, time(22), time(6, 30))


def test_every_kind_told_to_followers_can_answer_for_a_batch():
    assert [
        name
        for name, kind in kinds.items()
        if isinstance(kind, Kind) and kind.readers and not kind.visible_pairs
    ] == []
