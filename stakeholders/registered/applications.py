"""Applications, their papers and the index in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.uploads import files
from notifications.hooks import kind
from search.hooks import audiences, register
from stakeholders.actions.recommendations import follow_answers, open_vetting, open_work
from stakeholders.models import Application, Paper
from stakeholders.queries.documents import audiences_of, documents
from stakeholders.registered.concerns import has_applied, vets
from workflow.hooks import after_move, desk_pages, parties_of, parties_on
from workflow.items.actions import close_items, pause, resume

APPLICATION = "stakeholders.application"


def _paper(user: Any, pk: int) -> Paper | None:
    return Paper.objects.visible_to(user).filter(pk=pk).first()


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


def _parties_of(user: Any) -> set[str]:
    ids = user.memberships.values_list("stakeholder_id", flat=True) if user.is_authenticated else ()
    return {f"stakeholder:{pk}" for pk in ids}


def _parties_on_application(application: Application) -> set[str]:
    """The applicant, and the stakeholder it concerns, where there is one."""
    parties = {f"person:{application.applicant_id}"}
    if application.stakeholder_id:
        parties.add(f"stakeholder:{application.stakeholder_id}")
    return parties


def still_visible(user: Any, pk: int | None) -> bool:
    return pk is not None and Application.objects.visible_to(user).filter(pk=pk).exists()


files.register("paper", _paper)
after_move.register(APPLICATION, _application_moved)
parties_of.register("stakeholders", _parties_of)
parties_on.register(APPLICATION, _parties_on_application)
desk_pages.register(APPLICATION, "vetting:application")
register("stakeholders.stakeholder", documents, label=_("Stakeholder"))
audiences.register("stakeholders", audiences_of)

for _name, _label, _essential in (
    ("submitted", _("Your application was sent"), False),
    ("answered", _("Your answers were sent"), False),
    ("returned", _("The desk asks you something"), True),
    ("approved", _("Your application was approved"), True),
    ("refused", _("Your application was refused"), True),
    ("withdrawn", _("Your application was withdrawn"), False),
):
    kind(
        f"stakeholders.application_{_name}",
        label=_label,
        group=_("Your applications"),
        essential=_essential,
        still_visible=still_visible,
        concerns=has_applied,
    )
kind(
    "stakeholders.application_received",
    label=_("A new application waits for vetting"),
    group=_("Work of the desk"),
    still_visible=still_visible,
    concerns=vets,
)
kind(
    "stakeholders.application_resumed",
    label=_("An applicant has answered"),
    group=_("Work of the desk"),
    still_visible=still_visible,
    concerns=vets,
)
