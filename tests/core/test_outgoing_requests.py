"""Addresses that people typed are asked, and no machine of our own ever is: over real sockets."""

import contextlib
import gzip
import hashlib
import http.server
import io
import socket
import threading
import time
from types import SimpleNamespace

import pytest

from core import outgoing_requests
from core.outgoing_requests import Answer, CannotReach, Unreached, ask, fetch, is_public

PRIVATE = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104
    "10.0.0.8",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.7",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:0:7f00:1",
    "::ffff:0:169.254.169.254",
    "64:ff9b:1::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001:0:0:0:0:0:80ff:fffe",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known_in_every_disguise(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "185.60.216.35", "2606:4700::6810:85e5", "::ffff:8.8.8.8", "::8.8.8.8"]
)
def test_public_ones_are_public(address):
    assert is_public(address)


def slowly():
    while True:
        yield b"x"
        time.sleep(0.05)


def without_end():
    while True:
        yield b"x" * 10_000


GZIP = {"Content-Encoding": "gzip"}
# path → the pieces that are sent, or a function that gives them to one request; the length announced; headers
FILES = {
    "/list.xml": ([b"<list/>"], 7, {"ETag": '"1"'}),
    "/packed": ([gzip.compress(b"<list/>")], 0, GZIP),
    "/bomb": ([gzip.compress(b"\0" * 50_000_000)], 0, GZIP),
    "/half-packed": ([gzip.compress(b"<list/>")[:-6]], 0, GZIP),
    "/not-packed": ([b"<list/>"], 0, GZIP),
    "/oddly-packed": ([b"<list/>"], 0, {"Content-Encoding": "br"}),
    "/announced": ([b"<list/>"], 5_000_000, {}),
    "/endless": (without_end, 0, {}),
    "/slow": (slowly, 0, {}),
    "/broken-off": ([b"<li"], 7, {}),
}


@pytest.fixture
def server():
    """Answers by its path; `.requests` it has had, `.address` its own, `.left` once a reader hung up."""
    state = SimpleNamespace(requests=[], where="", address="", left=threading.Event())

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer()

        def do_GET(self):
            self.answer()

        def answer(self):
            state.requests.append((self.command, self.path, self.headers["User-Agent"], self.headers["Host"]))
            if self.path == "/drip":
                try:
                    while True:
                        self.wfile.write(b"H")
                        time.sleep(0.05)
                except OSError:
                    state.left.set()
                return
            if self.path == "/slow" and self.command == "HEAD":
                self.send_error(405)
                return
            if self.path in FILES:
                self.send_file(*FILES[self.path])
                return
            if self.path == "/rubbish":
                self.wfile.write(b"\x00\x01 what\r\n\r\n")
                return
            if self.path == "/gethidden" and self.command == "HEAD":
                self.send_error(405)
                return
            moved = {
                "/moved": "/there",
                "/round": "/round",
                "/inside": "http://169.254.169.254/latest",
                "/loop": "http://localhost:1/",
                "/file": "file:///etc/passwd",
                "/odd": "http://[::1",
            }.get(self.path)
            self.send_response(302 if moved else 404 if self.path == "/gone" else 200)
            if moved:
                self.send_header("Location", moved)
            self.end_headers()
            if self.command == "GET":
                try:
                    for _part in range(400):
                        self.wfile.write(b"x" * 10_000)
                except OSError:
                    pass

        def send_file(self, content, length, headers):
            if self.headers["If-None-Match"] == '"1"':
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(200)
            if length:
                self.send_header("Content-Length", str(length))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in content() if callable(content) else content:
                    self.wfile.write(piece)
            except OSError:
                state.left.set()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        state.where = f"127.0.0.1:{serving.server_port}"
        state.address = f"http://{state.where}"
        threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield state
        serving.shutdown()


def ask_server(server, path, **how):
    return ask(server.address + path, agent="WhatsOn test", may_reach={server.where}, **how)


def test_an_address_is_asked_by_head_under_our_name(server):
    assert ask_server(server, "/où?q=é") == Answer(200, server.address + "/où?q=é")
    assert server.requests == [("HEAD", "/o%C3%B9?q=%C3%A9", "WhatsOn test", server.where)]


@pytest.mark.parametrize(
    ("path", "status", "methods"),
    [
        ("/moved", 200, ["HEAD", "HEAD"]),
        ("/gethidden", 200, ["HEAD", "GET"]),
        ("/gone", 404, ["HEAD", "GET"]),
    ],
)
def test_redirects_are_followed_and_get_is_the_second_word(server, path, status, methods):
    assert ask_server(server, path).status == status
    assert [request[0] for request in server.requests] == methods


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/round", Unreached.REDIRECTS),
        ("/inside", Unreached.PRIVATE),
        ("/loop", Unreached.PRIVATE),
        ("/file", Unreached.ADDRESS),
        ("/odd", Unreached.ADDRESS),
        ("/rubbish", Unreached.ANSWER),
    ],
)
def test_where_a_redirect_leads_is_checked_as_well(server, path, why):
    with pytest.raises(CannotReach) as error:
        ask_server(server, path)
    assert error.value.why == why


def test_a_server_that_answers_one_letter_at_a_time_is_left(server):
    with pytest.raises(CannotReach) as error:
        ask_server(server, "/drip", seconds=0.3)
    assert error.value.why == Unreached.TIME
    assert server.left.wait(300)  # it would have dripped for ever


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://localhost:8080/", "private"),
        ("http://[::1]/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"),
        ("http://8.8.8.8:22/", "private"),
        ("ftp://8.8.8.8/", "address"),
        ("http://me@8.8.8.8/", "address"),
        ("http:///x", "address"),
        ("http://8.8.8.8:99999/", "address"),
        ("javascript:alert(1)", "address"),
        ("http://x.invalid/", "name"),
        ("http://" + "a" * 70 + ".é/", "name"),
    ],
)
def test_what_is_no_public_address_of_the_web_is_not_asked(url, why):
    with pytest.raises(CannotReach) as error:
        ask(url, agent="x", seconds=2)
    assert error.value.why == why


def test_a_name_that_changes_its_mind_leads_to_where_it_first_did(server, monkeypatch):
    """DNS rebinding: public when asked, ours when connected to. The connection takes the checked address."""
    asked_names, connected = [], []

    def rebound(name, port, **how):
        asked_names.append(name)
        address = "93.184.215.14" if len(asked_names) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address, **how):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(outgoing_requests.socket, "getaddrinfo", rebound)
    monkeypatch.setattr(outgoing_requests.socket, "create_connection", connect)
    with pytest.raises(CannotReach):
        ask("http://rebinds.example/", agent="x")
    assert (asked_names, connected) == (["rebinds.example"], [("93.184.215.14", 80)])
    with pytest.raises(CannotReach) as error:
        ask("http://rebinds.example/", agent="x")
    assert error.value.why == Unreached.PRIVATE
    assert len(connected) == 1


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(outgoing_requests.socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(CannotReach) as error:
        ask("http://both.example/", agent="x")
    assert error.value.why == Unreached.PRIVATE


# --- Fetching a file --------------------------------------------------------------------------------


def fetch_from(server, path, **how):
    into = io.BytesIO()
    how = {"most": 1_000_000} | how
    answer = fetch(server.address + path, into, agent="WhatsOn test", may_reach={server.where}, **how)
    return answer, into.getvalue()


@pytest.mark.parametrize("path", ["/list.xml", "/packed"])
def test_a_file_is_fetched_as_it_is_meant(server, path):
    answer, content = fetch_from(server, path)
    assert (answer.status, content, answer.size) == (200, b"<list/>", 7)
    assert answer.sha256 == hashlib.sha256(b"<list/>").hexdigest()
    assert not answer.is_unchanged


def test_what_has_not_changed_is_not_sent_again(server):
    answer, _content = fetch_from(server, "/list.xml")
    answer, content = fetch_from(server, "/list.xml", etag=answer.etag)
    assert answer.is_unchanged
    assert content == b""


def test_an_answer_that_is_no_file_leaves_nothing(server):
    answer, content = fetch_from(server, "/gone")
    assert (answer.status, content) == (404, b"")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/round", Unreached.REDIRECTS),
        ("/inside", Unreached.PRIVATE),
        ("/loop", Unreached.PRIVATE),
        ("/file", Unreached.ADDRESS),
        ("/bomb", Unreached.SIZE),
        ("/announced", Unreached.SIZE),
        ("/endless", Unreached.SIZE),
        ("/half-packed", Unreached.CONNECTION),
        ("/broken-off", Unreached.CONNECTION),
        ("/not-packed", Unreached.ANSWER),
        ("/oddly-packed", Unreached.ANSWER),
    ],
)
def test_what_is_no_whole_file_of_the_size_allowed_is_not_taken(server, path, why):
    with pytest.raises(CannotReach) as error:
        fetch_from(server, path)
    assert error.value.why == why


def test_a_file_of_one_letter_at_a_time_is_given_up_when_the_time_is_over(server):
    began = time.monotonic()
    with pytest.raises(CannotReach) as error:
        fetch_from(server, "/slow", seconds=0.4)
    assert error.value.why == Unreached.TIME
    assert server.left.wait(300)
    assert time.monotonic() - began < 300


def test_an_answer_whose_body_drips_is_left_as_well(server):
    began = time.monotonic()
    assert ask_server(server, "/slow", seconds=0.4).status == 200
    assert time.monotonic() - began < 300


def test_a_redirect_that_leads_to_a_private_address_is_not_followed(server, monkeypatch):
    """The name of the redirect is public when it is first asked, and ours when it is connected to."""
    monkeypatch.setattr(
        outgoing_requests.socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("10.0.0.1", 443))]
    )
    with pytest.raises(CannotReach) as error:
        fetch("https://rebinds.example/", io.BytesIO(), agent="x", most=10)
    assert error.value.why == Unreached.PRIVATE


def test_a_secure_address_leads_to_no_other(monkeypatch):
    """Nothing on the way may put another list in the place of the one that was asked for."""
    moved = SimpleNamespace(status=302, getheader=lambda name: "http://list.example/")

    @contextlib.contextmanager
    def answered(*arguments, **headers):
        yield moved

    monkeypatch.setattr(outgoing_requests, "_open_request", answered)
    with pytest.raises(CannotReach) as error:
        fetch("https://list.example/", io.BytesIO(), agent="x", most=10)
    assert error.value.why == Unreached.INSECURE
