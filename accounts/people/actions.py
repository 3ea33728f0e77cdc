"""Roles given, confirmed and ended; consent; accounts closed and reopened; tokens revoked with that."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts import hooks
from accounts.people.enums import Role, Scope
from accounts.people.models import Consent, Grant, LegalVersion, User
from accounts.people.queries import LEGAL_CACHE_KEY, administrators
from core.errors import DomainError, WrongState


@transaction.atomic
def grant_role(
    user: User,
    role: str,
    *,
    actor: User,
    scope_kind: str = Scope.GLOBAL,
    scope_code: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    alongside: bool = False,
    system: bool = False,
) -> Grant:
    """Give `role` to `user`. A role of the desk stays without effect until a second person confirms it.

    Raises DomainError where they have it already, unless `alongside`: an appointment keeps grants of its own.
    `system`: an act that asked a permission of its own gives a role outside the desk.
    """
    grant = Grant(
        user=user, role=role, scope_kind=scope_kind, scope_code=scope_code, granted_by=actor, ends_at=ends_at
    )
    if starts_at is not None:
        grant.starts_at = starts_at
    if not (system and role not in Role.DESK) and not actor.has_perm("accounts.give_grant", grant):
        raise PermissionDenied(_("Only an administrator may give this role."))
    same = user.grants.filter(role=role, scope_kind=scope_kind, scope_code=scope_code)
    if not alongside and (same.waiting().exists() or same.live().exists()):
        raise DomainError(_("This person already has this role, or it is pending confirmation."))
    if role not in Role.DESK:
        grant.confirmed_at = now()
    grant.save()
    hooks.grant_given.send(Grant, grant=grant, actor=actor)
    return grant


@transaction.atomic
def confirm_grant(grant: Grant, *, actor: User) -> None:
    """The second person's yes. Raises WrongState where somebody confirmed or ended it meanwhile."""
    if not actor.has_perm("accounts.confirm_grant", grant):
        raise PermissionDenied(
            _("A desk role has to be confirmed by a second administrator, who neither gives nor receives it.")
        )
    moment = now()
    won = Grant.objects.waiting().filter(pk=grant.pk).update(confirmed_by=actor, confirmed_at=moment)
    if not won:
        raise WrongState(_("This role is no longer pending confirmation. Please reload the page."))
    grant.confirmed_by, grant.confirmed_at = actor, moment
    hooks.grant_confirmed.send(Grant, grant=grant, actor=actor)


@transaction.atomic
def end_grant(grant: Grant, *, actor: User | None, system: bool = False) -> None:
    """Take a role back, or refuse one that waits. The last administrator cannot be ended.

    `system`: an act that asked a permission of its own, or the clock, ends a role outside the desk.
    """
    by_act = system and grant.role not in Role.DESK
    if not by_act and (actor is None or not actor.has_perm("accounts.end_grant", grant)):
        raise PermissionDenied(_("Only an administrator may end this role."))
    moment = now()
    if grant.role == Role.ADMINISTRATOR and grant.confirmed_at:
        _keep_an_administrator_beside(grant.user_id)
    open_ended = Grant.objects.filter(pk=grant.pk).exclude(ends_at__lte=moment)
    # A grant that has not begun ends the moment it would have begun.
    if not open_ended.update(ends_at=Greatest(moment, F("starts_at") + timedelta(microseconds=1))):
        raise WrongState(_("This role has already ended. Please reload the page."))
    grant.refresh_from_db(fields=["ends_at"])
    hooks.grant_ended.send(Grant, grant=grant, actor=actor)
    if grant.confirmed_at and not grant.user.grants.live().filter(role=grant.role).exists():
        revoke_tokens(grant.user, actor=actor, why="role_ended")


@transaction.atomic
def close_account(user: User, *, actor: User) -> None:
    """Keep a person out from now on, whatever their sessions. The last administrator cannot be closed."""
    if not actor.has_perm("accounts.change_user"):
        raise PermissionDenied(_("Only an administrator may close an account."))
    if administrators().filter(pk=user.pk).exists():
        _keep_an_administrator_beside(user.pk)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        hooks.account_closed.send(User, user=user, actor=actor)
    user.is_active = False
    revoke_tokens(user, actor=actor, why="account_closed")


@transaction.atomic
def reopen_account(user: User, *, actor: User) -> None:
    """Let a person in again, with the roles that they still hold."""
    if not actor.has_perm("accounts.change_user"):
        raise PermissionDenied(_("Only an administrator may reopen an account."))
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        hooks.account_reopened.send(User, user=user, actor=actor)
    user.is_active = True


def revoke_tokens(user: User, *, actor: User | None, why: str) -> None:
    """Revoke every access token of a person; `why` is the code of what they are revoked with."""
    with transaction.atomic():
        # Held as by whoever makes one, so that none slips through.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        tokens = list(user.access_tokens.live())
        if tokens:
            user.access_tokens.live().update(revoked_at=now())
            hooks.tokens_revoked.send(User, user=user, tokens=tokens, actor=actor, why=why)


def _keep_an_administrator_beside(user_id: int) -> None:
    """Raise DomainError where nobody else administers the portal."""
    hold_administrators()
    if not administrators().exclude(pk=user_id).exists():
        raise DomainError(_("This is the last administrator. Give the role to another person first."))


def hold_administrators() -> None:
    """Everybody who wants to take an administrator away waits here, so that two cannot remove each other."""
    list(Grant.objects.live().filter(role=Role.ADMINISTRATOR).select_for_update().order_by("pk"))


@transaction.atomic
def begin_administration(*users: User) -> list[Grant]:
    """The first administrators, confirmed at once. Only while there is none; raises DomainError otherwise."""
    if administrators().exists():
        raise DomainError(_("There is an administrator already; they give further roles in the portal."))
    grants = [Grant.objects.create(user=user, role=Role.ADMINISTRATOR, confirmed_at=now()) for user in users]
    for grant in grants:
        hooks.grant_given.send(Grant, grant=grant, actor=None)
    return grants


@transaction.atomic
def give_consent(user: User, versions: Mapping[str, str]) -> None:
    """Record that `user` agreed to `versions` ({kind: version}); saying it twice is saying it once."""
    consents = [Consent(user=user, kind=kind, version=version) for kind, version in versions.items()]
    Consent.objects.bulk_create(consents, ignore_conflicts=True)
    if consents:
        hooks.consent_given.send(User, user=user, versions=dict(versions))


def publish_legal_version(kind: str, version: str) -> LegalVersion:
    """Put a version in force: everybody is asked on their next page."""
    legal, _created = LegalVersion.objects.get_or_create(kind=kind, version=version)
    cache.delete(LEGAL_CACHE_KEY)
    return legal
