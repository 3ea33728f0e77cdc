"""What waits around events, in "My work"."""

from events.work import queries
from workflow.hooks import my_work

my_work.register("events", queries.my_work)
