"""Who reads which sentences, and whom by name."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from audit.actions import record
from audit.queries import timeline
from tests.factories.accounts import GrantFactory, UserFactory, person_with
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return UserFactory(name="The file")


@pytest.fixture
def desk():
    return person_with(Role.VETTING, name="Boris")


@pytest.fixture
def member():
    return UserFactory(name="Amina")


@pytest.fixture
def written(subject, desk, member):
    """Three acts of the desk and three of a member, one for each audience; and one of the clock."""
    Grant.objects.filter(user=desk).update(starts_at=now() - datetime.timedelta(days=1))
    for actor in (desk, member):
        for action in ("test.public", "test.subject", "test.desk"):
            record(subject, action, actor=actor, reason="thin")
    record(subject, "test.public", actor=None)
    record(UserFactory(), "test.public", actor=member)


def read(subject, user, **kwargs):
    user = User.objects.get(pk=user.pk) if user.is_authenticated else user
    return [line.text for line in reversed(timeline(subject, user, **kwargs))]


def test_the_desk_reads_all_by_name(written, subject, desk):
    assert read(subject, desk) == [
        "Boris published The file",
        "Boris returned it: too thin",
        "Boris flagged it",
        "Amina published The file",
        "Amina returned it: too thin",
        "Amina flagged it",
        "The portal published The file",
    ]


def test_those_it_is_about_read_what_concerns_them_without_names_of_the_desk(written, subject):
    assert read(subject, UserFactory(), as_subject=True) == [
        "The WhatsOn team published The file",
        "The WhatsOn team returned it: too thin",
        "Amina published The file",
        "Amina returned it: too thin",
        "The portal published The file",
    ]


@pytest.mark.parametrize("visitor", [True, False])
def test_others_read_what_is_public_and_no_names(written, subject, visitor):
    reader = AnonymousUser() if visitor else UserFactory()
    assert read(subject, reader) == [
        "The WhatsOn team published The file",
        "A person published The file",
        "The portal published The file",
    ]


def test_one_reads_ones_own_name(written, subject, member):
    assert read(subject, member)[1] == "Amina published The file"


def test_a_person_who_is_gone_has_no_name(written, subject, member, desk):
    member.delete()
    assert read(subject, desk)[3] == "A former user published The file"


def test_whoever_joined_the_desk_later_was_not_the_desk_then(written, subject, member):
    GrantFactory(user=member, role=Role.CURATION, starts_at=now() + datetime.timedelta(seconds=1))
    assert read(subject, UserFactory(), as_subject=True)[2] == "Amina published The file"


def test_whoever_left_the_desk_stays_the_desk_of_then(written, subject, desk):
    Grant.objects.filter(user=desk).update(ends_at=now())
    assert read(subject, UserFactory(), as_subject=True)[0] == "The WhatsOn team published The file"


def test_the_queries_do_not_grow(subject, member):
    assert_no_growth(
        lambda: timeline(subject, User.objects.get(pk=member.pk), as_subject=True),
        lambda: record(subject, "test.subject", actor=UserFactory()),
    )
