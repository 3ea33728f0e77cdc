"""One honest client on loopback: keep-alive where the server offers it, every answer read to its end."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    p50: float
    p95: float
    size: int


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def time_page(port: int, path: str, *, rounds: int, before: Callable[[], object] = lambda: None) -> Timing:
    """Milliseconds of full HTTP for one page, asked `rounds` times by one client that accepts gzip.

    `before` is called ahead of each, outside the time that is taken.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken, size = [], 0
    for number in range(rounds + 5):
        before()
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        size = len(answer.read())
        spent = (time.perf_counter() - start) * 1000
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        if number >= 5:  # the first ones warm the workers
            taken.append(spent)
    connection.close()
    return Timing(statistics.median(taken), statistics.quantiles(taken, n=20)[-1], size)
