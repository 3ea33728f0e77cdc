"""Passwords, hashed a few at a time: each takes a processor for a quarter of a second, and pages are read
meanwhile by whoever has come for that."""

from threading import BoundedSemaphore
from typing import Any

from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Half of the threads of a web process at most; the others are for readers.
_places = BoundedSemaphore(max(settings.WEB_THREADS // 2, 1))


class FewAtOnceHasher(PBKDF2PasswordHasher):
    """Django's own, and what it has hashed before; whoever finds no place free waits for one."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> Any:
        with _places:
            return super().encode(password, salt, iterations)


def has_place() -> bool:
    if not _places.acquire(blocking=False):
        return False
    _places.release()
    return True


class HashesPassword(forms.Form):
    """Mixed into forms that hash a password: where no place is free, nobody waits on a thread that a reader
    could have. What was typed stays, and the answer is 503."""

    def clean(self) -> Any:
        if not has_place():
            context.request.is_busy = True  # for core.middleware.BusyMiddleware
            raise ValidationError(
                _(
                    "Very many people are signing in at this moment. "
                    "Please type your password once more and try again in a few seconds."
                ),
                code="busy",
            )
        return super().clean()
