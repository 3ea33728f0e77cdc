"""What the portal does around every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.usage.counting import count


class UsageMiddleware:
    """Counts what was read, kept pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        count(request, response)
        return response
