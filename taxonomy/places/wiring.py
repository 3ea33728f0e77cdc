"""What places tell accounts: which countries lie in a region."""

from accounts.hooks import countries_within
from taxonomy.places import queries

countries_within.fill(queries.countries_within)
