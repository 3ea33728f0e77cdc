"""The calendar on pages about countries and stakeholders."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_erased
from api.hooks import resources
from core.help_places import help_at
from events.calendar import queries
from events.calendar.api import EventResource
from events.events.models import Event
from stakeholders.hooks import profile_panels
from taxonomy.hooks import Panel, country_panels

country_panels.register(
    "events",
    Panel(
        30,
        ("country",),
        queries.in_country,
        "events/calendar/_country.html",
        lambda country: Event.objects.filter(country=country),
    ),
)
profile_panels.register(
    "events",
    Panel(
        20,
        (),
        queries.of_stakeholder,
        "events/calendar/_profile.html",
        keys=(Event._meta.get_field("organizer"),),
    ),
)
declare_erased(_("The addresses of your calendar"), "events.calendaraddress.user")

help_at("taking-part#events", "events")

resources.register("events", EventResource)
