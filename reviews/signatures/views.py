"""Signing together: the lead asks others and sees who has signed; the others read and answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from reviews.contributions.enums import ContributionStatus, Signing
from reviews.contributions.models import Contribution, CoSignature
from reviews.contributions.queries import for_page
from reviews.contributions.queries_pages import answered_parts
from reviews.contributions.views import own_contribution
from reviews.signatures import actions
from reviews.signatures.queries import signable
from stakeholders.entries.forms import ChooseForm, FindForm

ASKING = ("draft", *ContributionStatus.OPEN)


@form_view(fresh=True)
def signatures(request: SignedIn, pk: int) -> HttpResponse:
    """Who is asked to sign, what they answered, and asking one more."""
    contribution = own_contribution(request, pk)
    asking = contribution.status in ASKING
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    stakeholders = signable(request.user, contribution, words) if asking else []
    form = ChooseForm(request.POST or None, candidates=stakeholders)
    if request.method == "POST" and form.is_valid():
        chosen = next(
            stakeholder
            for stakeholder in stakeholders
            if str(stakeholder.pk) == form.cleaned_data["stakeholder"]
        )
        with refusal_on(form):
            actions.invite(contribution, chosen, actor=request.user)
            messages.success(
                request,
                _("Request sent. The administrators of %(name)s get an e-mail with a link to the text.")
                % {"name": chosen.name},
            )
            return redirect("calls:signatures", pk)
    context = {
        "contribution": contribution,
        "asking": asking,
        "asks": asks,
        "stakeholders": stakeholders,
        "form": form,
    }
    return render(request, "reviews/signatures/signatures.html", context)


@act_view()
def take_back(request: SignedIn, pk: int, signature: int) -> HttpResponse:
    """The lead no longer asks somebody."""
    contribution = own_contribution(request, pk)
    co_signature = get_object_or_404(CoSignature, pk=signature, contribution=contribution)
    with refusal_as_warning(request):
        actions.take_back(co_signature, actor=request.user)
        messages.success(request, _("Withdrawn. They are no longer asked, and will not be named."))
    return redirect("calls:signatures", pk)


@form_view(fresh=True)
def sign(request: SignedIn, pk: int) -> HttpResponse:
    """The whole text with its digest, for an administrator of who is asked; a POST answers."""
    signature = get_object_or_404(CoSignature.objects.select_related("stakeholder"), pk=pk)
    if not request.user.has_perm("reviews.sign_cosignature", signature):
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            if "decline" in request.POST:
                actions.decline(signature, actor=request.user)
                messages.success(request, _("Answered. Your stakeholder does not sign and is not named."))
            else:
                actions.sign(
                    signature,
                    actor=request.user,
                    digest=request.POST.get("digest", ""),
                    visibility=request.POST.get("visibility", ""),
                )
                messages.success(request, _("Signed. Your signature applies to this version of the text."))
        return redirect("calls:sign", pk)
    contribution = get_object_or_404(for_page(Contribution.objects.all()), pk=signature.contribution_id)
    signature.contribution = contribution
    # Whoever does not sign reads no later text.
    reads = signature.status != Signing.DECLINED and contribution.status not in ("withdrawn", "removed")
    context = {
        "signature": signature,
        "contribution": contribution,
        "call": contribution.call,
        "reads": reads,
        "asking": contribution.status in ASKING,
        "parts": answered_parts(contribution) if reads else [],
        "is_empty": reads and not contribution.answers.all(),
    }
    return render(request, "reviews/signatures/sign.html", context)
