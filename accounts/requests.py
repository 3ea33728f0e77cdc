"""What a view knows of a request."""

from django.http import HttpRequest

from accounts.models import User


class SignedIn(HttpRequest):
    """A request behind `login_required`."""

    user: User  # narrower than Django's, which also knows visitors
