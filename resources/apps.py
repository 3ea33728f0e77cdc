"""The library: records, editions, files with versions, collections."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    subjects = (
        "extraction",
        "records",
        "files",
        "collections",
        "library",
        "harvesting",
        "bookmarks",
        "links",
        "curation",
        "suggestions",
        "adding",
        "cataloguing",
    )  # lowest first
    verbose_name = _("Library")
