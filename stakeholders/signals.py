"""What stakeholders says to the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction of the merge, after every row was moved: sender = Stakeholder; old, new, actor.
stakeholder_merged = Signal()
