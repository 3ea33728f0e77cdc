"""Access tokens: made, shown once, and revoked at once."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts import hooks
from accounts.people.models import User
from accounts.tokens.enums import TokenScope
from accounts.tokens.models import AccessToken
from accounts.tokens.queries import PREFIX
from core.digests import digest_of
from core.errors import DomainError
from core.limits import spend
from core.text import clean_line

MOST_DAYS = 365
MOST_LIVE = 20


def make_token(*, actor: User, name: str, scopes: Sequence[str], days: int) -> tuple[AccessToken, str]:
    """A new token of one's own, and the secret itself, which is kept nowhere.

    Raises DomainError with the field to blame, and TooMany where somebody makes one after another.
    """
    if not actor.is_active:
        raise PermissionDenied
    name = clean_line(name)
    wrong = {}
    if not name:
        wrong["name"] = _("Give the token a name.")
    if not scopes or not set(scopes) <= set(TokenScope.values):
        wrong["scopes"] = _("Choose what the token may do.")
    if not 1 <= days <= MOST_DAYS:
        wrong["days"] = _("Choose from 1 to %(most)s days.") % {"most": MOST_DAYS}
    if wrong:
        raise DomainError(_("The token was not made."), fields=wrong)
    spend("accounts.make_token", str(actor.pk), most=20, seconds=3600)
    secret = PREFIX + token_urlsafe(32)
    with transaction.atomic():
        # Held: else two at once pass the limit.
        locked = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        if locked.get_session_auth_hash() != actor.get_session_auth_hash():
            raise PermissionDenied  # the password was changed meanwhile: this session has ended
        if AccessToken.objects.live().filter(user=actor).count() >= MOST_LIVE:
            raise DomainError(
                _("You have %(most)s tokens already. Revoke one that you no longer need.")
                % {"most": MOST_LIVE}
            )
        token = AccessToken.objects.create(
            user=actor,
            name=name[:80],
            digest=digest_of(secret),
            ending=secret[-4:],
            scopes=[scope for scope in TokenScope.values if scope in scopes],
            expires_at=now() + timedelta(days=days),
        )
        hooks.token_made.send(AccessToken, token=token)
    return token, secret


def revoke_token(token: AccessToken, *, actor: User) -> None:
    """From this moment on the token opens nothing. Twice is once."""
    if token.user_id != actor.pk:
        raise PermissionDenied
    with transaction.atomic():
        if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now()):
            hooks.token_revoked.send(AccessToken, token=token, actor=actor)
