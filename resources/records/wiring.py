"""Which tables the library shows: pages that are kept of it are old once one changes."""

from core.triggers import Trigger, trigger_lists

NAME, CHANGED = "library_changed", "resources_changed"
TABLES = (
    "author",
    "collection",
    "collectionitem",
    "edition",
    "resource",
    "resource_articles",
    "resource_clusters",
    "resource_countries",
    "resource_instruments",
    "resource_regions",
    "resource_topics",
    "resourcerelation",
    "resourcestakeholder",
    "suggestedarticle",
)
# What readers see of a file.
OF_FILES = ("number", "name", "label", "scan", "thumbnail")

trigger_lists.register(
    "library",
    (
        *(Trigger(f"resources_{table}", NAME, CHANGED, each="STATEMENT") for table in TABLES),
        Trigger("resources_resourcefile", NAME, CHANGED, columns=OF_FILES, each="STATEMENT"),
    ),
)
