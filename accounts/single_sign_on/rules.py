"""What of an institution's word counts."""

from typing import Any

from accounts.identity_providers import IdentityProvider

TRUE = (True, 1, "true", "True", "1")  # some write the word, or the number


def is_said(value: Any) -> bool:
    """Whether a claim says yes; silence does not."""
    return value in TRUE


def shows_second_factor(institution: IdentityProvider, claims: dict[str, Any]) -> bool:
    """Whether the institution says that it asked for one, in a word that the settings name."""
    ways = claims.get("amr")
    said = {one for one in ways if isinstance(one, str)} if isinstance(ways, list) else set()
    if isinstance(claims.get("acr"), str):
        said.add(claims["acr"])
    return not institution.second_factor.isdisjoint(said)
