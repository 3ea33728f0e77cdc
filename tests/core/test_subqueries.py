"""A condition that is asked row by row finds what an IN finds."""

import pytest
from django.db.models import Q

from core.subqueries import exists_in
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_it_finds_what_an_in_finds():
    near, far = StakeholderFactory(name="Near"), StakeholderFactory(name="Far")
    people = [member_of(near), member_of(far), member_of(far, MemberRole.READER)]
    named = Stakeholder.objects.filter(name="Near").order_by("name")
    either = Q(role=MemberRole.READER)
    found = Membership.objects.filter(exists_in(named, "stakeholder") | either)
    assert {one.user for one in found} == {people[0], people[2]}
    assert set(found) == set(Membership.objects.filter(Q(stakeholder__in=named) | either))
    assert list(Stakeholder.objects.filter(exists_in(named, "pk"))) == [near]
    assert list(Stakeholder.objects.filter(~exists_in(named, "pk"))) == [far]
    through = Membership.objects.filter(exists_in(named, "stakeholder__merged_into"))
    assert not through.exists()
