"""Who moderates."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import is_signed_in, is_visible
from stakeholders.contact.rules import answers_for
from stakeholders.hooks import reportable


@rules.predicate
def is_reporter(user: Any, report: Any = None) -> bool:
    return report is not None and user.is_authenticated and report.reporter_id == user.pk


@rules.predicate
def moderates(user: Any) -> bool:
    """Return whether the user receives reports about at least one kind of subject."""
    roles = {role for reported_kind in reportable.values() for role in reported_kind.roles}
    return bool(user.is_authenticated and user.is_active and user.has_role(*roles, Role.HEAD))


rules.add_perm("stakeholders.view_reports", moderates)
rules.add_perm("stakeholders.view_report", is_visible)
rules.add_perm("stakeholders.answer_report", moderates & is_visible & ~is_reporter)
rules.add_perm("stakeholders.report_conversation", is_signed_in & answers_for)
