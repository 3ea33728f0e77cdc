import imaplib
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from notifications.mail_url import mailbox_from_url

PASSWORD = 'pa"ss word\\'
ADDRESS = "portal@whatson.example"


@pytest.fixture(scope="session")
def imap_port():
    """Pymap, an IMAP server, on the loopback; its mails lie in its memory."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    pymap = Path(sys.executable).with_name("pymap")
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    server = subprocess.Popen(
        [pymap, *options, "dict", "--demo-user", "portal", "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(10)


class Box:
    """One folder of the mailbox, as its owner's mail program has it."""

    def __init__(self, port: int, folder: str) -> None:
        self.imap, self.folder = imaplib.IMAP4("127.0.0.1", port, timeout=10), folder
        self.imap.login("portal", PASSWORD)
        self.imap.create(folder)

    def deliver(self, *mails: bytes) -> None:
        for mail in mails:
            assert self.imap.append(self.folder, "", "", mail)[0] == "OK"

    @property
    def left(self) -> list[int]:
        self.imap.select(self.folder)
        return [int(uid) for uid in self.imap.uid("SEARCH", "ALL")[1][0].split()]

    def renew(self) -> None:
        """As where a server loses its numbering: the same mails under new numbers."""
        self.imap.select(self.folder)
        mails = [self.imap.uid("FETCH", str(uid), "(BODY.PEEK[])")[1][0][1] for uid in self.left]
        self.imap.close()
        self.imap.delete(self.folder)
        self.imap.create(self.folder)
        self.deliver(*mails)


@pytest.fixture
def box(imap_port, settings, request):
    """A folder of its own, which the portal is set to read."""
    folder = f"Box{abs(hash(request.node.nodeid))}"
    url = f"imap://portal:{quote(PASSWORD, safe='')}@127.0.0.1:{imap_port}/{folder}?timeout=5"
    settings.MAILBOX, settings.MAILBOX_ADDRESS = mailbox_from_url(url, ADDRESS)
    one = Box(imap_port, folder)
    yield one
    one.imap.logout()
