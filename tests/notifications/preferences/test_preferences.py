"""What a person hears of: kind by kind, on their page, with nothing that must arrive on it."""

import re
from datetime import time

import pytest

from notifications.hooks import Channel, Kind, asking_kinds, kinds
from notifications.inbox.models import Notice
from notifications.outbox.models import Habits, Preference
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice, Preset, choices_of, preset_of
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


@pytest.fixture
def send(client, reader):
    """Send the page as a browser would, with some changes; return the answer."""
    client.force_login(reader)

    def send_page(**changes):
        page = client.get(PAGE).context
        return client.post(PAGE, filled(page["form"], page["habits"], **changes))

    return send_page


@pytest.fixture
def folds(client):
    """Return the preset that the page shows, and whether the details are open."""

    def read_page():
        answer = client.get(PAGE)
        is_open = '<details class="disclosure" id="types" open>' in answer.text
        return answer.context["form"]["preset"].value(), is_open

    return read_page


def test_a_person_who_has_chosen_nothing_has_the_daily_overview(client, reader, news, folds):
    client.force_login(reader)
    assert folds() == ("daily", False)


@pytest.mark.parametrize(
    ("preset", "mails"),
    [
        ("everything", ("at_once", "at_once", "at_once", "at_once")),
        ("daily", ("at_once", "daily", "at_once", "at_once")),
        ("needed", ("off", "off", "at_once", "off")),
    ],
)
def test_one_choice_is_written_for_every_kind_and_shown_again(
    reader, news, send, folds, monkeypatch, preset, mails
):
    monkeypatch.setitem(asking_kinds._entries, "stakeholders.contact_answered", True)
    choose(reader, {news: Choice(Channel.WEEKLY, in_app=False)})
    assert send(preset=preset).status_code == 302
    chosen = choices_of(reader, everything=True)
    names = (news, "stakeholders.joined", "stakeholders.contact_answered", "notifications.digest")
    assert tuple(chosen[name].mail for name in names) == mails
    assert all(choice.in_app for choice in chosen.values())
    assert folds() == (preset, False)


def test_a_choice_in_detail_stays_and_shows_as_ones_own(reader, news, send, folds):
    send(preset="own", **{f"mail:{news}": "weekly"})
    assert choices_of(reader)[news] == Choice(Channel.WEEKLY, in_app=True)
    assert folds() == ("own", True)
    send()
    assert choices_of(reader)[news] == Choice(Channel.WEEKLY, in_app=True)
    send(**{f"mail:{news}": "at_once"})
    assert folds() == ("daily", False)


def test_details_count_where_the_choice_above_them_was_left_as_it_was(reader, news, send, folds):
    send(**{f"mail:{news}": "off"})
    assert choices_of(reader)[news].mail == Channel.OFF
    assert folds() == ("own", True)


def test_the_button_of_the_details_counts_against_the_choice_above(client, reader, news):
    """Without script both are sent, the button last."""
    client.force_login(reader)
    page = client.get(PAGE).context
    data = filled(page["form"], page["habits"], **{f"mail:{news}": "off"})
    client.post(PAGE, {**data, "preset": ["everything", "own"]})
    assert list(Preference.objects.values_list("kind", "mail")) == [(news, Channel.OFF)]


def test_an_own_choice_without_any_difference_is_asked_for(reader, news, send):
    answer = send(preset="own")
    assert list(answer.context["form"].errors) == ["preset"]
    assert '<details class="disclosure" id="types" open>' in answer.text
    assert answer.text.count('<details class="preferences" open>') == 1
    assert 'href="#id_preset"' in answer.text
    assert Preference.objects.count() == 0


def test_a_wrong_value_is_told_at_its_field_unless_another_preset_is_chosen(reader, news, send):
    wrong = {f"mail:{news}": "hourly"}
    assert list(send(preset="own", **wrong).context["form"].errors) == [f"mail:{news}"]
    assert list(send(preset="sometimes").context["form"].errors) == ["preset"]
    assert Preference.objects.count() == 0
    assert send(preset="needed", **wrong).status_code == 302
    assert preset_of(choices_of(reader)) == Preset.NEEDED


def test_a_preset_holds_for_kinds_that_concern_a_person_later(reader, news, send, folds, monkeypatch):
    entry = kinds[news]
    monkeypatch.setitem(kinds._entries, news, entry._replace(concerns=lambda user: False))
    send(preset="needed")
    monkeypatch.setitem(kinds._entries, news, entry)
    assert choices_of(reader)[news].mail == Channel.OFF
    assert folds() == ("needed", False)


def test_a_preset_leaves_alone_what_has_pages_of_its_own(reader, send):
    send(preset="needed")
    has_pages = [name for name, kind in kinds.items() if kind.ways_out]
    assert has_pages
    assert not Preference.objects.filter(kind__in=has_pages).exists()


def test_the_page_of_a_link_has_no_choice_for_all_kinds(reader):
    from notifications.preferences.forms import PreferencesForm

    assert "preset" not in PreferencesForm(user=reader, by_link=True).fields


def test_save_is_at_most_twelve_stops_away_also_with_the_details_open(client, reader, news):
    choose(reader, {news: Choice(Channel.WEEKLY, in_app=True)})
    client.force_login(reader)
    main = client.get(PAGE).text.partition("<main")[2].partition('type="submit"')[0]
    before = re.sub(r"</summary>.*?</details>", "", main, flags=re.DOTALL)
    assert 'name="preset"' in before
    stops = re.findall(r"<(?:a|summary|select|button)\b|<input(?![^>]*type=\"(?:hidden|radio)\")", before)
    assert len(stops) + len(["radio"]) <= 12


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
