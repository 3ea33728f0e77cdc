from resources.models.changes import LibraryChange, LibraryVersion
from resources.models.files import (
    FilePage,
    LinkCheck,
    LinkCheckQuerySet,
    ProposedFile,
    ResourceFile,
    ResourceFileQuerySet,
)
from resources.models.reading import (
    Bookmark,
    Collection,
    CollectionItem,
    CollectionQuerySet,
    OwnQuerySet,
    SavedSearch,
)
from resources.models.records import (
    Author,
    Edition,
    EditionQuerySet,
    Guidance,
    Resource,
    ResourceQuerySet,
    ResourceRelation,
    ResourceStakeholder,
)

__all__ = [
    "Author",
    "Bookmark",
    "Collection",
    "CollectionItem",
    "CollectionQuerySet",
    "Edition",
    "EditionQuerySet",
    "FilePage",
    "Guidance",
    "LibraryChange",
    "LibraryVersion",
    "LinkCheck",
    "LinkCheckQuerySet",
    "OwnQuerySet",
    "ProposedFile",
    "Resource",
    "ResourceFile",
    "ResourceFileQuerySet",
    "ResourceQuerySet",
    "ResourceRelation",
    "ResourceStakeholder",
    "SavedSearch",
]
