"""People at browsers of their own, and an address that two of them claim."""

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.people.models import User
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD

VICTIM = "amina@example.org"


HERS = "a phrase that only she knows"


SIGN_UP, LOGIN, CODE = "/en/accounts/signup/", "/en/accounts/login/", "/en/accounts/login/code/"


EMAIL, ME = "/en/accounts/email/", "/en/me/"


class Person:
    """Somebody at a browser of their own."""

    def __init__(self) -> None:
        self.browser = Client()

    def signs_up(self, password=PASSWORD, name="Amina", email=VICTIM, **more):
        typed = {"name": name, "email": email, "password1": password, "language": "en", "time_zone": ""}
        return self.browser.post(SIGN_UP, {**typed, "is_unaffiliated": "False", **more})

    def signs_in(self, password, email=VICTIM):
        self.browser.logout()
        return self.browser.post(LOGIN, {"login": email, "password": password})

    def asks_for_a_code(self, email=VICTIM):
        self.browser.post(CODE, {"email": email})
        return newest(email)

    def wants(self, address, password=PASSWORD):
        """Change to an address."""
        self.browser.post("/en/accounts/reauthenticate/", {"password": password})
        return self.browser.post(EMAIL, {"email": address, "action_add": ""})

    @property
    def is_in(self):
        return self.browser.get(ME).status_code == 200


def newest(address=VICTIM) -> Message:
    return Message.objects.filter(address=address).latest("pk")


def owner_of(address) -> User | None:
    proved_address = EmailAddress.objects.filter(email=address, verified=True).first()
    return proved_address and proved_address.user
