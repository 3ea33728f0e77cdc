"""The dumps of all that is public, and under what terms the desk gives them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile, private_path


class OpenDataTerms(models.Model):
    """The licence that the desk has chosen for the dumps. Without it they say that none is stated."""

    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("As people read it. Empty: the data say that no licence is stated."),
    )
    code = models.CharField(
        _("code of the licence"), max_length=60, blank=True, help_text=_("As in the SPDX list, for programs.")
    )
    url = models.URLField(_("address of the licence"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("licence of the open data")
        verbose_name_plural = _("licence of the open data")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_licence_of_open_data"),
            models.CheckConstraint(
                condition=~models.Q(licence="") | models.Q(code="", url=""),
                name="open_data_licence_named",
                violation_error_message=_("Enter the licence."),
            ),
        ]

    def __str__(self) -> str:
        return self.licence or str(_("No licence stated"))


class DumpQuerySet(models.QuerySet["Dump"]):
    def visible_to(self, user: Any) -> "DumpQuerySet":
        """Everybody may take what is public."""
        return self

    def latest_first(self) -> "DumpQuerySet":
        return self.order_by("-day")


class Dump(models.Model):
    """What was public on one day (UTC). Its row comes with all its files, in one transaction."""

    day = models.DateField(_("day"), unique=True)
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    # What the desk stated on that day; the files say the same.
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    licence_url = models.URLField(_("address of the licence"), max_length=500, blank=True)

    objects = DumpQuerySet.as_manager()

    class Meta:
        verbose_name = _("open data of a day")
        verbose_name_plural = _("open data by day")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class DumpFile(StoredFile):
    """One file of a dump. `table` is what it is about, "" where it is about all; `rows` how many it holds."""

    dump = models.ForeignKey(Dump, models.CASCADE, related_name="files", verbose_name=_("open data of a day"))
    file = models.FileField(_("file"), upload_to=private_path("open-data"), max_length=200)
    table = models.CharField(_("table"), max_length=40, blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of open data")
        verbose_name_plural = _("files of open data")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dump", "name"], name="one_dump_file_per_name")]

    def address(self, day: date | None) -> str:
        """Where it is, for good, or as the latest of its name."""
        return reverse("open_data_file", args=[f"{day:%Y-%m-%d}" if day else "latest", self.name])
