"""What is written once finds the same as what is written each time, or is written each time."""

from datetime import date, timedelta

import pytest
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.timezone import now
from django.utils.translation import override

from core.union_queries import ask_values, write_values
from core.written_once import rows_written_once, written_once
from events.events.models import Event
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import name_of
from taxonomy.places.models import Country
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = date(2026, 11, 29)


def counted(write):
    """The function, and with what it was called."""
    calls = []

    def writing(*arguments):
        calls.append(arguments)
        return write(*arguments)

    return writing, calls


def test_rows_are_those_of_the_arguments_though_written_once(django_assert_num_queries):
    def write(pk, code):
        events = Exists(Event.objects.filter(organizer=OuterRef("pk")))
        rows = Stakeholder.objects.select_related("country").annotate(has_events=events)
        return rows.filter(pk=pk, country=code)

    entries = [StakeholderFactory(country_id=code) for code in ("KEN", "PER", "KEN")]  # KE, PE
    EventFactory(organizer=entries[1])
    writing, calls = counted(write)
    asked = rows_written_once()(writing)
    for one in entries:
        with django_assert_num_queries(1):
            (found,) = asked(one.pk, one.country_id)
            assert (found, found.country.iso2) == (one, one.country_id[:2])
        assert found.has_events == (one == entries[1])
    assert list(asked(entries[0].pk, "PER")) == []
    # Of the first call: by its own arguments, and by the marks.
    assert len(calls) == 2


def test_a_number_that_no_column_holds_finds_nothing():
    found = rows_written_once()(lambda pk: Stakeholder.objects.filter(pk=pk))
    assert list(found(10**40)) == list(found(10**40)) == []


def test_values_and_tuples_are_read_as_they_would_be():
    one = StakeholderFactory(country_id="PER")
    told = rows_written_once()(lambda pk: Stakeholder.objects.filter(pk=pk).values_list("pk", "updated_at"))
    assert list(told(one.pk)) == list(told(one.pk)) == [(one.pk, one.updated_at)]

    @written_once()
    def named(pk):
        rows = Stakeholder.objects.filter(pk=pk)
        return write_values({"of": (rows, {"country": name_of("country")})})

    assert [ask_values(named(one.pk))["of"] for _twice in range(2)] == [[{"country": "Peru"}]] * 2
    with override("fr"):
        assert ask_values(named(one.pk))["of"] == [{"country": "Pérou"}]


@pytest.mark.parametrize(
    "write",
    [
        lambda pk: Event.objects.filter(pk=pk, starts_at__gte=now()),
        lambda pk: Event.objects.filter(pk=pk, starts_at__date__gte=DAY),
        # What is asked depends on a row.
        lambda pk: (
            Event.objects.filter(pk=pk, title__in=Event.objects.filter(pk=pk).values_list("title")[:9])
            if Event.objects.filter(pk=pk).exists()
            else Event.objects.filter(pk=pk, title="nothing")
        ),
        # The argument stands inside of another.
        lambda pk: Event.objects.filter(pk=pk).annotate(said=Concat(Value("number "), Value(f"{pk}"))),
    ],
)
def test_what_would_be_wrong_later_is_written_each_time(write):
    one = EventFactory(starts_at=now() + timedelta(days=9), ends_at=now() + timedelta(days=10))
    writing, calls = counted(write)
    asked = rows_written_once()(writing)
    for _time in range(3):
        assert list(asked(one.pk)) == [one]
    assert calls.count((one.pk,)) == 3


def test_a_statement_of_a_day_is_kept_for_the_day():
    days = [DAY]
    writing, calls = counted(lambda pk: Event.objects.filter(pk=pk, starts_at__date__gt=days[0]))
    asked = rows_written_once(per=lambda: days[0])(writing)
    one = EventFactory(starts_at=now() + timedelta(days=400), ends_at=now() + timedelta(days=401))
    assert [list(asked(one.pk)) for _twice in range(2)] == [[one]] * 2
    assert len(calls) == 2
    days[0] = one.starts_at.date() + timedelta(days=2)
    assert list(asked(one.pk)) == []
    assert len(calls) == 4


def test_equal_and_empty_arguments_keep_their_places():
    asked = rows_written_once()(lambda one, other: Country.objects.filter(pk__in=(one, other)).order_by("pk"))
    assert [row.pk for row in asked("PER", "KEN")] == ["KEN", "PER"]
    assert [row.pk for row in asked("KEN", "KEN")] == ["KEN"]
    assert [row.pk for row in asked("", "CHL")] == ["CHL"]


def test_more_arguments_have_a_statement_of_their_own():
    asked = rows_written_once()(lambda *codes: Country.objects.filter(pk__in=codes).order_by("pk"))
    assert [row.pk for row in asked("PER")] == ["PER"]
    assert [row.pk for row in asked("PER", "KEN")] == ["KEN", "PER"]
    assert [row.pk for row in asked("CHL")] == ["CHL"]
