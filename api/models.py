"""What each public list has shown to visitors, so that who mirrors it learns what has changed or gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicRow(models.Model):
    """A row of a public list as it was last compared: when it changed for visitors, and when it went.

    `key` is that of the row and no foreign key: the record stays for a while where the row goes. Nothing else
    is kept of a row that is gone.
    """

    resource = models.CharField(_("resource"), max_length=40)
    key = models.CharField(_("key"), max_length=100)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    gone_at = models.DateTimeField(_("gone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a public list")
        verbose_name_plural = _("rows of public lists")
        constraints = [models.UniqueConstraint(fields=["resource", "key"], name="public_row_once")]
        indexes = [
            models.Index(fields=["resource", "changed_at"], name="public_row_by_change"),
            models.Index(
                fields=["resource", "gone_at"],
                name="public_row_by_going",
                condition=models.Q(gone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.key}"


class Comparison(models.Model):
    """Since when a list is compared with its records, and when it was last compared to its end."""

    resource = models.CharField(_("resource"), max_length=40, primary_key=True)
    first_at = models.DateTimeField(_("first compared at"))
    completed_at = models.DateTimeField(_("last compared at"))

    class Meta:
        verbose_name = _("comparison of a public list")
        verbose_name_plural = _("comparisons of public lists")

    def __str__(self) -> str:
        return self.resource
