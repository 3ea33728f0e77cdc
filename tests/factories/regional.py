"""Regional focal points for tests, by the portal's own act.

appointed(regions=["002"]): an appointment in force from today for a year; its person is `.user`.
"""

from datetime import timedelta
from typing import Any

from accounts.people.enums import Role
from accounts.people.models import User
from stakeholders.appointments.actions import appoint
from stakeholders.appointments.models import Appointment, today
from tests.factories.accounts import UserFactory, person_with


def appointed(
    person: User | None = None, *, by: User | None = None, starts: int = 0, days: int = 365, **places: Any
) -> Appointment:
    """`starts` and `days` count from today: the first and the last day of the term."""
    places_and_note = {"regions": [], "countries": [], "note": "", **places}
    return appoint(
        person or UserFactory(),
        actor=by or person_with(Role.HEAD),
        starts_on=today() + timedelta(days=starts),
        ends_on=today() + timedelta(days=days),
        **places_and_note,
    )
