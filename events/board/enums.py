"""What may be wrong with a place on the board."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clash(models.TextChoices):
    """What the board warns of; it forbids nothing, since the desk may know better (peers: E-09)."""

    ROOM = "room", _("Two meetings in one room")
    OFFICIAL_ROOM = "official_room", _("The room is taken by the official programme")
    CLOSED = "closed", _("The room is closed")
    SPEAKER = "speaker", _("A speaker is at two meetings at once")
    ORGANIZER = "organizer", _("An organizer has two meetings at the same time")
    OFFICIAL = "official", _("At the time of an official item")
    CAPACITY = "capacity", _("More people expected than seats")
    INTERPRETATION = "interpretation", _("Interpretation is missing")
    REST = "rest", _("Too little time between two meetings in a room")
    LINK = "link", _("The link for taking part online is missing")
