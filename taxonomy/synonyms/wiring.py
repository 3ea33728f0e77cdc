"""What everything is called, and how Chinese is read, for the search."""

from search.hooks import pinyin, thesaurus
from taxonomy.names.sorting import pinyin_of
from taxonomy.synonyms import queries

thesaurus.fill(queries.thesaurus)
pinyin.fill(pinyin_of)
