"""Imports into the directory: the file, what its columns mean, and each row with what it comes to.

The row of the import is the truth; a worker holds it locked for as long as it works, so that a second one
passes it over, and a killed one leaves nothing behind.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile, private_path
from stakeholders.entries.models import KEY_LENGTH
from stakeholders.imports.enums import ImportFault, ImportPurpose, ImportStatus, RowOutcome, TwinDecision
from stakeholders.imports.fields import FIELDS_OF, Field

# How long an import can be undone; then its file and its rows go, and the sentence in the log stays.
LASTS = timedelta(days=180)
# How long a file is kept that was sent and never imported, and the file and rows of a list of members.
FORGOTTEN_AFTER = timedelta(days=30)


class ImporterQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> Self:
        """Return all for those who vet; for curators what is not about members; none for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.VETTING, Role.HEAD):
            return self
        return self.filter(purpose=ImportPurpose.DIRECTORY) if user.has_role(Role.CURATION) else self.none()


class Purposeful(models.Model):
    purpose = models.CharField(
        max_length=10, choices=ImportPurpose, default=ImportPurpose.DIRECTORY, editable=False
    )

    class Meta:
        abstract = True


class ImportSource(Purposeful):
    """Where files come from, and what their columns meant the last time."""

    name = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    # heading of the file → field of the entry; "" where the column is left out
    columns = models.JSONField(default=dict, editable=False)
    used_at = models.DateTimeField(_("last used at"), db_default=Now(), editable=False)

    objects = ImporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of imports")
        verbose_name_plural = _("sources of imports")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "purpose"], name="one_source_of_imports_each"),
            models.CheckConstraint(
                condition=Q(purpose__in=ImportPurpose.values), name="import_source_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportQuerySet(ImporterQuerySet["Import"]):
    def under_way(self) -> Self:
        return self.filter(status__in=ImportStatus.UNDER_WAY)

    def unfinished(self) -> Self:
        """What waits for a person to go on."""
        return self.filter(status__in=(ImportStatus.SENT, ImportStatus.CHECKED))


class Import(StoredFile, Purposeful):
    """One file on its way into the directory, or out of it again; or a list of members to invite."""

    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="imports", verbose_name=_("source"))
    source_date = models.DateField(_("date of the source"))
    asked_by = by_person(_("sent by"))
    status = models.CharField(_("status"), max_length=10, choices=ImportStatus, default=ImportStatus.SENT)
    fault = models.CharField(_("why it failed"), max_length=20, choices=ImportFault, blank=True)
    said = models.CharField(_("what was wrong with the file"), max_length=500, blank=True)
    # What the file is: "csv", "xlsx" or "ror"; how its text is written, and what stands between its cells.
    format = models.CharField(max_length=4, editable=False)
    encoding = models.CharField(max_length=20, blank=True, editable=False)
    separator = models.CharField(max_length=1, blank=True, editable=False)
    heads = models.JSONField(default=list, editable=False)
    head_row = models.PositiveIntegerField(default=1, editable=False)
    # place of the column in the file, as text → field of the entry
    columns = models.JSONField(default=dict, editable=False)
    default_kind = models.CharField(max_length=10, blank=True, editable=False)
    default_country = models.CharField(max_length=3, blank=True, editable=False)
    default_language = models.CharField(max_length=2, blank=True, editable=False)
    # Of a list of members: what is said of the wave that it becomes.
    wave_said = models.JSONField(default=dict, editable=False)
    without_refused = models.BooleanField(_("without the rows with errors"), default=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    # outcome → number, as the last work left it
    counts = models.JSONField(default=dict, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    checked_at = models.DateTimeField(_("dry run at"), null=True, blank=True)
    taken_in_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    file = models.FileField(_("file"), upload_to=private_path("imports"), max_length=200, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import into the directory")
        verbose_name_plural = _("imports into the directory")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status_known"),
            models.CheckConstraint(
                condition=Q(purpose__in=ImportPurpose.values), name="import_purpose_known"
            ),
            models.CheckConstraint(
                condition=(Q(status=ImportStatus.FAILED) & Q(fault__in=ImportFault.values))
                | (~Q(status=ImportStatus.FAILED) & Q(fault="")),
                name="import_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("vetting:member_list" if self.is_of_members else "vetting:import", args=[self.pk])

    @property
    def is_of_members(self) -> bool:
        return self.purpose == ImportPurpose.MEMBERS

    @property
    def permission(self) -> str:
        """Of whoever works on it."""
        return "stakeholders.invite_stakeholders" if self.is_of_members else "stakeholders.import_listed"

    @property
    def fields(self) -> Sequence[Field]:
        """What its columns may mean."""
        return FIELDS_OF[ImportPurpose(self.purpose)]

    @property
    def is_under_way(self) -> bool:
        return self.status in ImportStatus.UNDER_WAY

    @property
    def is_open(self) -> bool:
        return self.status in ImportStatus.OPEN

    @property
    def is_ror(self) -> bool:
        return self.format == "ror"

    @property
    def lasts_until(self) -> Any:
        return (self.taken_in_at or self.uploaded_at) + LASTS

    @property
    def can_be_undone(self) -> bool:
        return self.status == ImportStatus.TAKEN_IN and not self.is_of_members and now() < self.lasts_until


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: Any) -> "ImportRowQuerySet":
        return self.filter(of__in=Import.objects.visible_to(user))

    def undecided(self) -> "ImportRowQuerySet":
        """New ones that look like an entry, of which nobody has said whether they are the same."""
        return self.filter(outcome=RowOutcome.NEW, decision="").exclude(twin=None)


class ImportRow(models.Model):
    """One row of the file: as it stood there, as it was understood, and what it comes to.

    A merge of two stakeholders repoints `stakeholder` and `twin`; there is nothing here to collide.
    """

    # Found by `one_row_each`; every index is one more to write for each row of the largest files.
    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    row = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=list)
    # field → value, all that the row says; the keys are those of the entry's columns, and "topics"
    values = models.JSONField(default=dict)
    # field → [before, after], where an entry is, or was, changed
    changes = models.JSONField(default=dict)
    # [[heading of the column, code of the rule, value], …]
    problems = models.JSONField(default=list)
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome)
    why = models.CharField(max_length=60, blank=True)
    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder", models.SET_NULL, null=True, related_name="import_rows", db_index=False
    )
    twin = models.ForeignKey(
        "stakeholders.Stakeholder", models.SET_NULL, null=True, related_name="import_twins", db_index=False
    )
    decision = models.CharField(max_length=10, choices=TwinDecision, blank=True)
    # Left as it is when the import was undone: it has been changed since.
    left = models.BooleanField(default=False)

    name_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    sort_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    site_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    slug = models.CharField(max_length=80, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["of", "row"], name="one_row_each"),
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values), name="import_row_outcome_known"
            ),
        ]
        indexes = [
            models.Index(fields=["of", "outcome", "row"], name="import_row_outcome"),
            models.Index(
                fields=["stakeholder"], condition=Q(stakeholder__isnull=False), name="import_row_stakeholder"
            ),
            models.Index(fields=["twin"], condition=Q(twin__isnull=False), name="import_row_twin"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}:{self.row}"
