"""What waits around events, on the page of tasks."""

from django.utils.translation import gettext_lazy as _

from core.desk_cards import desk_card
from events.work import queries
from workflow.hooks import MyWork, my_work

my_work.register("events", MyWork(queries.my_rows, queries.my_work))

desk_card(
    "eventdesk:home",
    group="events",
    position=20,
    part="#waiting",
    title=_("Proposals for meetings"),
    text=_("Meetings that stakeholders propose for an event, to be reviewed."),
    permission="events.run_events",
    work=("review",),
    kind="events.proposal",
    do=_("Review proposal"),
)
