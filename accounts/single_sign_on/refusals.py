"""Why somebody who comes from an institution is not signed in, and what they can do instead."""

from typing import NoReturn

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.base import AuthError
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.identity_providers import IdentityProvider
from accounts.single_sign_on.provider_requests import Unanswered

log = structlog.get_logger(__name__)


def refuse(request: HttpRequest, text: str) -> NoReturn:
    """Say it where the other ways to sign in stand; to somebody who is signed in, where links are added."""
    raise ImmediateHttpResponse(answer_with(request, text))


def answer_with(request: HttpRequest, text: str) -> HttpResponse:
    messages.error(request, text)
    return redirect("mfa_index" if request.user.is_authenticated else "account_login")


def sentence_of(
    institution: IdentityProvider, error: str, exception: Exception | None, *, has_state: bool
) -> str:
    """What the person reads; the log keeps the reason."""
    log.warning(
        "single_sign_on_failed",
        institution=institution.id,
        error=str(error),
        reason=f"{type(exception).__name__}: {exception}"[:300] if exception else "",
    )
    facts = {"name": institution.name}
    if isinstance(exception, Unanswered):
        text = _(
            "%(name)s does not answer at the moment. Try again later, or sign in with your password "
            "or a code."
        )
    elif error == AuthError.CANCELLED:
        text = _("The sign-in at %(name)s was cancelled.")
    elif not has_state:
        text = _("This sign-in took too long, or was begun in another browser. Please start it again.")
    else:
        text = _(
            "The answer of %(name)s could not be verified, so you are not signed in. Please try again. "
            "If it happens again, tell your administrator there."
        )
    return text % facts
