"""Keeping the list of trusted mail domains, and what is said about sources."""

import re

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_line
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.own_domain import OPEN_TO_ALL
from stakeholders.trust.enums import Trust
from stakeholders.trust.models import SourceTrust, TrustedDomain

DOMAIN = re.compile(r"(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def trust_domain(*, actor: User, domain: str, note: str) -> TrustedDomain:
    """Put a domain on the list. Raises DomainError with the field where it is none, open to all, or there."""
    if not actor.has_perm("stakeholders.keep_domains"):
        raise PermissionDenied
    domain = clean_line(domain).casefold().rpartition("@")[2].strip(".")
    note = clean_line(note)
    if not DOMAIN.fullmatch(domain):
        raise _field_error("domain", _("Write a domain, as in example.org."))
    if domain in OPEN_TO_ALL:
        raise _field_error("domain", _("Anybody can get an address at this domain; it proves nothing."))
    if not note:
        raise _field_error("note", _("Give the reason why it is trusted."))
    try:
        with transaction.atomic():
            trusted = TrustedDomain.objects.create(domain=domain, note=note, added_by=actor)
            record(trusted, "stakeholders.domain_trusted", actor=actor, domain=domain)
    except IntegrityError:
        raise _field_error("domain", _("This domain is on the list already.")) from None
    return trusted


def end_domain(trusted: TrustedDomain, *, actor: User) -> None:
    """Take a domain off the list; what was promised to applicants meanwhile stays promised."""
    if not actor.has_perm("stakeholders.keep_domains"):
        raise PermissionDenied
    with transaction.atomic():
        standing = TrustedDomain.objects.standing().filter(pk=trusted.pk)
        if not standing.update(ended_by=actor, ended_at=now()):
            raise WrongState(_("This domain has been removed from the list already."))
        record(trusted, "stakeholders.domain_ended", actor=actor, domain=trusted.domain)


def _field_error(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})


# --- What the desk says about its trust in a source; each word can be told afterwards ----------------


def trust_source(
    *,
    actor: User,
    level: int,
    note: str,
    person: User | None = None,
    stakeholder: Stakeholder | None = None,
    domain: str = "",
) -> SourceTrust:
    """Trust a source (a person, a stakeholder or a domain) or hold it; an earlier decision ends."""
    if not actor.has_perm("stakeholders.trust_sources"):
        raise PermissionDenied
    domain, note = clean_line(domain).casefold().rpartition("@")[2].strip("."), clean_line(note)
    if sum(map(bool, (person, stakeholder, domain))) != 1:
        raise _field_error("domain", _("Name one person, one stakeholder or one mail domain."))
    if level not in Trust.BY_DESK:
        raise _field_error("level", _("Choose how far the source is trusted."))
    if domain and not DOMAIN.fullmatch(domain):
        raise _field_error("domain", _("Write a domain, as in example.org."))
    if domain in OPEN_TO_ALL and level == Trust.TRUSTED:
        raise _field_error("domain", _("Anybody can get an address at this domain; it proves nothing."))
    if not note:
        raise _field_error("note", _("Give the reason."))
    if person is not None and person.pk == actor.pk:
        raise _field_error("person", _("You cannot decide about the trust in yourself."))
    try:
        with transaction.atomic():
            standing = SourceTrust.objects.standing().filter(
                person=person, stakeholder=stakeholder, domain=domain
            )
            standing.update(ended_by=actor, ended_at=now())
            source_trust = SourceTrust.objects.create(
                person=person, stakeholder=stakeholder, domain=domain, level=level, note=note, given_by=actor
            )
            record(source_trust, "stakeholders.sourcetrust.give", actor=actor, level=int(level))
    except IntegrityError as raced:
        raise WrongState(_("Another person has changed this in the meantime.")) from raced
    return source_trust


def end_source(trust: SourceTrust, *, actor: User) -> None:
    """End the trust in a source, which is reviewed first from now on."""
    if not actor.has_perm("stakeholders.trust_sources"):
        raise PermissionDenied
    with transaction.atomic():
        if not SourceTrust.objects.standing().filter(pk=trust.pk).update(ended_by=actor, ended_at=now()):
            raise WrongState(_("This has ended already."))
        record(trust, "stakeholders.sourcetrust.end", actor=actor)
