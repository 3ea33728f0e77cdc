"""Whether links still lead somewhere."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources.links.enums import LinkFault
from resources.records.rules import curates


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def visible_to(self, user: Any) -> "LinkCheckQuerySet":
        """Return all links for curators, and none for anybody else."""
        return self if curates.test(user) else self.none()

    def broken(self) -> "LinkCheckQuerySet":
        """Return links that failed twice, a day apart, or that can never be asked."""
        return self.filter(Q(failures__gte=2) | Q(fault__in=LinkFault.FINAL))


class LinkCheck(models.Model):
    """What an address answered when it was last asked."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    fault = models.CharField(_("what went wrong"), max_length=20, choices=LinkFault, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    # The door at which it knocks, host and port; and when a worker last went there, or is on its way.
    host = models.CharField(max_length=270, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False)
    broken_since = models.DateTimeField(_("broken since"), null=True, blank=True)
    archived_url = models.URLField(_("address of an archived copy"), max_length=500, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["broken_since", "pk"]
        indexes = [models.Index(fields=["next_at"], name="link_check_due")]

    def __str__(self) -> str:
        return self.url
