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


def data_of(client, thing):
    page = client.get(thing.get_absolute_url()).text
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
        one: {
            "@type": kind,
            "name": one.name,
            "url": f"http://testserver{one.get_absolute_url()}",
            "sameAs": addresses[one],
        }
        for one, kind in ((watch, "NGO"), (expert, "Person"))
    }
    for one, same in addresses.items():
        own = data_of(client, one)
        assert own["@context"] == "https://schema.org"
        assert own["url"] == named[one]["url"]
        assert [address for address in own["sameAs"] if address != one.website] == same

    made = ResourceFactory(publisher="UNODC")
    for one, role in ((watch, "publisher"), (expert, "author"), (quiet, "author")):
        ResourceStakeholder.objects.create(resource=made, stakeholder=one, role=role)
    said = data_of(client, made)
    assert said["author"] == [named[expert]]
    assert said["publisher"] == [named[watch], {"@type": "Organization", "name": "UNODC"}]

    assert data_of(client, EventFactory(organizer=watch))["organizer"] == [named[watch]]
    # Nobody is told the name of who is not found in the directory.
    hidden = EventFactory(organizer=quiet)
    assert "organizer" not in data_of(client, hidden)
    assert "Quiet House" not in client.get(hidden.get_absolute_url()).text
