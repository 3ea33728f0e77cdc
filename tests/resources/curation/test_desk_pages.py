"""The desk's other pages: writing, what stands beside a record; each with its bad input."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from notifications.follows.actions import follow
from resources.curation import actions
from resources.records.models import Resource
from tests.days import CLOCKS_FORWARD, NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.resources import ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"resourcedesk:{name}", args=args)


def test_the_desk_writes_a_record_with_editions_an_embargo_and_what_it_stands_beside(client: Any) -> None:
    desk, colleague = person_with(Role.CURATION), person_with(Role.CURATION, name="Second Curator")
    sign_in(client, desk)
    resource = actions.begin(actor=desk, facts={"language": "en"})
    answers = {
        "version": resource.version,
        "kind": "report",
        "language": "en",
        "title": "Routes",
        "abstract": "On routes.",
        "link": "https://example.org/routes",
        "topics": ["corruption"],
        "audience": "public",
        "editions-rows": "1",
        "editions-0-language": "ar",
        "editions-0-text_title": "مسارات",
        "embargo": f"{CLOCKS_FORWARD}T02:30",
        "embargo_zone": "Europe/Vienna",
        "doi": "nonsense",
    }
    page = client.post(at("edit", resource.pk), answers).content.decode()
    assert "A DOI begins with 10." in page
    assert "The clocks of this time zone leave this hour out" in page
    assert 'value="Routes"' in page
    twice = client.post(
        at("edit", resource.pk), {**answers, "doi": "", "embargo": "", "editions-0-language": "en"}
    )
    assert "Each language appears once; the" in twice.content.decode()
    client.post(at("edit", resource.pk), {**answers, "doi": "", "embargo": f"{CLOCKS_FORWARD}T09:30"})
    resource.refresh_from_db()
    assert resource.embargo_until is not None
    assert resource.embargo_until.isoformat() == f"{CLOCKS_FORWARD}T07:30:00+00:00"
    assert dict(resource.editions.values_list("language", "title")) == {"en": "Routes", "ar": "مسارات"}
    assert WorkItem.objects.about(resource).open().get().holder == desk
    assert f'value="{CLOCKS_FORWARD}T09:30"' in client.get(at("edit", resource.pk)).content.decode()
    # Somebody else saved meanwhile: what they saved stands beside what was typed.
    late = client.post(
        at("edit", resource.pk),
        {**answers, "version": resource.version - 1, "doi": "", "embargo": "", "publisher": "P"},
    )
    assert "What the other window saved" in late.content.decode()

    client.post(at("assign", resource.pk), {"to": desk.pk + 1000})
    client.post(at("assign", resource.pk), {"to": colleague.pk})
    assert WorkItem.objects.about(resource).open().get().holder == colleague

    watch, hidden = (
        StakeholderFactory(name="Route Watch"),
        StakeholderFactory(name="Route Hidden", listing="members"),
    )
    choices = client.get(at("credit", resource.pk), {"q": "route"}).content.decode()
    assert "Route Watch" in choices
    assert "Route Hidden" not in choices
    client.post(at("credit", resource.pk), {"q": "route", "stakeholder": hidden.pk, "role": "author"})
    client.post(at("credit", resource.pk), {"q": "route", "stakeholder": watch.pk, "role": "author"})
    link = resource.stakeholder_links.get()
    assert link.stakeholder == watch
    other = ResourceFactory(title="Ports of call")
    client.post(at("relate", resource.pk), {"q": "ports", "record": other.pk, "kind": "part_of"})
    relation = resource.relations.get()
    page = client.get(at("record", resource.pk)).content.decode()
    assert "Ports of call" in page
    assert "Route Watch" in page
    client.post(at("unlink", resource.pk, "relations", relation.pk))
    client.post(at("unlink", resource.pk, "stakeholders", link.pk))
    assert not resource.relations.exists()
    assert not resource.stakeholder_links.exists()
    assert "Nothing was found." in client.get(at("merge", resource.pk), {"q": "zzz"}).content.decode()
    # Published: nobody else finds it yet.
    client.post(at("publish", resource.pk), {"version": Resource.objects.get(pk=resource.pk).version})
    resource.refresh_from_db()
    assert resource.status == "published"
    sign_in(client, member_of(StakeholderFactory()))
    assert client.get(resource.get_absolute_url()).status_code == 404


def test_publishing_says_who_reads_it(client: Any) -> None:
    sign_in(client, person_with(Role.CURATION))
    resource = resource_in("draft", audience="members")
    resource.topics.add("corruption")
    assert "Who can read it: Members." in client.get(at("record", resource.pk)).content.decode()
    done = client.post(
        at("publish", resource.pk), {"version": resource.version}, follow=True
    ).content.decode()
    assert "The resource is published. Who can read it: Members." in done
    for audience, embargo, sentence in (
        ("desk", None, "Only the desk can read it."),
        (
            "public",
            datetime(NEXT_YEAR, 5, 3, 7, 30, tzinfo=UTC),
            f"Who can read it from 3 May {NEXT_YEAR}, 09:30 Vienna",
        ),
        (
            "public",
            datetime(NEXT_YEAR, 5, 3, 22, tzinfo=UTC),
            f"Who can read it from 4 May {NEXT_YEAR}, 00:00 Vienna",
        ),
    ):
        other = resource_in("draft", audience=audience, embargo_until=embargo)
        other.topics.add("corruption")
        done = client.post(at("publish", other.pk), {"version": other.version}, follow=True).content.decode()
        assert f"The resource is published. {sentence}" in done


def test_only_followers_that_there_are_are_spoken_of(client: Any) -> None:
    sign_in(client, person_with(Role.CURATION))
    resource = resource_in("pending", suggested_for=StakeholderFactory())
    resource.topics.add("corruption")
    assert "follow its" not in client.get(at("record", resource.pk)).content.decode()
    for number, sentence in ((1, "1 person follows its countries"), (2, "2 people follow its countries")):
        follow(UserFactory(), ["topic:corruption"])
        assert sentence in client.get(at("record", resource.pk)).content.decode(), number


def test_the_queue_costs_the_same_whatever_waits(client: Any) -> None:
    sign_in(client, person_with(Role.CURATION))
    assert_no_growth(
        lambda: client.get(at("home")), lambda: resource_in("pending", suggested_for=StakeholderFactory())
    )
