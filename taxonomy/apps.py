"""Countries, regions, instruments, articles, clusters, topics, languages: seeded, editable by the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    subjects = ("names", "places", "law", "terms", "synonyms", "curation", "sources")  # lowest first
    verbose_name = _("Reference lists")
