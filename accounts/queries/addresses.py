"""Whose an address is. One that nobody has proved yet is nobody's."""

from allauth.account.models import EmailAddress

from accounts.models import User


def person_with_address(address: str) -> User | None:
    """Whose account is open and has proved that this address is theirs."""
    return User.objects.filter(
        emailaddress__email__iexact=address.strip(), emailaddress__verified=True, is_active=True
    ).first()


def is_waiting(user: User) -> bool:
    """Has signed up and has not yet proved any address: nobody has ever been in this account."""
    return user.is_active and not EmailAddress.objects.filter(user_id=user.pk, verified=True).exists()


def is_taken(address: str, *, by_other_than: User | None = None) -> bool:
    """Whether another account has this address. One that waits, or only wants to change to it, has not."""
    own = by_other_than.pk if by_other_than else 0
    if EmailAddress.objects.filter(email__iexact=address, verified=True).exclude(user_id=own).exists():
        return True
    other = User.objects.filter(email__iexact=address).exclude(pk=own).first()
    return other is not None and not is_waiting(other)
