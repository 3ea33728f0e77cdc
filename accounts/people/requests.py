"""What a view knows of a request."""

from django.http import HttpRequest

from accounts.people.models import User

# Of this one browser: the address that a visitor gave, or to which a link was sent that they opened.
ADDRESS_KEY = "entered_address"


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: User  # narrower than Django's, which also knows visitors


def remember_address(request: HttpRequest, address: str) -> None:
    """For the pages that ask the same visitor for their address next."""
    request.session[ADDRESS_KEY] = address


def entered_address(request: HttpRequest) -> str:
    return str(request.session.get(ADDRESS_KEY, ""))
