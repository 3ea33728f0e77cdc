"""Tokens of an institution, believed only once signature, issuer, times and audience have been checked.

allauth leaves out the signature where the token came by a connection of ours. Here it is always checked: what
the network, a proxy or a wrong answer of another service puts in its place opens no account.
"""

from hmac import compare_digest
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from accounts.identity_providers import IdentityProvider

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KEY_TYPES = ("RSA", "EC", "OKP")  # never one that both sides know
LEEWAY = 60  # seconds by which two clocks may differ
NEEDED = ("iss", "aud", "exp", "iat")
# What makes a token one for signing out (OpenID Connect Back-Channel Logout 1.0, section 2.4).
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class ForgedToken(OAuth2Error):
    """What came is not what the institution said to us about this sign-in."""


class UnknownKey(ForgedToken):
    """None of the keys is that of the token: the institution may have new ones."""


def refuse_other_server(issuer: str | None, institution: IdentityProvider) -> None:
    """What comes back may name who sends it (RFC 9207): two institutions are not taken for one another."""
    if issuer and issuer.rstrip("/") != institution.server:
        raise ForgedToken("It comes from another server.")


def claims_of(token: str, *, keys: Any, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token. Raises ForgedToken; `keys` is the institution's own set of them."""
    claims = _verified_claims(token, keys=keys, issuer=issuer, client_id=client_id)
    if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ForgedToken("It belongs to another sign-in.")
    return claims


def logout_claims_of(token: str, *, keys: Any, issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a logout token, as claims_of does; one for signing in is never taken for it."""
    claims = _verified_claims(token, keys=keys, issuer=issuer, client_id=client_id)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise ForgedToken("It is not about signing out.")
    if "nonce" in claims:
        raise ForgedToken("It is for signing in.")
    return claims


def _verified_claims(token: str, *, keys: Any, issuer: str, client_id: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(header, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": list(NEEDED)},
        )
    except jwt.PyJWTError as wrong:
        raise ForgedToken(str(wrong)) from wrong
    if not claims.get("sub"):
        raise ForgedToken("It is about nobody.")
    # It may name others beside us; then it says for whom of them it was made.
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise ForgedToken("It was made for another service.")
    return claims


def _key_of(header: dict[str, Any], keys: Any) -> jwt.PyJWK:
    listed = keys.get("keys") if isinstance(keys, dict) else None
    usable = [
        key
        for key in listed or []
        if isinstance(key, dict) and key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"
    ]
    kid, algorithm = header.get("kid"), header.get("alg")
    matching_keys = [key for key in usable if key.get("kid") == kid] if kid else usable
    if len(matching_keys) != 1:
        raise UnknownKey("Its key is not among those of the institution.")
    if algorithm not in ALGORITHMS or matching_keys[0].get("alg", algorithm) != algorithm:
        raise ForgedToken("It is signed in a way that is not accepted.")
    return jwt.PyJWK(matching_keys[0], algorithm)
