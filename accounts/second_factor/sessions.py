"""Whether this session has shown a second factor. Guarded roles sleep until it has."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase

from accounts.people.models import User

SESSION_KEY = "second_factor_of"
ELSEWHERE_KEY = "second_factor_elsewhere"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def remember(session: SessionBase, user: User) -> None:
    """This person has just shown, or set up, a second factor in this session."""
    session[SESSION_KEY] = user.pk


def remember_elsewhere(session: SessionBase, user: User) -> None:
    """The institution at which this person signed in asked for a second factor that counts here."""
    session[ELSEWHERE_KEY] = user.pk


def is_enrolled(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_first(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    return authenticator.type in FACTORS and not others.exclude(pk=authenticator.pk).exists()


def is_shown_here(session: SessionBase, user: User) -> bool:
    """The portal's own: shown in this session, and not removed since."""
    return session.get(SESSION_KEY) == user.pk and is_enrolled(user)


def is_shown(session: SessionBase, user: User) -> bool:
    """Shown in this session, to the portal or to an institution whose second factor counts."""
    return session.get(ELSEWHERE_KEY) == user.pk or is_shown_here(session, user)
