"""The bookmarks and saved searches of a person."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person
from resources.bookmarks.enums import Alerts
from resources.records.models import Resource


class OwnQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> "OwnQuerySet[T]":
        """Return the rows of this person."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)


class Bookmark(models.Model):
    user = of_person(_("person"), related_name="bookmarks")
    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="bookmarks", verbose_name=_("resource")
    )
    made_at = models.DateTimeField(_("saved at"), db_default=Now(), editable=False)

    objects = OwnQuerySet["Bookmark"].as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "resource"], name="one_bookmark_each")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.resource_id}"


class SavedSearch(models.Model):
    """A search that a person saved: the canonical query string of the library, and how often it alerts."""

    user = of_person(_("person"), related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("search"), max_length=2000)
    alerts = models.CharField(_("tell me what is new"), max_length=6, choices=Alerts, default=Alerts.OFF)
    last_told_at = models.DateTimeField(_("last sent at"), null=True, blank=True)
    made_at = models.DateTimeField(_("saved at"), db_default=Now(), editable=False)

    objects = OwnQuerySet["SavedSearch"].as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="one_saved_search_each"),
            models.CheckConstraint(condition=Q(alerts__in=Alerts.values), name="alerts_known"),
        ]
        indexes = [
            models.Index(
                fields=["alerts", "last_told_at"], condition=~Q(alerts="off"), name="saved_search_due"
            )
        ]

    def __str__(self) -> str:
        return self.name
