"""At which institution a session began, and what that means for it."""

from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.second_factor.sessions import remember_elsewhere
from accounts.single_sign_on.queries import name_of, provider_with

SESSION_KEY = "signed_in_at"
# Its own name for the session there (`sid`), if it has said one.
THEIR_SESSION_KEY = "signed_in_session"
# However the person goes on: whoever has left the institution is out of the portal by then.
HOURS = 12


def remember_institution(session: SessionBase, user: User, login: SocialLogin) -> None:
    session[SESSION_KEY] = login.account.provider
    session[THEIR_SESSION_KEY] = login.account.extra_data.get("session", "")
    session.set_expiry(now() + timedelta(hours=HOURS))
    if login.account.extra_data.get("second_factor"):
        remember_elsewhere(session, user)


def institution_of(session: SessionBase) -> str:
    """The code of the institution at which it began; empty where the portal itself was asked."""
    return str(session.get(SESSION_KEY, ""))


def began_by(session: SessionBase, code: str, their_session: str) -> bool:
    """Return whether it began at this institution, and in this session there; in any, if none is named."""
    return institution_of(session) == code and their_session in ("", session.get(THEIR_SESSION_KEY))


def withheld_roles(session: SessionBase) -> frozenset[str]:
    """The roles that sleep in this session: those that its institution may not give."""
    code = institution_of(session)
    if not code:
        return frozenset()
    try:
        return provider_with(code).withheld_roles
    except SocialApp.DoesNotExist:
        return frozenset(Role.values)


def where_roles_work(session: SessionBase) -> str:
    """What somebody reads whose role sleeps in this session."""
    return _(
        "You signed in with %(name)s, and your role does not work with that sign-in. Sign out, "
        "then sign in with "
        "your password, a passkey or a code."
    ) % {"name": name_of(institution_of(session))}


def institution_just_used(request: HttpRequest, user: User) -> str:
    """Return the code of the institution by which the person has just signed in, or an empty text."""
    ways = [record for record in get_authentication_records(request, user) if record["method"] != "mfa"]
    return str(ways[-1]["provider"]) if ways and ways[-1]["method"] == "socialaccount" else ""
