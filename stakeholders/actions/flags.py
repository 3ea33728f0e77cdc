"""Noting something about a stakeholder or an application, and withdrawing it with a reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from stakeholders.enums import FlagKind, Status
from stakeholders.models import Application, Flag, Stakeholder


def raise_flag(about: Stakeholder | Application, *, actor: User, kind: str, text: str) -> Flag:
    """Keep an observation or a flag with what was noticed. Raises PermissionDenied and DomainError."""
    text = clean_block(text)
    if not actor.has_perm("stakeholders.raise_flag"):
        raise PermissionDenied
    if kind not in FlagKind.values:
        raise DomainError(_("Choose the kind."), fields={"kind": _("Choose the kind.")})
    if not text:
        raise DomainError(_("Say what you noticed."), fields={"text": _("Say what you noticed.")})
    with transaction.atomic():
        # An approval locks the application as well: the flag comes before it, and blocks, or after it.
        kept = type(about)._base_manager.select_for_update(no_key=True).get(pk=about.pk)
        if kept.status == Status.MERGED:
            raise WrongState(_("This entry was merged into another meanwhile. Please note it there."))
        where = {"application": about} if isinstance(about, Application) else {"stakeholder": about}
        flag = Flag.objects.create(kind=kind, text=text, raised_by=actor, **where)
        record(about, "stakeholders.flag_raised", actor=actor, kind=kind, flag=flag.pk)
    return flag


def withdraw_flag(flag: Flag, *, actor: User, reason: str) -> Flag:
    """Take a flag back; it stays on record with who did so and why. The second of two gets WrongState."""
    reason = clean_block(reason)
    if not actor.has_perm("stakeholders.withdraw_flag"):
        raise PermissionDenied
    if not reason:
        raise DomainError(_("Say why it is withdrawn."), fields={"reason": _("Say why it is withdrawn.")})
    with transaction.atomic():
        won = (
            Flag.objects.standing()
            .filter(pk=flag.pk)
            .update(withdrawn_by=actor, withdrawn_at=now(), withdrawal_reason=reason)
        )
        if not won:
            raise WrongState(_("This has already been withdrawn."))
        flag.refresh_from_db()
        about = flag.application or flag.stakeholder
        assert about is not None  # noqa: S101  the database keeps one of the two
        record(about, "stakeholders.flag_withdrawn", actor=actor, kind=flag.kind, flag=flag.pk)
    return flag


def flag_guard(application: Application) -> str | None:
    """A red flag that stands, on the application or on the entry it concerns."""
    red = Flag.objects.standing().filter(kind=FlagKind.RED).on_application(application)
    if red.exists():
        return _("A red flag stands. It must be withdrawn, with a reason, before an approval.")
    return None
