"""What invitations by a link have in common: locked, and sent with a new link."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.digests import digest_of
from core.errors import WrongState
from notifications.outbox.actions import mail_address
from stakeholders.invitations.models import DeskInvitation, Invitation, TokenInvitation


def lock_open[I: (Invitation, DeskInvitation)](invitation: I) -> I:
    """Return the row, locked. Raises WrongState where it was withdrawn or accepted."""
    rows = type(invitation).objects.select_for_update(no_key=True)
    locked = rows.filter(pk=invitation.pk).first()
    if locked is None or locked.withdrawn_at:
        raise WrongState(_("This invitation was withdrawn."))
    if locked.accepted_at:
        raise WrongState(_("This invitation has been accepted already."))
    return locked


def send_link(
    invitation: TokenInvitation,
    kind: str,
    *,
    until: datetime,
    key: str,
    url_name: str,
    facts: Mapping[str, Any],
) -> None:
    """Save it with a new link, in place of an earlier one, and hand the mail with it to the outbox.

    The words of the mail may use `facts`, and `until`, to which the link is good.
    """
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = digest_of(token), until
    invitation.save()
    with override(invitation.language):
        url = reverse(url_name, args=[token])
    mail_address(
        invitation.address,
        kind,
        key=f"{key}:{invitation.pk}:{invitation.token_hash[:16]}",
        language=invitation.language,
        url=url,
        facts={**facts, "until": until.isoformat()},
        subject=invitation,
    )
