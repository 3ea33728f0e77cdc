"""Files of resources with their versions, the text read from them, and whether links still lead somewhere."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile, private_path
from resources.enums import Scan, TextState
from resources.models.records import Edition, Resource


class ResourceFileQuerySet(models.QuerySet["ResourceFile"]):
    def visible_to(self, user: Any) -> "ResourceFileQuerySet":
        """With their resource, old versions too; one with a virus is nobody's."""
        seen = Resource.objects.visible_to(user)
        return self.filter(edition__resource__in=seen).exclude(scan=Scan.INFECTED)


class ResourceFile(StoredFile):
    """One version of the file of an edition; the highest number is the current one."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    label = models.CharField(_("what is new in it"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    scan = models.CharField(_("scan for viruses"), max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    text_state = models.CharField(_("text"), max_length=8, choices=TextState, default=TextState.WAITING)
    # A code of what went wrong, empty where nothing did.
    text_fault = models.CharField(max_length=20, blank=True, editable=False)
    pages_done = models.PositiveIntegerField(default=0, editable=False)
    pages_all = models.PositiveIntegerField(null=True, blank=True, editable=False)
    thumbnail = models.FileField(
        _("picture of the first page"), upload_to=private_path("thumbnails"), max_length=200, blank=True
    )

    objects = ResourceFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of resources")
        ordering = ["edition_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_file_per_version"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="resource_file_scan_known"),
            models.CheckConstraint(
                condition=Q(text_state__in=TextState.values), name="resource_file_text_known"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="resource_file_hash"),
            models.Index(
                fields=["text_state"],
                condition=Q(text_state__in=TextState.UNDER_WAY),
                name="resource_file_to_read",
            ),
        ]


class FilePage(models.Model):
    """The text of one page of a file, counted from 1; a file without pages is one page."""

    file = models.ForeignKey(ResourceFile, models.CASCADE, related_name="pages", verbose_name=_("file"))
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        ordering = ["file_id", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_text_per_page")]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.number}"


class LinkCheck(models.Model):
    """What an address answered when it was last asked."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    # A code of what went wrong, empty where it answered.
    fault = models.CharField(_("what went wrong"), max_length=20, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    broken_since = models.DateTimeField(_("broken since"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["broken_since", "pk"]
        indexes = [models.Index(fields=["checked_at"], name="link_check_next")]

    def __str__(self) -> str:
        return self.url
