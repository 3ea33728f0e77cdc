"""What every resource of the API keeps: who asks, what may be asked, how it is refused and answered."""

import pytest

from stakeholders.entries.enums import Listing
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/stakeholders/"


def test_a_visitor_reads_what_the_directory_shows_in_its_order(client):
    StakeholderFactory(name="Watch")
    StakeholderFactory(name="Aid", listing=Listing.MEMBERS)
    StakeholderFactory(name="Coast", country_id="UGA")
    told = client.get(LIST).json()
    assert [one["name"] for one in told["results"]] == ["Coast", "Watch"]
    assert told["count"] == 2
    assert [one["name"] for one in client.get(f"{LIST}?country=KEN").json()["results"]] == ["Watch"]
    assert [one["name"] for one in client.get(f"{LIST}?cursor=").json()["results"]] == ["Watch", "Coast"]


def test_what_is_not_understood_is_refused_with_what_there_is(client):
    unknown = client.get(f"{LIST}?colour=red&kind=ngo")
    assert unknown.status_code == 400
    assert unknown["Content-Type"] == "application/problem+json"
    assert unknown.json()["errors"] == {"colour": ["There is no such parameter."]}
    assert {"kind", "sort", "page", "page_size", "cursor", "fields", "lang"} <= set(
        unknown.json()["parameters"]
    )
