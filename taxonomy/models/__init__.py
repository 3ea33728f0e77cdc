from taxonomy.models.law import Article, Cluster, Instrument, Participation
from taxonomy.models.named import Named, NamedQuerySet, Revision, Sourced
from taxonomy.models.places import AreaMapping, Country, Region
from taxonomy.models.terms import EngagementArea, Language, Term, TermQuerySet, Topic

__all__ = [
    "AreaMapping",
    "Article",
    "Cluster",
    "Country",
    "EngagementArea",
    "Instrument",
    "Language",
    "Named",
    "NamedQuerySet",
    "Participation",
    "Region",
    "Revision",
    "Sourced",
    "Term",
    "TermQuerySet",
    "Topic",
]
