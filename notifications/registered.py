"""The kinds of mail about a person's account (allauth says when), and the digest."""

from django.utils.translation import gettext_lazy as _

from notifications import rights  # noqa: F401  registers a person's data in this app
from notifications.queries.digests import still_to_say
from notifications.queries.held import ASKS_THE_ADDRESS
from notifications.registry import kind

ACCOUNT = _("Your account")

for name, label in (
    ("email_confirmation_signup", _("Confirm your address after signing up")),
    ("email_confirmation", _("Confirm an address")),
    ("account_already_exists", _("Somebody signed up with your address")),
    ("unknown_account", _("Somebody tried to sign in with an unknown address")),
    ("login_code", _("Code for signing in")),
    ("password_reset_key", _("Link for a new password")),
    ("password_reset_code", _("Code for a new password")),
    ("password_reset", _("Your password was set anew")),
    ("password_changed", _("Your password was changed")),
    ("password_set", _("A password was set")),
    ("email_confirm", _("Your address was confirmed")),
    ("email_changed", _("Your address was changed")),
    ("email_deleted", _("An address was removed")),
    ("totp_activated", _("An authenticator app was added")),
    ("totp_deactivated", _("The authenticator app was removed")),
    ("recovery_codes_generated", _("New recovery codes were made")),
    ("webauthn_added", _("A passkey was added")),
    ("webauthn_removed", _("A passkey was removed")),
):
    kind(f"accounts.{name}", label=label, group=ACCOUNT, essential=True, secret=True)

kind(
    "notifications.digest",
    label=_("Overview of what you follow"),
    group=_("Overviews"),
    prepare=still_to_say,
    gathers=True,
)
kind(
    "notifications.preferences_changed",
    label=_("What you hear of was changed by a link in a mail"),
    group=ACCOUNT,
    essential=True,
)
for name, label in (
    ("jobs_stale", _("A job in the background does not run")),
    ("jobs_recovered", _("Jobs in the background run again")),
):
    kind(f"notifications.{name}", label=label, group=_("The portal itself"), essential=True)
kind(ASKS_THE_ADDRESS, label=_("Does your address work again?"), group=ACCOUNT, essential=True, secret=True)
