"""The logo of an organization, or the photo of an expert."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile, private_path
from stakeholders.entries.models import Stakeholder
from stakeholders.logos.enums import LOGO_MOVES
from stakeholders.moderation.enums import Standing
from stakeholders.moderation.models import OnProfileQuerySet


class Logo(StoredFile):
    """One row for each picture: another picture is another row, so that its address never shows another."""

    MOVES = LOGO_MOVES

    stakeholder = models.OneToOneField(
        Stakeholder, models.CASCADE, related_name="logo", verbose_name=_("stakeholder")
    )
    file = models.FileField(_("file"), upload_to=private_path("logos"), max_length=200)
    alt = models.CharField(_("what the picture shows"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.SHOWN)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = OnProfileQuerySet["Logo"].as_manager()

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Standing.values), name="logo_status_known"),
            models.CheckConstraint(condition=~Q(alt=""), name="logo_has_words"),
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return self.stakeholder.get_absolute_url()

    @property
    def url(self) -> str:
        return logo_url(self.pk)

    @property
    def shown_url(self) -> str:
        """Return where readers of the profile see it; "" for one that the desk has hidden or removed."""
        return self.url if self.status == Standing.SHOWN else ""


def logo_url(pk: int | None) -> str:
    """Return the address of the picture of this number; "" for none."""
    return reverse("core:file", args=["logo", pk]) if pk else ""
