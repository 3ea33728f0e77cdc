"""Events, meetings, programme, registration, calendars."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    subjects = (
        "events",
        "registrations",
        "registration_desk",
        "proposals",
        "meeting_reports",
        "programme",
        "rounds",
        "organizers",
        "speakers",
        "reviewing",
        "marking",
        "board",
        "rescheduling",
        "statistics",
        "moderation",
        "calendar",
        "work",
    )  # lowest first
    verbose_name = _("Events")
