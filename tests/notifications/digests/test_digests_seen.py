"""Overviews and reminders as a member meets them: chosen on a page, found in the mailbox and the inbox."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext, override

from notifications.digests.actions import make_digests
from notifications.follows.actions import expand, remind_of_deadlines
from notifications.happenings.models import Happening
from notifications.inbox.models import Notice
from stakeholders.exchange import actions as exchange_actions
from stakeholders.followers.actions import tell_returned
from tests.factories.accounts import UserFactory
from tests.factories.exchange import first_area
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
ADD, PREFERENCES, INBOX = "/en/me/follows/add/", "/en/me/notices/preferences/", "/en/me/notices/"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def happens(entry, moment):
    """Something with the entry at `moment`, told to all who follow it."""
    tell_returned([entry], moment.isoformat())
    happening = Happening.objects.latest("pk")
    expand([happening.pk])
    Notice.objects.filter(happening=happening).update(created_at=moment)


def choose_on_the_page(client, **changes):
    page = client.get(PREFERENCES).context
    data = {field.html_name: field.value() for field in page["form"]}
    data |= {field.html_name: "" if (value := field.value()) is None else value for field in page["habits"]}
    sent = {name: value for name, value in {**data, **changes}.items() if value is not False}
    assert client.post(PREFERENCES, sent).status_code == 302


@pytest.mark.behaviour("A-16")
def test_each_thing_comes_in_one_overview_and_nothing_makes_none(client, reference):
    person = UserFactory(time_zone="UTC")
    client.force_login(person)
    client.post(ADD, {"term": "country:KEN"})
    entries = [StakeholderFactory(name=name) for name in ("First", "Second", "Third")]
    for entry, moment in zip(
        entries, ("2026-11-23T12:00", "2026-11-24T07:59", "2026-11-24T08:01"), strict=True
    ):
        happens(entry, at(moment))
    # Early, late, twice, after days without a job, and when nothing has happened.
    for moment in (
        "2026-11-24T07:00",
        "2026-11-24T09:30",
        "2026-11-24T09:31",
        "2026-11-27T08:00",
        "2026-11-28T08:00",
        "2026-11-29T08:00",
    ):
        make_digests(at(moment))
    bodies = [mail.body for mail in deliver_all()]
    assert [[name for name in ("First", "Second", "Third") if name in body] for body in bodies] == [
        ["First", "Second"],
        ["Third"],
    ]
    assert "What you follow" in bodies[0]
    assert bodies[0].index("Second") < bodies[0].index("First")  # newest first


@pytest.mark.behaviour("A-17")
@pytest.mark.time_machine("2026-10-20T10:00Z")
@pytest.mark.parametrize(
    ("first_day", "hours"),
    [
        # The clocks go back in the night to 25 October 2026, and forward in the night to 28 March 2027.
        (date(2026, 10, 23), ["23T07", "24T07", "25T08", "26T08"]),
        (date(2027, 3, 26), ["26T08", "27T08", "28T07", "29T07"]),
    ],
)
def test_the_hour_is_the_members_own_on_both_sides_of_a_change_of_the_clocks(
    client, reference, first_day, hours
):
    person = UserFactory(time_zone="Europe/Vienna", language="fr")
    client.force_login(person)
    client.post(ADD, {"term": "country:KEN"})
    choose_on_the_page(client, digest_hour="9")
    entry = StakeholderFactory(name="Lagoon")
    midnight = datetime.combine(first_day, datetime.min.time(), UTC)
    left = []
    for hour in range(4 * 24):
        moment = midnight + timedelta(hours=hour)
        if moment.hour == 1:
            happens(entry, moment)
        if make_digests(moment):
            left.append(f"{moment:%dT%H}")
            assert moment.astimezone(ZoneInfo("Europe/Vienna")).hour == 9
    assert left == hours
    mails = deliver_all()
    assert {mail.extra_headers["Content-Language"] for mail in mails} == {"fr"}
    with override("fr"):
        heading = gettext("What you follow")
    assert heading != "What you follow"
    assert [heading in mail.body for mail in mails] == [True] * 4


def test_deadlines_of_what_is_followed_come_14_and_3_days_ahead(client, reference):
    """For a member who wants deadlines only; reviews and calls will set theirs by the same act."""
    person = UserFactory()
    client.force_login(person)
    client.post(ADD, {"term": "country:KEN", "level": "deadlines"})
    entry = StakeholderFactory(name="Lagoon")
    fields = {"area": first_area(), "text": "A room.", "audience": "public", "until": date(2999, 1, 31)}
    exchange_actions.add_offer(entry, actor=member_of(entry), direction="offer", fields=fields)
    end = datetime(2999, 2, 1, tzinfo=ZoneInfo("Europe/Vienna"))
    counts = []
    for days in (20, 14, 13, 4, 3, 2, 1, -1):
        remind_of_deadlines(end - timedelta(days=days))
        expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))
        counts.append(len(client.get(INBOX).context["lines"]))
    assert counts == [0, 1, 1, 1, 2, 2, 2, 2]
    page = client.get(INBOX).text
    assert "The offer of Lagoon is valid until 31 January 2999, 23:59 Vienna time" in page
