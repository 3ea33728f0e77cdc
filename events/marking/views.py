"""Where reviewers mark proposals, read what colleagues gave, and the desk says when and by what."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.spreadsheets import Column, Table, table_response
from core.views import act_page
from events.events.models import Event
from events.marking import actions, queries
from events.marking.forms import MarkingForm, MarksForm
from events.marking.models import Criterion
from events.proposals.models import ProposalRound
from events.proposals.queries import for_page
from events.rounds.views import the_event


def _round(event: Event) -> ProposalRound:
    return get_object_or_404(ProposalRound.objects.prefetch_related("criteria"), event=event)


@form_view(fresh=True)
def rules(request: SignedIn, pk: int) -> HttpResponse:
    """By what, from when to when, and whether without names."""
    event = the_event(request, pk)
    round_of_proposals = _round(event)
    form = MarkingForm(request.POST or None, rules=round_of_proposals)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.set_marking(event, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The marking is saved."))
            return redirect("eventdesk:marks", pk)
    return act_page(
        request,
        form,
        heading=_("Marking of proposals"),
        crumbs="events/rounds/_crumbs.html",
        within=True,
        event=event,
        about=event.title,
        language=event.language_id,
        lead=_("Reviewers mark each proposal from 1 to 5. Those who proposed never see the marks."),
        button=_("Save the marking"),
        back=reverse("eventdesk:round", args=[pk]),
    )


@page_view(permission="events.review_proposals", fresh=True)
def marks(request: SignedIn, pk: int) -> HttpResponse:
    """Every proposal to mark, and what was given as far as the reader may know it."""
    event = the_event(request, pk)
    round_of_proposals = _round(event)
    rows = _rows(request.user, event, round_of_proposals)
    context = {
        **_phase(round_of_proposals, request.user),
        "event": event,
        "rows": rows,
        "left": sum(row.own is None for row in rows),
    }
    return render(request, "events/marking/marks.html", context)


def _rows(user: Any, event: Event, rules: ProposalRound) -> list[queries.MarksOfProposal]:
    proposals = queries.proposals_to_mark(user, event).select_related("lead", "theme")
    return queries.in_order(queries.marks_of(user, proposals, rules), rules)


def _phase(rules: ProposalRound, user: Any) -> dict[str, Any]:
    return {
        "rules": rules,
        "criteria": list(rules.criteria.all()),
        "gives_marks": queries.gives_marks(rules, user),
        "is_over": rules.marks_are_over,
        "hides_organizers": rules.hides_organizers_from(user),
    }


@page_view(permission="events.review_proposals", fresh=True)
def file(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """The marks of every proposal, as far as the reader may know them."""
    event = the_event(request, pk)
    round_of_proposals = _round(event)
    criteria = list(round_of_proposals.criteria.all())
    rows = _rows(request.user, event, round_of_proposals)
    columns = [
        Column(_("Title"), lambda row: str(row.proposal)),
        Column(_("Reviewers"), lambda row: len(row.sheets)),
        Column(_("Median of the marks"), partial(_number, "median")),
        Column(_("Lowest"), partial(_number, "lowest")),
        Column(_("Highest"), partial(_number, "highest")),
        *(Column(criterion.name, partial(_median_by, criterion)) for criterion in criteria),
    ]
    if not round_of_proposals.hides_organizers_from(request.user):
        columns.insert(1, Column(_("Lead"), lambda row: row.proposal.lead.name))
    table = Table(
        f"marks-{event.pk}",
        _("Marks of proposals"),
        columns,
        page=reverse("eventdesk:marks", args=[pk]),
        notes=[(_("Event"), event.told_title[0])],
    )
    return table_response(form, table, iter(rows))


def _number(name: str, row: queries.MarksOfProposal) -> Any:
    """Return a number over all criteria ("median", "lowest", "highest"), if the reader may know it."""
    return getattr(row.overall, name) if row.can_read and row.overall else ""


def _median_by(criterion: Criterion, row: queries.MarksOfProposal) -> Any:
    ((_criterion, spread),) = row.by_criterion([criterion])
    return spread.median if row.can_read and spread else ""


@form_view(permission="events.review_proposals", fresh=True)
def mark(request: SignedIn, pk: int) -> HttpResponse:
    """One proposal: what is marked, the reader's own marks, and those of others once they may be read."""
    event = get_object_or_404(Event, proposals=pk)
    the_event(request, event.pk)
    round_of_proposals = _round(event)
    proposals = for_page(queries.proposals_to_mark(request.user, event))
    proposal = get_object_or_404(proposals, pk=pk)
    (row,) = queries.marks_of(request.user, [proposal], round_of_proposals)
    form = MarksForm(request.POST or None, rules=round_of_proposals, own=row.own)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.give_marks(proposal, actor=request.user, points=form.points())
            messages.success(request, _("Your marks are saved. You can change them until the time is over."))
            return redirect("eventdesk:marks", event.pk)
    context = {
        **_phase(round_of_proposals, request.user),
        "event": event,
        "proposal": proposal,
        "facts": queries.facts_to_mark(proposal, round_of_proposals, request.user),
        "row": row,
        "by_criterion": row.by_criterion(round_of_proposals.criteria.all()),
        "form": form,
    }
    return render(request, "events/marking/mark.html", context)
