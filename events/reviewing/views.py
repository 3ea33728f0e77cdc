"""Where proposals are reviewed: what waits, one page for each, mergers, and the batch of decisions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.actions import record
from audit.queries import timeline
from core.context import LANGUAGE_BAR
from core.errors import DomainError, WrongState
from core.forms import blame
from core.spreadsheets import Table, filters_of, table_response
from core.views import refusal_as_warning
from events.events.models import Event
from events.proposals import actions as proposals_actions
from events.proposals.enums import PROPOSAL_MOVES, ProposalStatus
from events.proposals.models import Merger, Proposal, ProposalRound
from events.proposals.queries import facts, facts_for_others, for_page, open_mergers
from events.proposals.queries_reviewers import reviewers
from events.reviewing import actions, actions_deciding, actions_merging, queries
from events.reviewing.files import columns_of, rows_of
from events.reviewing.forms import (
    AcceptForm,
    AskForm,
    AssignForm,
    CancelForm,
    ChecklistForm,
    CommentForm,
    DeclineForm,
    MergeForm,
    PanelForm,
    WaitingFilter,
)
from events.reviewing.models import DeskComment
from events.reviewing.queries import preview
from events.rounds.views import the_event
from notifications.delivery.preview import letter_of
from workflow.items.models import WorkItem
from workflow.items.queries import holding_of, item_of, labelled_requests, next_case
from workflow.moves.enums import BarButton
from workflow.moves.queries import is_recused, moves_open_to
from workflow.receipts.models import Receipt

PER_PAGE = 25


def _must_review(request: HttpRequest) -> None:
    if not request.user.has_perm("events.review_proposals"):
        raise Http404


@page_view(permission="events.review_proposals")
def waiting(request: SignedIn, pk: int) -> HttpResponse:
    """What waits among the proposals of one event; below it everything that was sent."""
    event = the_event(request, pk)
    filters, items, is_filtered = _filtered_items(request, event)
    page_of = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    sent = queries.sent_for(request.user, event)
    rules = ProposalRound.objects.filter(event=event).first()
    context = {
        "event": event,
        "filters": filters,
        "page": page_of,
        "rows": queries.with_proposals(page_of.object_list),
        "filtered": is_filtered,
        "drafted": len(queries.drafted_decisions(request.user, event)),
        "has_sent": sent.exists(),
        "rules": rules,
        "hides_organizers": rules is not None and rules.hides_organizers_from(request.user),
        "groups": [
            ("numbered", _("Meetings with a number"), sent.filter(number__isnull=False).order_by("number")),
            (
                "others",
                _("Declined, merged, withdrawn"),
                sent.filter(number=None, status__in=ProposalStatus.OVER).order_by("title", "pk"),
            ),
        ],
    }
    return render(request, "events/reviewing/waiting.html", context)


def _filtered_items(request: SignedIn, event: Event) -> tuple[WaitingFilter, QuerySet[WorkItem], bool]:
    """Return the filters, the work items that they show, and whether a filter is in use."""
    filters = WaitingFilter(request.GET, queryset=queries.waiting_items(request.user, event), request=request)
    items = filters.qs if filters.is_valid() else filters.queryset.none()
    return filters, items, any(request.GET.get(name) for name in filters.filters)


@page_view(permission="events.review_proposals", fresh=True)
def file(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """Every proposal that was sent, or those pending that the filters show, as CSV or as a workbook. Logged.

    With sensitive answers only where that is asked for.
    """
    event = the_event(request, pk)
    filters, items, is_filtered = _filtered_items(request, event)
    rows = queries.sent_for(request.user, event)
    if is_filtered:
        rows = rows.filter(pk__in=items.order_by().values("subject_id"))
    sensitive = request.GET.get("sensitive") == "1"
    name = "export_proposals_sensitive" if sensitive else "export_proposals"
    record(event, f"events.event.{name}", actor=request.user)
    table = Table(
        f"proposals-{event.pk}",
        _("Proposals"),
        columns_of(sensitive=sensitive),
        page=reverse("eventdesk:proposals", args=[event.pk]),
        filters=filters_of(filters.form),
        notes=[(_("Event"), event.told_title[0])],
    )
    return table_response(form, table, rows_of(rows))


def _sent_proposal(request: SignedIn, pk: int) -> Proposal:
    """Return a proposal that was sent; 404 for anybody who does not review it."""
    _must_review(request)
    rows = Proposal.objects.visible_to(request.user).exclude(status=ProposalStatus.DRAFT)
    return get_object_or_404(for_page(rows), pk=pk)


@page_view(fresh=True)
def page(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _sent_proposal(request, pk))


# These are told at once; acceptances and refusals are drafted, and their e-mails are seen in the batch.
TOLD_AT_ONCE = ("ask", "cancel")


def _page(request: SignedIn, proposal: Proposal, letters: Any = None, **bound: Any) -> HttpResponse:
    """Everything that was sent, what was found and said by the desk, and what can be done."""
    user = request.user
    recused = is_recused(user, proposal)
    item = item_of(proposal)
    forms = {} if recused else _forms(user, proposal, item, bound)
    checked = [] if recused else queries.checklist(user, proposal)
    decisions = [form for name, form in forms.items() if name in PROPOSAL_MOVES]
    accept_lacks = queries.acceptance_lacks(proposal) if "accept" in forms else ""
    context = {
        "proposal": proposal,
        "event": proposal.event,
        "bar": [
            BarButton.to_form(form.prefix, form.title, PROPOSAL_MOVES[form.prefix].style)
            for form in decisions
            if not (form.prefix == "accept" and accept_lacks)
        ],
        "facts": facts(proposal),
        "item": item,
        "holding": holding_of(item) if item is not None else None,
        "next_case": next_case(
            user, proposal, Proposal.objects.visible_to(user).filter(event=proposal.event_id)
        ),
        "by_author": True,
        "recused": recused,
        "trusted": queries.is_trusted(proposal),
        "retired": [row for row in checked if row.question.retired],
        "comments": DeskComment.objects.visible_to(user).filter(proposal=proposal).select_related("by"),
        "questions": labelled_requests(proposal),
        "draft": None if recused else queries.draft_on(proposal),
        "mergers": list(open_mergers(proposal)),
        "merged": list(proposal.merged.select_related("lead")),
        "receipts": Receipt.objects.about(proposal),
        "forms": forms,
        "decisions": [(form, (letters or {}).get(form.prefix)) for form in decisions],
        "told_at_once": TOLD_AT_ONCE,
        "accept_lacks": accept_lacks,
        "lines": timeline(proposal, user) if not recused else [],
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    return render(request, "events/reviewing/proposal.html", context)


def _forms(user: Any, proposal: Proposal, item: Any, bound: dict[str, Any]) -> dict[str, Any]:
    """Return the forms that are open now, by name, in their order on the page."""
    moves = dict(moves_open_to(user, proposal))
    can_work = item is not None and not item.is_paused
    is_open = {"check": can_work, "assign": can_work, "comment": True}
    return {
        name: bound.get(name) or form_class(proposal=proposal, user=user, prefix=name)
        for name, (form_class, _act) in _ACTS.items()
        if is_open.get(name, name in moves)
    }


@act_view()
def act_on(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Do one act of the desk on one proposal."""
    proposal = _sent_proposal(request, pk)
    if name in _PLAIN:
        with refusal_as_warning(request):
            messages.success(request, _PLAIN[name](proposal, request.user))
        return redirect("eventdesk:proposal", pk)
    if is_recused(request.user, proposal):
        messages.warning(request, _("You belong to an organizer of it. Please leave it to a colleague."))
        return redirect("eventdesk:proposal", pk)
    if name not in _forms(request.user, proposal, item_of(proposal), {}):
        if name not in _ACTS:
            raise Http404
        messages.warning(request, _("This is not possible now. Please check the status."))
        return redirect("eventdesk:proposal", pk)
    return _act(request, proposal, name)


def _act(request: SignedIn, proposal: Proposal, name: str) -> HttpResponse:
    """Do what a form of the page says, or show its e-mail first."""
    form_class, act = _ACTS[name]
    pk = proposal.pk
    form = form_class(request.POST, proposal=proposal, user=request.user, prefix=name)
    if not form.is_valid():
        return _page(request, proposal, **{name: form})
    try:
        if "preview" in request.POST and name in TOLD_AT_ONCE:
            letter = letter_of(lambda: act(proposal, form, request.user), about=proposal)
            return _page(request, _sent_proposal(request, pk), {name: letter}, **{name: form})
        done = act(proposal, form, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        blame(form, refusal)
        return _page(request, proposal, **{name: form})
    else:
        messages.success(request, done)
    return redirect("eventdesk:proposal", pk)


def _take(proposal: Proposal, actor: Any) -> str:
    actions.take(proposal, actor=actor)
    return _("The proposal is assigned to you; colleagues see that.")


def _put_back(proposal: Proposal, actor: Any) -> str:
    actions.put_back(proposal, actor=actor)
    return _("The proposal is unassigned.")


def _discard_decision(proposal: Proposal, actor: Any) -> str:
    actions_deciding.discard_decision(proposal, actor=actor)
    return _("The drafted decision is deleted. It was not announced.")


_PLAIN = {"take": _take, "release": _put_back, "undraft": _discard_decision}


def _check(proposal: Proposal, form: Any, actor: Any) -> str:
    actions.check(proposal, actor=actor, answers=form.answers())
    return _("Saved. Those who proposed do not see it.")


def _assign(proposal: Proposal, form: Any, actor: Any) -> str:
    to = reviewers().get(pk=form.cleaned_data["reviewer"])
    actions.assign(proposal, actor=actor, to=to)
    return _("%(name)s reviews it now.") % {"name": to.name}


def _comment(proposal: Proposal, form: Any, actor: Any) -> str:
    actions.comment(proposal, actor=actor, text=form.cleaned_data["text"])
    return _("Saved. Only the desk reads it.")


def _ask(proposal: Proposal, form: Any, actor: Any) -> str:
    given = form.cleaned_data
    actions.ask_for_completion(
        proposal, actor=actor, requests=form.requests(), until=given["until"], note=given["note"]
    )
    return _("Sent. The organizer gets an e-mail; the time limit is paused until the answer comes.")


def _accept(proposal: Proposal, form: Any, actor: Any) -> str:
    actions_deciding.draft_decision(proposal, "accept", actor=actor, note=form.cleaned_data["note"])
    return _("Drafted. It is announced when the decisions are released.")


def _decline(proposal: Proposal, form: Any, actor: Any) -> str:
    given = form.cleaned_data
    actions_deciding.draft_decision(
        proposal, "decline", actor=actor, reason=given["reason"], note=given["note"]
    )
    return _("Drafted. It is announced when the decisions are released.")


def _merge(proposal: Proposal, form: Any, actor: Any) -> str:
    into = get_object_or_404(Proposal.objects.visible_to(actor), pk=form.cleaned_data["into"])
    actions_merging.suggest(proposal, into, actor=actor, note=form.cleaned_data["note"])
    return _("Suggested. The administrators of both leads get an e-mail.")


def _cancel(proposal: Proposal, form: Any, actor: Any) -> str:
    proposals_actions.cancel(proposal, actor=actor, note=form.cleaned_data["note"])
    return _("The meeting is cancelled. Its people get an e-mail; its number stays in the list.")


# Each form of the page and what it does, in their order; a decision is open where its move is.
_ACTS: dict[str, tuple[type[PanelForm], Callable[[Proposal, Any, Any], str]]] = {
    "check": (ChecklistForm, _check),
    "assign": (AssignForm, _assign),
    "comment": (CommentForm, _comment),
    "ask": (AskForm, _ask),
    "accept": (AcceptForm, _accept),
    "decline": (DeclineForm, _decline),
    "merge": (MergeForm, _merge),
    "cancel": (CancelForm, _cancel),
}


@act_view()
def drop_merger(request: SignedIn, pk: int, merger: int) -> HttpResponse:
    proposal = _sent_proposal(request, pk)
    row = get_object_or_404(Merger, pk=merger, proposal=proposal)
    with refusal_as_warning(request):
        actions_merging.drop(row, actor=request.user)
        messages.success(request, _("The suggestion is withdrawn."))
    return redirect("eventdesk:proposal", pk)


# --- The batch ------------------------------------------------------------------------------------------
@form_view(permission="events.review_proposals", fresh=True)
def decisions(request: SignedIn, pk: int) -> HttpResponse:
    """Show the drafted decisions with their mails in one language; a POST releases them."""
    event = the_event(request, pk)
    if request.method == "POST":
        return _release(request, event)
    language = request.GET.get("language", "")
    if language not in dict(LANGUAGE_BAR):
        language = get_language() or "en"
    drafted = queries.drafted_decisions(request.user, event)
    with override(language):
        previews = [preview(decision) for decision in drafted[:PER_PAGE]]
    context = {
        "event": event,
        "rows": list(zip(drafted, previews, strict=False)),
        "total": len(drafted),
        "more": max(0, len(drafted) - PER_PAGE),
        "language": language,
        "languages": LANGUAGE_BAR,
        "mails": actions_deciding.mails_of(event, request.user),
        "stamp": actions_deciding.stamp_of(event),
        "recused": [decision for decision in drafted if is_recused(request.user, decision.proposal)],
    }
    return render(request, "events/reviewing/decisions.html", context)


def _release(request: SignedIn, event: Any) -> HttpResponse:
    mails = request.POST.get("mails", "")
    if request.POST.get("sure") != "1" or not (mails.isdecimal() and len(mails) < 9):
        messages.error(request, _("Tick that you have read the decisions. Nothing was released."))
        return redirect("eventdesk:decisions", event.pk)
    with refusal_as_warning(request):
        done = actions_deciding.release(
            event, actor=request.user, stamp=request.POST.get("stamp", ""), mails=int(mails)
        )
        messages.success(
            request,
            ngettext("%(number)s decision is released.", "%(number)s decisions are released.", done.decisions)
            % {"number": done.decisions}
            + " "
            + ngettext("%(number)s e-mail is on its way.", "%(number)s e-mails are on their way.", done.mails)
            % {"number": done.mails},
        )
        return redirect("eventdesk:proposals", event.pk)
    return redirect("eventdesk:decisions", event.pk)


# --- Mergers --------------------------------------------------------------------------------------------
@form_view(fresh=True)
def merger(request: SignedIn, pk: int, side: int) -> HttpResponse:
    """Show both proposals to an administrator of one lead; a POST answers for that one."""
    rows = Merger.objects.select_related("proposal", "into")
    row = get_object_or_404(rows, pk=pk)
    if side not in (row.proposal_id, row.into_id):
        raise Http404
    both = {
        proposal.pk: proposal
        for proposal in for_page(Proposal.objects.filter(pk__in=(row.proposal_id, row.into_id)))
    }
    mine = both[side]
    other = both[row.into_id if side == row.proposal_id else row.proposal_id]
    if not request.user.has_perm("events.agree_to_merge_proposal", mine):
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            if "refuse" in request.POST:
                actions_merging.refuse(row, mine, actor=request.user)
                messages.success(request, _("Answered. Both proposals go on as they are."))
            else:
                done = actions_merging.agree(row, mine, actor=request.user).is_done
                messages.success(
                    request,
                    _("Both leads agreed: it is one meeting now.")
                    if done
                    else _("Agreed. Once the other lead agrees too, it is one meeting."),
                )
        return redirect("events:proposal", mine.pk)
    context = {
        "merger": row,
        "proposal": mine,
        "other": other,
        "other_lead": other.lead.name_for(request.user),
        "event": mine.event,
        "joins": side == row.proposal_id,
        "agreed": row.agreed_at if side == row.proposal_id else row.into_agreed_at,
        "mine_facts": facts(mine),
        "other_facts": facts_for_others(other),
    }
    return render(request, "events/reviewing/merger.html", context)
