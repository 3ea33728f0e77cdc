"""What the proof of an address means for an account that has had none so far; a warning of many tries."""

from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache

from accounts import hooks
from accounts.people.models import User
from accounts.people.queries import is_waiting, person_with_address

SESSION_KEY = "password_given"
A_DAY = 24 * 60 * 60


def remember_password(session: SessionBase, user: User) -> None:
    """The password of this account, which still waits, was chosen or typed in this session."""
    session[SESSION_KEY] = [user.pk, user.get_session_auth_hash()]


def gave_password(session: SessionBase, user: User) -> bool:
    """Whether the password that the account has now is known to this session."""
    return session.get(SESSION_KEY) == [user.pk, user.get_session_auth_hash()]


def drop_password(user: User) -> None:
    """Take away what somebody chose who may not be the owner of the address: the password, the consent.

    Sessions end with the password.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    user.consents.all().delete()


def make_way(address: str, *, to: User) -> None:
    """Remove the account that waits for `address`, which `to` is about to prove."""
    other = User.objects.select_for_update().filter(email__iexact=address).exclude(pk=to.pk).first()
    if other is not None and is_waiting(other):
        other.delete()


def warn_of_tries(address: str) -> None:
    """Tell the owner of an address, once a day, that others use up the tries to sign in with it."""
    if cache.add(f"limit:tries_told:{address.strip().lower()}", 1, A_DAY):
        person = person_with_address(address)
        if person is not None:
            hooks.sign_in_tried.send(User, user=person)
