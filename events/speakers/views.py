"""Speakers: asked by the organizer, answering on a page of their own without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, TooMany
from events.programme.models import Shown
from events.proposals.models import Speaker
from events.proposals.views import own_proposal
from events.speakers import actions
from events.speakers.forms import SpeakForm


# --- Speakers -------------------------------------------------------------------------------------------
@act_view()
def ask_speaker(request: SignedIn, pk: int, speaker: int) -> HttpResponse:
    proposal = own_proposal(request, pk)
    row = get_object_or_404(Speaker, pk=speaker, proposal=proposal)
    try:
        actions.ask_speaker(row, actor=request.user)
    except TooMany:
        raise
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s gets an e-mail with a page to answer on.") % {"name": row.name})
    return redirect(proposal)


@form_view(public=True, fresh=True)
def speaker(request: HttpRequest, token: str) -> HttpResponse:
    """Show a speaker's own page, without an account. A GET changes nothing; its buttons post."""
    speaker = actions.by_token(token)
    if speaker is None:
        raise Http404
    initial = {"affiliation": speaker.affiliation, "mode": speaker.mode, "gender": speaker.gender}
    form = SpeakForm(
        request.POST or None, initial=initial, rules=getattr(speaker.proposal.event, "round", None)
    )
    declines = "decline" in request.POST
    if request.method == "POST" and (declines or form.is_valid()):
        answers = {} if declines else form.cleaned_data
        try:
            actions.answer(token, speaks=not declines, **answers)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The organizer sees your answer."))
        return redirect("events:speaker", token)
    proposal = speaker.proposal
    context = {
        "speaker": speaker,
        "proposal": proposal,
        "event": proposal.event,
        "form": form,
        "is_over": not proposal.can_be_held,
        "shown": Shown.objects.filter(proposal=proposal, is_off=False).select_related("room").first(),
    }
    response = render(request, "events/speakers/speaker.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
