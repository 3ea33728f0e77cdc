"""Who sees which resource, as rules: every kind of reader against every audience and state."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from resources.records.enums import Audience, ResourceStatus
from resources.records.models import Resource
from tests.factories.accounts import UserFactory, person_with
from tests.factories.resources import ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db

READS = {
    "visitor": {"public"},
    "person": {"public"},
    "member": {"public", "members_states", "members"},
    "former member": {"public"},
    "State": {"public", "members_states"},
    "focal point": {"public", "members_states", "members", "regional"},
    "desk": set(Audience.values),
}


def _people() -> dict[str, Any]:
    return {
        "visitor": AnonymousUser(),
        "person": UserFactory(),
        "member": member_of(StakeholderFactory()),
        "former member": member_of(StakeholderFactory(status="suspended")),
        "State": person_with(Role.STATE),
        "focal point": person_with(Role.REGIONAL),
        "desk": person_with(Role.CURATION),
    }


def test_each_audience_reads_its_own_and_nothing_before_the_embargo() -> None:
    shown = {code: ResourceFactory(audience=code) for code in Audience.values}
    later = {
        code: ResourceFactory(audience=code, embargo_until=now() + timedelta(minutes=1))
        for code in Audience.values
    }
    for name, person in _people().items():
        visible_ids = set(Resource.objects.visible_to(person).values_list("pk", flat=True))
        assert {code for code, resource in shown.items() if resource.pk in visible_ids} == READS[name], name
        assert bool(visible_ids & {resource.pk for resource in later.values()}) == (name == "desk"), name
        listed = set(Resource.objects.visible_to(person).listed().values_list("pk", flat=True))
        assert not listed & {resource.pk for resource in later.values()}, name
        for resource in (*shown.values(), *later.values()):
            assert person.has_perm("resources.view_resource", resource) == (resource.pk in visible_ids), (
                name,
                resource.audience,
            )


def test_what_is_not_shown_is_its_suggesters_and_the_desks() -> None:
    owner = StakeholderFactory()
    own, other, desk = member_of(owner), member_of(StakeholderFactory()), person_with(Role.CURATION)
    rows = {state: resource_in(state, suggested_for=owner) for state in ResourceStatus.values}
    house = resource_in("draft")

    def visible_states(person: Any) -> set[str]:
        visible_ids = set(Resource.objects.visible_to(person).values_list("pk", flat=True))
        return {state for state, resource in rows.items() if resource.pk in visible_ids} | (
            {"house"} if house.pk in visible_ids else set()
        )

    every = set(ResourceStatus.values)
    assert visible_states(AnonymousUser()) == visible_states(other) == {"published", "archived"}
    assert visible_states(own) == every - {"withdrawn", "merged"}
    # A stakeholder's draft is its own until it is sent.
    assert visible_states(desk) == (every - {"draft"}) | {"house"}
    assert set(Resource.objects.tombstones_for(AnonymousUser())) == {rows["withdrawn"]}
    rows["withdrawn"].audience = "members"
    rows["withdrawn"].save()
    assert not Resource.objects.tombstones_for(AnonymousUser()).exists()
