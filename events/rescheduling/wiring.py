"""Who hears that a whole event is moved or cancelled."""

from events.hooks import after_change
from events.rescheduling.actions import tell_organizers, tell_registered

after_change.register("registration", tell_registered)
after_change.register("events.proposals", tell_organizers)
