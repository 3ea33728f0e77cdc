"""Receipts: the own one to keep and print, and the public check of a digest."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.limits import spend, visitor_of
from reviews.contributions.forms import CheckForm
from reviews.contributions.models import Contribution
from reviews.contributions.queries_pages import may_write, receipts_of
from workflow.items.queries import holding_on
from workflow.receipts.actions import digest_of
from workflow.receipts.models import Receipt
from workflow.receipts.views import receipt_file

MOST, SECONDS = 60, 3600  # checks from one address of the network


@page_view(fresh=True)
def receipt(request: SignedIn, reference: str) -> HttpResponse:
    receipt = _own(request, reference)
    contribution = (
        Contribution.objects.visible_to(request.user)
        .filter(pk=receipt.subject_id)
        .select_related("call", "stakeholder")
        .first()
    )
    context = {
        "receipt": receipt,
        "contribution": contribution,
        "language": contribution and contribution.language_id,
        "holding": holding_on(contribution) if contribution else None,
        "writes": contribution is not None and may_write(request.user, contribution),
    }
    return render(request, "reviews/contributions/receipt.html", context)


@page_view(fresh=True)
def receipt_text(request: SignedIn, reference: str) -> HttpResponse:
    return receipt_file(_own(request, reference))


def _own(request: SignedIn, reference: str) -> Receipt:
    return get_object_or_404(receipts_of(request.user), reference=reference.upper())


@form_view(public=True, fresh=True)
def receipts(request: HttpRequest) -> HttpResponse:
    """Whether a text, or a file, is the one that was handed in under a reference. Says nothing else."""
    form = CheckForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:24]})
    context: dict[str, Any] = {"form": form, "is_checked": False}
    if request.method == "POST" and form.is_valid():
        spend("reviews.receipts", visitor_of(request), most=MOST, seconds=SECONDS)
        cleaned = form.cleaned_data
        digest = cleaned["digest"] or digest_of(cleaned["text"])
        receipt = Receipt.objects.matching(cleaned["reference"], digest).first()
        files = receipt.files if receipt else []
        context |= {
            "is_checked": True,
            "receipt": receipt,
            "digest": digest,
            "file": next((file for file in files if file["sha256"] == digest), None),
        }
    return render(request, "reviews/contributions/receipts.html", context)
