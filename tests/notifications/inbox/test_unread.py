"""The number of unread notices counts what the inbox shows, not what was hidden since."""

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.timezone import now

from notifications.follows.actions import expand, follow
from notifications.happenings.models import Happening
from notifications.inbox.models import Notice
from notifications.inbox.queries import MOST, unread_of
from stakeholders.entries.enums import Listing
from stakeholders.followers.actions import tell_joined
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NoticeFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
HOME, INBOX = "/en/me/", "/en/me/notices/"
COUNT = '<span class="count">'
PARTS = {"subject": "S", "happened": "H", "todo": "", "button": "", "why": ""}


def counted(person):
    request = RequestFactory().get("/")
    request.user = type(person).objects.get(pk=person.pk)
    return Template("{% load notices %}{% unread_count %}").render(Context({"request": request}))


def test_a_notice_hidden_afterwards_is_no_longer_counted(client, reference):
    person = UserFactory()
    follow(person, ["country:KEN"])
    entries = [StakeholderFactory(name=name, country_id="KEN") for name in ("Heron", "Lagoon")]
    for entry in entries:
        tell_joined(entry)
    expand(list(Happening.objects.values_list("pk", flat=True)))
    client.force_login(person)
    assert f"{COUNT}2<" in client.get(HOME).text
    entries[0].listing = Listing.UNLISTED
    entries[0].save()
    assert f"{COUNT}2<" in client.get(HOME).text  # for a minute; the inbox itself is exact
    answer = client.get(INBOX)
    assert ([line.text for line in answer.context["lines"]], f"{COUNT}1<" in answer.text) == (
        ["Lagoon has joined the directory."],
        True,
    )
    page = client.post(f"{INBOX}read/", follow=True).text
    assert "1 notice is marked as read." in page
    assert COUNT not in page


def test_when_all_is_hidden_there_is_no_number_and_nothing_to_mark(client, make_kind):
    person = UserFactory()
    kind = make_kind(parts=PARTS, still_visible=lambda _user, _pk: False)
    NoticeFactory(user=person, kind=kind, subject_id=1)
    NoticeFactory(user=person, kind="tests.gone")
    client.force_login(person)
    page = client.get(INBOX).text
    assert (COUNT in page, "Mark all as read" in page) == (False, False)
    assert "There was nothing unread." in client.post(f"{INBOX}read/", follow=True).text


def test_what_is_visible_is_asked_once_a_minute(make_kind):
    person, checked_ids = UserFactory(), []
    kind = make_kind(parts=PARTS, still_visible=lambda _user, pk: checked_ids.append(pk) or pk != 2)
    for subject in (1, 1, 2, 3):
        NoticeFactory(user=person, kind=kind, subject_id=subject)
    NoticeFactory(kind=kind, subject_id=3)  # another person's
    assert (counted(person), counted(person), sorted(checked_ids)) == ("3", "3", [1, 1, 2, 3])
    cache.clear()
    assert (counted(person), len(checked_ids)) == ("3", 8)
    NoticeFactory(user=person, kind=kind, subject_id=4)
    assert (counted(person), len(checked_ids)) == ("4", 13)


def test_beyond_99_it_says_so():
    person = UserFactory()
    NoticeFactory.create_batch(MOST, user=person)
    assert counted(person) == "99"
    NoticeFactory.create_batch(5, user=person)
    assert counted(person) == "99+"
    Notice.objects.update(read_at=now())
    assert counted(person) == "0"


def test_the_number_takes_one_statement_once_it_is_known(reference, django_assert_num_queries):
    entries = [StakeholderFactory() for _number in range(3)]
    person = UserFactory()
    for kind in ("stakeholders.joined", "stakeholders.returned"):
        for entry in entries:
            NoticeFactory(user=person, kind=kind, subject_id=entry.pk)
    for kind in ("events.event_published", "news.story_published", "reviews.call_published"):
        NoticeFactory(user=person, kind=kind, subject_id=1)
    entries[0].listing = Listing.UNLISTED
    entries[0].save()
    reader = type(person).objects.get(pk=person.pk)
    assert reader.live_grants == []
    assert unread_of(reader) == 4
    with django_assert_num_queries(1):
        assert unread_of(reader) == 4
