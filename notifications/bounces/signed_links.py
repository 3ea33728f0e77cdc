"""The key in the mail that asks whether an address works again."""

from django.conf import settings
from django.core import signing

ADDRESS = "notifications.address"


def address_key(user_id: int, suppression_id: int) -> str:
    """The key that only the mail to a held address carries: whoever has it reads what comes there."""
    return signing.dumps([user_id, suppression_id], salt=ADDRESS)


def read_address_key(token: str) -> tuple[int, int] | None:
    """The person and the suppression that a key names; None if it was altered or has run out."""
    age = settings.NOTIFICATIONS_ADDRESS_DAYS * 24 * 60 * 60
    try:
        user_id, suppression_id = signing.loads(token, salt=ADDRESS, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user_id, suppression_id
