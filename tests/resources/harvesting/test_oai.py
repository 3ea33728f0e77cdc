"""The library by OAI-PMH: taken by a harvester that others wrote, and by every rule of the protocol."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from django.utils.timezone import now
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch
from sickle.response import OAIResponse

from resources.curation.actions import announce_due
from resources.harvesting import views
from resources.harvesting.models import HarvestHeader
from resources.records.models import Author, Resource, ResourceStakeholder
from taxonomy.terms.models import Topic
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth, database_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
KERNEL = "{http://datacite.org/schema/kernel-4}"
STRUCTURE = etree.RelaxNG(etree.parse(Path(__file__).parent / "oai_pmh.rng"))
DOI = {"doi": "10.5555/whatson", "publisher": "UNODC", "published_on": date(2024, 5, 1), "precision": "month"}


class Harvester(Sickle):
    """Sickle, asking the portal of this process instead of the network."""

    def __init__(self, client, method="GET"):
        super().__init__("http://testserver/oai/", http_method=method)
        self.client = client

    def harvest(self, **arguments):
        send = self.client.get if self.http_method == "GET" else self.client.post
        return OAIResponse(send("/oai/", arguments), params=arguments)

    def all(self, verb="ListRecords", **arguments):
        """Number → whether it is a tombstone."""
        arguments = {"metadataPrefix": "oai_dc", **arguments}
        entries = getattr(self, verb)(**{name.rstrip("_"): value for name, value in arguments.items()})
        headers = [getattr(entry, "header", entry) for entry in entries]
        return {int(header.identifier.rpartition("/")[2]): header.deleted for header in headers}


@pytest.fixture
def harvester(client):
    return Harvester(client)


def ask(client, method="get", **arguments):
    response = getattr(client, method)("/oai/", {name.rstrip("_"): text for name, text in arguments.items()})
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert STRUCTURE.validate(root), STRUCTURE.error_log
    return root


def refusal(client, **arguments):
    error = ask(client, **arguments).find(f"{OAI}error")
    return None if error is None else error.get("code")


def name_of(resource):
    return f"oai:testserver:resource/{resource.pk}"


def stamp_of(resource):
    return HarvestHeader.objects.get(pk=resource.pk).changed_at


def texts_of(root, name, space=DC):
    return [element.text for element in root.iter(f"{space}{name}")]


@pytest.mark.behaviour("K-15")
def test_a_harvester_takes_the_library_page_by_page_while_it_changes(client, harvester, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    first, second, third, fourth, hidden = ResourceFactory.create_batch(5)
    assert harvester.Identify().deletedRecord == "persistent"
    assert {metadata_format.metadataPrefix for metadata_format in harvester.ListMetadataFormats()} == {
        "oai_dc",
        "datacite",
    }
    records = harvester.ListRecords(metadataPrefix="oai_dc")
    taken = [records.next().header.identifier]
    # While it takes them: one that it has is changed, one that it has not is hidden, another comes.
    first.editions.update(title="Another title")
    Resource.objects.filter(pk=hidden.pk).update(audience="members")
    new = ResourceFactory()
    rest = [(record.header.identifier, record.header.deleted) for record in records]
    assert [*taken, *(name for name, _gone in rest)] == [
        *(name_of(resource) for resource in (first, second, third, fourth, first, hidden, new))
    ]
    assert [name for name, gone in rest if gone] == [name_of(hidden)]
    # Later only what has changed since.
    since = f"{now():%Y-%m-%dT%H:%M:%SZ}"
    HarvestHeader.objects.update(changed_at=now() - timedelta(hours=1))
    with pytest.raises(NoRecordsMatch):
        harvester.all(from_=since)
    Author.objects.create(resource=second, name="A. Writer")
    assert harvester.all(from_=since) == {second.pk: False}
    assert Harvester(client, "POST").all("ListIdentifiers") == harvester.all()


def test_what_visitors_do_not_see_is_not_there_and_what_they_saw_is_a_tombstone(client, harvester):
    shown, archived = ResourceFactory(), resource_in("archived")
    never = [
        resource_in("draft"),
        resource_in("pending"),
        ResourceFactory(audience="members"),
        ResourceFactory(embargo_until=now() + timedelta(days=1), announced_at=None),
        ResourceFactory(is_demo=True),
    ]
    gone = ResourceFactory.create_batch(3)
    Resource.objects.filter(pk=gone[0].pk).update(
        status="withdrawn", withdrawn_at=now(), withdrawn_reason="safety", withdrawn_note="Secret reason"
    )
    Resource.objects.filter(pk=gone[1].pk).update(audience="desk")
    deleted = gone[2].pk
    gone[2].delete()
    assert harvester.all() == {
        shown.pk: False,
        archived.pk: False,
        **dict.fromkeys((gone[0].pk, gone[1].pk, deleted), True),
    }
    for resource in never:
        assert refusal(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(resource)) == (
            "idDoesNotExist"
        )
    root = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(gone[0]))
    assert root.find(f".//{OAI}header").get("status") == "deleted"
    assert root.find(f".//{OAI}metadata") is None
    assert "Secret" not in etree.tostring(root).decode()
    # What happens to it while it is hidden is nobody's matter: neither that it does, nor what.
    before = HarvestHeader.objects.filter(pk=gone[1].pk).values().get()
    gone[1].topics.add(Topic.objects.first())
    gone[1].editions.update(title="Hidden")
    assert HarvestHeader.objects.filter(pk=gone[1].pk).values().get() == before
    assert refusal(client, verb="ListMetadataFormats", identifier=name_of(gone[1])) == "noMetadataFormats"
    Resource.objects.filter(pk=gone[1].pk).update(audience="public")
    assert harvester.all()[gone[1].pk] is False


def test_the_end_of_an_embargo_is_a_change(client, harvester):
    resource = ResourceFactory(embargo_until=now() + timedelta(days=1), announced_at=None)
    assert refusal(client, verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    Resource.objects.filter(pk=resource.pk).update(embargo_until=now() - timedelta(seconds=1))
    before = stamp_of(resource)
    assert announce_due() == 1
    assert stamp_of(resource) > before
    assert harvester.all() == {resource.pk: False}


def test_whatever_a_description_gives_moves_its_instant(client):
    resource, other = ResourceFactory(), ResourceFactory()
    body = StakeholderFactory(listing="public", name="Coastal Watch")
    topic = Topic.objects.first()
    still = stamp_of(other)

    def hide():
        body.listing = "unlisted"
        body.save()

    last = stamp_of(resource)
    for act in (
        lambda: EditionFactory(resource=resource),
        lambda: Author.objects.create(resource=resource, name="A. Writer"),
        lambda: resource.authors.all().delete(),
        lambda: resource.topics.add(topic),
        lambda: Topic.objects.filter(pk=topic.pk).update(name_en="Called otherwise"),
        resource.topics.clear,
        lambda: ResourceStakeholder.objects.create(resource=resource, stakeholder=body),
        hide,
        lambda: Resource.objects.filter(pk=resource.pk).update(isbn="9780306406157"),
    ):
        act()
        assert stamp_of(resource) > last
        last = stamp_of(resource)
    assert stamp_of(other) == still
    root = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(resource))
    assert "Coastal Watch" not in etree.tostring(root).decode()


def test_a_record_in_dublin_core(client):
    resource = ResourceFactory(
        title="Wiretaps & <warrants>",
        kind="report",
        isbn="9780306406157",
        symbol="CTOC/COP/2020/10",
        licence="cc_by",
        **DOI,
        original__abstract="What **judges** need.\x0b",
        original__link="https://example.org/a?b=1&c=2",
    )
    EditionFactory(resource=resource, title="Écoutes", link="")
    Author.objects.create(resource=resource, name="A. Writer")
    body = StakeholderFactory(listing="public", name="Coastal Watch")
    hidden = StakeholderFactory(listing="members", name="Hidden House")
    for entry in (body, hidden):
        ResourceStakeholder.objects.create(resource=resource, stakeholder=entry)
    resource.topics.add(Topic.objects.get(pk="firearms"))
    resource.countries.add("KEN")
    # A row that nobody cleaned: what XML refuses is left out.
    resource.editions.filter(language="fr").update(abstract="De \ufffe quoi \x01 il s'agit")
    root = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(resource))
    assert texts_of(root, "title") == ["Wiretaps & <warrants>", "Écoutes"]
    assert texts_of(root, "creator") == ["A. Writer", "Coastal Watch"]
    assert texts_of(root, "subject") == [Topic.objects.get(pk="firearms").name_en]
    assert [" ".join(text.split()) for text in texts_of(root, "description")] == [
        "What judges need.",
        "De quoi il s'agit",
    ]
    assert texts_of(root, "date") == ["2024-05"]
    assert texts_of(root, "type") == ["Report"]
    assert texts_of(root, "identifier") == [
        f"http://testserver/en/resources/{resource.pk}/",
        "https://doi.org/10.5555/whatson",
        "urn:isbn:9780306406157",
        "CTOC/COP/2020/10",
        "https://example.org/a?b=1&c=2",
    ]
    assert texts_of(root, "language") == ["en", "fr"]
    assert texts_of(root, "coverage") == ["Kenya"]
    assert texts_of(root, "rights")[1] == "https://creativecommons.org/licenses/by/4.0/"
    assert [element.text for element in root.iter(f"{OAI}setSpec")] == [
        "type:report",
        "topic:firearms",
        "language:en",
        "language:fr",
    ]
    # The same in whatever language somebody asks.
    body_of = client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content
    in_french = client.get(
        "/oai/", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}, headers={"accept-language": "fr"}
    ).content
    assert in_french.partition(b"<request")[2] == body_of.partition(b"<request")[2]


def test_datacite_stands_where_a_doi_does(client, harvester):
    plain, cited = ResourceFactory(), ResourceFactory(kind="dataset", **DOI)
    body = StakeholderFactory(listing="public", name="Coastal Watch", ror_id="https://ror.org/05a28rw58")
    ResourceStakeholder.objects.create(resource=cited, stakeholder=body)
    assert harvester.all(metadataPrefix="datacite") == {cited.pk: False}
    query = {"verb": "GetRecord", "metadataPrefix": "datacite"}
    assert refusal(client, **query, identifier=name_of(plain)) == "cannotDisseminateFormat"
    prefixes = texts_of(
        ask(client, verb="ListMetadataFormats", identifier=name_of(plain)), "metadataPrefix", OAI
    )
    assert prefixes == ["oai_dc"]
    root = ask(client, **query, identifier=name_of(cited))
    assert texts_of(root, "identifier", KERNEL) == ["10.5555/whatson"]
    assert texts_of(root, "creatorName", KERNEL) == ["Coastal Watch"]
    assert texts_of(root, "nameIdentifier", KERNEL) == ["https://ror.org/05a28rw58"]
    assert texts_of(root, "title", KERNEL) == [cited.title]
    assert texts_of(root, "publisher", KERNEL) == ["UNODC"]
    assert texts_of(root, "publicationYear", KERNEL) == ["2024"]
    assert texts_of(root, "resourceType", KERNEL) == ["Data set"]
    assert root.find(f".//{KERNEL}resourceType").get("resourceTypeGeneral") == "Dataset"
    # Its number is taken out: in this format it is gone, in the other it is not.
    Resource.objects.filter(pk=cited.pk).update(doi="")
    assert harvester.all(metadataPrefix="datacite") == {cited.pk: True}
    assert harvester.all()[cited.pk] is False


def test_sets_are_what_the_library_has(client, harvester):
    guide, video = ResourceFactory(), ResourceFactory(kind="video", language_id="fr")
    guide.topics.add("firearms")
    names = dict(
        zip(
            texts_of(root := ask(client, verb="ListSets"), "setSpec", OAI),
            texts_of(root, "setName", OAI),
            strict=True,
        )
    )
    assert names == {
        "language": "Language",
        "language:en": "Language: English",
        "language:fr": "Language: French",
        "topic": "Topic",
        "topic:firearms": f"Topic: {Topic.objects.get(pk='firearms').name_en}",
        "type": "Type of resource",
        "type:guide": "Type of resource: Guide",
        "type:video": "Type of resource: Video",
    }
    assert harvester.all(set_="topic:firearms") == harvester.all(set_="topic") == {guide.pk: False}
    assert set(harvester.all(set_="type")) == {guide.pk, video.pk}
    # Whoever harvests a set learns that something of it is gone.
    Resource.objects.filter(pk=guide.pk).update(audience="members")
    assert harvester.all(set_="topic:firearms") == {guide.pk: True}


LIST_RECORDS = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("badVerb", {}),
        ("badVerb", {"verb": "Steal"}),
        ("badVerb", {"verb": ["Identify", "Identify"]}),
        ("badArgument", {"verb": "Identify", "more": "1"}),
        ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
        ("badArgument", {"verb": "ListRecords"}),
        ("badArgument", LIST_RECORDS | {"set": ["topic", "type"]}),
        ("badArgument", LIST_RECORDS | {"set": "topic firearms"}),
        ("badArgument", LIST_RECORDS | {"resumptionToken": "x"}),
        ("badArgument", LIST_RECORDS | {"from": "2025-13-01"}),
        ("badArgument", LIST_RECORDS | {"from": "2026-11-29T14:00:00"}),
        ("badArgument", LIST_RECORDS | {"from": "2026-11-29", "until": "2026-11-30T00:00:00Z"}),
        ("badArgument", LIST_RECORDS | {"from": "2026-11-30", "until": "2026-11-29"}),
        ("badArgument", LIST_RECORDS | {"until": "9999-12-31"}),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "made-up"}),
        ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "made-up"}),
        ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc21"}),
        ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:elsewhere:resource/1"}),
        (
            "idDoesNotExist",
            {
                "verb": "GetRecord",
                "metadataPrefix": "oai_dc",
                "identifier": f"oai:testserver:resource/{'9' * 40}",
            },
        ),
        ("noRecordsMatch", LIST_RECORDS | {"set": "topic:nothing"}),
        ("noRecordsMatch", LIST_RECORDS | {"until": "1999-01-01"}),
    ],
)
def test_each_refusal_has_the_code_of_the_protocol(client, code, query):
    ResourceFactory()
    root = ask(client, **query)
    assert root.find(f"{OAI}error").get("code") == code
    repeats = code not in ("badVerb", "badArgument")
    assert dict(root.find(f"{OAI}request").attrib) == (query if repeats else {})
    assert ask(client, "post", **query).find(f"{OAI}error").get("code") == code


def test_days_and_seconds_hold_their_ends(harvester):
    resource = ResourceFactory()
    HarvestHeader.objects.update(changed_at=datetime(2026, 3, 1, 12, 0, 0, 700_000, UTC))
    for since, until in (("2026-03-01", "2026-03-01"), ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")):
        assert harvester.all(from_=since, until=until) == {resource.pk: False}
    for limits in ({"from_": "2026-03-01T12:00:01Z"}, {"until": "2026-03-01T11:59:59Z"}):
        with pytest.raises(NoRecordsMatch):
            harvester.all(**limits)


def test_a_token_holds_its_question_and_cannot_be_changed(client, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    *_others, last = [*ResourceFactory.create_batch(2), ResourceFactory(kind="video"), ResourceFactory()]
    root = ask(client, **LIST_RECORDS, set="type:guide")
    token = root.find(f".//{OAI}resumptionToken")
    assert (token.get("completeListSize"), token.get("cursor")) == ("3", "0")
    assert refusal(client, verb="ListRecords", resumptionToken=token.text + "x") == "badResumptionToken"
    assert refusal(client, verb="ListIdentifiers", resumptionToken=token.text) == "badResumptionToken"
    for place in ("1", "2"):
        root = ask(client, verb="ListRecords", resumptionToken=token.text)
        token = root.find(f".//{OAI}resumptionToken")
        assert (token.get("completeListSize"), token.get("cursor")) == ("3", place)
    assert not token.text
    assert texts_of(root, "title") == [last.title]


@pytest.mark.parametrize("verb", ("ListRecords", "ListIdentifiers"))
def test_the_statements_are_the_same_however_long_the_page(client, verb):
    def add():
        EditionFactory().resource.topics.add("firearms")

    assert_no_growth(lambda: client.get("/oai/", {"verb": verb, "metadataPrefix": "oai_dc"}), add)


def test_who_asks_too_often_waits(client, monkeypatch):
    monkeypatch.setattr(views, "MOST", 1)
    with time_machine.travel(datetime(2026, 11, 29, 12, 0, 30, tzinfo=UTC), tick=False):
        assert client.get("/oai/?verb=Identify").status_code == 200
        refused = client.get("/oai/?verb=Identify")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "30"


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_missed_by_nobody(client):
    """A change that becomes known only later bears an instant that no list has passed before."""
    resource, other = ResourceFactory(), ResourceFactory()
    with psycopg.connect(database_url()) as writing:
        writing.execute("UPDATE resources_resource SET isbn = '1' WHERE id = %s", [resource.pk])
        since = ask(client, **LIST_RECORDS).find(f"{OAI}responseDate").text
        other.editions.update(title="Changed after it, known before it")
        root = ask(client, **LIST_RECORDS)
        assert name_of(other) not in texts_of(root, "identifier", OAI)
        writing.commit()
    changed = ask(client, **LIST_RECORDS, from_=since)
    assert set(texts_of(changed, "identifier", OAI)) == {name_of(resource), name_of(other)}
