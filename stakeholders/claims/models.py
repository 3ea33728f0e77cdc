"""Requests to join an organization, proofs by mail that an entry is one's own, and what the desk handed over.

When two stakeholders are merged: of two open requests of one person the older one stays and the other is
withdrawn; proofs and handovers move along, since nothing about them is unique but an open proof, of which
the newer stays.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person, of_person
from stakeholders.claims.enums import MOST_ATTEMPTS, JoinOutcome
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def visible_to(self, user: Any) -> "JoinRequestQuerySet":
        """One's own, those to stakeholders that one administers, and all for those who vet."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.all()
        led = entries_of(user, MemberRole.ADMIN)
        return self.filter(Q(user=user) | Q(stakeholder_id__in=led))

    def open(self) -> "JoinRequestQuerySet":
        return self.filter(answered_at=None)


class JoinRequest(models.Model):
    """Somebody asks to act for an organization that is there already."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="join_requests", verbose_name=_("stakeholder")
    )
    user = of_person(_("person"), related_name="join_requests")
    # As the person saw it: it may be hidden from them by the time of the answer.
    entry_name = models.CharField(_("name of the profile"), max_length=250)
    message = models.TextField(_("message"), max_length=1000)
    asked_at = models.DateTimeField(_("asked at"), default=now)
    # When nobody of the organization had answered, or could: from then on the desk answers as well.
    with_desk_since = models.DateTimeField(_("with the desk since"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=JoinOutcome, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    answered_by = by_person(_("answered by"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="join_request_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | Q(outcome__in=JoinOutcome.values, answered_at__isnull=False),
                name="join_request_answered_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=JoinOutcome.DECLINED) | ~Q(reason=""), name="join_request_declined_why"
            ),
            models.CheckConstraint(
                condition=(Q(outcome=JoinOutcome.ACCEPTED) & Q(role__in=MemberRole.values))
                | (~Q(outcome=JoinOutcome.ACCEPTED) & Q(role="")),
                name="join_request_accepted_as",
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "user"],
                condition=Q(answered_at=None),
                name="one_open_join_request_each",
            ),
        ]
        indexes = [
            # What the clock passes to the desk.
            models.Index(
                fields=["asked_at"],
                condition=Q(answered_at=None, with_desk_since=None),
                name="join_request_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.entry_name

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class MailProofQuerySet(models.QuerySet["MailProof"]):
    def visible_to(self, user: Any) -> "MailProofQuerySet":
        """One's own; for those who vet, also those that hold."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(Q(user=user) | Q(proved_at__isnull=False))
        return self.filter(user=user)

    def open(self) -> "MailProofQuerySet":
        """Return the codes that are neither used nor ended."""
        return self.filter(proved_at=None, ended_at=None)

    def holding(self) -> "MailProofQuerySet":
        return self.filter(proved_at__isnull=False)


class MailProof(models.Model):
    """That a person reads mail at the domain of an entry's site; first a code that was sent, then a fact."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="mail_proofs", verbose_name=_("profile")
    )
    user = of_person(_("person"), related_name="mail_proofs")
    # Kept in lower case.
    address = models.EmailField(_("e-mail address"))
    # The host of the entry's site when the code was sent: what the address was measured by.
    site = models.CharField(_("website of the profile"), max_length=300)
    code_hash = models.CharField(max_length=64, editable=False)
    attempts = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    sent_at = models.DateTimeField(_("sent at"), default=now)
    expires_at = models.DateTimeField(_("good until"))
    proved_at = models.DateTimeField(_("proved at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = MailProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof by e-mail")
        verbose_name_plural = _("proofs by e-mail")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="mail_proof_in_lower_case"),
            models.CheckConstraint(
                condition=Q(proved_at=None) | Q(ended_at=None), name="mail_proof_ends_once"
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "user"],
                condition=Q(proved_at=None, ended_at=None),
                name="one_open_mail_proof_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.user_id}"

    @property
    def is_good(self) -> bool:
        """Whether its code can still be typed in."""
        open_still = self.proved_at is None and self.ended_at is None
        return open_still and self.attempts < MOST_ATTEMPTS and self.expires_at > now()

    @property
    def attempts_left(self) -> int:
        return max(MOST_ATTEMPTS - self.attempts, 0)


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> "HandoverQuerySet":
        """Return the rows for those who vet only, since the reasons are theirs."""
        if user.is_authenticated and user.is_active and user.has_role(Role.VETTING, Role.HEAD):
            return self.all()
        return self.none()


class Handover(models.Model):
    """That the desk made somebody administrator of an entry, and why."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="handovers", verbose_name=_("stakeholder")
    )
    person = by_person(_("person"))
    by = by_person(_("by"))
    reason = models.TextField(_("reason"), max_length=1000)
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrator appointed by the desk")
        verbose_name_plural = _("administrators appointed by the desk")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="handover_gives_a_reason")]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.person_id}"
