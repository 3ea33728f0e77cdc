"""What everything is called, for the search."""

from search.hooks import thesaurus
from taxonomy.synonyms import queries

thesaurus.fill(queries.thesaurus)
