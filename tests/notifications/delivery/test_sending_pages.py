"""The desk's page about mail on its way, and who may open it."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.delivery.models import Outlet, Pause, outlet_name
from notifications.happenings.models import Happening
from notifications.outbox.enums import Status
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
SENDING, JOBS = "/en/desk/sending/", "/en/desk/jobs/"
PARTS = {"subject": "S", "happened": "H {{ facts.name }}", "todo": "T", "button": "", "why": "W"}
ROLES = ("visitor", "person", *Role.values)
MAY = {"head", "administrator"}


@pytest.fixture
def kind(make_kind):
    return make_kind("tests.many", parts=PARTS)


@pytest.fixture
def head(client):
    person = person_with(Role.HEAD)
    sign_in(client, person)
    return person


def enter(client, who):
    person = {"visitor": AnonymousUser, "person": UserFactory}.get(who, lambda: person_with(who))()
    if person.is_authenticated:
        sign_in(client, person)


@pytest.mark.parametrize("who", ROLES)
def test_only_the_head_of_desk_and_administrators_see_and_steer(client, kind, who):
    enter(client, who)
    Outlet.objects.create(name=outlet_name())
    paused = Pause.objects.create(kind=kind)
    expected = 200 if who in MAY else 302 if who == "visitor" else 404
    for page in (SENDING, JOBS):
        assert client.get(page).status_code == expected, page
    posted = 302 if who in MAY or who == "visitor" else 404
    for page, data in (
        (f"{SENDING}{paused.pk}/resume/", {}),
        (f"{SENDING}pause/", {"kind": kind}),
        (SENDING, {"per_second": "3"}),
    ):
        assert client.post(page, data).status_code == posted, page
    paused.refresh_from_db()
    assert (paused.ended_at is not None) == (who in MAY)
    assert Pause.objects.live().exists()
    assert Outlet.objects.get().per_second == (3 if who in MAY else None)


def test_what_does_not_exist_is_missing(client, head):
    assert client.post(f"{SENDING}pause/", {"happening": "12345"}).status_code == 404
    assert client.post(f"{SENDING}pause/", {"happening": "x"}).status_code == 404
    assert client.post(f"{SENDING}999/resume/").status_code == 404
    assert client.get(f"{SENDING}pause/").status_code == 405


def sent(count, **fields):
    since = now() - timedelta(minutes=5)
    return MessageFactory.create_batch(
        count, status=Status.SENT, claim=uuid4(), claimed_at=since, sent_at=since, **fields
    )


def test_the_page_counts_by_kind_and_says_when_it_ends(client, head, kind):
    happening = Happening.objects.create(kind=kind, key="1", terms=["x:1"], facts={"name": "<b>Heron</b>"})
    sent(30, kind=kind, happening=happening)
    MessageFactory.create_batch(60, kind=kind, happening=happening)
    MessageFactory(kind=kind, not_before=now() + timedelta(hours=1))
    MessageFactory(kind=kind, status=Status.UNKNOWN, claimed_at=now(), doubtful_at=now())
    answer = client.get(SENDING)
    (line,) = answer.context["sending"].lines
    assert (line.waiting, line.later, line.sent, line.unknown) == (60, 1, 30, 1)
    left = (line.ends - now()).total_seconds()
    assert 540 < left < 660  # thirty in five minutes, so sixty in ten
    assert "60 e-mails are pending" in answer.content.decode()
    assert "H &lt;b&gt;Heron" in answer.content.decode()


def test_no_estimate_where_nothing_leaves(client, head, kind):
    MessageFactory(kind=kind)
    answer = client.get(SENDING)
    assert answer.context["sending"].ends is None
    assert "cannot be estimated" in answer.content.decode()


def test_a_server_that_rests_is_told(client, head, kind):
    Outlet.objects.create(
        name=outlet_name(), faults=2, error="refused", resting_until=now() + timedelta(minutes=1)
    )
    assert "could not be reached (refused)" in client.get(SENDING).content.decode()


def test_pause_and_go_on_by_the_buttons_of_the_page(client, head, kind):
    happening = Happening.objects.create(kind=kind, key="1", terms=["x:1"], facts={"name": "Heron"})
    MessageFactory.create_batch(2, kind=kind, happening=happening)
    answer = client.post(f"{SENDING}pause/", {"happening": happening.pk}, follow=True)
    assert "Paused." in answer.content.decode()
    (batch,) = answer.context["sending"].batches
    assert (batch.waiting, batch.paused, batch.pause.by) == (0, 2, head)
    answer = client.post(f"{SENDING}{batch.pause.pk}/resume/", follow=True)
    (batch,) = answer.context["sending"].batches
    assert (batch.waiting, batch.paused, batch.pause) == (2, 0, None)
    again = client.post(f"{SENDING}{Pause.objects.get().pk}/resume/", follow=True)
    assert "This is under way already" in again.content.decode()


def test_a_kind_that_must_arrive_has_no_button_and_is_refused(client, head):
    MessageFactory()
    assert "sending/pause/" not in client.get(SENDING).content.decode()
    answer = client.post(f"{SENDING}pause/", {"kind": "accounts.password_changed"}, follow=True)
    assert "never held back" in answer.content.decode()


@pytest.mark.parametrize(("typed", "holds"), (("2.5", 2.5), ("", None)))
def test_the_rate_is_set(client, head, typed, holds):
    Outlet.objects.create(name=outlet_name(), per_second=7)
    assert client.post(SENDING, {"per_second": typed}).status_code == 302
    assert Outlet.objects.get().per_second == holds


@pytest.mark.parametrize("typed", ("0", "-1", "many", "100000"))
def test_an_impossible_rate_is_told_at_its_field(client, head, typed):
    Outlet.objects.create(name=outlet_name(), per_second=7)
    answer = client.post(SENDING, {"per_second": typed})
    assert answer.status_code == 200
    assert answer.context["form"].errors["per_second"]
    assert f'value="{typed}"' in answer.content.decode()
    assert Outlet.objects.get().per_second == 7


def test_htmx_gets_the_part_that_changes(client, head, kind):
    MessageFactory(kind=kind)
    answer = client.get(SENDING, headers={"HX-Request": "true", "HX-Target": "progress"})
    text = answer.content.decode()
    assert text.strip().startswith('<div id="progress"')
    assert "<html" not in text


def test_the_page_costs_the_same_for_one_and_three(client, head, kind):
    numbers = count()

    def add():
        number = next(numbers)
        happening = Happening.objects.create(kind=kind, key=str(number), terms=["x:1"])
        MessageFactory.create_batch(2, kind=kind, happening=happening)
        Pause.objects.create(kind=kind, happening=happening, by=UserFactory())
        MessageFactory(kind=f"tests.k{number}")

    assert_no_growth(lambda: client.get(SENDING), add)


def test_all_kinds_of_an_area_are_paused_at_once(client, head, make_kind):
    names = [make_kind(f"tests.{name}", parts=PARTS) for name in ("first", "second")]
    for name in names:
        MessageFactory(kind=name)
    page = client.get(SENDING)
    (area,) = page.context["sending"].areas
    assert [line.kind for line in area.lines] == names
    assert page.text.count('<details class="disclosure" data-fold="Tests">') == 1
    assert "2 pending, 0 sent" in page.text
    answer = client.post(f"{SENDING}pause/", {"kind": names}, follow=True)
    assert set(Pause.objects.live().values_list("kind", flat=True)) == set(names)
    assert "Pause all of this area" not in answer.text
    assert "2 kinds paused" in answer.text
    assert '<details class="disclosure" data-fold="Tests" open>' in answer.text


def test_of_several_kinds_all_are_paused_or_none(client, head, kind):
    answer = client.post(f"{SENDING}pause/", {"kind": [kind, "accounts.password_changed"]}, follow=True)
    assert "never held back" in answer.text
    assert not Pause.objects.exists()
