"""Pages about oneself that allauth does not bring."""

from accounts.views.entrance import SignInByCodeView, SignInView, SignUpView
from accounts.views.lost import lost_factor
from accounts.views.people import ConfirmEmailView, consent, profile, rate_limited, resend

__all__ = [
    "ConfirmEmailView",
    "SignInByCodeView",
    "SignInView",
    "SignUpView",
    "consent",
    "lost_factor",
    "profile",
    "rate_limited",
    "resend",
]
