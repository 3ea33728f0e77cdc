"""The desk's other pages: writing, what stands beside a record; each with its bad input."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from resources.models import Resource
from tests.factories.accounts import person_with, sign_in
from tests.factories.resources import ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.models import WorkItem

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"resourcedesk:{name}", args=args)


def test_the_desk_writes_a_record_with_editions_an_embargo_and_what_it_stands_beside(client: Any) -> None:
    desk, colleague = person_with(Role.CURATION), person_with(Role.CURATION, name="Second Curator")
    sign_in(client, desk)
    said = {
        "version": "0", "kind": "report", "language": "en", "title": "Routes", "abstract": "On routes.",
        "link": "https://example.org/routes", "topics": ["corruption"], "audience": "public",
        "editions-rows": "1", "editions-0-language": "ar", "editions-0-text_title": "مسارات",
        "embargo": "2031-03-30T02:30", "embargo_zone": "Europe/Vienna", "doi": "nonsense",
    }  # fmt: skip
    page = client.post(at("new"), said).content.decode()
    assert "A DOI begins with 10." in page
    assert "The clocks of this time zone leave this hour out" in page
    assert 'value="Routes"' in page
    assert not Resource.objects.exists()
    twice = client.post(at("new"), {**said, "doi": "", "embargo": "", "editions-0-language": "en"})
    assert "Each language stands once" in twice.content.decode()
    client.post(at("new"), {**said, "doi": "", "embargo": "2031-03-30T09:30"})
    one = Resource.objects.get()
    assert one.embargo_until is not None
    assert one.embargo_until.isoformat() == "2031-03-30T07:30:00+00:00"
    assert dict(one.editions.values_list("language", "title")) == {"en": "Routes", "ar": "مسارات"}
    assert WorkItem.objects.about(one).open().get().holder == desk
    assert 'value="2031-03-30T09:30"' in client.get(at("edit", one.pk)).content.decode()
    # Somebody else saved meanwhile: what they saved stands beside what was typed.
    late = client.post(
        at("edit", one.pk), {**said, "version": one.version - 1, "doi": "", "embargo": "", "publisher": "P"}
    )
    assert "What the other window saved" in late.content.decode()

    client.post(at("assign", one.pk), {"to": desk.pk + 1000})
    client.post(at("assign", one.pk), {"to": colleague.pk})
    assert WorkItem.objects.about(one).open().get().holder == colleague

    watch, hidden = (
        StakeholderFactory(name="Route Watch"),
        StakeholderFactory(name="Route Hidden", listing="members"),
    )
    found = client.get(at("credit", one.pk), {"q": "route"}).content.decode()
    assert "Route Watch" in found
    assert "Route Hidden" not in found
    client.post(at("credit", one.pk), {"q": "route", "stakeholder": hidden.pk, "role": "author"})
    client.post(at("credit", one.pk), {"q": "route", "stakeholder": watch.pk, "role": "author"})
    link = one.stakeholder_links.get()
    assert link.stakeholder == watch
    other = ResourceFactory(title="Ports of call")
    client.post(at("relate", one.pk), {"q": "ports", "record": other.pk, "kind": "part_of"})
    relation = one.relations.get()
    page = client.get(at("record", one.pk)).content.decode()
    assert "Ports of call" in page
    assert "Route Watch" in page
    client.post(at("unlink", one.pk, "relations", relation.pk))
    client.post(at("unlink", one.pk, "stakeholders", link.pk))
    assert not one.relations.exists()
    assert not one.stakeholder_links.exists()
    assert "Nothing was found." in client.get(at("merge", one.pk), {"q": "zzz"}).content.decode()
    # Published: nobody else finds it yet.
    client.post(at("publish", one.pk), {"version": Resource.objects.get(pk=one.pk).version})
    one.refresh_from_db()
    assert one.status == "published"
    sign_in(client, member_of(StakeholderFactory()))
    assert client.get(one.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", (1, 3))
def test_the_queue_costs_the_same_whatever_waits(
    client: Any, number: int, django_assert_num_queries: Any
) -> None:
    for _n in range(number):
        resource_in("pending", suggested_for=StakeholderFactory())
    sign_in(client, person_with(Role.CURATION))
    client.get(at("home"))
    with django_assert_num_queries(10):
        client.get(at("home"))
