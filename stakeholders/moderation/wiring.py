"""Moderation in the registries, and what may be reported of this app."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.entries.enums import StandingReason
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import entry_of
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.hooks import Act, Reportable, reportable
from stakeholders.moderation.actions import TAKEN_DOWN
from stakeholders.moderation.enums import (
    Deed,
    MessageOutcome,
    MessageWhat,
    ReportOutcome,
    ReportWhat,
    ThingOutcome,
    ThingWhat,
    Why,
)
from stakeholders.moderation.models import CONVERSATION, ENTRY, Report
from stakeholders.standing import actions as standing_actions
from workflow.hooks import desk_pages

_FAULT_LABELS = dict([*ReportWhat.choices, *MessageWhat.choices, *ThingWhat.choices])
_OUTCOMES = dict([*ReportOutcome.choices, *MessageOutcome.choices, *ThingOutcome.choices])

# Who reported it is nobody's to read here, so the sentence has no person.
sentence("stakeholders.reported", _("A report came in: %(what)s"), labels={"what": _FAULT_LABELS})
sentence(
    "stakeholders.report_answered",
    _("%(actor)s answered the report: %(outcome)s"),
    labels={"outcome": _OUTCOMES},
)
sentence(
    "stakeholders.report_decided",
    _("%(actor)s decided on the report: %(deed)s. Reason: %(reason)s. Outcome: %(outcome)s"),
    labels={"outcome": _OUTCOMES, "deed": dict(Deed.choices), "reason": {"": "–", **dict(Why.choices)}},
)
sentence("stakeholders.log_exported", _("%(actor)s exported the log of moderation as %(format)s"))
sentence("stakeholders.report_undone", _("%(actor)s showed it again"))


_REASONS: dict[str, str] = {
    Why.UNTRUE: StandingReason.UNTRUE,
    Why.ABUSE: StandingReason.CONDUCT,
    Why.PRIVACY: StandingReason.CONDUCT,
    Why.RIGHTS: StandingReason.CONDUCT,
    Why.ADVERTISING: StandingReason.NO_LONGER_FITS,
    Why.TERMS: StandingReason.CONDUCT,
}


def _suspend(entry: Stakeholder, actor: Any, reason: str, note: str) -> None:
    standing_actions.suspend(entry, actor=actor, reason=reason, note=note)


def _withdraw(entry: Stakeholder, actor: Any, reason: str, note: str) -> None:
    standing_actions.withdraw(entry, actor=actor, reason=reason, note=note)


def _no_conversation(_user: Any, _pk: int) -> None:
    """Return nothing: a conversation is read with its report alone."""


reportable.register(
    ENTRY,
    Reportable(
        label=_("Profile of the directory"),
        find=entry_of,
        stakeholder_of=lambda entry: entry,
        roles=(Role.VETTING,),
        choices=ReportWhat.choices,
        outcomes=ReportOutcome.choices,
        dismissed=ReportOutcome.UNFOUNDED,
        acts={
            Deed.HIDE: Act(ReportOutcome.REMOVED, _suspend, _REASONS),
            Deed.REMOVE: Act(ReportOutcome.REMOVED, _withdraw, _REASONS),
        },
    ),
)
reportable.register(
    CONVERSATION,
    Reportable(
        label=_("Messages through the portal"),
        find=_no_conversation,
        stakeholder_of=lambda conversation: conversation.stakeholder,
        roles=(Role.VETTING,),
        choices=MessageWhat.choices,
        outcomes=[*MessageOutcome.choices, (ReportOutcome.ABUSE.value, ReportOutcome.ABUSE.label)],
        dismissed=MessageOutcome.HARMLESS,
        acts={},
        by_link=False,
    ),
)
desk_pages.register("stakeholders.report", "moderation:report")


def _still_theirs(user: Any, pk: int | None) -> bool:
    return bool(user) and pk is not None and Report.objects.visible_to(user).filter(pk=pk).exists()


def _moderates(user: Any) -> bool:
    return bool(user.has_perm("stakeholders.view_reports"))


kind(
    "stakeholders.report_answered", label=_("Answer to your report"), group=_("Your reports"), essential=True
)
kind(
    "stakeholders.report_new",
    label=_("Reported content"),
    group=_("Moderation"),
    still_visible=_still_theirs,
    concerns=_moderates,
)
kind(
    TAKEN_DOWN,
    label=_("Content of yours was hidden, removed or restored"),
    group=_("Your profiles"),
    essential=True,
    concerns=acts_for_somebody,
)

desk_card(
    "moderation:queue",
    group="directory",
    position=10,
    title=_("Moderation"),
    text=_("What visitors and members report as wrong or abusive."),
    permission="stakeholders.view_reports",
    work=("report",),
    do=_("Answer report"),
)

help_at("moderation", "moderation")
help_at("visitors#report", "reporting", "stakeholders:report", "stakeholders:reported")
