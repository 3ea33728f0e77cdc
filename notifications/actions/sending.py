"""What the desk decides about the way out: hold back a kind or a batch, let it go on, set the rate."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError, WrongState
from core.later import later
from notifications.enums import Status
from notifications.models import Happening, Message, Outlet, Pause
from notifications.registry import kinds


def pause(kind: str, *, actor: User, happening: Happening | None = None) -> Pause:
    """Hold back what waits of `kind`, or of one happening of it. What a worker has taken still leaves.

    Raises DomainError for security and decisions, which people must get, and WrongState where it is paused.
    """
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    if kind not in kinds or not kinds[kind].is_optional:
        raise DomainError(_("Security and decisions are never held back."))
    return hold_back(kind, by=actor, happening=happening)


def hold_back(kind: str, *, by: User, happening: Happening | None = None) -> Pause:
    """As `pause`, for whoever has asked already whether `by` may. Raises WrongState where it is paused."""
    try:
        with transaction.atomic():
            made = Pause.objects.create(kind=kind, happening=happening, by=by)
            if happening is not None:
                due = Message.objects.filter(happening=happening, status__in=Status.DUE)
                due.update(status=Status.PAUSED)
    except IntegrityError:
        raise WrongState(_("This is paused already.")) from None
    return made


def resume(paused: Pause, *, actor: User) -> None:
    """Let it go on from where it stood. Raises WrongState where somebody else was first."""
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    let_go(paused, by=actor)


def let_go(paused: Pause, *, by: User) -> None:
    """As `resume`, for whoever has asked already whether `by` may."""
    with transaction.atomic():
        if not Pause.objects.live().filter(pk=paused.pk).update(ended_at=now(), ended_by=by):
            raise WrongState(_("This goes on already."))
        if paused.happening_id:
            held = Message.objects.filter(happening=paused.happening_id, status=Status.PAUSED)
            held.update(status=Status.QUEUED)
        later("notifications.sweep")


def set_rate(outlet: Outlet, per_second: float | None, *, actor: User) -> None:
    """How many mails a second the provider allows; None for as many as it takes."""
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    Outlet.objects.filter(pk=outlet.pk).update(per_second=per_second, tokens=0, filled_at=Now())
