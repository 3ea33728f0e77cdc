"""Requests to institutions, by the portal's own safe way, as allauth asks for them.

The addresses come from the institution's own description. So none leads to a machine that is not on the
public internet, but the one that the settings name; none is asked in plain HTTP, and none for long.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.cache import cache
from requests import Request
from requests.auth import HTTPBasicAuth

from core.outgoing_requests import CannotReach, Reply, call, host_of

SECONDS = 5  # for each answer
AGENT = "WhatsOn"
# After no answer, so long nobody waits for another one: a thread that waits is missing for everybody else.
PAUSE = 30


class Unanswered(OAuth2Error):
    """The institution cannot be reached, or answers with an error."""


class ProviderAnswer:
    """What allauth reads of an answer."""

    def __init__(self, reply: Reply) -> None:
        self.status_code = reply.status
        self.headers = {"content-type": reply.kind}
        self.content = reply.body

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self) -> dict[str, Any]:
        try:
            payload = json.loads(self.content)
        except (ValueError, RecursionError):  # the second: nested too deeply
            payload = None
        if not isinstance(payload, dict):
            raise Unanswered("The answer is no JSON object.")
        return payload

    def raise_for_status(self) -> None:
        if self.status_code != 200:
            raise Unanswered(f"The answer is {self.status_code}.")


class ProviderSession:
    """Stands where allauth expects a session of `requests`."""

    def __enter__(self) -> "ProviderSession":
        return self

    def __exit__(self, *_exception: object) -> None:
        pass

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> ProviderAnswer:
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: HTTPBasicAuth | None = None,
    ) -> ProviderAnswer:
        sent = {"Accept": "application/json"} | dict(headers or {})
        if data is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        if auth is not None:
            sent["Authorization"] = str(Request(method, url, auth=auth).prepare().headers["Authorization"])
        body = urlencode(data).encode() if data is not None else None
        return ProviderAnswer(_ask(method, url, body, sent))


def refuse_unsafe(url: Any) -> str:
    """Return an address of the institution's description. Raises Unanswered where it must not be used."""
    plain = {
        host_of(provider.server)
        for provider in settings.SINGLE_SIGN_ON
        if provider.server.startswith("http://")
    }
    if not isinstance(url, str) or not (
        urlsplit(url).scheme == "https" or (urlsplit(url).scheme == "http" and host_of(url) in plain)
    ):
        raise Unanswered("The description names an address that is not safe.")
    return url


def _ask(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
    silence_key = f"accounts:single_sign_on:silent:{host_of(refuse_unsafe(url))}"
    if cache.get(silence_key):
        raise Unanswered("It has not answered a moment ago.")
    allowed_hosts = {host_of(provider.server) for provider in settings.SINGLE_SIGN_ON}
    try:
        return call(
            method, url, agent=AGENT, body=body, seconds=SECONDS, headers=headers, may_reach=allowed_hosts
        )
    except CannotReach as why:
        cache.set(silence_key, True, timeout=PAUSE)
        raise Unanswered(f"It cannot be reached: {why.why}.") from why
