"""What coordination does when an app below says that something happened."""

from typing import Any

from django.dispatch import receiver

from coordination.actions.absences import follow_appointment
from stakeholders.appointments.models import Appointment
from stakeholders.signals import appointment_changed


@receiver(appointment_changed, sender=Appointment, dispatch_uid="coordination.appointment_changed")
def deputies_follow(appointment: Appointment, actor: Any, **_said: Any) -> None:
    """Whoever stands in has the places and days of the term, and nothing when it ends."""
    follow_appointment(appointment, actor=actor)
