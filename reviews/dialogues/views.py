"""Constructive dialogues as everybody reads them, and their yearly numbers."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from accounts.people.decorators import page_view
from core.small_numbers import FEWEST
from reviews.dialogues import queries
from reviews.dialogues.models import Dialogue, DialogueLine
from stakeholders.entries.queries import written_for_by

PER_PAGE = 25


@page_view(public=True)
def dialogue_list(request: HttpRequest) -> HttpResponse:
    dialogues = queries.list_dialogues(request.user)
    context = {
        "dialogues": dialogues,
        "held": Paginator(dialogues.held, PER_PAGE).get_page(request.GET.get("page")),
        "query": {},
        "own": queries.applications_of(request.user),
        "runs": request.user.has_perm("reviews.run_dialogues"),
    }
    return render(request, "reviews/dialogues/list.html", context)


@page_view(public=True)
def dialogue_page(request: HttpRequest, pk: int) -> HttpResponse:
    dialogue = queries.for_page(request.user, pk)
    if dialogue is None:
        raise Http404
    mine, closes = None, dialogue.closes_at if dialogue.takes_applications else None
    if request.user.is_authenticated:
        lines = DialogueLine.objects.filter(dialogue=dialogue, person=request.user)
        mine = lines.exclude(status__in=("draft", "withdrawn")).select_related("application").first()
        closes = closes or _closes_for(dialogue, request.user)
    context = {
        "dialogue": dialogue,
        "event": dialogue.event,
        "is_upcoming": dialogue.opens_at is not None and dialogue.opens_at > now(),
        "mine": mine,
        "closes_at": closes,
        "statements": queries.statements_of(dialogue),
        "runs": request.user.has_perm("reviews.run_dialogues"),
    }
    return render(request, "reviews/dialogues/dialogue.html", context)


def _closes_for(dialogue: Dialogue, user: Any) -> datetime | None:
    """Until when the person may apply although it has closed; None where they may not."""
    if dialogue.event.status != "published" or dialogue.event.is_over or not dialogue.has_opened:
        return None
    ends = [dialogue.closes_for(f"stakeholder:{stakeholder.pk}") for stakeholder in written_for_by(user)]
    return max((end for end in ends if end is not None and end >= now()), default=None)


@page_view(public=True)
def statistics(request: HttpRequest) -> HttpResponse:
    context = {"columns": queries.columns(), "years": queries.decisions_by_year(), "fewest": FEWEST}
    return render(request, "reviews/dialogues/statistics.html", context)
