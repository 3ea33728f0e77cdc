import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

from notifications.mail_url import mailbox_from_url

PASSWORD = 'pa"ss word\\'
ADDRESS = "portal@whatson.example"
numbers = count()


@contextmanager
def imap_server(*options: str) -> Iterator[int]:
    """Pymap, an IMAP server, on the loopback; its mails lie in its memory. Its port."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    pymap = Path(sys.executable).with_name("pymap")
    login = ["dict", "--demo-user", "portal", "--demo-password", PASSWORD]
    server = subprocess.Popen(
        [pymap, "--host", "127.0.0.1", "--port", str(port), *options, *login],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def imap_port():
    with imap_server("--no-tls") as port:
        yield port


@pytest.fixture
def certified(tmp_path):
    """A server with a certificate for 127.0.0.1 that only it has signed: its port, and the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    signed = built.add_extension(here, critical=False).sign(key, hashes.SHA256())
    (tmp_path / "cert.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with imap_server("--cert", str(tmp_path / "cert.pem"), "--key", str(tmp_path / "key.pem")) as port:
        yield port, tmp_path / "cert.pem"


class Box:
    """One folder of the mailbox, as its owner's mail program has it: each time over a new connection.

    The first mails make the folder: a login by itself would cost more, as the server hashes the password
    500,000 times for each.
    """

    def __init__(self, port: int, folder: str) -> None:
        self.port, self.folder = port, folder

    @contextmanager
    def opened(self, *, select: bool = False) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=60) as imap:
            imap.login("portal", PASSWORD)
            if select:
                imap.select(self.folder)
            yield imap

    def deliver(self, *mails: bytes) -> None:
        with self.opened() as imap:
            imap.create(self.folder)
            for mail in mails:
                assert imap.append(self.folder, "", "", mail)[0] == "OK"

    @property
    def left(self) -> list[int]:
        with self.opened(select=True) as imap:
            return [int(uid) for uid in imap.uid("SEARCH", "ALL")[1][0].split()]

    def renew(self) -> None:
        """As where a server loses its numbering: the same mails under new numbers."""
        with self.opened(select=True) as imap:
            uids = imap.uid("SEARCH", "ALL")[1][0].split()
            mails = [imap.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1] for uid in uids]
            imap.close()
            imap.delete(self.folder)
        self.deliver(*mails)


@pytest.fixture
def box(imap_port, settings):
    """A folder of its own, which the portal is set to read."""
    folder = f"Box{next(numbers)}"
    url = f"imap://portal:{quote(PASSWORD, safe='')}@127.0.0.1:{imap_port}/{folder}?timeout=60"
    settings.MAILBOX, settings.MAILBOX_ADDRESS = mailbox_from_url(url, ADDRESS)
    return Box(imap_port, folder)
