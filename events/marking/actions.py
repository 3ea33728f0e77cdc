"""The desk says when and by what proposals of a round are marked; reviewers give their marks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from events.events.models import Event
from events.marking.models import HIGHEST, LOWEST, Criterion, Mark, MarkSheet
from events.marking.queries import gives_marks, proposals_to_mark
from events.proposals.actions import lock_round
from events.proposals.models import Proposal, ProposalRound


class CriterionLine(NamedTuple):
    name: str
    weight: int


def set_marking(
    event: Event,
    *,
    actor: User,
    criteria: Sequence[CriterionLine],
    marks_from: datetime | None,
    marks_until: datetime | None,
    is_anonymous: bool,
) -> ProposalRound:
    """Say when proposals are marked, by what, and whether their organizers are hidden meanwhile.

    Without both instants no marks are given. Instants are UTC. Raises DomainError with its fields.
    """
    if not actor.has_perm("events.run_events"):
        raise PermissionDenied
    with transaction.atomic():
        rules = lock_round(event)
        wrong = _wrong_dates(rules, criteria, marks_from, marks_until, is_anonymous)
        before = [CriterionLine(row.name, row.weight) for row in rules.criteria.all()]
        given = MarkSheet.objects.filter(proposal__event=event).exists()
        if given and list(criteria) != before:
            wrong["criteria"] = _("Marks have already been given, so the criteria cannot be changed.")
        sent = Proposal.objects.filter(event=event).exclude(submitted_at=None).exists()
        if sent and rules.is_anonymous != is_anonymous:
            wrong["is_anonymous"] = _(
                "Proposals have already been sent; the announced rules remain in force."
            )
        if wrong:
            raise DomainError(_("The marking was not saved."), fields=wrong)
        if list(criteria) != before:
            rules.criteria.all().delete()
            Criterion.objects.bulk_create(
                Criterion(round=rules, position=position, name=line.name, weight=line.weight)
                for position, line in enumerate(criteria, 1)
            )
        rules.marks_from, rules.marks_until, rules.is_anonymous = marks_from, marks_until, is_anonymous
        rules.save(update_fields=["marks_from", "marks_until", "is_anonymous"])
        record(rules, "events.proposalround.set_marking", actor=actor)
    return rules


def _wrong_dates(
    rules: ProposalRound,
    criteria: Sequence[CriterionLine],
    marks_from: datetime | None,
    marks_until: datetime | None,
    is_anonymous: bool,
) -> dict[str, str]:
    """Return what is wrong with the dates, by field."""
    wrong = {}
    if bool(marks_from) != bool(marks_until):
        missing = "marks_until" if marks_from else "marks_from"
        wrong[missing] = _("Enter both days, or leave both empty.")
    elif marks_from and marks_until:
        if marks_until <= marks_from:
            wrong["marks_until"] = _("The end has to come after the beginning.")
        elif rules.closes_at and marks_from < rules.closes_at:
            wrong["marks_from"] = _("Marks are given once the round has closed.")
        if not criteria:
            wrong["criteria"] = _("Enter at least one criterion.")
    elif is_anonymous:
        wrong["marks_from"] = _("Enter when marks are given: until then the organizers stay hidden.")
    return wrong


def give_marks(proposal: Proposal, *, actor: User, points: Mapping[int, int]) -> MarkSheet:
    """Save the reviewer's marks: {id of the criterion: 1 to 5}, all of them. Later ones replace earlier ones.

    Raises DomainError with the criteria that lack a mark, WrongState outside the time of marking.
    """
    with transaction.atomic():
        rules = lock_round(proposal.event)
        if not proposals_to_mark(actor, proposal.event).filter(pk=proposal.pk).exists():
            raise PermissionDenied
        if not gives_marks(rules, actor):
            raise WrongState(_("Marks cannot be given now."))
        criteria = list(rules.criteria.all())
        lacking = [row for row in criteria if points.get(row.pk) not in range(LOWEST, HIGHEST + 1)]
        if lacking:
            raise DomainError(
                _("Give a mark for each criterion."),
                fields={str(row.pk): _("Choose a mark from 1 to 5.") for row in lacking},
            )
        sheet, _new = MarkSheet.objects.update_or_create(proposal=proposal, by=actor, defaults={"at": now()})
        sheet.marks.all().delete()
        Mark.objects.bulk_create(Mark(sheet=sheet, criterion=row, points=points[row.pk]) for row in criteria)
        record(proposal, "events.proposal.mark", actor=actor)
    return sheet


sentence(
    "events.proposalround.set_marking",
    gettext_lazy("%(actor)s set the dates and the criteria for marking proposals"),
)
sentence("events.proposal.mark", gettext_lazy("%(actor)s marked the proposal"))
