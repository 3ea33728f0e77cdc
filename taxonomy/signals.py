"""What taxonomy says to the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction of the merge, after every link was moved: sender = the model; old, new, actor.
term_merged = Signal()
