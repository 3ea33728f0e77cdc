"""Whose token it is."""

from datetime import UTC

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from accounts.tokens.models import AccessToken
from core.digests import digest_of

PREFIX = "wo_"  # so that scanners for leaked secrets, and people, know one when they see it
MOST_CHARACTERS = 100


def token_of(raw: str) -> AccessToken | None:
    """The live token that `raw` is, of a person who may sign in; None for every other string.

    Writes the day of use, once a day.
    """
    if not raw.startswith(PREFIX) or len(raw) > MOST_CHARACTERS:
        return None
    proved = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    token = (
        AccessToken.objects.live()
        .select_related("user")
        .filter(Exists(proved), digest=digest_of(raw), user__is_active=True)
        .first()
    )
    if token is None:
        return None
    today = now().astimezone(UTC).date()
    if token.last_used_on != today:
        older = Q(last_used_on=None) | Q(last_used_on__lt=today)
        AccessToken.objects.filter(older, pk=token.pk).update(last_used_on=today)
    return token
