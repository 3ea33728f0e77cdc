"""Mail domains that the desk trusts, and how far it trusts those who publish."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from stakeholders.entries.models import Stakeholder
from stakeholders.trust.enums import Trust


class TrustedDomainQuerySet(models.QuerySet["TrustedDomain"]):
    def standing(self) -> "TrustedDomainQuerySet":
        return self.filter(ended_at=None)


class TrustedDomain(models.Model):
    """A domain on the list. Taking it off ends the row, so that every version of the list can be told."""

    domain = models.CharField(_("mail domain"), max_length=190)
    note = models.CharField(_("why it is trusted"), max_length=300)
    added_by = by_person(_("added by"))
    added_at = models.DateTimeField(_("added at"), default=now)
    ended_by = by_person(_("removed by"), blank=True)
    ended_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = TrustedDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("trusted mail domain")
        verbose_name_plural = _("trusted mail domains")
        ordering = ["domain", "-added_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(domain="") & ~Q(note=""), name="trusted_domain_says_why"),
            models.UniqueConstraint(
                fields=["domain"], condition=Q(ended_at=None), name="one_standing_trusted_domain"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


# --- Whom the desk trusts with what it publishes, and whom it keeps on hold --------------------------

_ONE_SOURCE = (
    Q(person__isnull=False, stakeholder=None, domain="")
    | Q(person=None, stakeholder__isnull=False, domain="")
    | (Q(person=None, stakeholder=None) & ~Q(domain=""))
)


class SourceTrustQuerySet(models.QuerySet["SourceTrust"]):
    def visible_to(self, user: Any) -> "SourceTrustQuerySet":
        """Return the rows for the desk only."""
        return self if user.is_authenticated and user.has_role(Role.CURATION, Role.HEAD) else self.none()

    def standing(self) -> "SourceTrustQuerySet":
        return self.filter(ended_at=None)


class SourceTrust(models.Model):
    """One word of the desk about one source. Taking it back ends the row, so that all of it can be told."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("stakeholder")
    )
    domain = models.CharField(_("mail domain"), max_length=190, blank=True)
    level = models.PositiveSmallIntegerField(_("how far it is trusted"), choices=Trust)
    note = models.CharField(_("why"), max_length=300)
    given_by = by_person(_("given by"))
    given_at = models.DateTimeField(_("given at"), default=now)
    ended_by = by_person(_("ended by"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = SourceTrustQuerySet.as_manager()

    class Meta:
        verbose_name = _("trust in a source")
        verbose_name_plural = _("trust in sources")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_ONE_SOURCE, name="source_trust_in_one"),
            models.CheckConstraint(condition=Q(level__in=(0, 2)), name="source_trust_level_said"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None, person__isnull=False),
                name="one_source_trust_of_person",
            ),
            models.UniqueConstraint(
                fields=["stakeholder"],
                condition=Q(ended_at=None, stakeholder__isnull=False),
                name="one_source_trust_of_stakeholder",
            ),
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(ended_at=None) & ~Q(domain=""),
                name="one_source_trust_of_domain",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.stakeholder or self.domain)
