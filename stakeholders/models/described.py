"""What an application says and an entry then shows."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import fold
from stakeholders.enums import Kind, Listing
from stakeholders.enums.described import CopObserver, Descriptor, EcosocStatus

# Hosts where many have a page each: there the path tells who it is.
SHARED_HOSTS = {
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "x.com",
    "twitter.com",
    "youtube.com",
    "sites.google.com",
    "linktr.ee",
    "medium.com",
    "t.me",
    "vk.com",
    "github.com",
    "tiktok.com",
}
KEY_LENGTH = 300


def site_of(website: str) -> str:
    """What two addresses of the same site share: the host without www., on a shared host with its path."""
    try:
        parts = urlsplit(website.strip())
    except ValueError:  # half an IPv6 address, say
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in SHARED_HOSTS:
        host += parts.path.rstrip("/").casefold()
    return host[:KEY_LENGTH]


class Described(models.Model):
    """What an application says about a stakeholder, and the stakeholder's entry then shows."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=250, help_text=_("In its own language and script."))
    name_latin = models.CharField(_("name in Latin letters"), max_length=250, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = models.ForeignKey(
        "taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("country or area")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.CharField(
        _("website"), max_length=300, blank=True, validators=[URLValidator(schemes=("http", "https"))]
    )
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    mission_language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of the mission"),
    )
    topics = models.ManyToManyField(
        "taxonomy.Topic", blank=True, related_name="%(class)ss", verbose_name=_("topics")
    )
    articles = models.ManyToManyField(
        "taxonomy.Article",
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("articles of the Convention"),
    )
    engagement_areas = models.ManyToManyField(
        "taxonomy.EngagementArea", blank=True, related_name="%(class)ss", verbose_name=_("engagement areas")
    )
    works_in = models.ManyToManyField(
        "taxonomy.Country",
        blank=True,
        related_name="%(class)ss_at_work",
        verbose_name=_("countries of activity"),
    )
    languages = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="%(class)ss", verbose_name=_("working languages")
    )
    descriptors = ArrayField(
        models.CharField(max_length=20, choices=Descriptor),
        default=list,
        blank=True,
        verbose_name=_("descriptors"),
    )
    ecosoc_status = models.CharField(
        _("consultative status with ECOSOC"), max_length=10, choices=EcosocStatus, blank=True
    )
    cop_observer = models.CharField(
        _("observer at the Conference of the Parties"), max_length=3, choices=CopObserver, blank=True
    )
    references = models.TextField(_("references"), max_length=2000, blank=True)
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing)
    # Kept for comparing: `keep_keys` fills them from the fields above.
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    site_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.keep_keys()
        if (named := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*named, *self.keys_of(set(named))}
        super().save(**kwargs)

    def keep_keys(self) -> None:
        """Bring the keys in line with name and website. `save()` does it; whoever bulk-creates calls it."""
        self.name_key = fold(self.name)[:KEY_LENGTH]
        self.site_key = site_of(self.website)

    def keys_of(self, named: set[str]) -> set[str]:
        """The kept fields that change with those named."""
        return ({"name_key"} if "name" in named else set()) | ({"site_key"} if "website" in named else set())

    @property
    def is_expert(self) -> bool:
        return self.kind == Kind.EXPERT
