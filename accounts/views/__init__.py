"""Pages about oneself that allauth does not bring."""

from accounts.views.people import (
    ConfirmEmailView,
    consent,
    next_of,
    profile,
    rate_limited,
    resend,
)

__all__ = ["ConfirmEmailView", "consent", "next_of", "profile", "rate_limited", "resend"]
