"""What stakeholders enters in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.uploads import files
from notifications.registry import kind
from search.registry import audiences, register
from stakeholders.actions import standing
from stakeholders.actions.changes import carry_out
from stakeholders.actions.checklist import checklist_guard
from stakeholders.actions.flags import flag_guard
from stakeholders.actions.guards import guards
from stakeholders.actions.screening import refuse_if_hit
from stakeholders.enums import ExportStatus
from stakeholders.models import Application, Export, Invitation, Membership, Paper, Stakeholder
from stakeholders.queries.documents import audiences_of, documents
from workflow.actions import close_items, open_item, pause, resume
from workflow.registry import after_batch, after_move, appliers, desk_pages, parties_of, parties_on

APPLICATION = "stakeholders.application"


def _paper(user: Any, pk: int) -> Paper | None:
    return Paper.objects.visible_to(user).filter(pk=pk).first()


def _application_moved(application: Application, name: str, _decision: Any, _actor: Any) -> None:
    """What waits for the desk follows the application: opened, paused, resumed, closed."""
    match name:
        case "submit":
            country = application.country
            open_item(
                application,
                "vet",
                waits_for=Role.VETTING,
                until=application.due_at,
                country=application.country_id or "",
                region=(country.region_id or "") if country else "",
            )
        case "return":
            pause(application)
        case "answer":
            resume(application)
        case "approve" | "refuse" | "withdraw":
            close_items(application)
        case "reopen":
            close_items(application)
            open_item(
                application,
                "vet",
                waits_for=Role.VETTING,
                until=application.due_at,
                country=application.country_id or "",
                region=(application.country.region_id or "") if application.country else "",
            )


def _parties_of(user: Any) -> set[str]:
    ids = user.memberships.values_list("stakeholder_id", flat=True) if user.is_authenticated else ()
    return {f"stakeholder:{pk}" for pk in ids}


def _parties_on_application(application: Application) -> set[str]:
    """The applicant, and the stakeholder it concerns, where there is one."""
    parties = {f"person:{application.applicant_id}"}
    if application.stakeholder_id:
        parties.add(f"stakeholder:{application.stakeholder_id}")
    return parties


def _still_visible(user: Any, pk: int | None) -> bool:
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
        still_visible=_still_visible,
    )
kind(
    "stakeholders.application_received",
    label=_("A new application waits for vetting"),
    group=_("Work of the desk"),
    still_visible=_still_visible,
)
kind(
    "stakeholders.application_resumed",
    label=_("An applicant has answered"),
    group=_("Work of the desk"),
    still_visible=_still_visible,
)

# --- Vetting in full: checklist, flags, reconsideration ---------------------------------------------

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
        still_visible=_still_visible,
    )
kind(
    "stakeholders.reconsideration_received",
    label=_("A reconsideration waits for the desk"),
    group=_("Work of the desk"),
    still_visible=_still_visible,
)


# --- Members and changes ------------------------------------------------------------------------------
STAKEHOLDER = "stakeholders.stakeholder"


def _good_invitation(_user: Any, pk: int | None) -> bool:
    return pk is not None and Invitation.objects.good().filter(pk=pk).exists()


def _still_belongs(user: Any, pk: int | None) -> bool:
    return bool(user) and user.memberships.filter(stakeholder_id=pk).exists()


def _may_vet(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.vet_application")


def _parties_on_stakeholder(stakeholder: Stakeholder) -> set[str]:
    return {f"stakeholder:{stakeholder.pk}"}


appliers.register(STAKEHOLDER, carry_out)
parties_on.register(STAKEHOLDER, _parties_on_stakeholder)
desk_pages.register("workflow.changerequest", "vetting:change")

kind(
    "stakeholders.invited",
    label=_("You are invited to act for an organization"),
    group=_("Your organizations"),
    secret=True,
    still_visible=_good_invitation,
)
for _name, _label, _essential, _asked in (
    ("member_joined", _("A colleague has joined"), False, _still_belongs),
    ("member_left", _("A member has left"), False, _still_belongs),
    ("role_changed", _("Your role was changed"), True, _still_belongs),
    ("member_removed", _("Your membership was ended"), True, None),
    ("change_approved", _("A change of your entry was approved"), True, _still_belongs),
    ("change_refused", _("A change of your entry was refused"), True, _still_belongs),
):
    kind(
        f"stakeholders.{_name}",
        label=_label,
        group=_("Your organizations"),
        essential=_essential,
        still_visible=_asked,
    )
kind(
    "stakeholders.change_proposed",
    label=_("A change of an entry waits for vetting"),
    group=_("Work of the desk"),
    still_visible=_may_vet,
)


# --- The standing of a stakeholder ------------------------------------------------------------------
def _still_theirs(user: Any, pk: int | None) -> bool:
    """Whoever has left a stakeholder hears no more of it."""
    return pk is not None and Membership.objects.filter(user=user, stakeholder=pk).exists()


def _still_asked(user: Any, pk: int | None) -> bool:
    """A reminder that waits while somebody confirms is not sent any more."""
    found = Membership.objects.filter(user=user, stakeholder=pk).select_related("stakeholder").first()
    return found is not None and found.is_asked_to_confirm


after_move.register(STAKEHOLDER, standing.moved)
after_batch.register(STAKEHOLDER, standing.moved_many)
desk_pages.register(STAKEHOLDER, "vetting:stakeholder")
kind(
    "stakeholders.confirmation_due",
    label=_("Your entry is to be confirmed"),
    group=_("Your entries"),
    essential=True,
    still_visible=_still_asked,
)
for _name, _label, _essential in (
    ("lapse", _("Your entry has lapsed"), True),
    ("return", _("Your entry is back in the directory"), False),
    ("suspend", _("Your entry was suspended"), True),
    ("lift", _("The suspension of your entry was lifted"), True),
    ("withdraw", _("Your entry was withdrawn"), True),
):
    kind(
        f"stakeholders.entry_{_name}",
        label=_label,
        group=_("Your entries"),
        essential=_essential,
        still_visible=_still_theirs,
    )


# --- Screening
guards.register("screening", refuse_if_hit)


# --- Exports of the directory, reports about entries ----------------------------------------------------
def _export(user: Any, pk: int) -> Export | None:
    """The file of one's own export while it lasts."""
    return Export.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("export", _export)
desk_pages.register("stakeholders.report", "vetting:report")
kind(
    "stakeholders.report_answered",
    label=_("The desk answers your report about an entry"),
    group=_("Your reports"),
    essential=True,
)
