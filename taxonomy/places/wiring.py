"""What places tell accounts and the index: which countries lie in a region, and what places are called."""

from accounts.hooks import countries_within
from search.hooks import names_of_places
from taxonomy.places import queries

countries_within.fill(queries.countries_within)
names_of_places.fill(queries.names_of_places)
