"""What the database refuses, and what is made of names in all scripts."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import resolve
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.entries.models import DirectoryVersion, Stakeholder, site_of
from tests.factories.accounts import UserFactory
from tests.factories.stakeholders import DraftFactory, MembershipFactory, StakeholderFactory, sent_application

SCRIPTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=250)


@settings(max_examples=300, deadline=None)
@given(SCRIPTS, SCRIPTS | st.just(""))
def test_any_name_makes_an_address_that_leads_back(name, name_latin):
    entry = Stakeholder(pk=7, name=name, name_latin=name_latin)
    entry.keep_keys()
    assert re.fullmatch(r"[-a-z0-9_]{1,80}", entry.slug)
    match = resolve(f"/en{entry.get_absolute_url().removeprefix('/en')}")
    assert (match.view_name, match.kwargs["pk"]) == ("stakeholders:detail", 7)


@settings(max_examples=300, deadline=None)
@given(SCRIPTS)
def test_keys_fit_their_columns_whatever_folding_does(name):
    entry = Stakeholder(name=name, website="")
    entry.keep_keys()
    assert len(entry.name_key) <= 300
    assert len(entry.sort_key) <= 300


@pytest.mark.parametrize(
    ("name", "latin", "slug"),
    (
        ("Réseau Âge", "", "reseau-age"),
        ("جمعية المستقبل", "Jam'iyat al-Mustaqbal", "jamiyat-al-mustaqbal"),
        ("反贪腐研究中心", "", "stakeholder"),
        ("---", "", "stakeholder"),
    ),
)
def test_the_address_is_made_of_the_latin_form(name, latin, slug):
    entry = Stakeholder(name=name, name_latin=latin)
    entry.keep_keys()
    assert entry.slug == slug


@pytest.mark.parametrize(
    ("website", "site"),
    (
        ("", ""),
        ("https://www.Example.org/en/about?x=1", "example.org"),
        ("http://example.org:8080", "example.org"),
        ("https://www.facebook.com/CoastalWatch/", "facebook.com/coastalwatch"),
        ("https://m.facebook.com/other", "facebook.com/other"),
        ("not an address", ""),
        ("http://[::1", ""),
    ),
)
def test_what_two_addresses_of_one_site_share(website, site):
    assert site_of(website) == site


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    (
        {"kind": "club"},
        {"status": "asleep"},
        {"listing": ""},
        {"name": ""},
        {"status": "listed"},
        {"status": "listed", "source_name": "A list"},
        {"approved_at": None},
    ),
)
def test_the_database_refuses_a_stakeholder_that_cannot_be(change):
    entry = StakeholderFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stakeholder.objects.filter(pk=entry.pk).update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    (
        {"status": "somewhere"},
        {"purpose": "joke"},
        {"kind": ""},
        {"listing": "friends"},
        {"submitted_at": None},
        {"status": "draft"},
        {"status": "approved"},
        {"status": "refused", "decided_at": now()},
        {"status": "approved", "decided_at": now()},
        {"decided_at": now()},
        {"refusal_reason": "other"},
        {"name": ""},
        {"country": None},
        {"listing": ""},
    ),
)
def test_the_database_refuses_an_application_that_cannot_be(change):
    application = sent_application()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(application).objects.filter(pk=application.pk).update(**change)


@pytest.mark.django_db
def test_one_draft_each_but_those_of_former_users_hold_nobody_back():
    person = UserFactory()
    DraftFactory(applicant=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftFactory(applicant=person)
    DraftFactory(applicant=None)
    DraftFactory(applicant=None)


@pytest.mark.django_db
def test_one_membership_each():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(stakeholder=membership.stakeholder, user=membership.user)


@pytest.mark.django_db
def test_keys_follow_a_change_that_names_its_fields():
    entry = StakeholderFactory(name="Before")
    entry.name = "After"
    entry.save(update_fields=["name"])
    entry.refresh_from_db()
    assert (entry.name_key, entry.sort_key, entry.slug) == ("after", "after", "after")


@pytest.mark.django_db
def test_each_change_of_the_directory_counts_one():
    assert DirectoryVersion.objects.current() == 0
    DirectoryVersion.objects.bump()
    assert DirectoryVersion.objects.current() == 1
    DirectoryVersion.objects.bump()
    assert DirectoryVersion.objects.current() == 2


@pytest.mark.django_db
def test_visitors_find_only_what_is_public():
    shown = StakeholderFactory()
    StakeholderFactory(listing="members")
    assert list(Stakeholder.objects.visible_to(AnonymousUser())) == [shown]
