"""Asking for what is one's own, as a program with a token does."""

from typing import Any

from django.test import Client

from accounts.people.models import User
from accounts.tokens.actions import make_token
from accounts.tokens.enums import TokenScope


class Program:
    """What a person's program sends. `tag`: what it read; none is sent where that is ""."""

    def __init__(self, person: User, *scopes: str) -> None:
        self.person = person
        _token, secret = make_token(actor=person, name="Sync", scopes=scopes or TokenScope.values, days=7)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, fields: Any = None, tag: str = "") -> Any:
        return self._send("post", path, fields, tag)

    def patch(self, path: str, fields: Any, tag: str | None = None) -> Any:
        """With the tag of now, unless another is given."""
        return self._send("patch", path, fields, self.tag(path) if tag is None else tag)

    def delete(self, path: str, tag: str | None = None) -> Any:
        return self._send("delete", path, None, self.tag(path) if tag is None else tag)

    def submit(self, path: str, tag: str | None = None) -> Any:
        return self._send("post", f"{path}submit/", None, self.tag(path) if tag is None else tag)

    def tag(self, path: str) -> str:
        return str(self.get(path).get("ETag", ""))

    def _send(self, verb: str, path: str, fields: Any, tag: str) -> Any:
        headers = {"If-Match": tag} if tag else None
        return getattr(self.client, verb)(
            path, {} if fields is None else fields, content_type="application/json", headers=headers
        )


def path_of(answer: Any) -> str:
    """Where the row is that a POST made, below the host."""
    return str(answer["Location"].removeprefix("http://testserver"))
