"""What happened to collections, as sentences."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from resources.collections.actions import take_down
from resources.collections.api import CollectionResource
from resources.collections.enums import CollectionStatus
from resources.collections.models import Collection
from resources.records.enums import Audience as Readers
from stakeholders.hooks import PublishedBy, published_by

# --- Collections ------------------------------------------------------------------------------------------
sentence("resources.collection.begin", _("%(actor)s began the collection"), audience=Audience.SUBJECT)
sentence("resources.collection.change", _("%(actor)s changed the collection"), audience=Audience.SUBJECT)
sentence(
    "resources.collection.publish",
    _("%(actor)s published the collection (%(audience)s)"),
    audience=Audience.SUBJECT,
    labels={"audience": dict(Readers.choices)},
)
sentence(
    "resources.collection.take_down",
    _("%(actor)s made the collection a draft again"),
    audience=Audience.SUBJECT,
)

resources.register("collections", CollectionResource)

published_by.register(
    "resources.collections",
    PublishedBy(
        _("Collections"),
        _("Make the collections drafts again"),
        lambda stakeholder: Collection.objects.filter(owner=stakeholder, status=CollectionStatus.PUBLISHED),
        "resources.change_collection",
        lambda collection, actor: take_down(collection, actor=actor),
    ),
)
