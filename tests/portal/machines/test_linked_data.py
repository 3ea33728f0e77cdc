"""JSON-LD of public pages: whom they name, programs find in the registries of the world."""

import json
import re

import pytest

from resources.records.models import ResourceStakeholder
from tests.factories.events import EventFactory
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ROR, WIKIDATA, ORCID = "https://ror.org/05a28rw58", "Q1065", "0000-0002-1825-0097"


def data_of(client, row):
    page = client.get(row.get_absolute_url()).text
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def test_stakeholders_are_named_by_page_ror_orcid_and_wikidata(client):
    watch = StakeholderFactory(
        listing="public", kind="ngo", name="Watch & </script> Sons", ror_id=ROR, wikidata=WIKIDATA
    )
    expert = StakeholderFactory(listing="public", kind="expert", name="A. Writer", orcid=ORCID)
    quiet = StakeholderFactory(listing="unlisted", name="Quiet House", ror_id="https://ror.org/00hidden0")
    addresses = {
        watch: [ROR, f"https://www.wikidata.org/wiki/{WIKIDATA}"],
        expert: [f"https://orcid.org/{ORCID}"],
    }
    named = {
        stakeholder: {
            "@type": kind,
            "name": stakeholder.name,
            "url": f"http://testserver{stakeholder.get_absolute_url()}",
            "sameAs": addresses[stakeholder],
        }
        for stakeholder, kind in ((watch, "NGO"), (expert, "Person"))
    }
    for stakeholder, same in addresses.items():
        own = data_of(client, stakeholder)
        assert own["@context"] == "https://schema.org"
        assert own["url"] == named[stakeholder]["url"]
        assert [address for address in own["sameAs"] if address != stakeholder.website] == same

    resource = ResourceFactory(publisher="UNODC")
    for stakeholder, role in ((watch, "publisher"), (expert, "author"), (quiet, "author")):
        ResourceStakeholder.objects.create(resource=resource, stakeholder=stakeholder, role=role)
    linked_data = data_of(client, resource)
    assert linked_data["author"] == [named[expert]]
    assert linked_data["publisher"] == [named[watch], {"@type": "Organization", "name": "UNODC"}]

    assert data_of(client, EventFactory(organizer=watch))["organizer"] == [named[watch]]
    # Nobody is told the name of who is not found in the directory.
    hidden = EventFactory(organizer=quiet)
    assert "organizer" not in data_of(client, hidden)
    assert "Quiet House" not in client.get(hidden.get_absolute_url()).text
