"""What the desk does with a proposal until it decides: take, hand over, check, comment, ask."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from events.proposals.actions import drop_drafts, lock_proposal, tell_people
from events.proposals.enums import Held, ProposalStatus
from events.proposals.models import Proposal
from events.proposals.queries import ASKABLE
from events.proposals.queries_reviewers import reviewers
from events.reviewing.models import DeskComment, EligibilityAnswer, EligibilityQuestion
from workflow.items.actions import ask, claim, pause, release, waiting_item
from workflow.items.models import WorkItem
from workflow.moves.actions import move, refuse_recused
from workflow.moves.queries import is_recused

S = ProposalStatus


def take(proposal: Proposal, *, actor: User) -> Proposal:
    """Assign the review to the person, so that others see who reviews it."""
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.start_proposal")
        claim(waiting_item(proposal), actor)
        if proposal.status == S.SUBMITTED:
            move(proposal, "start", actor=actor)
    return proposal


def put_back(proposal: Proposal, *, actor: User) -> Proposal:
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.start_proposal")
        release(waiting_item(proposal), actor)
    return proposal


def assign(proposal: Proposal, *, actor: User, to: User) -> Proposal:
    """Assign the review to a colleague, whoever holds it; never to one who is party to it (E-05)."""
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.start_proposal")
        if not reviewers().filter(pk=to.pk).exists():
            message = _("Choose a reviewer.")
            raise DomainError(message, fields={"reviewer": message})
        if is_recused(to, proposal):
            message = _("%(name)s belongs to an organizer of this proposal, and does not review it.") % {
                "name": to.name
            }
            raise DomainError(message, fields={"reviewer": message})
        WorkItem.objects.filter(pk=waiting_item(proposal).pk).update(holder=to)
        record(proposal, "events.proposal.assign", actor=actor, to=to.pk)
    return proposal


def check(proposal: Proposal, *, actor: User, answers: Mapping[str, tuple[str, str]]) -> Proposal:
    """Save the checklist: {code of the question: (answer, comment)}; an empty answer deletes one."""
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.start_proposal")
        known = set(EligibilityQuestion.objects.in_use().values_list("pk", flat=True))
        changed = []
        for code, (held, text) in answers.items():
            remark = clean_line(text)[:1000]
            if code not in known or held not in ("", *Held.values):
                raise DomainError(
                    _("Please choose from the list."), fields={code: _("Choose from the list.")}
                )
            if remark and not held:
                message = _("Choose an answer too.")
                raise DomainError(message, fields={code: message})
            changed += [code] if _keep_answer(proposal, actor, code, held, remark) else []
        if changed:
            record(proposal, "events.proposal.check", actor=actor, questions=sorted(changed))
    return proposal


def comment(proposal: Proposal, *, actor: User, text: str) -> DeskComment:
    """Add a comment for the other reviewers; those who proposed never read it (E-06)."""
    text = clean_block(text)
    if not text:
        message = _("Write something first.")
        raise DomainError(message, fields={"text": message})
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.start_proposal")
        desk_comment = DeskComment.objects.create(proposal=proposal, text=text, by=actor)
        record(proposal, "events.proposal.comment", actor=actor)
    return desk_comment


def ask_for_completion(
    proposal: Proposal, *, actor: User, requests: Mapping[str, str], until: datetime, note: str = ""
) -> Proposal:
    """Ask about single fields ({field: question}); only these can be edited again, until `until`."""
    requests = {name: clean_block(text) for name, text in requests.items()}
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.ask_proposal")
        wrong = {name: "" for name in requests if name not in ASKABLE}
        wrong |= {name: _("Describe what you need.") for name, text in requests.items() if not text}
        if not requests or wrong:
            raise DomainError(
                _("Choose at least one field, and describe what the organizer should change."), fields=wrong
            )
        if until <= now():
            message = _("Choose a time in the future.")
            raise DomainError(message, fields={"until": message})
        ask(proposal, requests, actor=actor)
        move(
            proposal, "ask", actor=actor, note=clean_block(note), complete_by=until, version=proposal.version
        )
        pause(proposal)
        drop_drafts(proposal)
        tell_people(
            proposal,
            "events.proposal_incomplete",
            str(proposal.version),
            until=until.isoformat(),
            note=clean_block(note),
        )
    return proposal


def lock_for_review(proposal: Proposal, actor: User, permission: str) -> Proposal:
    """Lock the proposal and return it.

    Raises PermissionDenied for anybody who may not do this, and a DomainError for who is party to it.
    """
    proposal = lock_proposal(proposal, actor, permission)
    if proposal.status == S.DRAFT:
        raise PermissionDenied
    if proposal.event.is_cancelled:
        raise WrongState(_("This event was cancelled."))
    refuse_recused(actor, proposal)
    return proposal


def _keep_answer(proposal: Proposal, actor: User, code: str, held: str, comment: str) -> bool:
    answers = EligibilityAnswer.objects.filter(proposal=proposal, question=code)
    if not held:
        return answers.delete()[0] > 0
    if answers.filter(held=held, comment=comment).exists():
        return False
    EligibilityAnswer.objects.update_or_create(
        proposal=proposal,
        question_id=code,
        defaults={"held": held, "comment": comment, "by": actor, "at": now()},
    )
    return True


# Acts of reviewers among themselves, of which the proposal's people never read.
for _name, _text in (
    ("assign", gettext_lazy("%(actor)s gave the review to a colleague")),
    ("check", gettext_lazy("%(actor)s answered the eligibility questions for the proposal")),
    ("comment", gettext_lazy("%(actor)s wrote a comment for the desk")),
    ("draft_decision", gettext_lazy("%(actor)s drafted a decision")),
    ("discard_decision", gettext_lazy("%(actor)s deleted a drafted decision")),
):
    sentence(f"events.proposal.{_name}", _text)
sentence("events.event.export_proposals", gettext_lazy("%(actor)s exported the proposals for meetings"))
sentence(
    "events.event.export_proposals_sensitive",
    gettext_lazy("%(actor)s exported the proposals for meetings with the sensitive answers"),
)
