"""What can be done with people, their roles, their data and their tokens."""

from accounts.actions.erasing import Blocked, delete_account
from accounts.actions.exports import ask_copy, make_copy, sweep_copies
from accounts.actions.people import (
    begin_administration,
    close_account,
    confirm_grant,
    end_grant,
    give_consent,
    grant_role,
    publish_legal_version,
    reopen_account,
)
from accounts.actions.resets import ask_reset, check_reset, confirm_reset, refuse_reset, reset_on_the_machine
from accounts.actions.retention import apply_rules, change_rule, keep_rules
from accounts.actions.tokens import make_token, revoke_token

__all__ = [
    "Blocked",
    "apply_rules",
    "ask_copy",
    "ask_reset",
    "begin_administration",
    "change_rule",
    "check_reset",
    "close_account",
    "confirm_grant",
    "confirm_reset",
    "delete_account",
    "end_grant",
    "give_consent",
    "grant_role",
    "keep_rules",
    "make_copy",
    "make_token",
    "publish_legal_version",
    "refuse_reset",
    "reopen_account",
    "reset_on_the_machine",
    "revoke_token",
    "sweep_copies",
]
