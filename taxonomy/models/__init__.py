from taxonomy.models.law import Article, Cluster, Instrument, Participation
from taxonomy.models.named import Named, NamedQuerySet, Revision, Sourced, choices_of
from taxonomy.models.places import AreaMapping, Country, Region
from taxonomy.models.terms import EngagementArea, Language, Term, TermQuerySet, Topic
from taxonomy.models.translated import Translated

# Every list that the desk may edit, as the admin shows them.
LISTS = (
    Region,
    Country,
    AreaMapping,
    Instrument,
    Cluster,
    Article,
    Participation,
    Topic,
    EngagementArea,
    Language,
)

__all__ = [
    "LISTS",
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
    "Translated",
    "choices_of",
]
