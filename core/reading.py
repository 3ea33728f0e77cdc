"""What a request that only reads asks once: the answer holds until the request ends."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


class AskedOnceMiddleware:
    """Remembers what `once` finds for the length of a GET. What writes sees what it has written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _answers.set({})
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)


def once[T](key: Hashable, ask: Callable[[], T]) -> T:
    """The answer of `ask()`; within a request that reads, the first one. Elsewhere it is asked each time."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    answer: T = answers[key]
    return answer
