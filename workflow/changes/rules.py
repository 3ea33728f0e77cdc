"""Who may judge a change, and who may withdraw one. Reads attributes and relations, imports no model."""

from typing import Any

import rules


@rules.predicate
def judges_subject(user: Any, change: Any = None) -> bool:
    """May judge the thing that the change is about: "stakeholders.judge_stakeholder"."""
    if change is None or (subject := change.subject) is None:
        return False
    return user.has_perm(f"{subject._meta.app_label}.judge_{subject._meta.model_name}", subject)


@rules.predicate
def is_proposer(user: Any, change: Any = None) -> bool:
    return change is not None and user.is_authenticated and change.proposed_by_id == user.pk


rules.add_perm("workflow.approve_changerequest", judges_subject)
rules.add_perm("workflow.refuse_changerequest", judges_subject)
rules.add_perm("workflow.withdraw_changerequest", is_proposer)
