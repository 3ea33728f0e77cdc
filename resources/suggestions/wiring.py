"""Suggestions among what waits for a person."""

from core.help_places import help_at
from resources.suggestions import queries
from workflow.hooks import MyWork, my_work

my_work.register("resources", MyWork(queries.my_rows, queries.my_work))

help_at("taking-part#library", "resources.suggestions")
