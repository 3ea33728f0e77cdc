"""What a view knows of a request."""

from django.http import HttpRequest

from accounts.people.models import User

# Of this one browser: the address that a visitor gave, or to which a link was sent that they opened.
ADDRESS_KEY = "entered_address"
ONLY_KEY = "only_address"


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: User  # narrower than Django's, which also knows visitors


def remember_address(request: HttpRequest, address: str) -> None:
    """For the pages that ask the same visitor for their address next."""
    request.session[ADDRESS_KEY] = address


def remember_only(request: HttpRequest, address: str) -> None:
    """As `remember_address`, for an account without which the page that is open now is closed."""
    remember_address(request, address)
    request.session[ONLY_KEY] = [request.path, address]


def only_address(request: HttpRequest, target: str) -> str:
    """With which address alone the page at `target` can be used; empty where any will do."""
    path, address = request.session.get(ONLY_KEY) or ("", "")
    return str(address) if path and path == target else ""


def entered_address(request: HttpRequest) -> str:
    return str(request.session.get(ADDRESS_KEY, ""))
