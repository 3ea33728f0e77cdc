"""Conditions asked row by row find what an IN finds; of many queries one tells which find anything."""

import pytest
from django.db.models import Q

from core.subqueries import exists_in, non_empty
from events.events.models import Event
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from taxonomy.hooks import Panel, load_panels
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_it_finds_what_an_in_finds():
    near, far = StakeholderFactory(name="Near"), StakeholderFactory(name="Far")
    people = [member_of(near), member_of(far), member_of(far, MemberRole.READER)]
    named = Stakeholder.objects.filter(name="Near").order_by("name")
    either = Q(role=MemberRole.READER)
    memberships = Membership.objects.filter(exists_in(named, "stakeholder") | either)
    assert {membership.user for membership in memberships} == {people[0], people[2]}
    assert set(memberships) == set(Membership.objects.filter(Q(stakeholder__in=named) | either))
    assert list(Stakeholder.objects.filter(exists_in(named, "pk"))) == [near]
    assert list(Stakeholder.objects.filter(~exists_in(named, "pk"))) == [far]
    through = Membership.objects.filter(exists_in(named, "stakeholder__merged_into"))
    assert not through.exists()


def test_which_of_many_queries_find_anything_is_one_query(django_assert_num_queries):
    for title in ("First", "Second"):
        EventFactory(title=title).topics.set(["firearms", "corruption"])
    events = Event.objects.order_by("title")
    queries = {
        "all": events,
        "joined": events.filter(topics__in=["firearms", "corruption"]).distinct(),
        "gone": events.filter(title="Third"),
        "never": events.filter(pk__in=[]),
        "none": Stakeholder.objects.none(),
        "values": events.values_list("title"),
        "related": events.select_related("organizer").only("title"),
    }
    with django_assert_num_queries(1):
        assert non_empty(queries) == {"all", "joined", "values", "related"}
    with django_assert_num_queries(0):
        assert non_empty({key: queries[key] for key in ("never", "none")}) == set()
        assert non_empty({}) == set()
    with django_assert_num_queries(1):
        assert non_empty({"none": Stakeholder.objects.none(), "all": events}) == {"all"}


def test_a_panel_is_loaded_only_where_there_is_something(django_assert_num_queries):
    entry = StakeholderFactory()
    EventFactory(title="There", organizer=entry)

    def panel(position, rows):
        return Panel(position, (), lambda _user, _of: {"at": position}, "none.html", rows)

    panels = [
        panel(2, lambda of: Event.objects.filter(organizer=of)),
        panel(1, lambda of: Event.objects.filter(organizer=of, title="Nothing")),
        panel(4, lambda _of: Event.objects.none()),
        panel(3, None),
    ]
    with django_assert_num_queries(1):
        assert [panel.content["at"] for panel in load_panels(panels, None, entry)] == [2, 3]
    with django_assert_num_queries(0):  # two cost what the question would
        assert [panel.content["at"] for panel in load_panels(panels[:2], None, entry)] == [1, 2]
