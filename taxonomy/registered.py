"""What the reference lists tell the apps below: which countries lie in a region."""

from accounts.registry import countries_within
from taxonomy import queries

countries_within.register("taxonomy", queries.countries_within)
