"""In which browsers somebody has signed in before: what strangers try elsewhere does not count there."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.people.models import User
from accounts.people.queries import person_with_address

COOKIE = "known"
SALT = "accounts.known_browsers"
A_YEAR = 60 * 60 * 24 * 365
MOST_PEOPLE = 5  # in one browser; the last to sign in stay


def remember_browser(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Note at each sign-in that the person uses this browser. The cookie names nobody and signs nobody in."""
    mark = _mark_of(user)
    marks = [mark, *(other_mark for other_mark in _marks_in(request) if other_mark != mark)][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=SALT),
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def counted_as(request: HttpRequest, email: str) -> str:
    """The key of a limit for a person wherever the asker is: known browsers have a count of their own."""
    email = email.strip().lower()
    marks = _marks_in(request)
    person = person_with_address(email) if marks else None
    return f"{email}:known" if person and _mark_of(person) in marks else email


def _mark_of(user: User) -> str:
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()


def _marks_in(request: HttpRequest) -> list[str]:
    try:
        return list(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=A_YEAR))
    except signing.BadSignature:
        return []
