"""A registration of an institution that begins with what a public register says."""

import re

import pytest

from stakeholders.applications.models import Application
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.stakeholders import DraftFactory, StakeholderFactory
from tests.support import markup_of

pytestmark = pytest.mark.django_db
ROR = "https://ror.org/02y9nww90"


@pytest.fixture
def entry(reference):
    return StakeholderFactory(
        name="University of Nairobi",
        kind="academia",
        status="listed",
        ror_id=ROR,
        source_name="ROR",
        source_date="2026-06-01",
        acronym="UoN",
        city="Nairobi",
        website="https://uon.example",
    )


@pytest.fixture
def draft(applicant):
    return DraftFactory(applicant=applicant, kind="academia")


def url(draft):
    return f"/en/stakeholders/applications/{draft.pk}/find/"


@pytest.mark.behaviour("D-21")
@pytest.mark.parametrize("query", ("university of nai", "Univercity of Nairobi", ROR, "02y9nww90"))
def test_an_institution_is_found_and_fills_in_the_answers(as_applicant, draft, entry, query):
    assert url(draft) in as_applicant.get(f"/en/stakeholders/applications/{draft.pk}/who/").text
    page = as_applicant.get(url(draft), {"q": query}).text
    assert "Is it this one?" in page
    assert "University of Nairobi" in page
    as_applicant.post(url(draft), {"entry": entry.pk, "version": draft.version})
    application = Application.objects.get(pk=draft.pk)
    assert (
        application.name,
        application.acronym,
        application.country_id,
        application.city,
        application.website,
    ) == ("University of Nairobi", "UoN", "KEN", "Nairobi", "https://uon.example")


@pytest.mark.behaviour("D-21")
def test_an_entry_that_nobody_looks_after_leads_to_its_claim(as_applicant, draft, entry):
    page = as_applicant.get(url(draft), {"q": ROR}).text
    link = re.search(r'<a href="([^"]+)">Claim this profile</a>', page)
    assert link, page
    claim = as_applicant.get(link[1])
    assert claim.status_code == 200
    assert "University of Nairobi" in claim.text
    type(entry).objects.update(status="active", approved_at="2026-01-01T00:00Z")
    assert "Claim this profile" not in as_applicant.get(url(draft), {"q": ROR}).text


def test_what_the_person_may_not_see_is_not_found(as_applicant, draft, entry):
    type(entry).objects.update(listing="members")
    page = as_applicant.get(url(draft), {"q": ROR}).text
    assert "No such institution was found" in page
    assert "Nairobi</bdi>" not in markup_of(page)
    assert as_applicant.post(url(draft), {"entry": entry.pk, "version": 0}).status_code == 404
    assert Application.objects.get().name == ""


def test_an_entry_with_people_of_its_own_fills_in_nothing(as_applicant, draft, entry):
    type(entry).objects.update(status="active")
    assert "ask a colleague" in as_applicant.get(url(draft), {"q": ROR}).text
    assert as_applicant.post(url(draft), {"entry": entry.pk, "version": 0}).status_code == 404


@pytest.mark.parametrize(("who", "expected"), (("visitor", 302), ("stranger", 404)))
def test_the_page_is_the_applicants_alone(client, draft, who, expected):
    if who == "stranger":
        sign_in(client, UserFactory())
    assert client.get(url(draft)).status_code == expected
    assert client.post(url(draft), {"entry": 1, "version": 0}).status_code == expected


def test_other_kinds_are_not_asked(as_applicant, applicant):
    draft = DraftFactory(applicant=applicant, kind="ngo")
    assert as_applicant.get(url(draft)).status_code == 404
    assert url(draft) not in as_applicant.get(f"/en/stakeholders/applications/{draft.pk}/who/").text
