"""Whether it is time, and more time for one party."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_line
from core.time_display import by_both_clocks
from workflow.windows.models import Extension, Window


def refuse_unless_open(window: Window, party: str = "", *, at: datetime | None = None) -> None:
    """Raise WrongState, saying when it opens or closed, unless `party` may hand in at `at` (now)."""
    at = at or now()
    if window.is_open_for(party, at):
        return
    if window.opens_at is None:
        raise WrongState(_("This is not open yet."))
    if at < window.opens_at:
        raise WrongState(_("This opens on %(instant)s.") % {"instant": by_both_clocks(window.opens_at)})
    raise WrongState(
        _("This closed on %(instant)s. Nothing can be handed in any more.")
        % {"instant": by_both_clocks(window.closes_for(party) or at, ends=True)}
    )


def extend(window: Any, party: str, *, until: datetime, reason: str, actor: Any) -> Extension:
    """Give one party until `until`; a second extension takes the place of the first. Logged.

    Needs the permission "extend" on the window's model. Raises DomainError, with the field to blame.
    """
    if not actor.has_perm(f"{window._meta.app_label}.extend_{window._meta.model_name}", window):
        raise PermissionDenied
    reason = clean_line(reason)
    wrong = {}
    if window.closes_at is None or until <= window.closes_at:
        wrong["until"] = _("Choose an instant after the closing for everybody.")
    elif until <= now():
        wrong["until"] = _("Choose a time in the future.")
    if not reason:
        wrong["reason"] = _("Give the reason why this party needs more time.")
    if wrong:
        raise DomainError(_("The extension was not given."), fields=wrong)
    with transaction.atomic():
        extension, _new = Extension.objects.update_or_create(
            subject_kind=window._meta.label_lower,
            subject_id=window.pk,
            party=party,
            defaults={"until": until, "reason": reason, "given_by": actor, "at": now()},
        )
        record(window, "workflow.extension.give", actor=actor, party=party, until=until.isoformat())
    return extension
