"""What waits for a person in country reviews, on the page of tasks, and what is open for a stakeholder."""

from reviews.work import queries
from stakeholders.hooks import next_steps
from workflow.hooks import MyWork, my_work

my_work.register("reviews", MyWork(queries.my_rows, queries.my_work))
next_steps.fill(queries.open_to)

my_work.register("reviews.dialogues", MyWork(queries.my_dialogue_rows, queries.my_dialogues))
