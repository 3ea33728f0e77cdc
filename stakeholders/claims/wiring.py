"""Claims of listed entries and requests to join in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import asks_for_answer, kind
from stakeholders.applications.models import Application
from stakeholders.claims.models import JoinRequest, MailProof
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for_somebody, vets
from workflow.hooks import desk_pages, parties_on

for _name, _text in (
    (
        "stakeholders.claimed",
        _("%(actor)s gave the profile to the people who claimed it; it came from: %(source)s, %(date)s"),
    ),
    ("stakeholders.join_asked", _("%(actor)s asked to join")),
    ("stakeholders.join_withdrawn", _("%(actor)s withdrew the request to join")),
    ("stakeholders.join_declined", _("%(actor)s declined a request to join")),
    (
        "stakeholders.join_passed_on",
        _("A request to join was passed to the WhatsOn team because it was not answered in time"),
    ),
    ("stakeholders.administrator_made", _("%(actor)s made a person administrator, for the WhatsOn team")),
):
    sentence(_name, _text, audience=Audience.SUBJECT)
sentence(
    "stakeholders.claim_proved", _("%(actor)s proved by e-mail at the profile's own domain to belong to it")
)


JOIN_REQUEST = "stakeholders.joinrequest"


def _code_waits(_user: Any, pk: int | None) -> bool:
    proof = MailProof.objects.open().filter(pk=pk).first() if pk else None
    return proof is not None and proof.is_good


def _parties_on_request(join_request: JoinRequest) -> set[str]:
    return {f"stakeholder:{join_request.stakeholder_id}", f"person:{join_request.user_id}"}


desk_pages.register(JOIN_REQUEST, "stakeholders:join_request")
parties_on.register(JOIN_REQUEST, _parties_on_request)

kind(
    "stakeholders.claim_code",
    label=_("A code that proves that a profile is yours"),
    group=_("Your applications"),
    secret=True,
    still_visible=_code_waits,
)
kind(
    "stakeholders.claim_taken",
    label=_("A profile that you claim was given to another person"),
    group=_("Your applications"),
    essential=True,
    among=Application.objects.visible_to,
)
kind(
    "stakeholders.claim_merged",
    label=_("A profile that you claim was merged into another"),
    group=_("Your applications"),
    essential=True,
    among=Application.objects.visible_to,
)
for _name, _label, _essential, _among in (
    (
        "stakeholders.join_asked",
        _("A request to join your organization"),
        False,
        Stakeholder.objects.of_person,
    ),
    (
        "stakeholders.join_accepted",
        _("Your request to join was accepted"),
        True,
        Stakeholder.objects.of_person,
    ),
    (
        "stakeholders.join_declined",
        _("Your request to join was declined"),
        True,
        JoinRequest.objects.visible_to,
    ),
    (
        "stakeholders.administrator_made",
        _("You were made administrator of a profile"),
        True,
        Stakeholder.objects.of_person,
    ),
    (
        "stakeholders.administrator_added",
        _("Your organization was given an administrator"),
        True,
        Stakeholder.objects.of_person,
    ),
):
    kind(
        _name,
        label=_label,
        group=_("Your organizations"),
        essential=_essential,
        among=_among,
        concerns=acts_for_somebody,
    )
asks_for_answer("stakeholders.join_asked")
kind(
    "stakeholders.join_passed_on",
    label=_("A request to join for the desk"),
    group=_("Work of the desk"),
    among=JoinRequest.objects.visible_to,
    concerns=vets,
)

desk_card(
    "vetting:joins",
    group="vetting",
    position=40,
    title=_("Requests to join"),
    text=_("People who ask to act for an organization, where no administrator answers."),
    permission="stakeholders.make_administrator",
    work=("join",),
    do=_("Answer request"),
)

help_at("registration#claim", "stakeholders.claims")
help_at("vetting#joining", "vetting:joins", "vetting:administrator")
