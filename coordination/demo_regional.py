"""What the demonstration adds to the term of its regional focal point: named, a deputy, days ahead."""

from datetime import timedelta
from typing import Any

from coordination.actions import absences, handing_over, own
from coordination.models import Named
from stakeholders.appointments.actions import appoint
from stakeholders.appointments.models import today


def load_demo_terms(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    rosa, head, deputy = people["regional"], people["head"], people["deputy"]
    term = rosa.appointments.standing().first()
    if term is None or Named.objects.filter(user=rosa).exists():
        return
    own.be_named(rosa, agrees=True, about="Demo: I help organizations in Africa to find their way here.")
    olivia = people["oceania"]
    appoint(
        olivia,
        actor=people["administrator"],
        regions=["009"],
        countries=[],
        starts_on=today(),
        ends_on=today() + timedelta(days=365),
        note="A demonstration.",
    )
    own.be_named(olivia, agrees=True, about="Demo: write to me before you travel.")
    own.keep_notes(term, "Demo: the coastal organizations answer best by phone.", actor=rosa)
    absences.name_deputy(term, deputy, actor=head)
    absences.say_absent(
        term,
        actor=rosa,
        deputy=deputy,
        starts_on=today() + timedelta(days=14),
        ends_on=today() + timedelta(days=20),
    )
    made = handing_over.prepare(
        term,
        actor=head,
        successor=people["successor"],
        starts_on=today() + timedelta(days=60),
        ends_on=today() + timedelta(days=425),
    )
    made = handing_over.describe(made, actor=head, note="Demo: good luck.", introduces=False)
    handing_over.confirm(made, actor=head, version=made.version)
