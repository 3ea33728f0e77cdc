"""Claiming a listed entry: begun from it, proved by mail at its own domain or by a paper."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.digests import keyed_digests
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_line
from notifications.outbox.actions import mail_address, notify_all
from stakeholders.applications.enums import ApplicationStatus, Purpose
from stakeholders.applications.models import Application
from stakeholders.applications.queries import draft_of
from stakeholders.claims.enums import CODE_LENGTH, CODE_MINUTES
from stakeholders.claims.models import MailProof
from stakeholders.claims.queries import claim_draft, lacks_proof, other_claims, twins
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.own_domain import proves, site_host
from workflow.moves.actions import lock

A_DAY = 24 * 3600
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
# What a claim begins with, as the entry says it; who may find it is chosen anew.
PREFILLED = ("name", "name_latin", "acronym", "city", "website", "mission")
PREFILLED_CODES = ("country_id", "mission_language_id")


def begin_claim(stakeholder: Stakeholder, *, actor: User) -> Application:
    """Return the person's claim of a listed entry, begun now where there is none.

    A draft of a new entry becomes the claim: what was typed stays, what is blank is taken from the entry.
    Raises WrongState where the entry is not to be claimed, DomainError where another claim is a draft.
    """
    if not actor.has_perm("stakeholders.claim_stakeholder", stakeholder):
        raise PermissionDenied
    with transaction.atomic():
        entry = Stakeholder.objects.get(pk=stakeholder.pk)
        _refuse_unless_listed(entry)
        begun = claim_draft(actor, entry)
        if begun is not None:
            return begun
        draft = draft_of(actor)
        if draft is not None and draft.purpose == Purpose.CLAIM:
            raise DomainError(
                _(
                    "You have begun to claim another profile, %(name)s. Submit that claim "
                    "or delete its draft first."
                )
                % {"name": draft.name}
            )
        spend("stakeholders.claim", str(actor.pk), most=10, seconds=A_DAY)
        try:
            with transaction.atomic():
                return _claim_from(draft or Application(applicant=actor), entry)
        except IntegrityError:  # another window was a moment earlier
            raise WrongState(_("You have begun in another window. Please reload the page.")) from None


def send_code(application: Application, address: str, *, actor: User) -> MailProof:
    """Send a code to an address at the entry's own domain; a code that was sent before opens nothing now.

    Raises DomainError with the field where the address proves nothing.
    """
    address = address.strip().lower()
    with transaction.atomic():
        application, entry = _lock_own_claim(application, actor)
        if not proves(address, entry.website):
            text = _(
                "This address is not at the domain of the profile's website. A document can prove it instead."
            )
            raise DomainError(text, fields={"address": text})
        spend("stakeholders.claim_code", str(actor.pk), most=6, seconds=A_DAY)
        spend("stakeholders.claim_code_to", address, most=4, seconds=A_DAY)
        spend("stakeholders.claim_code_about", str(entry.pk), most=20, seconds=A_DAY)
        moment = now()
        MailProof.objects.open().filter(stakeholder=entry, user=actor).update(ended_at=moment)
        code = "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))
        proof = MailProof.objects.create(
            stakeholder=entry,
            user=actor,
            address=address,
            site=site_host(entry.website),
            code_hash=_hashes_of(code, actor.pk, entry.pk)[0],
            expires_at=moment + timedelta(minutes=CODE_MINUTES),
        )
        mail_address(
            address,
            "stakeholders.claim_code",
            key=f"mail_proof:{proof.pk}",
            language=actor.language,
            url_name="stakeholders:claim_proof",
            url_args=[application.pk],
            facts={
                "name": entry.name,
                "by": str(actor),
                "code": f"{code[:4]}-{code[4:]}",
                "until": proof.expires_at.isoformat(),
            },
            subject=proof,
        )
    return proof


def confirm_code(application: Application, code: str, *, actor: User) -> MailProof:
    """Prove the claim by the code that was sent. A wrong code counts in any case; a right one works once."""
    with transaction.atomic():
        _claim, entry = _lock_own_claim(application, actor)
        proof = (
            MailProof.objects.open()
            .select_for_update(no_key=True, of=("self",))
            .filter(stakeholder=entry, user=actor)
            .first()
        )
        wrong = _why_not(proof, code, entry, actor)
        if proof is not None and not wrong:
            proof.proved_at = now()
            proof.save(update_fields=["proved_at"])
            record(entry, "stakeholders.claim_proved", actor=actor, proof=proof.pk)
    # Raised once the attempt is kept.
    if proof is None or wrong:
        raise DomainError(wrong, fields={"code": wrong})
    return proof


def tell_apart(application: Application, *, actor: User, ids: Collection[int], why: str) -> Application:
    """Store that twins which the person was shown are other organizations, and why; it blocks nothing."""
    with transaction.atomic():
        application = _lock_own_draft(application, actor)
        shown = {twin.match.stakeholder.pk for twin in twins(actor, application)}
        application.told_apart = sorted({*application.told_apart, *(shown & set(ids))})
        application.told_apart_why = clean_line(why)[:300]
        application.save(update_fields=["told_apart", "told_apart_why"])
    return application


# --- What registration and vetting ask -------------------------------------------------------------
def refuse_if_taken(application: Application) -> None:
    """Raise WrongState where what is claimed is no longer to be claimed."""
    if application.purpose == Purpose.CLAIM and application.stakeholder is not None:
        _refuse_unless_listed(Stakeholder.objects.get(pk=application.stakeholder.pk))


def claim_guard(application: Application) -> str | None:
    """Return why a claim cannot be approved: its entry has gone to another, or proof is missing."""
    entry = application.stakeholder
    if application.purpose != Purpose.CLAIM or entry is None:
        return None
    if entry.status != Status.LISTED:
        return _(
            "The profile has been claimed by another person, or no longer exists. Decline "
            "this claim as a duplicate."
        )
    if lacks_proof(application):
        return _(
            "This claim has no proof yet: neither an e-mail address at the profile's own domain "
            "nor a document."
        )
    return None


def claimed_entry(application: Application) -> Stakeholder | None:
    """Return the listed entry that an approval makes active, locked; None for a new entry.

    Of two claims that are approved at once, the second gets WrongState.
    """
    if application.purpose != Purpose.CLAIM or application.stakeholder_id is None:
        return None
    entry = Stakeholder.objects.select_for_update(no_key=True).get(pk=application.stakeholder_id)
    if entry.status != Status.LISTED:
        raise WrongState(_("Another claim of this profile was approved a moment ago."))
    return entry


def claim_approved(application: Application, entry: Stakeholder, *, actor: User) -> None:
    """Keep in the history where the entry came from, and tell the others who claim it."""
    if application.purpose != Purpose.CLAIM:
        return
    record(
        entry,
        "stakeholders.claimed",
        actor=actor,
        source=entry.source_name,
        date=entry.source_date.isoformat() if entry.source_date else "",
    )
    for other in other_claims(application):
        if other.applicant is None:
            continue
        notify_all(
            [other.applicant],
            "stakeholders.claim_taken",
            key=f"application:{other.pk}:taken",
            url_name="stakeholders:application",
            url_args=[other.pk],
            facts={"name": other.name},
            subject=other,
        )


def entry_merged(gone: str, remaining: Stakeholder) -> None:
    """Tell those who claim an entry that was just merged into one that has people of its own."""
    if remaining.status == Status.LISTED:
        return
    open_claims = Application.objects.filter(
        stakeholder=remaining,
        purpose=Purpose.CLAIM,
        status__in=(ApplicationStatus.DRAFT, *ApplicationStatus.OPEN),
    )
    for claim in open_claims.select_related("applicant"):
        if claim.applicant is None:
            continue
        notify_all(
            [claim.applicant],
            "stakeholders.claim_merged",
            key=f"application:{claim.pk}:merged:{remaining.pk}",
            url_name="stakeholders:application",
            url_args=[claim.pk],
            facts={"gone": gone, "kept": remaining.name},
            subject=claim,
        )


def _claim_from(draft: Application, entry: Stakeholder) -> Application:
    for field in (*PREFILLED, *PREFILLED_CODES):
        if not getattr(draft, field):
            setattr(draft, field, getattr(entry, field))
    draft.kind = entry.kind
    draft.purpose = Purpose.CLAIM
    draft.stakeholder = entry
    draft.version += 1
    draft.updated_at = now()
    draft.save()
    if not draft.topics.exists():
        draft.topics.set(entry.topics.all())
    return draft


def _refuse_unless_listed(entry: Stakeholder) -> None:
    if entry.status in Status.TAKING_PART:
        raise WrongState(_("This profile already has administrators. You can ask to join them."))
    if entry.status != Status.LISTED:
        raise WrongState(_("This profile cannot be claimed now."))


def _lock_own_draft(application: Application, actor: User) -> Application:
    application = lock(application, actor, "stakeholders.change_application")
    if application.status != ApplicationStatus.DRAFT:
        raise WrongState(
            _("This application has already been submitted. Its page shows what you can still do.")
        )
    return application


def _lock_own_claim(application: Application, actor: User) -> tuple[Application, Stakeholder]:
    application = lock(application, actor, "stakeholders.change_application")
    if application.stakeholder is None:
        raise PermissionDenied
    if application.purpose != Purpose.CLAIM or not (application.is_draft or application.is_open):
        raise WrongState(_("This claim has been decided already."))
    _refuse_unless_listed(application.stakeholder)
    return application, application.stakeholder


def _why_not(proof: MailProof | None, code: str, entry: Stakeholder, actor: User) -> str:
    """Return why a code is refused, or "", and count a wrong one."""
    if proof is None:
        return _("There is no code for you here. Please request one first.")
    if not proof.attempts_left:
        return _("Too many wrong codes. Please request a new one.")
    if not proof.is_good:
        return _("This code has expired. Please request a new one.")
    if not proves(proof.address, entry.website):
        return _("The website of the profile has changed meanwhile. Please request a new code.")
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    if any(constant_time_compare(proof.code_hash, good) for good in _hashes_of(typed, actor.pk, entry.pk)):
        return ""
    proof.attempts += 1
    proof.save(update_fields=["attempts"])
    return _("This is not the code that we sent. Please check the e-mail again.")


def _hashes_of(code: str, person: int, entry: int) -> list[str]:
    """Return what may be stored of a code: it counts for this person and this entry alone."""
    return keyed_digests("stakeholders.claims.code", f"{person}:{entry}:{code}")
