"""Several short queries in one statement give the objects that each alone would."""

from datetime import timedelta

import pytest
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import NullIf
from django.utils.timezone import now

from core.union_queries import Few, ask_values, fetch_together, found_among, load_found, write_values
from events.events.models import Event
from resources.records.models import LibraryVersion
from taxonomy.hooks import Panel, load_panels
from tests.factories.events import EventFactory
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db


def test_the_objects_are_those_of_each_query_in_their_order(reference, django_assert_num_queries):
    whose = StakeholderFactory(name="Coastal 'Watch' 观察 %s")
    for days in (30, 10, 20):
        starts = now() + timedelta(days=days)
        EventFactory(
            title=f"In {days}", starts_at=starts, organizer=whose, translations={"fr": {"title": "À"}}
        )
    rows = Event.objects.annotate(whose=F("organizer__name")).order_by("starts_at")
    # Not in the order of the model's fields, and one of them an annotation.
    few = Few(
        rows[:2], ("zone", "whose", "starts_at", "translations", "language_id", "title", "organizer_id")
    )
    none = Few(Event.objects.filter(title="Nothing"), ("title",))
    with django_assert_num_queries(1):
        (found, nothing), (version,) = fetch_together(few, none, values=[LibraryVersion()])
    assert nothing == []
    assert version
    assert found == list(rows[:2])
    for one, alone in zip(found, rows[:2], strict=True):
        for name in few.names:
            assert getattr(one, name) == getattr(alone, name)
    with django_assert_num_queries(1):
        assert found[0].city == "Vienna"


def test_what_is_found_is_read_at_once_with_what_stands_beside_it(reference, django_assert_num_queries):
    whose = StakeholderFactory(name="Coastal %s")
    for days, organizer in ((20, None), (10, whose)):
        starts = now() + timedelta(days=days)
        event = EventFactory(title=f"In {days}", starts_at=starts, organizer=organizer)
        RulesFactory(event=event)
        event.topics.set(["firearms"])
    rows = Event.objects.select_related("organizer__country", "registration_rules").order_by(
        "starts_at", "pk"
    )
    told = rows.annotate(whose=F("organizer__name"), known=Exists(Event.objects.filter(pk=OuterRef("pk"))))
    asked = {
        "there": told.prefetch_related("topics")[:3],
        "few": Event.objects.only("title", "starts_at").order_by("title")[:1],
        "gone": rows.filter(title="Nothing")[:3],
        "never": Event.objects.none(),
    }
    alone = {key: list(found) for key, found in asked.items()}
    with django_assert_num_queries(2):
        found = load_found(asked)
    with django_assert_num_queries(1):  # what is prefetched
        assert {key: list(one) for key, one in found.items()} == alone
        assert [topic.pk for one in found["there"] for topic in one.topics.all()] == ["firearms"] * 2
    with django_assert_num_queries(0):
        assert [bool(found[key]) for key in ("gone", "never")] == [False, False]
        for one, same in zip([*found["there"], *found["few"]], [*alone["there"], *alone["few"]], strict=True):
            # Each value of each kind of field, related rows too; what was not asked for is not there either.
            assert plain(one) == plain(same)
        one, other = found["there"]
        assert (one.organizer.country.pk, other.organizer, one.whose) == (whose.country_id, None, whose.name)
        assert one.registration_rules == alone["there"][0].registration_rules
        assert load_found({}) == {}


def plain(row):
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def test_the_values_of_several_queries_come_in_one_statement(reference, django_assert_num_queries):
    for title, city in (("Second %s", "Vienna"), ("First", "")):
        EventFactory(title=title, city=city)
    rows = Event.objects.order_by("title")
    told = {"name": "title", "where": NullIf("city", Value("")), "moved": "translations"}
    with django_assert_num_queries(1):
        parts = {"all": (rows, told), "none": (rows.none(), told), "gone": (rows.filter(title="No"), told)}
        found = ask_values(write_values(parts))
    assert found == {
        "all": [
            {"name": "First", "where": None, "moved": {}},
            {"name": "Second %s", "where": "Vienna", "moved": {}},
        ],
        "none": [],
        "gone": [],
    }


def test_a_panel_is_loaded_only_where_there_is_something(reference, django_assert_num_queries):
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
        assert [one.said["at"] for one in load_panels(panels, None, entry)] == [2, 3]
    with django_assert_num_queries(0):  # two cost what the question would
        assert [one.said["at"] for one in load_panels(panels[:2], None, entry)] == [1, 2]
    assert found_among({}) == set()
