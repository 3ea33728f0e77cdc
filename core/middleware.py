from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.errors import TooMany
from core.views import too_many


class TooManyMiddleware:
    """A limit that was reached anywhere below a view is answered 429 with a page that says when to return."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooMany):
            return too_many(request, str(exception), exception.retry_after)
        return None
