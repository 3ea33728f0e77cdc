"""What waits for a person in country reviews, on the page of tasks, and what is open for a stakeholder."""

from reviews.work import queries
from reviews.work.queries import my_dialogues
from stakeholders.hooks import next_steps
from workflow.hooks import my_work

my_work.register("reviews", queries.my_work)
next_steps.fill(queries.open_to)

my_work.register("reviews.dialogues", my_dialogues)
