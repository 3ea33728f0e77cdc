"""allauth's OpenID Connect, with what the portal asks of an institution beyond it."""

import hashlib
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from allauth.account.internal.emailkit import valid_email_or_none
from allauth.account.models import EmailAddress
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from accounts.identity_providers import IdentityProvider
from accounts.single_sign_on.id_tokens import ForgedToken, UnknownKey, claims_of, logout_claims_of
from accounts.single_sign_on.provider_requests import ProviderSession, Unanswered, refuse_unsafe
from accounts.single_sign_on.queries import provider_with
from accounts.single_sign_on.rules import is_said, shows_second_factor
from core.text import clean_line

KEPT_SECONDS = 600  # what an institution says of itself, and its keys
MOST_OF_A_NAME = 150


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Asks by the portal's safe way, believes nothing unsigned, and keeps no more than it needs."""

    state: dict[str, Any]

    @property
    def institution(self) -> IdentityProvider:
        return provider_with(self.provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        """The institution's description of itself, of the very server that the settings name."""
        if not hasattr(self, "_openid_config"):
            config = _fetch_document(self.get_provider().server_url)
            if str(config.get("issuer", "")).rstrip("/") != self.institution.server:
                raise Unanswered("The description is that of another server.")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                refuse_unsafe(config.get(name))
            self._openid_config = config
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The same in every language, and on the portal's own name: the institution knows this one alone."""
        return settings.SITE_URL + reverse("single_sign_on_callback", args=[self.provider_id])

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        config, raw = self.openid_config, kwargs["response"].get("id_token")
        if not isinstance(raw, str):
            raise ForgedToken("There is no ID token.")
        expected = {
            "issuer": config["issuer"],
            "client_id": app.client_id,
            "nonce": self.state.get("nonce") or token_urlsafe(),
        }
        claims = _by_current_keys(claims_of, raw, config["jwks_uri"], **expected)
        if "email" not in claims and config.get("userinfo_endpoint"):
            refuse_unsafe(config["userinfo_endpoint"])
            with get_adapter().get_requests_session() as session:
                headers = {"Authorization": f"Bearer {token.token}"}
                answer = session.get(config["userinfo_endpoint"], headers=headers)
                answer.raise_for_status()
                more = answer.json()
            if more.get("sub") != claims["sub"]:
                raise ForgedToken("What came about the person is about another one.")
            claims = more | claims
        return self.get_provider().sociallogin_from_response(request, claims)

    def logout_claims(self, token: str) -> dict[str, Any]:
        """Return what a logout token of the institution says. Raises OAuth2Error, as complete_login does."""
        config = self.openid_config
        return _by_current_keys(
            logout_claims_of,
            token,
            config["jwks_uri"],
            issuer=config["issuer"],
            client_id=self.institution.client_id,
        )


class Provider(OpenIDConnectProvider):
    """PKCE and a nonce for each sign-in; of what comes back, who it is, the address and the name."""

    oauth2_adapter_class = OpenIDAdapter
    pkce_enabled_default = True

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseBase:
        nonce = token_urlsafe(32)
        return super().redirect(request, process, next_url, data, auth_params={"nonce": nonce}, nonce=nonce)

    def extract_uid(self, data: dict[str, Any]) -> str:
        return uid_of(data)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        institution = provider_with(self.sub_id)
        return {
            "email": valid_email_or_none(str(data.get("email") or "").strip()) or "",
            "verified": is_said(data.get(institution.verified_by)),
            "second_factor": shows_second_factor(institution, data),
            "session": str(data.get("sid") or ""),
        }

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": data.get("email"), "name": clean_line(str(data.get("name") or ""))[:MOST_OF_A_NAME]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        extra_data = self.extract_extra_data(data)
        return [EmailAddress(email=extra_data["email"], verified=extra_data["verified"], primary=True)]


def uid_of(claims: dict[str, Any]) -> str:
    """Return who it is there. What is longer than a row takes is told by its digest."""
    sub = str(claims["sub"])
    return sub if len(sub) <= app_settings.UID_MAX_LENGTH else hashlib.sha256(sub.encode()).hexdigest()


def _by_current_keys(
    read_claims: Callable[..., dict[str, Any]], token: str, url: str, **expected: str
) -> Any:
    """Return the claims, checked with the keys at `url`: those of the cache, or else new ones."""
    try:
        return read_claims(token, keys=_fetch_document(url), **expected)
    except UnknownKey:
        return read_claims(token, keys=_fetch_document(url, anew=True), **expected)


def _fetch_document(url: str, *, anew: bool = False) -> dict[str, Any]:
    """Return a public document of the institution, from the cache unless it is asked for `anew`."""
    key = f"accounts:single_sign_on:{hashlib.sha256(url.encode()).hexdigest()}"
    document: dict[str, Any] | None = None if anew else cache.get(key)
    if document is None:
        answer = ProviderSession().get(url)
        answer.raise_for_status()
        document = answer.json()
        cache.set(key, document, timeout=KEPT_SECONDS)
    return document


provider_classes = [Provider]
