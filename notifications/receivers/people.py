"""What accounts signals about a person's data and tokens, said to that person by mail."""

from typing import Any
from uuid import uuid4

from django.dispatch import receiver
from django.utils.timezone import now

from accounts import hooks as accounts_hooks
from accounts.data_rights.models import DataExport
from accounts.people.models import User
from accounts.people.queries import administrators
from accounts.second_factor.models import FactorReset
from accounts.tokens.models import AccessToken
from notifications.actions import mail_address, notify, notify_all


@receiver(accounts_hooks.data_ready, dispatch_uid="notifications.data_ready")
def _data_ready(sender: Any, export: DataExport, **_said: Any) -> None:
    notify(
        export.user,
        "accounts.data_ready",
        key=f"data_export:{export.pk}:ready",
        url_name="rights:export",
        url_args=[export.pk],
        facts={"until": export.expires_at.isoformat()},
        subject=export,
    )


@receiver(accounts_hooks.token_made, dispatch_uid="notifications.token_made")
def _token_made(sender: Any, token: AccessToken, **_said: Any) -> None:
    notify(
        token.user,
        "accounts.token_made",
        key=f"access_token:{token.pk}:made",
        url_name="rights:tokens",
        facts={"name": token.name, "at": now().isoformat(), "until": token.expires_at.isoformat()},
        subject=token,
    )


@receiver(accounts_hooks.factor_reset, dispatch_uid="notifications.factor_reset")
def _factor_reset(sender: Any, reset: FactorReset, what: str, **_said: Any) -> None:
    """The person hears what is asked and done in their name; the administrators, that somebody waits."""
    facts = {"at": now().isoformat(), "name": str(reset.user)}
    if what in ("asked", "confirmed"):
        notify(
            reset.user,
            f"accounts.factor_reset_{what}",
            key=f"factor_reset:{reset.pk}:{what}",
            url_name="accounts:lost" if what == "asked" else "account_reset_password",
            facts=facts,
            subject=reset,
        )
    if what in ("asked", "checked"):
        notify_all(
            administrators().exclude(pk__in=[reset.user_id, reset.checked_by_id or 0]),
            "accounts.factor_reset_waits",
            key=f"factor_reset:{reset.pk}:waits:{what}",
            url_name="admin:accounts_factorreset_changelist",
            facts=facts,
            subject=reset,
        )


@receiver(accounts_hooks.person_erased, dispatch_uid="notifications.person_erased")
def _person_erased(sender: Any, user: User, address: str, language: str, **_said: Any) -> None:
    """To the address as it was, without a relation to the account: this message outlives it."""
    mail_address(
        address,
        "accounts.account_deleted",
        key=f"accounts:deleted:{uuid4()}",
        language=language,
        facts={"at": now().isoformat()},
    )
