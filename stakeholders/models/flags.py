"""Observations and flags: what the desk keeps in mind about a stakeholder or an application."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from stakeholders.enums import FlagKind
from stakeholders.models.applications import Application
from stakeholders.models.entries import Membership, Stakeholder


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, user: Any) -> "FlagQuerySet":
        """Those who vet, except on what they belong to. Nobody else learns that there is one."""
        if not (user.is_authenticated and user.has_perm("stakeholders.view_flags")):
            return self.none()
        own = Membership.objects.filter(user=user).values("stakeholder_id")
        return self.exclude(
            Q(stakeholder__in=own) | Q(application__stakeholder__in=own) | Q(application__applicant=user)
        )

    def delete(self) -> NoReturn:
        raise TypeError("Flags are withdrawn, never deleted.")

    def standing(self) -> "FlagQuerySet":
        return self.filter(withdrawn_at=None)

    def on_application(self, application: Application) -> "FlagQuerySet":
        """Its own, and those of the entry it concerns with all that led to that entry."""
        concerned = Q(application=application)
        if application.stakeholder_id:
            concerned |= Q(stakeholder=application.stakeholder_id)
            concerned |= Q(application__stakeholder=application.stakeholder_id)
        return self.filter(concerned)

    def on_stakeholder(self, stakeholder: Stakeholder) -> "FlagQuerySet":
        """Its own, and those of the applications that led to it."""
        return self.filter(Q(stakeholder=stakeholder) | Q(application__stakeholder=stakeholder))


class Flag(models.Model):
    """Never deleted: withdrawing it leaves it on record, with who did so and why."""

    kind = models.CharField(_("kind"), max_length=12, choices=FlagKind)
    text = models.TextField(_("what was noticed"), max_length=2000)
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("stakeholder"),
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flags",
        verbose_name=_("application"),
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("raised by")
    )
    at = models.DateTimeField(_("raised at"), default=now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), max_length=1000, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="flag_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="flag_says_why"),
            models.CheckConstraint(
                condition=Q(stakeholder__isnull=False, application__isnull=True)
                | Q(stakeholder__isnull=True, application__isnull=False),
                name="flag_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="flag_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.pk}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("A flag is withdrawn, never deleted.")
