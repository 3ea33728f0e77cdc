"""Applications and their papers in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.help_places import help_at
from core.uploads import files, opened
from notifications.hooks import asks_for_answer, kind
from stakeholders.applications.actions import note_opened
from stakeholders.applications.enums import APPLICATION
from stakeholders.applications.models import Application, Paper
from stakeholders.applications.queries import has_applied
from stakeholders.entries.rules import vets
from workflow.hooks import parties_on

sentence("stakeholders.file_opened", _("%(actor)s opened a restricted file: %(subject)s"))

# --- Applications, their papers and the index in the registries of the apps below --------------------


def _paper(user: Any, pk: int) -> Paper | None:
    return Paper.objects.visible_to(user).filter(pk=pk).first()


def _parties_on_application(application: Application) -> set[str]:
    """Return the applicant, and the stakeholder it concerns, where there is one."""
    parties = {f"person:{application.applicant_id}"}
    if application.stakeholder_id:
        parties.add(f"stakeholder:{application.stakeholder_id}")
    return parties


files.register("paper", _paper)
parties_on.register(APPLICATION, _parties_on_application)

for _name, _label, _essential in (
    ("stakeholders.application_submitted", _("Your application was sent"), False),
    ("stakeholders.application_answered", _("Your answers were sent"), False),
    ("stakeholders.application_returned", _("Questions for you"), True),
    ("stakeholders.application_approved", _("Your application was approved"), True),
    ("stakeholders.application_refused", _("Your application was refused"), True),
    ("stakeholders.application_withdrawn", _("Your application was withdrawn"), False),
):
    kind(
        _name,
        label=_label,
        group=_("Your applications"),
        essential=_essential,
        among=Application.objects.visible_to,
        concerns=has_applied,
    )
asks_for_answer("stakeholders.application_returned")
kind(
    "stakeholders.application_received",
    label=_("New application to vet"),
    group=_("Work of the desk"),
    among=Application.objects.visible_to,
    concerns=vets,
)
kind(
    "stakeholders.application_resumed",
    label=_("An applicant has answered"),
    group=_("Work of the desk"),
    among=Application.objects.visible_to,
    concerns=vets,
)

for _kind in ("paper", "note"):
    opened.register(_kind, note_opened)

help_at("registration#how", "stakeholders.submission")
help_at(
    "registration#sent", "stakeholders:application", "stakeholders:answer", "stakeholders:reconsideration"
)
