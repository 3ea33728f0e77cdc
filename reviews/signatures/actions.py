"""Signing together: the lead asks, the others confirm one text, and are asked again when it changes."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from reviews.contributions.actions import ask_to_sign
from reviews.contributions.enums import ContributionStatus, Signing
from reviews.contributions.models import Contribution, CoSignature
from search.actions import index
from stakeholders.entries.enums import Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of

S = ContributionStatus
MOST_SIGNATURES = 50
MOST_ASKED = 10  # a day, of one stakeholder by one lead: each is a mail
_ASKED_WHILE = (S.DRAFT, *S.OPEN)


def invite(contribution: Contribution, stakeholder: Stakeholder, *, actor: User) -> CoSignature:
    """Ask another stakeholder that the person may see to sign. Its administrators are told."""
    with transaction.atomic():
        contribution = _lock_contribution(contribution)
        if not actor.has_perm("reviews.change_contribution", contribution):
            raise PermissionDenied
        _refuse_unless_asking(contribution)
        invitable = Stakeholder.objects.visible_to(actor).filter(
            pk=stakeholder.pk, status__in=Status.TAKING_PART
        )
        if not invitable.exists():
            raise DomainError(
                _("This stakeholder cannot be asked."),
                fields={"stakeholder": _("Choose a stakeholder of the directory.")},
            )
        if stakeholder.pk == contribution.stakeholder_id:
            message = _("The lead does not sign its own contribution again.")
            raise DomainError(message, fields={"stakeholder": message})
        if contribution.signatures.count() >= MOST_SIGNATURES:
            message = _("At most %(most)s stakeholders can sign.") % {"most": MOST_SIGNATURES}
            raise DomainError(message, fields={"stakeholder": message})
        if not admins_of(stakeholder.pk).exists():
            message = _("This profile has no administrators who could sign for it.")
            raise DomainError(message, fields={"stakeholder": message})
        spend(
            "reviews.invite",
            f"{contribution.stakeholder_id}:{stakeholder.pk}",
            most=MOST_ASKED,
            seconds=24 * 3600,
        )
        try:
            with transaction.atomic():
                signature = CoSignature.objects.create(
                    contribution=contribution, stakeholder=stakeholder, invited_by=actor
                )
        except IntegrityError:
            message = _("This stakeholder has been asked already.")
            raise DomainError(message, fields={"stakeholder": message}) from None
        record(contribution, "reviews.contribution.invite", actor=actor, stakeholder=stakeholder.pk)
        ask_to_sign(signature, contribution)
    return signature


def take_back(signature: CoSignature, *, actor: User) -> None:
    """Withdraw the request to this stakeholder, with its signature."""
    with transaction.atomic():
        contribution = _lock_contribution(signature.contribution)
        if not actor.has_perm("reviews.change_contribution", contribution):
            raise PermissionDenied
        _refuse_unless_asking(contribution)
        if CoSignature.objects.filter(pk=signature.pk).delete()[0]:
            record(
                contribution,
                "reviews.contribution.uninvite",
                actor=actor,
                stakeholder=signature.stakeholder_id,
            )


def sign(signature: CoSignature, *, actor: User, digest: str, visibility: str | None = None) -> CoSignature:
    """Confirm the text that the person was shown, by its `digest`; `visibility`: who they were told reads it.

    Raises WrongState where either has changed since the page was opened: nobody signs unread words.
    """
    with transaction.atomic():
        contribution = _lock_contribution(signature.contribution)
        mine = _own_signature(signature, actor)
        _refuse_unless_asking(contribution)
        if (
            not contribution.digest
            or contribution.digest != digest
            or visibility not in (None, contribution.visibility)
        ):
            raise WrongState(
                _(
                    "The text, or who may read it, has changed since you opened this page. "
                    "Please read it again."
                )
            )
        _answer(mine, Signing.CONFIRMED, actor, digest)
        record(contribution, "reviews.contribution.sign", actor=actor, stakeholder=mine.stakeholder_id)
    return mine


def decline(signature: CoSignature, *, actor: User) -> CoSignature:
    """Answer that the stakeholder does not sign, or take its signature back, at any time."""
    with transaction.atomic():
        contribution = _lock_contribution(signature.contribution)
        mine = _own_signature(signature, actor)
        if contribution.status == S.WITHDRAWN:
            raise WrongState(_("This contribution was withdrawn."))
        _answer(mine, Signing.DECLINED, actor, "")
        if contribution.status == S.PUBLISHED:
            DirectoryVersion.objects.bump()
            index(contribution)
        record(contribution, "reviews.contribution.unsign", actor=actor, stakeholder=mine.stakeholder_id)
    return mine


def _lock_contribution(contribution: Contribution) -> Contribution:
    """Return the contribution locked, so that writing and signing it are serialized."""
    return Contribution.objects.select_for_update(no_key=True, of=("self",)).get(pk=contribution.pk)


def _own_signature(signature: CoSignature, actor: User) -> CoSignature:
    mine = CoSignature.objects.filter(pk=signature.pk).first()
    if mine is None or not actor.has_perm("reviews.sign_cosignature", mine):
        raise PermissionDenied
    return mine


def _refuse_unless_asking(contribution: Contribution) -> None:
    if contribution.status not in _ASKED_WHILE:
        raise WrongState(_("This contribution can no longer be signed."))


def _answer(signature: CoSignature, status: Signing, actor: User, digest: str) -> None:
    signature.status, signature.digest = status, digest
    signature.answered_by, signature.answered_at = actor, now()
    signature.save(update_fields=["status", "digest", "answered_by", "answered_at"])
