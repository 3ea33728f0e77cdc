"""What a process of the web server makes before it takes requests."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest

from tests.whatson import ROOT
from whatson.embedded import valkey
from whatson.serving import make_page, post_worker_init

# What a PostgreSQL server says to a client: no encryption; then that it is let in, and may ask.
NOT_ENCRYPTED, LET_IN = b"N", b"R\0\0\0\x08\0\0\0\0" + b"Z\0\0\0\x05I"
ENCRYPTION = (b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30")  # what it is asked for before, by TLS or GSSAPI


@pytest.mark.django_db
def test_a_new_process_makes_a_page_of_the_directory(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = []

    def answer(environ, start_response):
        answers.append(client.request(**environ))
        return answers[-1]

    make_page(SimpleNamespace(wsgi=answer, pid=1))

    [page] = answers
    assert page.status_code == 200
    assert b'id="results"' in page.content


def test_a_page_that_fails_ends_no_process():
    def fail(environ, start_response):
        raise ValueError

    post_worker_init(SimpleNamespace(wsgi=fail, pid=1))


@pytest.fixture
def hanging_database():
    """Start a server that accepts connections and lets clients in or not, but answers no statement."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connections = []

        def keep(connection, lets_in):
            with suppress(OSError):
                while message := connection.recv(4096):
                    if message[4:8] in ENCRYPTION:
                        connection.sendall(NOT_ENCRYPTED)
                    elif lets_in:
                        connection.sendall(LET_IN)
                        return

        def accept(lets_in):
            with suppress(OSError):
                while True:
                    connections.append(server.accept()[0])
                    threading.Thread(target=keep, args=[connections[-1], lets_in], daemon=True).start()

        def start(lets_in):
            threading.Thread(target=accept, args=[lets_in], daemon=True).start()
            return f"postgres://whatson@127.0.0.1:{server.getsockname()[1]}/whatson", connections

        yield start
        server.shutdown(socket.SHUT_RDWR)
        for connection in connections:
            connection.close()


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("lets_in", [False, True], ids=["says nothing", "answers no statement"])
def test_a_process_that_starts_while_the_database_hangs_takes_requests(hanging_database, tmp_path, lets_in):
    address, connections = hanging_database(lets_in)
    port = valkey.free_port()
    call = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "DATABASE_URL": address}
    log = tmp_path / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [*call, "--bind", f"127.0.0.1:{port}", "whatson.wsgi:application"],
            cwd=ROOT,
            env=env | {"WEB_WORKERS": "1", "REDIS_URL": "redis://127.0.0.1:1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while not log.read_text().count("Listening at"):
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        with closing(HTTPConnection("localhost", port, timeout=50)) as visitor:  # less than gunicorn waits
            visitor.request("GET", "/healthz")
            assert visitor.getresponse().status == 200
        assert connections
        assert log.read_text().count("Booting worker") == 1
    finally:
        server.terminate()
        server.wait(60)
