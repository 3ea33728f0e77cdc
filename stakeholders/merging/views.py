"""The desk merges two entries: it chooses the other, compares both, and confirms."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.forms import blame
from stakeholders.entries.models import Stakeholder
from stakeholders.merging.actions import merge
from stakeholders.merging.forms import MergeForm, OtherEntryForm
from stakeholders.merging.queries import (
    admins_after,
    candidates,
    collisions,
    mergeable_entries,
    moves,
    obstacle,
    rows,
)


def _entry(request: HttpRequest, pk: int) -> Stakeholder:
    """Return an entry that may be merged; anybody who may not merge gets a 404."""
    if not request.user.has_perm("stakeholders.merge_stakeholder"):
        raise Http404
    return get_object_or_404(mergeable_entries(request.user), pk=pk)


@page_view(fresh=True)
def choose(request: SignedIn, pk: int) -> HttpResponse:
    """Ask with which other entry to merge: those alike are offered, any can be found by name."""
    stakeholder = _entry(request, pk)
    form = OtherEntryForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "stakeholder": stakeholder,
        "form": form,
        "words": words,
        "candidates": candidates(request.user, stakeholder, words),
    }
    return render(request, "stakeholders/merging/choose.html", context)


@form_view(fresh=True)
def compare(request: SignedIn, pk: int, other: int) -> HttpResponse:
    """Show both side by side; `pk` goes, `other` stays. A POST merges them."""
    gone, remaining = _entry(request, pk), _entry(request, other)
    why_not = obstacle(gone, remaining, request.user)
    fields = rows(gone, remaining)
    versions = {"seen_gone": gone.updated_at.isoformat(), "seen_kept": remaining.updated_at.isoformat()}
    form = MergeForm(request.POST or None, rows=fields, initial=versions)
    if request.method == "POST" and not why_not and form.is_valid():
        cleaned = form.cleaned_data
        try:
            merge(
                gone,
                remaining,
                actor=request.user,
                reason=cleaned["reason"],
                choices=form.choices,
                names=cleaned["names"],
                versions=(cleaned["seen_gone"], cleaned["seen_kept"]),
            )
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("vetting:merge", pk, other)
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("Merged. The old address leads here, and the people of both get an e-mail.")
            )
            return redirect("vetting:stakeholder", remaining.pk)
    context: dict[str, Any] = {
        "gone": gone,
        "remaining": remaining,
        "why_not": why_not,
        "form": form,
        "moves": moves(gone),
        "collisions": collisions(gone, remaining),
        "admins_after": admins_after(gone, remaining),
    }
    return render(request, "stakeholders/merging/compare.html", context)
