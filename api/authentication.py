"""Who asks: by an access token in the header, else by the session of the browser, else a visitor."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.people.models import User
from accounts.tokens.models import AccessToken
from accounts.tokens.queries import token_of
from core.limits import Left, spend, visitor_of

SCHEME = "Bearer"


def count_visitor(request: Any) -> Left:
    return spend("api.visitor", visitor_of(request), most=settings.API_PER_MINUTE, seconds=60)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer wo_…`. `request.auth` is the token; what it may do is asked by the resource."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        scheme, _space, raw = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = token_of(raw.strip())
        if token is None:
            count_visitor(request)  # guesses are counted, too
            raise AuthenticationFailed(_("The token is unknown, revoked or expired."))
        user: Any = token.user
        # Roles that ask for a second factor sleep: a token shows none.
        user.second_factor_shown = lambda: False
        if request.method in ("GET", "HEAD"):
            user.known = {}  # asked once per answer
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class BrowserAuthentication(SessionAuthentication):
    """Whoever is signed in sees in the API what they see on the pages; to write takes the form's token."""
