"""A proposal for its own people: begin, write, check, send; how it stands and what can be done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.drafts import Gap
from core.errors import DomainError, TooMany
from core.forms import renew_version
from core.resumed_posts import resumed_post
from core.views import refusal_as_warning
from events.events.models import Event
from events.proposals import actions
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.forms import PROPOSAL, NoteForm, WriteForm, writing_form
from events.proposals.models import Proposal
from events.proposals.queries import (
    diversity,
    facts,
    facts_for_others,
    for_page,
    may_edit_late,
    may_give_link,
    open_mergers,
    speaks_for,
    standing,
    under_way,
)
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import labelled_requests
from workflow.moves.enums import permission
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt
from workflow.receipts.views import receipt_file, receipt_of
from workflow.writing.views import DraftPages, StepPages


def own_proposal(request: HttpRequest, pk: int, *, writes: bool = True) -> Proposal:
    """Return a proposal that the person's stakeholders lead; 404 for any other."""
    user: Any = request.user
    proposal = get_object_or_404(for_page(Proposal.objects.visible_to(user).of_people(user)), pk=pk)
    if writes and not user.has_perm("events.change_proposal", proposal):
        raise Http404
    return proposal


def may_write(proposal: Proposal) -> bool:
    return proposal.is_written or may_edit_late(proposal) or may_give_link(proposal)


@form_view(fresh=True)
def propose(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Choose for whom one proposes. A POST begins a draft, or opens the one that there is."""
    rows = Event.objects.visible_to(request.user).shown().select_related("round", "language")
    event = get_object_or_404(rows, pk=pk, round__isnull=False)
    mine = list(written_for_by(request.user).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next(
            (stakeholder for stakeholder in mine if str(stakeholder.pk) == request.POST.get("lead")), None
        )
        if chosen is None:
            problem = _("Choose for which stakeholder you propose.")
        else:
            try:
                proposal = actions.begin(event, chosen, actor=request.user)
            except TooMany:
                raise
            except DomainError as refusal:
                problem = str(refusal)
            else:
                return redirect("events:write_proposal", proposal.pk)
    rules = event.round
    choices = []
    for stakeholder in mine:
        existing = under_way(event, stakeholder.pk).order_by("pk").first()
        choices.append((stakeholder, existing, rules.is_open_for(f"stakeholder:{stakeholder.pk}")))
    context = {
        "event": event,
        "rules": rules,
        "themes": [topic.name for topic in rules.themes.in_order()],
        "choices": choices,
        "may_begin": any(
            is_open and (existing is None or not rules.one_lead_each) for _, existing, is_open in choices
        ),
        "problem": problem,
    }
    return render(request, "events/proposals/propose.html", context)


class ProposalPages(DraftPages):
    """It can also be written late; such changes are logged one by one, so those are saved by hand alone."""

    draft = PROPOSAL
    name = "proposal"
    folder = "events/proposals"
    write_at = "events:write_proposal"
    check_at = "events:check_proposal"
    shows_both = True
    is_sent = gettext_lazy("This proposal has been sent.")

    def own(self, request: HttpRequest, pk: int) -> Proposal:
        return own_proposal(request, pk)

    def closed(self, request: HttpRequest, row: Proposal) -> HttpResponse | None:
        if may_write(row):
            return None
        if request.method == "POST":
            messages.warning(request, _("This proposal has been sent. It cannot be written any more."))
        return redirect(row)

    def write_context(self, request: HttpRequest, row: Proposal) -> dict[str, Any]:
        return {
            "proposal": row,
            "event": row.event,
            "rules": row.rules,
            "stands": standing(row),
            "hint": diversity(row),
            "late": not row.is_written,
        }

    def after_saving(self, request: HttpRequest, row: Proposal, form: WriteForm) -> HttpResponse:
        if row.is_written:
            return super().after_saving(request, row, form)
        messages.success(request, _("Saved. The WhatsOn team sees that it was changed after the closing."))
        return redirect(row)

    def check_context(self, request: HttpRequest, row: Proposal, gaps: list[Gap]) -> dict[str, Any]:
        stands, completing = standing(row), row.status == ProposalStatus.INCOMPLETE
        return {
            "proposal": row,
            "event": row.event,
            "facts": facts(row),
            "stands": stands,
            "completing": completing,
            "may_send": (stands.may_complete if completing else stands.is_open) and not gaps,
            "authorizes": speaks_for(request.user, row.lead_id),
        }

    def sent_text(self, request: HttpRequest, row: Proposal) -> str:
        if row.status == ProposalStatus.INCOMPLETE:
            return _("Your additions have been submitted. This is the receipt.")
        return _("Your proposal has been submitted. This is the receipt.")

    def receipt_page(self, row: Proposal, receipt: Receipt) -> HttpResponse:
        return redirect("events:proposal_receipt", row.pk, receipt.reference)


PAGES = ProposalPages()


class ProposalSteps(StepPages, ProposalPages):
    """The draft in steps. What is asked for again, or written late, stays on one page."""

    step_at = "events:proposal_step"

    def labels(self, row: Proposal) -> dict[str, Any]:
        return {step: label for step, (label, _sections) in WriteForm.STEPS.items()}

    def closed(self, request: HttpRequest, row: Proposal) -> HttpResponse | None:
        return None if row.status == ProposalStatus.DRAFT else redirect(self.write_at, row.pk)

    def form(self, request: HttpRequest, row: Proposal, data: Any = None, files: Any = None) -> WriteForm:
        return writing_form(row, data, files, step=self.step if row.status == ProposalStatus.DRAFT else "")

    def write_context(self, request: HttpRequest, row: Proposal) -> dict[str, Any]:
        return {**super().write_context(request, row), **self.steps_context(row)}

    def go_on(self, request: HttpRequest, row: Proposal, form: WriteForm) -> HttpResponse:
        """Show at its field what this step lacks, which is saved all the same; else lead on."""
        missing = [gap for gap in self.gaps(request, row) if gap.field in form.fields]
        if not missing:
            return super().go_on(request, row, form)
        renew_version(form, row.version)
        for gap in missing:
            form.add_error(gap.field, str(gap.text))
        return self.write_page(request, row, form)

    def check_context(self, request: HttpRequest, row: Proposal, gaps: list[Gap]) -> dict[str, Any]:
        context = super().check_context(request, row, gaps)
        if row.status != ProposalStatus.DRAFT:
            return context
        facts_by_field = {fact.field: fact for fact in facts(row, blank=True)}
        return {
            **context,
            **self.steps_context(row),
            "gaps_by_step": [
                {**gap._asdict(), "url": self.step_url(row, WriteForm.step_of(gap.field))} for gap in gaps
            ],
            "sections": [
                (
                    label,
                    self.step_url(row, step),
                    [facts_by_field[name] for name in WriteForm.fields_of(step) if name in facts_by_field],
                )
                for step, (label, _sections) in WriteForm.STEPS.items()
            ],
        }


STEPS = ProposalSteps()


@form_view(public=True, fresh=True)
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    return _steps_at(step).write(request, pk)


@act_view(public=True, fresh=True)
def autosave_step(request: HttpRequest, pk: int, step: str) -> JsonResponse:
    return _steps_at(step).autosave(request, pk)


def _steps_at(step: str) -> ProposalSteps:
    if step not in WriteForm.STEPS:
        raise Http404
    return ProposalSteps(step)


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead a draft to the first step that lacks something; all else is written on one page."""
    if request.method != "POST" and request.user.is_authenticated:
        proposal = own_proposal(request, pk)
        if proposal.status == ProposalStatus.DRAFT and resumed_post(request, PAGES.key(pk)) is None:
            missing = PAGES.gaps(request, proposal)
            return redirect(
                STEPS.step_url(
                    proposal, WriteForm.step_of(missing[0].field) if missing else next(iter(WriteForm.STEPS))
                )
            )
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return PAGES.autosave(request, pk)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    return STEPS.check(request, own_proposal(request, pk))


# -----------------------------------------------------------------------------------------------------
# One proposal for its own people: how it stands, who organizes it, who speaks, and what can be done.

ASKING = ("draft", *ProposalStatus.UNDER_WAY)


def _visible_proposal(request: SignedIn, pk: int) -> Proposal:
    """Return a proposal that the person's stakeholders lead or are asked to organize; 404 for any other."""
    user = request.user
    rows = Proposal.objects.visible_to(user)
    proposal = get_object_or_404(for_page(rows), pk=pk)
    stakeholders = set(user.memberships.values_list("stakeholder_id", flat=True))
    joins = {
        partner.stakeholder_id for partner in proposal.partners.all() if partner.status != Partnering.DECLINED
    }
    if not stakeholders & {proposal.lead_id, *joins}:
        raise Http404
    return proposal


def _organizes(request: SignedIn, proposal: Proposal) -> bool:
    """Return whether a stakeholder of the person has confirmed to organize the meeting."""
    confirmed = {
        each.stakeholder_id for each in proposal.partners.all() if each.status == Partnering.CONFIRMED
    }
    return request.user.memberships.filter(stakeholder__in=confirmed).exists()


@page_view(fresh=True)
def proposal(request: SignedIn, pk: int) -> HttpResponse:
    """Show the proposal with its state, holder, open questions, deadline and receipts."""
    proposal = _visible_proposal(request, pk)
    leads = request.user.memberships.filter(stakeholder=proposal.lead_id).exists()
    writes = leads and request.user.has_perm("events.change_proposal", proposal)
    stands = standing(proposal)
    may_authorize = (
        proposal.status in ProposalStatus.UNDER_WAY
        and not proposal.counts
        and stands.is_open
        and request.user.has_perm("events.authorize_proposal", proposal)
    )
    context = {
        "proposal": proposal,
        "event": proposal.event,
        "facts": facts(proposal) if leads or _organizes(request, proposal) else facts_for_others(proposal),
        "stands": stands,
        "leads": leads,
        "writes": writes,
        "may_write": writes and may_write(proposal),
        "may_authorize": may_authorize,
        "moves": dict(moves_open_to(request.user, proposal)) if leads else {},
        "questions": labelled_requests(proposal) if leads else [],
        "mergers": list(open_mergers(proposal)) if leads else [],
        "merged": list(proposal.merged.select_related("lead")),
        "lines": timeline(proposal, request.user, as_subject=True) if leads else [],
    }
    return render(request, "events/proposals/proposal.html", context)


@page_view(fresh=True)
def receipt(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    proposal = own_proposal(request, pk, writes=False)
    context = {
        "receipt": receipt_of(proposal, reference),
        "proposal": proposal,
        "event": proposal.event,
        "stands": standing(proposal),
        "writes": request.user.has_perm("events.change_proposal", proposal),
    }
    return render(request, "events/proposals/receipt.html", context)


@page_view(fresh=True)
def receipt_text(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    return receipt_file(receipt_of(own_proposal(request, pk, writes=False), reference))


@act_view()
def authorize(request: SignedIn, pk: int) -> HttpResponse:
    proposal = own_proposal(request, pk, writes=False)
    if not request.user.has_perm("events.authorize_proposal", proposal):
        raise Http404
    with refusal_as_warning(request):
        actions.authorize(proposal, actor=request.user)
        messages.success(request, _("Authorized. The proposal counts now."))
    return redirect(proposal)


@form_view(fresh=True)
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Show what follows from revising, withdrawing, cancelling or deleting; a POST does it."""
    proposal = own_proposal(request, pk, writes=False)
    user = request.user
    if verb == "discard":
        open_now = proposal.status == "draft" and proposal.submitted_at is None
        may = user.has_perm("events.change_proposal", proposal)
    else:
        open_now = proposal.status in proposal.MOVES[verb].sources
        may = user.has_perm(permission(proposal, verb), proposal)
    if not may:
        raise Http404
    if not open_now:
        messages.warning(request, _("This is not possible with the present status of the proposal."))
        return redirect(proposal)
    form = NoteForm(request.POST or None) if verb == "cancel" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusal_as_warning(request):
            if verb == "cancel":
                actions.cancel(proposal, actor=user, note=form.cleaned_data["note"])  # type: ignore[union-attr]
            else:
                _DO[verb](proposal, actor=user)
            messages.success(request, _done_text(verb))
            if verb == "discard":
                return redirect("portal:me")
            return redirect("events:write_proposal", pk) if verb == "revise" else redirect(proposal)
        return redirect(proposal)
    context = {"proposal": proposal, "event": proposal.event, "verb": verb, "form": form}
    return render(request, "events/proposals/confirm.html", context)


_DO: dict[str, Any] = {"revise": actions.revise, "withdraw": actions.withdraw, "discard": actions.discard}


def _done_text(verb: str) -> str:
    return {
        "revise": _("Your proposal is a draft again. Correct it and send it again before the closing."),
        "withdraw": _("The proposal is withdrawn."),
        "discard": _("The draft is deleted."),
        "cancel": _("The meeting is cancelled. Its people get an e-mail."),
    }[verb]
