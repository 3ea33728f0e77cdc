"""Organizing together: the lead asks and sees what others answered; the others read and answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from events.organizers import actions
from events.organizers.queries import partners_to_ask
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.models import Partner, Proposal
from events.proposals.queries import facts, facts_for_others, for_page, organizers_locked
from events.proposals.views import own_proposal
from stakeholders.entries.forms import ChooseForm, FindForm


# --- Organizing together --------------------------------------------------------------------------------
@form_view(fresh=True)
def organizers(request: SignedIn, pk: int) -> HttpResponse:
    """Show the co-organizers with their answers; a POST invites another one."""
    proposal = own_proposal(request, pk)
    open_now = not organizers_locked(proposal)
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    stakeholders = partners_to_ask(request.user, proposal, words) if open_now else []
    form = ChooseForm(request.POST or None, candidates=stakeholders)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in stakeholders if str(each.pk) == form.cleaned_data["stakeholder"])
        with refusal_on(form):
            actions.invite(proposal, chosen, actor=request.user)
            messages.success(
                request,
                _("Request sent. The administrators of %(name)s get an e-mail with a link to the proposal.")
                % {"name": chosen.name},
            )
            return redirect("events:organizers", pk)
    context = {
        "proposal": proposal,
        "event": proposal.event,
        "open_now": open_now,
        "asks": asks,
        "stakeholders": stakeholders,
        "form": form,
        "words": words,
    }
    return render(request, "events/organizers/organizers.html", context)


@act_view()
def take_back(request: SignedIn, pk: int, partner: int) -> HttpResponse:
    proposal = own_proposal(request, pk)
    row = get_object_or_404(Partner, pk=partner, proposal=proposal)
    with refusal_as_warning(request):
        actions.take_back(row, actor=request.user)
        messages.success(request, _("Withdrawn. They are no longer asked, and will not be named."))
    return redirect("events:organizers", pk)


@form_view(fresh=True)
def partner(request: SignedIn, pk: int) -> HttpResponse:
    """Show the proposal to an administrator of the stakeholder that is invited; a POST answers."""
    row = get_object_or_404(Partner.objects.select_related("stakeholder"), pk=pk)
    if not request.user.has_perm("events.answer_partner", row):
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            if "decline" in request.POST:
                actions.decline(row, actor=request.user)
                messages.success(request, _("Answered. Your stakeholder does not organize it."))
            else:
                actions.confirm(row, actor=request.user)
                messages.success(request, _("Confirmed. Your stakeholder is named as an organizer."))
        return redirect("events:partner", pk)
    proposal = get_object_or_404(for_page(Proposal.objects.all()), pk=row.proposal_id)
    reads = row.status != Partnering.DECLINED
    context = {
        "partner": row,
        "proposal": proposal,
        "event": proposal.event,
        "reads": reads,
        "facts": (facts(proposal) if row.status == Partnering.CONFIRMED else facts_for_others(proposal))
        if reads
        else [],
        "open_now": not organizers_locked(proposal),
        "is_over": proposal.status in ProposalStatus.OVER,
    }
    return render(request, "events/organizers/partner.html", context)
