"""The checklist, flags and reconsiderations in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from notifications.hooks import kind
from stakeholders.actions.checklist import checklist_guard
from stakeholders.actions.flags import flag_guard
from stakeholders.actions.guards import guards
from stakeholders.registered.applications import still_visible
from stakeholders.registered.concerns import has_applied, vets

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
        still_visible=still_visible,
        concerns=has_applied,
    )
kind(
    "stakeholders.reconsideration_received",
    label=_("A reconsideration waits for the desk"),
    group=_("Work of the desk"),
    still_visible=still_visible,
    concerns=vets,
)
