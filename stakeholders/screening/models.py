"""Sanctions lists, the names on them, and the matches with names in the directory. Only for those who vet."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile, private_path
from stakeholders.applications.models import Application
from stakeholders.screening.enums import ListedKind, ProposalStatus, ScreenedKind, ScreenedName
from stakeholders.screening.transliteration import MOST_CHARACTERS

DIGEST = 64


class DeskOnlyQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> Self:
        """Return all rows for those who vet; no rows for anybody else, whatever their roles."""
        if user.is_authenticated and user.is_active and user.has_role(Role.VETTING, Role.HEAD):
            return self
        return self.none()


class ScreeningListQuerySet(DeskOnlyQuerySet["ScreeningList"]):
    def current(self) -> "ScreeningList | None":
        """Return the list in use, which is the last that was loaded; None before the first."""
        return self.order_by("-pk").first()


class ScreeningList(models.Model):
    """A consolidated list that was loaded. Loading a newer one deletes its names; this row stays.

    `entries` counts the persons and entities on the list, `rows` all forms of their names.
    """

    generated = models.DateField(_("made on"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=DIGEST)
    entries = models.PositiveIntegerField(_("profiles"))
    rows = models.PositiveIntegerField(_("forms of names"))
    loaded_at = models.DateTimeField(_("loaded at"), db_default=Now(), editable=False)
    loaded_by = by_person(_("loaded by"))

    objects = ScreeningListQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening list")
        verbose_name_plural = _("screening lists")

    def __str__(self) -> str:
        return f"{self.generated:%Y-%m-%d}"


class ProposedListQuerySet(DeskOnlyQuerySet["ProposedList"]):
    def waiting(self) -> Self:
        """Return the lists that are neither approved nor discarded."""
        return self.filter(status=ProposalStatus.WAITING)


class ProposedList(StoredFile):
    """A list that was uploaded or fetched. Once a person approves or discards it, its file is deleted."""

    generated = models.DateField(_("made on"))
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.WAITING
    )
    sent_by = by_person(_("sent by"))
    decided_by = by_person(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    file = models.FileField(_("file"), upload_to=private_path("screening"), max_length=200, blank=True)

    objects = ProposedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list that waits for approval")
        verbose_name_plural = _("lists that wait for approval")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposed_list_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.WAITING) | ~Q(file=""), name="waiting_list_has_its_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.generated:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("vetting:screening_list", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.status == ProposalStatus.WAITING


class ListedName(models.Model):
    """One form of a name on a list, as printed and as compared.

    `key` is the name in lower-case Latin letters and `bones` the consonants of the key, for names written
    without vowels; both are made by `transliteration`. `in_han` and `in_arabic` say whether the form has a
    letter of that script. `digest` is the SHA-256 of kind, reference and form; a `Match` refers to it.
    """

    list = models.ForeignKey(ScreeningList, models.CASCADE, related_name="names", verbose_name=_("list"))
    kind = models.CharField(_("kind"), max_length=10, choices=ListedKind)
    reference = models.CharField(_("reference"), max_length=60)
    form = models.CharField(_("form of the name"), max_length=MOST_CHARACTERS)
    key = models.CharField(max_length=MOST_CHARACTERS)
    bones = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    in_han = models.BooleanField(default=False)
    in_arabic = models.BooleanField(default=False)
    digest = models.CharField(max_length=DIGEST)

    objects = DeskOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("listed name")
        verbose_name_plural = _("listed names")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListedKind.values), name="listed_name_kind_known"),
            models.UniqueConstraint(fields=["list", "digest"], name="one_listed_name_each"),
        ]
        indexes = [
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], fastupdate=False, name="listed_key_alike"),
            GinIndex(
                fields=["bones"], opclasses=["gin_trgm_ops"], fastupdate=False, name="listed_bones_alike"
            ),
            models.Index(fields=["key"], name="listed_key"),
        ]

    def __str__(self) -> str:
        return self.form


class ScreeningRun(models.Model):
    """A run that compares all stakeholders and open applications with the list in use, batch by batch.

    `done` rows of `most` are compared; `found` counts the new matches. Progress is saved after each batch.
    """

    list = models.ForeignKey(ScreeningList, models.CASCADE, related_name="runs", verbose_name=_("list"))
    # The highest id of each kind that was compared: where a worker dies, only its own batch is done again.
    stakeholders_to = models.BigIntegerField(default=0)
    applications_to = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    most = models.PositiveIntegerField(_("in all"), default=0)
    found = models.PositiveIntegerField(_("new hits"), default=0)
    started_at = models.DateTimeField(_("started at"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = DeskOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening run")
        verbose_name_plural = _("screening runs")
        constraints = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=True),
                nulls_distinct=False,
                name="one_screening_run",
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class Screened(models.Model):
    """The last comparison of an application: with which list, and a digest of the names it had then.

    An application whose names have another digest now, or that was compared with an older list, is not
    screened: see `queries.is_screened`.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="screened", verbose_name=_("application")
    )
    list = models.ForeignKey(ScreeningList, models.CASCADE, related_name="+", verbose_name=_("list"))
    digest = models.CharField(max_length=DIGEST)
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = DeskOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("screened application")
        verbose_name_plural = _("screened applications")

    def __str__(self) -> str:
        return f"{self.application_id} · {self.list_id}"


class MatchQuerySet(DeskOnlyQuerySet["Match"]):
    def open(self) -> "MatchQuerySet":
        """Return the matches that are current and not cleared."""
        return self.filter(cleared_at=None, ended_at=None)

    def about(self, kind: str, subject_id: int) -> "MatchQuerySet":
        """Return the matches of one application or stakeholder."""
        return self.filter(subject_kind=kind, subject_id=subject_id)


class Match(models.Model):
    """One name of an application or stakeholder that is like one form of a name on the list.

    The digests of both names identify the pair: once cleared it stays cleared until either name changes.
    """

    subject_kind = models.CharField(_("kind of subject"), max_length=15, choices=ScreenedKind)
    subject_id = models.BigIntegerField(_("subject"))
    which = models.CharField(_("which name"), max_length=15, choices=ScreenedName)
    name = models.CharField(_("name here"), max_length=MOST_CHARACTERS)
    name_digest = models.CharField(max_length=DIGEST)
    kind = models.CharField(_("kind"), max_length=10, choices=ListedKind)
    reference = models.CharField(_("reference on the list"), max_length=60)
    form = models.CharField(_("name on the list"), max_length=MOST_CHARACTERS)
    listed_digest = models.CharField(max_length=DIGEST)
    # Translators: How much two names are alike, in per cent.
    likeness = models.FloatField(_("likeness"))
    found_at = models.DateTimeField(_("found at"), db_default=Now(), editable=False)
    # When one of the names changed, or left the list, before a person cleared the pair.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)
    cleared_by = by_person(_("cleared by"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening match")
        verbose_name_plural = _("screening matches")
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind__in=ScreenedKind.values), name="match_subject_known"
            ),
            models.CheckConstraint(condition=Q(which__in=ScreenedName.values), name="match_name_known"),
            models.CheckConstraint(condition=Q(kind__in=ListedKind.values), name="match_kind_known"),
            models.CheckConstraint(
                condition=Q(likeness__gte=0, likeness__lte=1), name="match_likeness_share"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, reason="")
                | (Q(cleared_at__isnull=False) & ~Q(reason="")),
                name="match_cleared_with_reason",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "name_digest", "listed_digest"],
                name="one_match_per_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-likeness", "id"], condition=Q(cleared_at=None, ended_at=None), name="match_open"
            )
        ]

    def __str__(self) -> str:
        # Without the form: logs and the admin print a match, and must not print names of the list.
        return f"{self.subject_kind} {self.subject_id} · {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.cleared_at is None and self.ended_at is None

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)
