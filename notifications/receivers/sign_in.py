"""What the sign-in of somebody means for what they are told."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.people.models import User
from notifications.queries.held import MAIL_CAME_BACK, held_address_of


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """Asked once here, so that no page has to ask for everybody."""
    if request is not None and held_address_of(user) is not None:
        request.session[MAIL_CAME_BACK] = True
