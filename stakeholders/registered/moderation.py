"""Moderation in the registries, and what may be reported of this app."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from notifications.hooks import kind
from stakeholders.actions import standing
from stakeholders.actions.merging_parts import settle_reports
from stakeholders.actions.taken_down import KIND
from stakeholders.enums import ReportOutcome, ReportWhat
from stakeholders.enums.contact import MessageOutcome, MessageWhat
from stakeholders.enums.moderation import Deed, Why
from stakeholders.enums.standing import StandingReason
from stakeholders.models import Report, Stakeholder
from stakeholders.models.reports import CONVERSATION, ENTRY
from stakeholders.queries.reports import entry_of
from stakeholders.registered.concerns import acts_for_somebody
from stakeholders.registry import Act, Reportable, before_merge, reportable
from workflow.hooks import desk_pages

_REASONS: dict[str, str] = {
    Why.UNTRUE: StandingReason.UNTRUE,
    Why.ABUSE: StandingReason.CONDUCT,
    Why.PRIVACY: StandingReason.CONDUCT,
    Why.RIGHTS: StandingReason.CONDUCT,
    Why.ADVERTISING: StandingReason.NO_LONGER_FITS,
    Why.TERMS: StandingReason.CONDUCT,
}


def _suspend(entry: Stakeholder, actor: Any, reason: str, note: str) -> None:
    standing.suspend(entry, actor=actor, reason=reason, note=note)


def _withdraw(entry: Stakeholder, actor: Any, reason: str, note: str) -> None:
    standing.withdraw(entry, actor=actor, reason=reason, note=note)


def _no_conversation(_user: Any, _pk: int) -> None:
    """Read with its report alone."""


reportable.register(
    ENTRY,
    Reportable(
        label=_("Entry of the directory"),
        find=entry_of,
        whose=lambda entry: entry,
        roles=(Role.VETTING,),
        what=ReportWhat.choices,
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
        whose=lambda conversation: conversation.stakeholder,
        roles=(Role.VETTING,),
        what=MessageWhat.choices,
        outcomes=[*MessageOutcome.choices, (ReportOutcome.ABUSE.value, ReportOutcome.ABUSE.label)],
        dismissed=MessageOutcome.HARMLESS,
        acts={},
        by_link=False,
    ),
)
before_merge.register("stakeholders.reports", settle_reports)
desk_pages.register("stakeholders.report", "moderation:report")


def _still_theirs(user: Any, pk: int | None) -> bool:
    return bool(user) and pk is not None and Report.objects.visible_to(user).filter(pk=pk).exists()


def _moderates(user: Any) -> bool:
    return bool(user.has_perm("stakeholders.view_reports"))


kind(
    "stakeholders.report_answered",
    label=_("The desk answers what you reported"),
    group=_("Your reports"),
    essential=True,
)
kind(
    "stakeholders.report_new",
    label=_("Somebody reports something wrong or abusive"),
    group=_("Moderation"),
    still_visible=_still_theirs,
    concerns=_moderates,
)
kind(
    KIND,
    label=_("The desk hides or takes down something of yours, or shows it again"),
    group=_("Your entries"),
    essential=True,
    concerns=acts_for_somebody,
)
