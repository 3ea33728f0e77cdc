"""Files of resources with their versions, and the text read from them."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from core import scanning
from core.background_files import STALE
from core.uploads import StoredFile, private_path
from resources.files.enums import Scan, TextFault, TextState
from resources.records.models import Edition, Resource
from resources.records.rules import curates


class ResourceFileQuerySet(models.QuerySet["ResourceFile"]):
    def visible_to(self, user: Any) -> "ResourceFileQuerySet":
        """Return the files of visible resources, old versions too, without those with a virus."""
        resources = Resource.objects.visible_to(user)
        return self.filter(edition__resource__in=resources).safe_for(user)

    def safe_for(self, user: Any) -> "ResourceFileQuerySet":
        """Nobody opens what has a virus. Where a scanner is set, what it has not passed is its sender's and
        the desk's alone."""
        fit = self.exclude(scan=Scan.INFECTED)
        if not scanning.is_set() or (user.is_authenticated and user.is_active and user.is_desk):
            return fit
        passed = Q(scan=Scan.CLEAN)
        return fit.filter(passed | Q(uploaded_by=user) if user.is_authenticated else passed)

    def current(self) -> "ResourceFileQuerySet":
        """Return the newest version of each edition."""
        newer = ResourceFile.objects.filter(edition=OuterRef("edition"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def free(self) -> "ResourceFileQuerySet":
        """Return what a worker may read: waiting, left by a worker that fell silent, or not scanned though
        there is a scanner."""
        waiting = Q(text_state=TextState.WAITING)
        silent = Q(text_state=TextState.READING, beat_at__lt=now() - STALE)
        unscanned = Q(scan=Scan.NOT_SCANNED) & ~Q(text_state=TextState.READING)
        return self.filter(waiting | silent | (unscanned if scanning.is_set() else Q(pk=None)))


class ResourceFile(StoredFile):
    """One version of the file of an edition; the highest number is the current one."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    label = models.CharField(_("what is new in it"), max_length=200, blank=True)
    uploaded_by = by_person(_("uploaded by"))
    scan = models.CharField(_("scan for viruses"), max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    text_state = models.CharField(_("text"), max_length=8, choices=TextState, default=TextState.WAITING)
    text_fault = models.CharField(max_length=20, choices=TextFault, blank=True, editable=False)
    pages_done = models.PositiveIntegerField(default=0, editable=False)
    pages_all = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # What the document says of itself; a proposal for who describes it.
    said_title = models.CharField(max_length=300, blank=True, editable=False)
    said_language = models.CharField(max_length=3, blank=True, editable=False)
    # Whether its pages are those of the document, or pieces of a text that has none.
    has_pages = models.BooleanField(default=False, editable=False)
    # The one worker that may write, when it last did, and how often one has begun.
    claim = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
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

    def get_absolute_url(self) -> str:
        return reverse("core:file", args=["resource", self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.text_state in TextState.UNDER_WAY


class ProposedFileQuerySet(models.QuerySet["ProposedFile"]):
    def visible_to(self, user: Any) -> "ProposedFileQuerySet":
        """Return proposed files for the people of the stakeholder that proposes them, and for curators."""
        if curates.test(user):
            return self
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(edition__resource__in=Resource.objects.of_people(user))


class ProposedFile(StoredFile):
    """What shall be the next version of a published file, once the desk agrees. A change request names it."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="proposed_files", verbose_name=_("edition")
    )
    label = models.CharField(_("what is new in it"), max_length=200, blank=True)
    uploaded_by = by_person(_("uploaded by"))

    objects = ProposedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed file")
        verbose_name_plural = _("proposed files")

    def get_absolute_url(self) -> str:
        return reverse("core:file", args=["proposed-file", self.pk])


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
