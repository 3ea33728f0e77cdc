"""Ask an address that others gave us, and never a machine of our own.

Names are resolved here and the connection goes to the very address that was checked, so that a name which
changes its mind in between leads nowhere; each redirect is checked anew.
"""

import contextlib
import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

PORTS = {80, 443, 8080, 8443}
MOST_REDIRECTS = 5
MOST_BYTES = 64 << 10
CHUNK = 64 << 10
_MOVED = {301, 302, 303, 307, 308}
# What servers answer that know no HEAD, or keep it for themselves.
_ASK_BY_GET = {400, 401, 403, 404, 405, 406, 409, 429, 500, 501, 503}


class Unreached(StrEnum):
    """Why there is no answer."""

    ADDRESS = "address"  # not an address of the web
    PRIVATE = "private"  # leads to a machine that is not on the public internet
    NAME = "name"  # nobody knows the name
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIME = "time"
    REDIRECTS = "redirects"
    ANSWER = "answer"  # not the language of the web
    INSECURE = "insecure"  # leads from https to http
    SIZE = "size"  # more than may be taken


class CannotReach(Exception):
    def __init__(self, why: Unreached) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    url: str  # where the redirects led


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of fetching a file. `etag`: by which its server tells it from another version."""

    status: int
    sha256: str = ""
    size: int = 0
    etag: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request, taken whole."""

    status: int
    kind: str  # of what is in it: the Content-Type
    body: bytes


def host_of(url: str) -> str:
    """The host with its port, as one door at which to knock; "" where there is none."""
    try:
        where = urlsplit(url)
        return f"{where.hostname}:{_port(where)}" if where.hostname else ""
    except ValueError:
        return ""


def ask(url: str, *, agent: str, seconds: float = 20, may_reach: Collection[str] = ()) -> Answer:
    """What the address answers, by HEAD and, where that is refused, by GET. Raises CannotReach.

    `seconds` is for all of it. `may_reach`: "host:port" that are asked although they are private.
    """
    until = time.monotonic() + seconds
    for _hop in range(MOST_REDIRECTS + 1):
        where = _checked(url)
        status, moved = _request("HEAD", where, agent, until, may_reach)
        if status in _ASK_BY_GET:
            status, moved = _request("GET", where, agent, until, may_reach)
        if not (moved and status in _MOVED):
            return Answer(status, url)
        url = _joined(url, moved)
    raise CannotReach(Unreached.REDIRECTS)


def fetch(
    url: str,
    into: IO[bytes],
    *,
    agent: str,
    most: int,
    seconds: float = 60,
    etag: str = "",
    may_reach: Collection[str] = (),
) -> Fetched:
    """Write what the address holds into a file: at most so many bytes, unpacked. Raises CannotReach.

    `seconds` is for all of it, redirects too. `etag`: of the version that is known; the answer may be that it
    is unchanged. An answer other than 200 leaves the file empty; where it raises, what it wrote is of no use.
    """
    until = time.monotonic() + seconds
    headers = {"Accept-Encoding": "identity"} | ({"If-None-Match": etag} if etag else {})
    for _hop in range(MOST_REDIRECTS + 1):
        where = _checked(url)
        with _open_request("GET", where, agent, until, may_reach, headers=headers) as response:
            moved = response.getheader("Location") or ""
            if not (moved and response.status in _MOVED):
                if response.status != 200:
                    return Fetched(response.status)
                digest, size = hashlib.sha256(), 0
                for piece in _pieces(response, most, until):
                    digest.update(piece)
                    size += into.write(piece)
                return Fetched(200, digest.hexdigest(), size, response.getheader("ETag") or "")
        url = _joined(url, moved)
        if where.scheme == "https" and _checked(url).scheme != "https":
            raise CannotReach(Unreached.INSECURE)
    raise CannotReach(Unreached.REDIRECTS)


def call(
    method: str,
    url: str,
    *,
    agent: str,
    body: bytes | None = None,
    most: int = MOST_BYTES,
    seconds: float = 5,
    headers: Mapping[str, str] | None = None,
    may_reach: Collection[str] = (),
) -> Reply:
    """One request and the whole answer, of at most so many bytes. Raises CannotReach.

    No redirect is followed.
    """
    until = time.monotonic() + seconds
    all_headers = {"Accept-Encoding": "identity"} | dict(headers or {})
    with _open_request(
        method, _checked(url), agent, until, may_reach, body=body, headers=all_headers
    ) as response:
        whole = b"".join(_pieces(response, most, until))
        return Reply(response.status, response.getheader("Content-Type") or "", whole)


def _pieces(response: http.client.HTTPResponse, most: int, until: float) -> Iterator[bytes]:
    """The body as it is meant, piece by piece. Raises CannotReach where it is too large or breaks off."""
    unpack = None
    if (packed := (response.getheader("Content-Encoding") or "identity").lower()) != "identity":
        if packed not in {"gzip", "x-gzip"}:
            raise CannotReach(Unreached.ANSWER)
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    if (response.length or 0) > most:
        raise CannotReach(Unreached.SIZE)
    size = 0
    while piece := response.read(CHUNK):
        for part in _unpacked(unpack, piece) if unpack else [piece]:
            size += len(part)
            if size > most:
                raise CannotReach(Unreached.SIZE)
            yield part
    if time.monotonic() >= until:  # where we hung up, it looks like an end
        raise CannotReach(Unreached.TIME)
    if response.length or (unpack and not unpack.eof):
        raise CannotReach(Unreached.CONNECTION)


def _unpacked(unpack: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    """In small parts: a few bytes may claim to hold more than there is room for."""
    while piece:
        try:
            part = unpack.decompress(piece, CHUNK)
        except zlib.error:
            raise CannotReach(Unreached.ANSWER) from None
        piece = unpack.unconsumed_tail
        yield part


def _joined(url: str, moved: str) -> str:
    try:
        return urljoin(url, moved)
    except ValueError:
        raise CannotReach(Unreached.ADDRESS) from None


def _checked(url: str) -> SplitResult:
    try:
        where = urlsplit(url)
        fit = where.scheme in {"http", "https"} and where.hostname and not where.username
        _port(where)
    except ValueError:
        fit = False
    if not fit:
        raise CannotReach(Unreached.ADDRESS)
    return where


def _port(where: SplitResult) -> int:
    return where.port or (443 if where.scheme == "https" else 80)


def is_public(address: str) -> bool:
    """Whether it is a machine on the public internet; what carries another address within counts as that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if any(ip in network for network in _WITH_IPV4_AT_THE_END):
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast


# Compatible (RFC 4291), translated (RFC 2765), and through a gateway (RFC 6052).
_WITH_IPV4_AT_THE_END = [
    ipaddress.IPv6Network(network) for network in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")
]


def _resolve(where: SplitResult, may_reach: Collection[str]) -> str:
    """One address of the name, all of which must be public: else the name is up to something."""
    name, port = str(where.hostname), _port(where)
    try:
        name = name.encode("idna").decode("ascii") if not name.isascii() else name
        addresses = [str(entry[4][0]) for entry in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise CannotReach(Unreached.NAME) from None
    if f"{where.hostname}:{port}" not in may_reach and (
        port not in PORTS or not addresses or not all(map(is_public, addresses))
    ):
        raise CannotReach(Unreached.PRIVATE)
    # Many machines have no way to the newer kind of address.
    return next((address for address in addresses if ":" not in address), addresses[0])


def _request(
    method: str, where: SplitResult, agent: str, until: float, may_reach: Collection[str]
) -> tuple[int, str]:
    """Status and Location of one request to the checked address; the body is looked at and thrown away."""
    with _open_request(method, where, agent, until, may_reach) as response:
        if method == "GET":
            response.read(MOST_BYTES)
        return response.status, response.getheader("Location") or ""


@contextlib.contextmanager
def _open_request(
    method: str,
    where: SplitResult,
    agent: str,
    until: float,
    may_reach: Collection[str],
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[http.client.HTTPResponse]:
    """The answer of the checked address, to be read within the time that is left."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise CannotReach(Unreached.TIME)
    address, host, port = _resolve(where, may_reach), str(where.hostname), _port(where)
    line = http.client.HTTPConnection(host, port, timeout=seconds)
    late = threading.Event()
    held: socket.socket | None = None

    def hang_up() -> None:
        late.set()
        if held is not None:  # the line itself lets go of it as soon as the body begins
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, hang_up)
    clock.daemon = True
    clock.start()
    try:
        held = socket.create_connection((address, port), timeout=seconds)
        if where.scheme == "https":
            held = ssl.create_default_context().wrap_socket(held, server_hostname=host)
        line.sock = held
        path = quote(where.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if where.query:
            path += "?" + quote(where.query, safe="/%:@!$&'()*+,;=~-._?[]|")
        own = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        line.request(method, path, body, headers=own | dict(headers or {}))
        with line.getresponse() as response:
            yield response
    except ssl.SSLCertVerificationError:
        raise CannotReach(Unreached.CERTIFICATE) from None
    except TimeoutError:
        raise CannotReach(Unreached.TIME) from None
    except (http.client.HTTPException, ValueError) as why:
        hung_up = isinstance(why, http.client.RemoteDisconnected)
        raise CannotReach(_or_time(Unreached.CONNECTION if hung_up else Unreached.ANSWER, late)) from None
    except OSError:
        raise CannotReach(_or_time(Unreached.CONNECTION, late)) from None
    finally:
        clock.cancel()
        line.close()


def _or_time(why: Unreached, late: threading.Event) -> Unreached:
    return Unreached.TIME if late.is_set() else why
