"""What waits for a person in coordination; what an app below says happened; the demonstration."""

from datetime import datetime, time, timedelta
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.absences.actions import follow_appointment
from coordination.activities.queries import to_do_of
from coordination.demo import (
    load_demo_activities,
    load_demo_letters,
    load_demo_networks,
    load_demo_offerings,
    load_demo_participation,
    load_demo_surveys,
    load_demo_terms,
)
from coordination.networks.queries import invitations_to
from coordination.period_reports import queries as period_reports_queries
from core.help_places import help_at
from core.time_display import VIENNA
from search.hooks import register
from stakeholders.appointments.models import Appointment
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import entries_of
from stakeholders.hooks import demo_parts
from stakeholders.signals import appointment_changed
from workflow.hooks import MyPart, MyWork, OwnRows, Rows, Task, my_work


@receiver(appointment_changed, sender=Appointment, dispatch_uid="coordination.appointment_changed")
def deputies_follow(appointment: Appointment, actor: Any, **_kwargs: Any) -> None:
    """Adapt the grants of deputies to a term that changed or ended."""
    follow_appointment(appointment, actor=actor)


# -----------------------------------------------------------------------------------------------------
# What waits for a person in coordination: invitations of networks, and what follows from activities.


def open_rows(user: Any) -> dict[str, OwnRows]:
    rows = {"invited": OwnRows(invitations_to(user))} if entries_of(user, MemberRole.ADMIN) else {}
    return rows | {"to_do": OwnRows(to_do_of(user))}


def open_work(_user: Any, rows: Rows) -> MyPart:
    invited = [
        Task(
            member.network.name,
            member.get_absolute_url(),
            _("Network that invites you"),
            _("Answer the invitation"),
            None,
            member.network.language_id,
            [member.stakeholder.name, member.get_role_display()],
            "diagram-3",
        )
        for member in rows["invited"]
    ]
    to_do = [
        Task(
            follow_up.text,
            reverse("activities:activity", args=[follow_up.activity_id]) + "#follows",
            _("Follow-up action"),
            _("Open the activity"),
            datetime.combine(follow_up.due_on + timedelta(days=1), time(), VIENNA),
            "",
            [follow_up.activity.title],
        )
        for follow_up in rows["to_do"]
    ]
    return MyPart([*invited, *to_do])


my_work.register("coordination.networks", MyWork(open_rows, open_work))
register(
    "coordination.periodreport", period_reports_queries.documents, label=gettext_lazy("Report for a period")
)

demo_parts.register("coordination.activities", load_demo_activities)
demo_parts.register("coordination.letters", load_demo_letters)

demo_parts.register("coordination.networks", load_demo_networks)
demo_parts.register("coordination.offerings", load_demo_offerings)

demo_parts.register("coordination.surveys", load_demo_surveys)

demo_parts.register("coordination.participation", load_demo_participation)

demo_parts.register("coordination.terms", load_demo_terms)

help_at("focal-points", "regional")
