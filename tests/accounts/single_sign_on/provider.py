"""An institution's sign-in, run on loopback: `oidc-provider-mock`, which was written by somebody else.

What stands before it lets a test spoil an answer on its way: another token, another key, no answer at all.
"""

import json
import threading
from contextlib import contextmanager
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import httpx2
import jwt
import werkzeug.serving
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from accounts.identity_providers import IdentityProvider

LOGIN, SECURITY = "/en/accounts/login/", "/en/accounts/2fa/"
ADDRESS = "amina@inst.example"
WHO = "8d0c2f"  # the person, by the institution's own number


class Spoiler:
    """WSGI. `forge(claims)` gives another ID token in place of the one that was made; `key` signs it."""

    def __init__(self, app):
        self.app = app
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.forge = self.describe = None
        self.hangs = set()  # paths
        self.requests = []  # (path, form)
        self.over = threading.Event()

    def sign(self, claims, *, key=None, algorithm="RS256"):
        return jwt.encode(
            claims, self.key if key is None else key, algorithm=algorithm, headers={"kid": "known"}
        )

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        self.requests.append((path, {key: values[0] for key, values in parse_qs(body.decode()).items()}))
        if path in self.hangs:
            self.over.wait(20)
        response = SimpleNamespace()

        def begin(status, headers, exc_info=None):
            response.status, response.headers = status, headers

        pieces = self.app(environ, begin)
        body = b"".join(pieces)
        pieces.close()
        body = self._spoiled(path, body)
        start_response(
            response.status, [header for header in response.headers if header[0] != "Content-Length"]
        )
        return [body]

    def _spoiled(self, path, body):
        if path == "/.well-known/openid-configuration" and self.describe:
            return json.dumps(self.describe(json.loads(body))).encode()
        if path == "/jwks" and self.forge:
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return json.dumps({"keys": [{**public, "kid": "known", "use": "sig"}]}).encode()
        if path == "/oauth2/token" and self.forge:
            answer = json.loads(body)
            claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
            return json.dumps({**answer, "id_token": self.forge(claims)}).encode()
        return body


@contextmanager
def running():
    import oidc_provider_mock  # with Flask, which only these tests need

    spoiler = Spoiler(oidc_provider_mock.app(require_nonce=True))
    server = werkzeug.serving.make_server("127.0.0.1", 0, spoiler, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield Institution(address, spoiler)
    finally:
        spoiler.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Institution:
    """The provider as a test speaks of it."""

    def __init__(self, address, spoiler):
        self.address, self.spoiler = address, spoiler
        self.knows(ADDRESS)

    def settings(self, **more):
        fields = {
            "id": "inst",
            "name": "The Institute",
            "server": self.address,
            "client_id": "whatson",
            "client_secret": "only-a-test",
            "domains": ("inst.example",),
        }
        return IdentityProvider(**(fields | more))

    def knows(self, email, *, verified=True, **more):
        """What it says of the person from now on."""
        claims = {"name": "Amina Otieno", "email": email, "email_verified": verified, **more}
        claims = {key: value for key, value in claims.items() if value is not None}
        httpx2.put(f"{self.address}/users/{WHO}", json=claims).raise_for_status()

    def signs_in(self, url, **form):
        """What a person does there: the address to which it leads back."""
        answer = httpx2.post(url, data={"sub": WHO, **form})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def leave(client, name="accounts:sign_in_by_institution", code="inst", **form) -> str:
    """Press the button here: the address to which one is led."""
    page = client.post(reverse(name, args=[code]), form)
    assert page.status_code == 200, page.get("Location")
    return page.context["url"]


def go_and_come_back(client, institution, name="accounts:sign_in_by_institution", **form):
    """The whole way: the portal's answer to what the institution sends along."""
    back = urlsplit(institution.signs_in(leave(client, name, **form)))
    return client.get(f"{back.path}?{back.query}")


def shown_messages(client) -> str:
    """What the next page says at its top."""
    return " ".join(str(message) for message in client.get(LOGIN, follow=True).context["messages"])


def is_in(client) -> bool:
    return "_auth_user_id" in client.session
