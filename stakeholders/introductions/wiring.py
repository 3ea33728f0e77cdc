"""Introductions in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.hooks import sign_in_for
from accounts.people.enums import Role
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import asks_for_answer, kind
from stakeholders.contact.queries import name_of_public_entry
from stakeholders.entries.rules import acts_for_somebody, ask_once, covers_places, holds
from stakeholders.hooks import profile_versions
from stakeholders.introductions import queries
from stakeholders.introductions.actions import ANSWERED, KIND, PASSED_ON, REQUESTED
from stakeholders.introductions.enums import WORK, DeclineReason
from stakeholders.introductions.models import Introduction
from workflow.hooks import MyWork, desk_pages, desk_roles, my_work, parties_on

for _name, _text in (
    ("introductions_offered", _("%(actor)s took on the task of introductions; days to answer: %(days)s")),
    ("introductions_ended", _("%(actor)s ended the offer of introductions")),
    ("introduction.pass_on", _("%(actor)s passed the introduction on")),
    ("introduction.invite", _("%(actor)s invited the organization to claim its profile")),
    ("introduction.decline", _("%(actor)s declined the introduction: %(reason)s")),
    ("introduction.withdraw", _("%(actor)s withdrew the request for an introduction")),
    ("introduction.expire", _("The introduction was closed without an answer")),
):
    sentence(f"stakeholders.{_name}", _text, labels={"reason": dict(DeclineReason.choices)})


def _asks_for(pk: int) -> str | None:
    """Return the text for an organization that everybody sees, None for any other."""
    name = name_of_public_entry(pk)
    return gettext("Sign in to ask for an introduction to %(name)s.") % {"name": name} if name else None


def _parties_on(introduction: Introduction) -> set[str]:
    return {f"stakeholder:{introduction.stakeholder_id}", f"person:{introduction.asker_id}"}


def _answers(user: Any) -> bool:
    return holds(user, Role.VETTING, Role.HEAD) or covers_places(user)


def _has_asked(user: Any) -> bool:
    return ask_once(user, "introductions", lambda: Introduction.objects.filter(asker=user).exists())


sign_in_for.register("stakeholders:ask_introduction", _asks_for)
profile_versions.register("introductions", queries.version)
desk_pages.register(KIND, "stakeholders:introduction")
desk_roles.register(KIND, (Role.VETTING,))
parties_on.register(KIND, _parties_on)
my_work.register("stakeholders.introductions", MyWork(queries.my_rows, queries.my_work))

for _name, _label, _group, _essential, _concerns in (
    (REQUESTED, _("An introduction to answer"), _("Your region"), False, _answers),
    (ANSWERED, _("What became of your request for an introduction"), _("Messages"), True, _has_asked),
    (PASSED_ON, _("An introduction to your organization"), _("Messages"), False, acts_for_somebody),
):
    kind(
        _name,
        label=_label,
        group=_group,
        essential=_essential,
        among=Introduction.objects.visible_to,
        concerns=_concerns,
    )
asks_for_answer(REQUESTED)

desk_card(
    "vetting:introductions",
    group="vetting",
    position=45,
    title=_("Introductions"),
    text=_("People who ask to be introduced to organizations that they cannot write to."),
    permission="stakeholders.hold_introductions",
    work=(WORK,),
    do=_("Answer introduction"),
)

help_at("visitors#introduction", "stakeholders.introductions")
help_at("vetting#introductions", "vetting:introductions")
