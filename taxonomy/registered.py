"""What the reference lists tell the apps below: which countries lie in a region, what is found."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import countries_within
from search.hooks import register
from taxonomy import finding, queries

countries_within.register("taxonomy", queries.countries_within)
register(finding.ARTICLE, finding.documents, label=_("Article"), numbers=finding.numbers)
