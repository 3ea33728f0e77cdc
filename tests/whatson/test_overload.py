"""Too many at once: who finds no thread for too long is answered 503, and who asks again is served."""

import os
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.urls import reverse

from tests.whatson import ROOT
from whatson.embedded import valkey

pytestmark = pytest.mark.slow


@pytest.fixture
def port(tmp_path):
    """A web server of one thread."""
    port = valkey.free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "gunicorn.conf.py",
            "--bind",
            f"127.0.0.1:{port}",
            "tests.whatson.overload_app:application",
        ],
        cwd=ROOT,
        env={**os.environ, "WEB_WORKERS": "1", "WEB_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while True:
        assert server.poll() is None
        try:
            answer(ask(port, "/"))
            break
        except OSError:
            time.sleep(0.1)
    yield port
    server.terminate()
    server.wait(30)


def ask(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"X-Waited-Too-Long": "said by a visitor"})
    except OSError:
        connection.close()
        raise
    return connection


def answer(connection):
    with closing(connection):
        return connection.getresponse().read()


def test_a_request_that_found_no_thread_for_too_long_is_marked_and_the_next_is_not(port):
    holding = ask(port, "/hold")
    time.sleep(0.5)
    waiting = ask(port, "/")
    assert answer(holding) == b"in time"
    assert answer(waiting) == b"1"
    assert answer(ask(port, "/")) == b"in time"


def test_what_is_marked_is_answered_503_without_the_database(client):
    answer = client.get(reverse("portal:home"), headers={"X-Waited-Too-Long": "1"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The portal is very busy" in answer.content.decode()
