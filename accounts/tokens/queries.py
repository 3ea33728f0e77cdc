"""Whose token it is."""

from datetime import UTC

from django.db.models import Q
from django.utils.timezone import now

from accounts.people.models import User
from accounts.tokens.models import AccessToken
from core.digests import digest_of

PREFIX = "wo_"  # so that scanners for leaked secrets, and people, know one when they see it
MOST_CHARACTERS = 100


def token_user(raw: str, scope: str) -> User | None:
    """The person in whose name `raw` may read `scope` now; None for every other string.

    Writes the day of use, once a day. Roles that ask for a second factor sleep: a token shows none.
    """
    if not raw.startswith(PREFIX) or len(raw) > MOST_CHARACTERS:
        return None
    token = (
        AccessToken.objects.live()
        .select_related("user")
        .filter(digest=digest_of(raw), scopes__contains=[scope], user__is_active=True)
        .first()
    )
    if token is None:
        return None
    today = now().astimezone(UTC).date()
    if token.last_used_on != today:
        older = Q(last_used_on=None) | Q(last_used_on__lt=today)
        AccessToken.objects.filter(older, pk=token.pk).update(last_used_on=today)
    user = token.user
    user.second_factor_shown = lambda: False
    return user
