"""What was typed into a form that is not saved, under the labels of the form's own page, to be copied."""

import re
from collections.abc import Callable
from io import BytesIO

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from lxml import etree, html

# What a form holds that is not for the eye: tokens, numbers of versions, and what only its owner knows.
NOT_SHOWN = re.compile(r"csrf|passw|token|code|otp|secret|version|^next$", re.IGNORECASE)
CHOSEN = ("hidden", "checkbox", "radio", "submit", "file", "password")  # not typed, or not for the eye


def typed(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> list[tuple[str, str]]:
    """(label, value) of each; the label is "" where the address has no page that shows the field."""
    if not request.POST:
        return []
    labels = _labels(_page(request, get_response))
    return [
        (label, value)
        for name, values in request.POST.lists()
        if not NOT_SHOWN.search(name) and (label := labels.get(name, "")) is not None
        for value in values
        if isinstance(value, str) and value.strip() and (label or value != "on")
    ]


def _page(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The page at the address of what was sent, as its reader would open it."""
    nothing = {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "", "CONTENT_TYPE": "", "wsgi.input": BytesIO()}
    reading = WSGIRequest(request.META | nothing)
    for name, value in vars(request).items():  # what middleware has noted on it
        if not name.startswith("_") and name not in vars(reading):
            setattr(reading, name, value)
    return get_response(reading)


def _labels(page: HttpResponse) -> dict[str, str | None]:
    """{name of a field: its label, or None of one that nobody types into}."""
    if page.status_code != 200 or page.streaming or not page.content.lstrip().startswith(b"<"):
        return {}
    try:
        tree = html.document_fromstring(page.content)
    except (etree.ParserError, ValueError):
        return {}
    labels: dict[str, str | None] = {}
    for field in tree.xpath("//main//*[@name][self::input or self::select or self::textarea]"):
        label = tree.xpath("//label[@for=$id]", id=field.get("id", ""))
        is_chosen = field.tag == "select" or field.get("type") in CHOSEN
        words = label[0].xpath("text()") if label else []
        labels[field.get("name")] = None if is_chosen else " ".join("".join(words).split())
    return labels
