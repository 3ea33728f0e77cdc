"""What of an institution's word counts."""

from typing import Any

from accounts.identity_providers import IdentityProvider

TRUE = (True, 1, "true", "True", "1")  # some write the word, or the number


def is_said(value: Any) -> bool:
    """Return whether a claim says yes; a missing claim does not."""
    return value in TRUE


def shows_second_factor(institution: IdentityProvider, claims: dict[str, Any]) -> bool:
    """Return whether `acr` or `amr` holds a value that the settings count as a second factor."""
    ways = claims.get("amr")
    named_ways = {way for way in ways if isinstance(way, str)} if isinstance(ways, list) else set()
    if isinstance(claims.get("acr"), str):
        named_ways.add(claims["acr"])
    return not institution.second_factor.isdisjoint(named_ways)
