"""The institutions whose sign-in the portal accepts, as SINGLE_SIGN_ON names them: docs/single-sign-on.md."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from accounts.people.enums import Role

SETTING = "SINGLE_SIGN_ON"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_TEXTS = ("name", "server", "client_id", "client_secret")
_LISTS = ("domains", "roles", "second_factor")
_VERIFIED_BY = "verified_by"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """One institution. It may do what is named: no mail domain, no role, no second factor beside that."""

    id: str
    name: str
    server: str  # the issuer, without a stroke at the end
    client_id: str
    client_secret: str = field(repr=False)
    domains: tuple[str, ...]  # of the mail addresses that it may speak for, each as it stands after the @
    roles: frozenset[str] = frozenset()  # that work in a session that began there
    second_factor: frozenset[str] = frozenset()  # values of `acr` or `amr` that count as one
    verified_by: str = "email_verified"  # the claim that says whether the address is the person's

    def speaks_for(self, address: str) -> bool:
        return address.rpartition("@")[2].lower() in self.domains

    @property
    def withheld_roles(self) -> frozenset[str]:
        return frozenset(Role.values) - self.roles


def read_providers(text: str) -> tuple[IdentityProvider, ...]:
    """Return an institution for each table of the TOML. Raises ValueError, in one line, for a wrong one."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{SETTING} is not TOML: {wrong}.") from None
    return tuple(_provider(name, table) for name, table in tables.items())


def refuse_unsafe_servers(providers: Iterable[IdentityProvider]) -> None:
    """Raise ValueError for an institution without https, which production does not accept."""
    for provider in providers:
        if urlsplit(provider.server).scheme != "https":
            raise _setting_error(provider.id, "server must begin with https://")


def _provider(name: str, table: Any) -> IdentityProvider:
    if not _ID.fullmatch(name):
        raise ValueError(f"{SETTING}: [{name}] must be of small letters, digits and hyphens, 40 at most.")
    if not isinstance(table, dict):
        raise _setting_error(name, f"must be a table, as [{name}] with its lines below")
    for key in table:
        if key not in (*_TEXTS, *_LISTS, _VERIFIED_BY):
            raise _setting_error(name, f"knows no {key}")
    texts = {key: _text(name, key, table) for key in _TEXTS}
    lists = {key: _list(name, key, table) for key in _LISTS}
    domains = tuple(domain.lower() for domain in lists["domains"])
    if not domains:
        raise _setting_error(name, "domains must name the mail domains that it may speak for")
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            raise _setting_error(name, f"domains: {domain} is no mail domain, as in example.org")
    for role in lists["roles"]:
        if role not in Role.values:
            raise _setting_error(name, f"roles: {role} is none of {', '.join(Role.values)}")
    return IdentityProvider(
        id=name,
        name=texts["name"],
        server=_server(name, texts["server"]),
        client_id=texts["client_id"],
        client_secret=texts["client_secret"],
        domains=domains,
        roles=frozenset(lists["roles"]),
        second_factor=frozenset(lists["second_factor"]),
        verified_by=_text(name, _VERIFIED_BY, {_VERIFIED_BY: "email_verified", **table}),
    )


def _text(name: str, key: str, table: dict[str, Any]) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _setting_error(name, f'lacks {key}, as in {key} = "…"')
    return value.strip()


def _list(name: str, key: str, table: dict[str, Any]) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise _setting_error(name, f'{key} must be a list, as in {key} = ["…"]')
    return value


def _server(name: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        here = parts.hostname in _THIS_MACHINE
        fit = bool(parts.hostname) and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        fit = here = False
    if not fit or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        raise _setting_error(name, "server is not of the form https://sign-in.example.org/realm")
    return url.rstrip("/").removesuffix("/.well-known/openid-configuration")


def _setting_error(name: str, fault: str) -> ValueError:
    return ValueError(f"{SETTING}: [{name}] {fault}.")
