"""Vetting in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.applications.enums import APPLICATION
from stakeholders.applications.models import Application
from stakeholders.applications.queries import has_applied
from stakeholders.entries.rules import vets
from stakeholders.vetting.enums import FlagKind
from workflow.hooks import desk_pages

sentence("stakeholders.approved", _("%(actor)s approved the profile"), audience=Audience.SUBJECT)

sentence(
    "stakeholders.reconsideration_asked",
    _("%(actor)s asked for a reconsideration of the refusal"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_stands",
    _("%(actor)s reconsidered the application: the refusal is upheld"),
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

# --- The checklist, flags and reconsiderations in the registries of the apps below -------------------

for _name, _label, _essential in (
    ("stakeholders.reconsideration_asked", _("Your request for a reconsideration was sent"), False),
    ("stakeholders.reconsideration_decided", _("Your request for a reconsideration was decided"), True),
):
    kind(
        _name,
        label=_label,
        group=_("Your applications"),
        essential=_essential,
        among=Application.objects.visible_to,
        concerns=has_applied,
    )
kind(
    "stakeholders.reconsideration_received",
    label=_("Reconsideration for the desk"),
    group=_("Work of the desk"),
    among=Application.objects.visible_to,
    concerns=vets,
)

desk_pages.register(APPLICATION, "vetting:application")

desk_card(
    "vetting:queue",
    group="vetting",
    position=10,
    title=_("Applications"),
    text=_("To be vetted, the earliest promised date first."),
    permission="stakeholders.vet_application",
    work=("vet", "reconsider"),
    kind=APPLICATION,
    do=_("Review application"),
)

desk_card(
    "vetting:statistics",
    group="vetting",
    position=50,
    title=_("Decisions in numbers"),
    text=_("Approvals and refusals by year and reason."),
    permission="stakeholders.read_vetting_statistics",
)

desk_card(
    "vetting:questions",
    group="vetting",
    position=60,
    title=_("Questions of the checklist"),
    text=_("What vetting asks itself about every application."),
    permission="stakeholders.keep_checklist",
)

help_at("vetting", "vetting")
