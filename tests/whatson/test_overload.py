"""Many at once and slow senders, on real sockets against the web server's own configuration."""

import os
import select
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection

import pytest
from django.urls import reverse

from tests.whatson import ROOT
from whatson.embedded import valkey

pytestmark = pytest.mark.slow


@pytest.fixture
def serve():
    """Start the web server with so many processes and threads; return its port."""
    with ExitStack() as stack:

        def start(workers: int, threads: int) -> int:
            port = valkey.free_port()
            call = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
            server = subprocess.Popen(
                [*call, "--bind", f"127.0.0.1:{port}", "tests.whatson.overload_app:application"],
                cwd=ROOT,
                env={**os.environ, "WEB_WORKERS": str(workers), "WEB_THREADS": str(threads)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(server.wait, 60)
            stack.callback(server.terminate)
            while True:
                assert server.poll() is None
                try:
                    answer(ask(port, "/"))
                except OSError:
                    time.sleep(0.1)
                else:
                    return port

        yield start


def ask(port, path, body=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, headers={"X-Refused-By-Server": "said by a visitor"})
    except OSError:
        connection.close()
        raise
    return connection


def answer(connection):
    with closing(connection):
        return connection.getresponse().read().decode()


def send(port, head, body=b""):
    sender = socket.create_connection(("127.0.0.1", port), timeout=30)
    sender.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode() + body)
    return sender


def read_all(sender):
    with closing(sender), sender.makefile("rb") as answered:
        return answered.read().decode()


def test_who_finds_no_thread_is_refused_while_all_are_held_and_monitors_are_answered(serve):
    port = serve(1, 1)
    holding = ask(port, "/hold")
    answer(ask(port, "/readyz"))  # which waits for it
    assert answer(ask(port, "/")) == "busy 0"
    assert answer(ask(port, "/", b"x" * 20_000_000)) == "busy 0"
    assert select.select([holding.sock], [], [], 0)[0] == []
    assert answer(ask(port, "/healthz")) == "received 0"
    assert answer(holding) == "received 0"
    assert answer(ask(port, "/")) == "received 0"


@pytest.mark.parametrize("senders", (8, 40))
def test_slow_senders_hold_no_thread(serve, senders):
    port = serve(2, 4)
    slow = [send(port, "Content-Length: 100000\r\n", b"x" * 1000) for _sender in range(senders)]
    idle = [socket.create_connection(("127.0.0.1", port), timeout=30) for _sender in range(8)]
    headless = [socket.create_connection(("127.0.0.1", port), timeout=30) for _sender in range(8)]
    for sender in headless:
        sender.sendall(b"GET / HT")
    for _turn in range(5):
        for sender in slow:
            with suppress(OSError):  # who was refused meanwhile
                sender.sendall(b"x")
        assert [answer(ask(port, "/")) for _reader in range(4)] == ["received 0"] * 4
    assert [read_all(sender) for sender in headless] == [""] * 8
    for sender in (*idle, *slow):
        sender.close()


def test_bodies_that_wait_hold_at_most_half_of_the_receivers(serve):
    port = serve(1, 1)
    slow = [send(port, "Content-Length: 100000\r\n", b"x") for _sender in range(30)]
    answers = [read_all(sender).rpartition("\n")[2] for sender in slow]
    assert sorted({answered: answers.count(answered) for answered in answers}.items()) == [
        ("busy 0", 6),
        ("slow 0", 24),
    ]
    assert answer(ask(port, "/", b"y" * 10)) == "received 10"


def test_a_body_arrives_whole_however_it_is_sent(serve):
    port = serve(1, 1)
    assert answer(ask(port, "/", b"x" * 3_000_000)) == "received 3000000"
    chunks = b"5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n"
    head = "Transfer-Encoding: chunked\r\nConnection: close\r\n"
    assert read_all(send(port, head, chunks)).endswith("received 8")
    sender = send(port, "Content-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n")
    assert sender.recv(100).startswith(b"HTTP/1.1 100 Continue")
    sender.sendall(b"abc")
    assert read_all(sender).endswith("received 3")


def test_one_connection_serves_a_request_after_a_body(serve):
    port = serve(1, 1)
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        for body in (b"abc", b"x" * 2_000_000, None):
            connection.request("POST" if body else "GET", "/", body)
            assert connection.getresponse().read().decode() == f"received {len(body or b'')}"


def test_a_body_that_is_too_large_is_told_so_and_a_body_that_was_cut_is_not_served(serve):
    port = serve(1, 1)
    assert answer(ask(port, "/", b"x" * 30_000_000)) == "large 0"
    cut = send(port, "Content-Length: 10\r\n", b"half")
    cut.shutdown(socket.SHUT_WR)
    assert read_all(cut) == ""


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    (
        ("busy 8.1", 503, "The portal is very busy"),
        ("slow 20.4", 408, "What you sent came too slowly"),
        ("large 0.0", 413, "What you sent is too large"),
    ),
)
def test_what_was_refused_has_its_page_without_the_database(client, refusal, status, words):
    page = client.get(reverse("portal:home"), headers={"X-Refused-By-Server": refusal})
    assert (page.status_code, page.get("Retry-After")) == (status, "10" if status == 503 else None)
    assert words in page.content.decode()
    problem = client.get("/api/v1/stakeholders/", headers={"X-Refused-By-Server": refusal})
    assert (problem.status_code, problem["Content-Type"]) == (status, "application/problem+json")
