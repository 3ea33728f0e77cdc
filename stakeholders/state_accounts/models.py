"""Accounts of State users: nominated by a note verbale, invited by the desk, ended by the desk."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile, private_path
from stakeholders.invitations.models import TokenInvitation, TokenInvitationQuerySet, addresses_of
from stakeholders.state_accounts.enums import StateEnd


class StateAccountQuerySet(TokenInvitationQuerySet["StateAccount"]):
    def visible_to(self, user: Any) -> "StateAccountQuerySet":
        """Return the rows for the head of desk, administrators, and the person invited."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.HEAD, Role.ADMINISTRATOR):
            return self.all()
        return self.filter(Q(user=user) | Q(address__in=addresses_of(user)))


class StateAccount(TokenInvitation, StoredFile):
    """One person whom a State has named in a note verbale; the file is the scanned note, where there is one.

    Accepted, it gives a role grant for the country; ended, it takes that away.
    """

    ENDED_AT = "ended_at"
    uploaded_at = None  # type: ignore[assignment]  # the scan comes with the row or not at all

    country = models.ForeignKey("taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("State"))
    person = models.CharField(_("name of the person"), max_length=150, blank=True)
    note_reference = models.CharField(_("reference of the note verbale"), max_length=120)
    note_date = models.DateField(_("date of the note verbale"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("invited at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("good until"))
    user = by_person(_("account"), related_name="state_accounts", blank=True)
    grant = models.OneToOneField(
        "accounts.Grant",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="state_account",
        verbose_name=_("role grant"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = by_person(_("ended by"), blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=10, choices=StateEnd, blank=True)
    end_note = models.TextField(_("note of the desk"), max_length=1000, blank=True)

    file = models.FileField(_("scanned note"), upload_to=private_path("notes"), max_length=200, blank=True)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)

    objects = StateAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("State account")
        verbose_name_plural = _("State accounts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="state_account_lower_case"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & Q(end_reason__in=StateEnd.values)),
                name="state_account_ended_says_why",
            ),
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None), name="one_state_account_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} · {self.person or self.address}"

    def get_absolute_url(self) -> str:
        return reverse("vetting:state", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.accepted_at is not None and self.ended_at is None
