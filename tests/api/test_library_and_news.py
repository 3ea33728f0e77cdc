"""Resources, collections, stories, networks and articles: what their pages show, in as many statements."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.enums import Role
from coordination.networks.enums import MemberStatus
from resources.files.actions_reading import read as read_file
from resources.records.enums import Audience
from search.actions import index
from stakeholders.entries.enums import Listing
from tests.factories.accounts import person_with, sign_in
from tests.factories.files import file_of
from tests.factories.networks import NetworkFactory, NetworkMemberFactory
from tests.factories.news import StoryFactory
from tests.factories.resources import CollectionFactory, ResourceFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.resources.documents import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
API = "/api/v1/"


def collection_of(*resources):
    collection = CollectionFactory()
    for position, resource in enumerate(resources):
        collection.items.create(resource=resource, position=position)
    return collection


def read(client, path, status=200):
    answer = client.get(f"{API}{path}")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def ids(client, path):
    return [row["id"] for row in read(client, path)["results"]]


@pytest.mark.parametrize("number", (1, 4))
@pytest.mark.parametrize("name", ("resources", "collections", "stories", "networks", "articles"))
def test_a_list_takes_six_statements_at_most_however_long_it_is(client, name, number):
    for _number in range(number):
        resource = ResourceFactory()
        collection_of(resource)
        StoryFactory(countries=["KEN"])
        NetworkFactory()
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert len(read(client, f"{name}/")["results"]) >= number
    assert len(queries) <= 6


def test_a_resource_is_told_with_its_editions_and_read_by_its_audience(client):
    shown = ResourceFactory(title="Open", doi="10.1/x")
    hidden = ResourceFactory(title="Desk", audience=Audience.DESK)
    assert ids(client, "resources/") == [shown.pk]
    assert ids(client, "resources/?kind=guide") == [shown.pk]
    assert ids(client, "resources/?cursor=") == [shown.pk]
    answer = read(client, f"resources/{shown.pk}/")
    assert (answer["title"], answer["doi"]) == ("Open", "10.1/x")
    assert [edition["title"] for edition in answer["editions"]] == ["Open"]
    read(client, f"resources/{hidden.pk}/", 404)
    sign_in(client, person_with(Role.CURATION))
    assert set(ids(client, "resources/")) == {shown.pk, hidden.pk}


def test_where_words_stand_in_its_files_is_told_to_who_may_read_it(client):
    shown, hidden = ResourceFactory(), ResourceFactory(audience=Audience.DESK)
    for resource in (shown, hidden):
        read_file(file_of(resource, pdf("Of harbours.", "Of firearms in ports.")).pk)
        index(resource)
    passages = read(client, f"resources/{shown.pk}/passages/?q=firearms")["results"]
    assert [(passage["label"], "<mark>firearms</mark>" in passage["snippet"]) for passage in passages] == [
        ("p. 2", True)
    ]
    assert read(client, f"resources/{shown.pk}/passages/?q=zebra")["results"] == []
    assert read(client, f"resources/{shown.pk}/passages/", 400)["errors"].keys() == {"q"}
    read(client, f"resources/{hidden.pk}/passages/?q=firearms", 404)


def test_a_collection_names_no_resource_that_is_hidden(client):
    shown, hidden = ResourceFactory(), ResourceFactory(audience=Audience.DESK)
    collection = collection_of(shown, hidden)
    answer = read(client, f"collections/{collection.pk}/")
    assert [row["id"] for row in answer["resources"]] == [shown.pk]
    assert answer["resources_count"] == 1


def test_a_story_is_read_once_it_is_published(client):
    shown = StoryFactory(title="Told", countries=["KEN"])
    draft = StoryFactory(status="draft", publish_at=None)
    assert ids(client, "stories/") == ids(client, "stories/?country=KEN") == [shown.pk]
    assert ids(client, "stories/?country=PER") == []
    assert read(client, f"stories/{shown.pk}/")["text"] == shown.text
    read(client, f"stories/{draft.pk}/", 404)


def test_a_network_names_its_members_as_far_as_they_may_be_found(client):
    network = NetworkFactory()
    for name, listing in (("Seen", Listing.PUBLIC), ("Unseen", Listing.MEMBERS)):
        NetworkMemberFactory(
            network=network,
            stakeholder=StakeholderFactory(name=name, listing=listing),
            status=MemberStatus.IN,
        )
    assert ids(client, "networks/") == [network.pk]
    assert [member["name"] for member in read(client, f"networks/{network.pk}/")["members"]] == ["Seen"]


def test_an_article_is_named_in_every_language(client):
    first = read(client, "articles/?lang=all")["results"][0]
    assert set(first["title"]) == {"ar", "zh", "en", "fr", "ru", "es"}
    answer = read(client, f"articles/{first['code']}/?lang=fr")
    assert answer["url"].endswith(f"/fr/articles/{first['instrument']}/{first['number']}/")
