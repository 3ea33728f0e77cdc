"""What stakeholders says to the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction of the merge, after every row was moved: sender = Stakeholder; old, new, actor.
stakeholder_merged = Signal()

# Sent inside the transaction that changed or ended a term of a regional focal point, before work passes to
# the desk: sender = Appointment; appointment, actor (None: the clock).
appointment_changed = Signal()
