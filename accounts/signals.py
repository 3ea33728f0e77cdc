"""What accounts says to whoever listens above it. `actor` is the person who did it, None for a command."""

from django.dispatch import Signal

person_signed_in = Signal()  # user
security_changed = Signal()  # user, what (code of what changed)
consent_given = Signal()  # user, versions ({kind: version})
account_closed = Signal()  # user, actor
account_reopened = Signal()  # user, actor
grant_given = Signal()  # grant, actor
grant_confirmed = Signal()  # grant, actor
grant_ended = Signal()  # grant, actor
person_erased = Signal()  # user (before its row goes), actor, address, language
factor_reset = Signal()  # reset, actor, what ("asked", "checked", "confirmed", "refused")
data_asked = Signal()  # export
data_ready = Signal()  # export
token_made = Signal()  # token
token_revoked = Signal()  # token, actor
retention_applied = Signal()  # rule, run
retention_changed = Signal()  # rule, actor, before, after (days)
