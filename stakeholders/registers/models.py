"""What public sources say: candidates for the directory, further sources of entries, and the ECOSOC list."""

import re
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.text import fold
from stakeholders.entries.enums import EcosocStatus
from stakeholders.registers.enums import (
    CandidateConfidence,
    CandidateStatus,
    CountryBasis,
    EcosocOutcome,
    LeaveOutReason,
)

LONGEST_NAME = 250
_WORDS = re.compile(r"\w+")


class FurtherSource(models.Model):
    """A public source that names a listed entry, beside the one in the entry's own columns."""

    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder",
        models.CASCADE,
        related_name="further_sources",
        verbose_name=_("stakeholder"),
    )
    name = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address of the source"), max_length=500)
    seen_on = models.DateField(_("seen on"))

    class Meta:
        verbose_name = _("further source")
        verbose_name_plural = _("further sources")
        constraints = [
            models.UniqueConstraint(fields=["stakeholder", "url"], name="one_further_source_per_address")
        ]
        indexes = [models.Index(fields=["name"], name="further_source_name")]

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Any) -> "CandidateQuerySet":
        """For those of the desk who list organizations."""
        if user.is_authenticated and user.is_active and user.has_perm("stakeholders.import_listed"):
            return self
        return self.none()

    def waiting(self) -> "CandidateQuerySet":
        return self.filter(status=CandidateStatus.WAITING)


class Candidate(models.Model):
    """An organization of the content that the portal begins with, and what became of it in the directory.

    `said` is what the file says of it, by the columns of an entry; what is not sourced stands beside.
    """

    code = models.CharField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    said = models.JSONField()
    # [name, address, day on which it was read], the main one first.
    sources = models.JSONField()
    why = models.CharField(_("why it is here"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # For the desk alone, as is the website that no source gives.
    unsure = models.CharField(_("what is unsure"), max_length=500, blank=True)
    unsourced_website = models.CharField(_("website without a source"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=CandidateConfidence)
    country_basis = models.CharField(_("basis of the country"), max_length=10, choices=CountryBasis)
    is_in_file = models.BooleanField(_("still in the file"), default=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CandidateStatus, default=CandidateStatus.WAITING
    )
    # Empty for what was listed and taken out again: it does not come back by itself.
    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("stakeholder"),
    )
    reason = models.CharField(_("reason"), max_length=20, choices=LeaveOutReason, blank=True)
    remark = models.CharField(_("note"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate for the directory")
        verbose_name_plural = _("candidates for the directory")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CandidateStatus.values), name="candidate_status_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=CandidateConfidence.values), name="candidate_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(country_basis__in=CountryBasis.values), name="candidate_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=("", *LeaveOutReason.values)), name="candidate_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=CandidateStatus.LEFT_OUT) | ~Q(reason=""), name="left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sure(self) -> bool:
        """Whether it may be listed without a person: no question about it stands in the file."""
        sourced = self.country_basis in CountryBasis.SOURCED and self.confidence in CandidateConfidence.SURE
        return sourced and not self.said.get("decide")

    @property
    def is_removed(self) -> bool:
        return self.status == CandidateStatus.LISTED and self.stakeholder_id is None


def ecosoc_key(name: str) -> str:
    """Return the words of a name, folded, without dashes, quotation marks and brackets."""
    return " ".join(_WORDS.findall(fold(name)))[:LONGEST_NAME]


class EcosocNameQuerySet(models.QuerySet["EcosocName"]):
    def visible_to(self, user: Any) -> "EcosocNameQuerySet":
        """For those who vet."""
        if user.is_authenticated and user.is_active and user.has_role(Role.VETTING, Role.HEAD):
            return self
        return self.none()


class EcosocName(models.Model):
    """A name on the published list of decisions on consultative status, with the latest one."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    key = models.CharField(max_length=LONGEST_NAME, unique=True)
    outcome = models.CharField(_("latest decision"), max_length=10, choices=EcosocOutcome)
    decided_on = models.DateField(_("decided on"))
    # Where the list tells it.
    kind = models.CharField(_("kind of status"), max_length=10, choices=EcosocStatus, blank=True)
    now_called = models.CharField(_("now called"), max_length=LONGEST_NAME, blank=True)

    objects = EcosocNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name on the ECOSOC list")
        verbose_name_plural = _("names on the ECOSOC list")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=EcosocOutcome.values), name="ecosoc_outcome_known")
        ]
        indexes = [
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="ecosoc_name_alike"),
            models.Index(fields=["-decided_on"], name="ecosoc_decided_on"),
        ]

    def __str__(self) -> str:
        return self.name
