import socket
import socketserver
import threading
from contextlib import suppress

import pytest

from notifications.hooks import Kind, kinds
from notifications.mail_url import mailer_from_url
from tests.factories.accounts import UserFactory

PARTS = {
    "subject": "{% blocktranslate trimmed with who=facts.who %}Back to {{ who }}{% endblocktranslate %}",
    "happened": "The desk returned {{ facts.who }}.",
    "todo": "Answer until {% both_clocks facts.until ends=True %}.",
    "button": "Answer",
    "why": "You wrote it, {{ recipient_name }}.",
}


@pytest.fixture
def reader(db):
    return UserFactory(name="Amina")


class Sink(socketserver.ThreadingTCPServer):
    """A small mail server on the loopback that does as `script` says: {"RCPT": "550 5.1.1 no such box"}.

    A step is greeting, MAIL, RCPT, DATA (the answer to the command) or END (the answer to the finished text).
    The answer "hang" waits until `release()`, "drop" closes the line. An answer may be a list, one per mail.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.script: dict[str, str | list[str]] = {}
        self.mails: list[bytes] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.reached = {step: threading.Event() for step in ("greeting", "MAIL", "RCPT", "DATA", "END")}
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}/?timeout=2"

    def release(self) -> None:
        self.released.set()

    def handle_error(self, request, client_address):
        """A client that was killed is what these tests are about."""


class _Session(socketserver.StreamRequestHandler):
    server: Sink

    def answer(self, step: str, otherwise: str) -> bool:
        """Say the line of the script; false closes the connection."""
        line = self.server.script.get(step, otherwise)
        if isinstance(line, list):
            line = line.pop(0) if line else otherwise
        self.server.reached[step].set()
        self.last_answer = line
        if line == "hang":
            self.server.released.wait(30)
            return False
        if line == "drop":
            return False
        with suppress(OSError):
            self.wfile.write(line.encode() + b"\r\n")
        return not line.startswith("421")

    def handle(self) -> None:
        self.server.connections += 1
        if not self.answer("greeting", "220 sink"):
            return
        while line := self.rfile.readline():
            verb = line.strip().split(b" ")[0].split(b":")[0].upper().decode()
            if verb == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb in {"MAIL", "RCPT"}:
                addresses = self.server.recipients if verb == "RCPT" else self.server.senders
                addresses.append(line.decode().strip())
                if not self.answer(verb, "250 ok"):
                    return
            elif verb == "DATA":
                if not self.take():
                    return
            else:
                self.wfile.write(b"250 ok\r\n")

    def take(self) -> bool:
        if not self.answer("DATA", "354 go on"):
            return False
        if not self.last_answer.startswith("354"):
            return True
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        is_answered = self.answer("END", "250 taken")
        if is_answered and self.last_answer.startswith("250"):
            self.server.mails.append(b"".join(lines))
        return is_answered


@pytest.fixture
def sink(settings):
    """A scripted mail server, and the portal set to use it."""
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    settings.MAILERS = {"default": mailer_from_url(server.url)}
    yield server
    server.release()
    server.shutdown()
    server.server_close()


@pytest.fixture
def closed_port():
    """A port on the loopback where nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]


@pytest.fixture
def make_kind(monkeypatch, settings, tmp_path):
    """Declare a kind with a template of its own; returns a function of the kind's flags."""
    (tmp_path / "mail").mkdir()
    django_templates, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**django_templates, "DIRS": [tmp_path, *django_templates["DIRS"]]}, *others]

    def make(name="tests.returned", *, parts=PARTS, essential=False, secret=False, still_visible=None):
        kind = Kind(name, "Returned", "Tests", essential, secret, still_visible)
        monkeypatch.setitem(kinds._entries, name, kind)
        text = "".join(
            f"{{% partialdef {part} %}}{words}{{% endpartialdef %}}" for part, words in parts.items()
        )
        (tmp_path / kind.template).write_text("{% load i18n mail %}" + text, encoding="utf-8")
        return name

    return make
