"""What a regional focal point reads of an application, and recommends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# What a regional focal point reads of an application: what its entry would show. Never papers or why there
# are none, contacts, officers or references; a question that is new is hidden until it is named here.
SHARED_FIELDS = frozenset(
    (
        "name",
        "name_latin",
        "acronym",
        "other_names",
        "country",
        "city",
        "website",
        "mission",
        "mission_language",
        "topics",
        "articles",
        "engagement_areas",
        "languages",
        "works_in",
        "descriptors",
        "listing",
    )
)


class View(models.TextChoices):
    """What a regional focal point thinks of an application. It decides nothing."""

    SUPPORT = "support", _("Supports it")
    OPPOSE = "oppose", _("Does not support it")
    NONE = "none", _("Has no view")


class ViewReason(models.TextChoices):
    KNOWN = "known", _("Known in the region for this work")
    PARTNER = "partner", _("Works with others in the region")
    CONSISTENT = "consistent", _("Not known, but plausible for the region")
    UNKNOWN = "unknown", _("Not known in the region")
    DOUBTS = "doubts", _("There are doubts about the information")
    DUPLICATE = "duplicate", _("It is part of, or the same as, another body")
    OTHER = "other", _("Another reason, given in the text")
