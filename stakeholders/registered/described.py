"""Other and former names and officers among the names that are screened."""

from stakeholders.queries.described import names_to_screen
from stakeholders.queries.screening import more_names

more_names.register("stakeholders", names_to_screen)
