"""Mail domains that the desk trusts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class TrustedDomainQuerySet(models.QuerySet["TrustedDomain"]):
    def standing(self) -> "TrustedDomainQuerySet":
        return self.filter(ended_at=None)


class TrustedDomain(models.Model):
    """A domain on the list. Taking it off ends the row, so that every version of the list can be told."""

    domain = models.CharField(_("mail domain"), max_length=190)
    note = models.CharField(_("why it is trusted"), max_length=300)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), default=now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken off by"),
    )
    ended_at = models.DateTimeField(_("taken off at"), null=True, blank=True)

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
