"""Articles in the index and in the API."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from search.hooks import register
from taxonomy.law import queries
from taxonomy.law.api import ArticleResource

register(queries.ARTICLE, queries.documents, label=_("Article"), numbers=queries.numbers)

resources.register("articles", ArticleResource)
