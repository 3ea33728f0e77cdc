"""Keeping the list of trusted mail domains; each version of it can be told afterwards."""

import re

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_line
from stakeholders.models import TrustedDomain
from stakeholders.models.own_domain import OPEN_TO_ALL

DOMAIN = re.compile(r"(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def trust_domain(*, actor: User, domain: str, note: str) -> TrustedDomain:
    """Put a domain on the list. Raises DomainError with the field where it is none, open to all, or there."""
    if not actor.has_perm("stakeholders.keep_domains"):
        raise PermissionDenied
    domain = clean_line(domain).casefold().rpartition("@")[2].strip(".")
    note = clean_line(note)
    if not DOMAIN.fullmatch(domain):
        raise _wrong("domain", _("Write a domain, as in example.org."))
    if domain in OPEN_TO_ALL:
        raise _wrong("domain", _("Anybody can get an address at this domain; it says nothing about them."))
    if not note:
        raise _wrong("note", _("Say why it is trusted."))
    try:
        with transaction.atomic():
            trusted = TrustedDomain.objects.create(domain=domain, note=note, added_by=actor)
            record(trusted, "stakeholders.domain_trusted", actor=actor, domain=domain)
    except IntegrityError:
        raise _wrong("domain", _("This domain is on the list already.")) from None
    return trusted


def end_trust(trusted: TrustedDomain, *, actor: User) -> None:
    """Take a domain off the list; what was promised to applicants meanwhile stays promised."""
    if not actor.has_perm("stakeholders.keep_domains"):
        raise PermissionDenied
    with transaction.atomic():
        standing = TrustedDomain.objects.standing().filter(pk=trusted.pk)
        if not standing.update(ended_by=actor, ended_at=now()):
            raise WrongState(_("This domain has been taken off the list already."))
        record(trusted, "stakeholders.domain_ended", actor=actor, domain=trusted.domain)


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
