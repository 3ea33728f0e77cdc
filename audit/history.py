"""What happened to people's accounts; accounts lies below and only signals it."""

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.enums import Audience
from audit.registry import sentence

ROLES = {"role": dict(Role.choices)}
SECURITY = {
    "what": {
        "password_changed": _("the password was changed"),
        "address_changed": _("the e-mail address was changed"),
        "totp_added": _("an authenticator app was added"),
        "totp_removed": _("the authenticator app was removed"),
        "webauthn_added": _("a passkey or security key was added"),
        "webauthn_removed": _("a passkey or security key was removed"),
        "recovery_codes_added": _("recovery codes were made"),
        "recovery_codes_removed": _("the recovery codes were removed"),
        "recovery_codes_renewed": _("new recovery codes were made"),
    }
}

sentence("accounts.signed_in", _("%(actor)s signed in"))
sentence(
    "accounts.security_changed",
    _("Account of %(actor)s: %(what)s"),
    audience=Audience.SUBJECT,
    labels=SECURITY,
)
sentence(
    "accounts.consent_given",
    _("%(actor)s accepted the terms (%(terms)s) and the privacy notice (%(privacy)s)"),
    audience=Audience.SUBJECT,
)
sentence("accounts.account_closed", _("%(actor)s closed the account"))
sentence("accounts.account_reopened", _("%(actor)s reopened the account"))
sentence("accounts.grant_given", _("%(actor)s gave the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.grant_confirmed", _("%(actor)s confirmed the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.grant_ended", _("%(actor)s ended the role “%(role)s” (%(scope)s)"), labels=ROLES)
sentence("accounts.account_erased", _("%(actor)s deleted the account"), audience=Audience.SUBJECT)
for _what, _text in (
    ("asked", _("%(actor)s asked the desk to remove a lost second factor")),
    ("checked", _("%(actor)s made sure who asks for a new second factor")),
    ("confirmed", _("%(actor)s removed the second factor as the second person")),
    ("refused", _("%(actor)s refused to remove the second factor")),
):
    sentence(f"accounts.factor_reset_{_what}", _text, audience=Audience.SUBJECT)
sentence("accounts.data_asked", _("%(actor)s asked for a copy of the data"), audience=Audience.SUBJECT)
sentence(
    "accounts.token_made",
    _("%(actor)s made an access token, good until %(until)s"),
    audience=Audience.SUBJECT,
)
sentence("accounts.token_revoked", _("%(actor)s revoked an access token"), audience=Audience.SUBJECT)
sentence("accounts.retention_applied", _("%(actor)s removed %(removed)s rows after %(days)s days: %(rule)s"))
sentence(
    "accounts.retention_changed",
    _("%(actor)s changed how long is kept: %(rule)s, from %(days_before)s to %(days_after)s days"),
)
