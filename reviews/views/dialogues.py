"""Constructive dialogues as everybody reads them, and their yearly numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from reviews.models import DialogueLine
from reviews.queries import dialogues as queries


@require_safe
def dialogue_list(request: HttpRequest) -> HttpResponse:
    context = {
        "found": queries.listed(request.user),
        "own": queries.applications_of(request.user),
        "runs": request.user.has_perm("reviews.run_dialogues"),
    }
    return render(request, "reviews/dialogues/list.html", context)


@require_safe
def dialogue_page(request: HttpRequest, pk: int) -> HttpResponse:
    dialogue = queries.for_page(request.user, pk)
    if dialogue is None:
        raise Http404
    mine = None
    if request.user.is_authenticated:
        lines = DialogueLine.objects.filter(dialogue=dialogue, person=request.user)
        mine = lines.exclude(status__in=("draft", "withdrawn")).select_related("application").first()
    context = {
        "dialogue": dialogue,
        "event": dialogue.event,
        "is_upcoming": dialogue.opens_at is not None and dialogue.opens_at > now(),
        "mine": mine,
        "statements": queries.statements_of(dialogue),
        "runs": request.user.has_perm("reviews.run_dialogues"),
    }
    return render(request, "reviews/dialogues/dialogue.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    context = {
        "columns": queries.columns(),
        "years": queries.decisions_by_year(),
        "fewest": queries.FEWEST,
    }
    return render(request, "reviews/dialogues/statistics.html", context)
