"""What tests of focal points say and read."""

from datetime import timedelta

from accounts.people.models import User
from coordination.absences import actions as absences_actions
from notifications.outbox.models import Message
from stakeholders.appointments.models import today

VIEW_ANSWERS = {"view": "support", "reason": "known", "text": "Known for years."}


HOME = "/en/regional/"


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def people_informed(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=f"coordination.{kind}").select_related("user").order_by("pk")
    return [row.user.name for row in rows]


def away(term, deputy, *, first=0, last=5, by=None):
    return absences_actions.say_absent(
        term,
        actor=fresh(by or term.user),
        deputy=deputy,
        starts_on=today() + timedelta(days=first),
        ends_on=today() + timedelta(days=last),
    )
