"""Collections, and what is in them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from resources.collections.enums import CollectionStatus
from resources.records.enums import Audience
from resources.records.models import Resource, read_by
from stakeholders.entries.models import Stakeholder, entries_of
from taxonomy.names.models import Translated


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: Any) -> "CollectionQuerySet":
        """Published ones, to their audience; a stakeholder's own; for the desk all but others' drafts.

        What stands in one is asked from `Resource.visible_to`, item by item.
        """
        published = Q(status=CollectionStatus.PUBLISHED)
        if not (user.is_authenticated and user.is_active):
            return self.filter(published & read_by(user))
        own = Q(owner__in=entries_of(user))
        if user.is_desk:
            return self.filter(published | own | Q(owner=None))
        return self.filter((published & read_by(user)) | own)


class Collection(Translated):
    """Resources that somebody puts together for a purpose, in an order, each with a note.

    Without an owner it is the desk's.
    """

    # Loaded ones are known by it, so that loading again makes none a second time.
    code = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=250)
    about = models.TextField(
        _("description"), blank=True, max_length=5000, help_text=_("Plain text or Markdown.")
    )
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        related_name="+",
        default="en",
        verbose_name=_("language of this text"),
    )
    owner = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("stakeholder"),
    )
    written_by = by_person(_("written by"))
    audience = models.CharField(
        _("who may read it"),
        max_length=15,
        choices=Audience,
        default=Audience.DESK,
        help_text=_("Choose the widest audience that the content allows."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=CollectionStatus, default=CollectionStatus.DRAFT
    )
    resources = models.ManyToManyField(
        Resource, through="CollectionItem", related_name="collections", verbose_name=_("resources")
    )
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CollectionStatus.values), name="collection_status_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="collection_audience_known"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="collection_code_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resources:collection", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.title)[:80] or "collection"


class CollectionItem(models.Model):
    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="items", verbose_name=_("collection")
    )
    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="collection_items", verbose_name=_("resource")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("item of a collection")
        verbose_name_plural = _("items of a collection")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "resource"], name="once_in_a_collection")
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} · {self.resource_id}"
