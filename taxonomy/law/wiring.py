"""Articles in the index."""

from django.utils.translation import gettext_lazy as _

from search.hooks import register
from taxonomy.law import queries

register(queries.ARTICLE, queries.documents, label=_("Article"), numbers=queries.numbers)
