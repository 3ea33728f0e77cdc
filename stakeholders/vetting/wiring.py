"""Vetting in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.enums import Audience
from audit.hooks import sentence
from notifications.hooks import kind
from stakeholders.applications.enums import APPLICATION
from stakeholders.applications.models import Application
from stakeholders.applications.queries import has_applied, sees_application
from stakeholders.claims.actions import claim_guard
from stakeholders.entries.rules import vets
from stakeholders.recommendations.actions import follow_answers, open_vetting, open_work
from stakeholders.screening.actions import refuse_if_hit
from stakeholders.vetting.actions import guards, parent_guard
from stakeholders.vetting.actions_checklist import checklist_guard, flag_guard
from stakeholders.vetting.enums import FlagKind
from workflow.hooks import after_move, desk_pages
from workflow.items.actions import close_items, pause, resume

sentence("stakeholders.approved", _("%(actor)s approved the entry"), audience=Audience.SUBJECT)

sentence(
    "stakeholders.application.reopen",
    _("%(actor)s reopened the application after a reconsideration; it is in review again"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_asked",
    _("%(actor)s asked for a reconsideration of the refusal"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_stands",
    _("%(actor)s looked at the application again: the refusal stands"),
    audience=Audience.SUBJECT,
)
sentence("stakeholders.checklist_answered", _("%(actor)s answered the checklist; answers changed: %(count)s"))
sentence(
    "stakeholders.checklist_question_added", _("%(actor)s added the question “%(code)s” to the checklist")
)
sentence(
    "stakeholders.checklist_question_changed", _("%(actor)s changed the question “%(code)s” of the checklist")
)
sentence("stakeholders.flag_raised", _("%(actor)s noted: %(kind)s"), labels={"kind": dict(FlagKind.choices)})
sentence(
    "stakeholders.flag_withdrawn", _("%(actor)s withdrew: %(kind)s"), labels={"kind": dict(FlagKind.choices)}
)

guards.register("claim", claim_guard)

guards.register("parent", parent_guard)

guards.register("screening", refuse_if_hit)

# --- The checklist, flags and reconsiderations in the registries of the apps below -------------------

guards.register("checklist", checklist_guard)
guards.register("flags", flag_guard)
for _name, _label, _essential in (
    ("asked", _("Your request for a reconsideration was sent"), False),
    ("decided", _("Your request for a reconsideration was decided"), True),
):
    kind(
        f"stakeholders.reconsideration_{_name}",
        label=_label,
        group=_("Your applications"),
        essential=_essential,
        still_visible=sees_application,
        concerns=has_applied,
    )
kind(
    "stakeholders.reconsideration_received",
    label=_("A reconsideration waits for the desk"),
    group=_("Work of the desk"),
    still_visible=sees_application,
    concerns=vets,
)


def _application_moved(application: Application, name: str, _decision: Any, _actor: Any) -> None:
    """What waits follows the application: opened, paused, resumed, closed."""
    match name:
        case "submit":
            open_vetting(application)
        case "return":
            pause(application)
        case "answer":
            resume(application)
            follow_answers(application)
        case "approve" | "refuse" | "withdraw":
            close_items(application)
        case "reopen":
            close_items(application)
            open_work(application, Role.VETTING)


after_move.register(APPLICATION, _application_moved)
desk_pages.register(APPLICATION, "vetting:application")
