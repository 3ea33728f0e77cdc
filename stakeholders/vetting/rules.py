"""Who may vet, keep the checklist, raise flags and look again at a refusal."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_desk, is_visible
from stakeholders.applications.rules import is_applicant
from stakeholders.entries.rules import may_vet

rules.add_perm("stakeholders.start_application", may_vet)
rules.add_perm("stakeholders.return_application", may_vet)
rules.add_perm("stakeholders.approve_application", may_vet)
rules.add_perm("stakeholders.refuse_application", may_vet)
rules.add_perm("stakeholders.vet_application", may_vet)


@rules.predicate
def has_open_reconsideration(_user: Any, application: Any) -> bool:
    request = getattr(application, "reconsideration", None)
    return request is not None and request.is_waiting


rules.add_perm("stakeholders.keep_checklist", has_role(Role.HEAD, Role.ADMINISTRATOR))
rules.add_perm("stakeholders.view_flags", may_vet)
rules.add_perm("stakeholders.raise_flag", may_vet)
rules.add_perm("stakeholders.withdraw_flag", may_vet)
rules.add_perm("stakeholders.view_flag", is_visible)
rules.add_perm("stakeholders.reconsider_application", is_applicant)
rules.add_perm("stakeholders.view_reconsideration", is_visible)
rules.add_perm("stakeholders.decide_reconsideration", may_vet)
rules.add_perm("stakeholders.reopen_application", may_vet & has_open_reconsideration)
rules.add_perm("stakeholders.read_vetting_statistics", is_desk)
