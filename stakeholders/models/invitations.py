"""Invitations by which colleagues become members."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from stakeholders.enums import MemberRole
from stakeholders.models.entries import Membership, Stakeholder


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """The administrators of the stakeholder, the desk, and whoever has proved to hold the address."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        led = Membership.objects.filter(user=user, role=MemberRole.ADMIN).values("stakeholder_id")
        return self.filter(Q(stakeholder_id__in=led) | Q(address__in=addresses_of(user)))

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; it may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def good(self) -> "InvitationQuerySet":
        """Those that can be accepted now."""
        return self.open().filter(expires_at__gt=now())

    def by_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hash_of(token))


class Invitation(models.Model):
    """A link sent to one address; whoever holds that address may become a member once."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="invitations", verbose_name=_("stakeholder")
    )
    # Kept in lower case.
    address = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    language = models.CharField(_("language of the mail"), max_length=2, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Ended by the invited person, at `withdrawn_at`.
    declined = models.BooleanField(_("declined"), default=False)
    decline_reason = models.CharField(_("why it was declined"), max_length=500, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="invitation_in_lower_case"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "address"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["address"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.address}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_good(self) -> bool:
        return self.is_open and self.expires_at > now()


def hash_of(token: str) -> str:
    """What is kept of a link's secret part, so that the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def addresses_of(user: Any) -> list[str]:
    """The addresses that the person has proved to be theirs, in lower case. One query."""
    proved = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return [address.lower() for address in proved]
