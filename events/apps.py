"""Events, meetings, programme, registration, calendars.

Its place in the house is kept; its first table comes with its first user.
"""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
