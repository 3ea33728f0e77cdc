"""Suggestions among what waits for a person."""

from resources.suggestions import queries
from workflow.hooks import my_work

my_work.register("resources", queries.my_work)
