"""One proposal for its own people: how it stands, who organizes it, who speaks, and what can be done."""

from datetime import UTC
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, TooMany
from core.forms import blame
from events.actions import merging, partners, speakers
from events.actions import proposals as act
from events.enums import Partnering, ProposalStatus
from events.forms.proposing import NoteForm, SpeakForm
from events.models import Merger, Partner, Proposal, Shown, Speaker
from events.queries.proposals import (
    facts,
    facts_for_others,
    for_page,
    open_mergers,
    organizers_locked,
    partners_to_ask,
    standing,
)
from events.views.proposing import may_write, own
from stakeholders.entries.forms import ChooseForm, FindForm
from workflow.items.queries import labelled_requests
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt

ASKING = ("draft", *ProposalStatus.UNDER_WAY)


def _theirs(request: SignedIn, pk: int) -> Proposal:
    """One that the person's stakeholders lead or are asked to organize."""
    user = request.user
    rows = Proposal.objects.visible_to(user)
    proposal = get_object_or_404(for_page(rows), pk=pk)
    stakeholders = set(user.memberships.values_list("stakeholder_id", flat=True))
    joins = {one.stakeholder_id for one in proposal.partners.all() if one.status != Partnering.DECLINED}
    if not stakeholders & {proposal.lead_id, *joins}:
        raise Http404
    return proposal


def _organizes(request: SignedIn, one: Proposal) -> bool:
    """Whether a stakeholder of the person has confirmed that it organizes the meeting, too."""
    confirmed = {each.stakeholder_id for each in one.partners.all() if each.status == Partnering.CONFIRMED}
    return request.user.memberships.filter(stakeholder__in=confirmed).exists()


@login_required
@never_cache
@require_safe
def proposal(request: SignedIn, pk: int) -> HttpResponse:
    """State, who holds it, what is asked, until when; the text; the receipts."""
    one = _theirs(request, pk)
    leads = request.user.memberships.filter(stakeholder=one.lead_id).exists()
    writes = leads and request.user.has_perm("events.change_proposal", one)
    stands = standing(one)
    may_authorize = (
        one.status in ProposalStatus.UNDER_WAY
        and not one.counts
        and stands.is_open
        and request.user.has_perm("events.authorize_proposal", one)
    )
    context = {
        "proposal": one,
        "event": one.event,
        "facts": facts(one) if leads or _organizes(request, one) else facts_for_others(one),
        "stands": stands,
        "leads": leads,
        "writes": writes,
        "may_write": writes and may_write(one),
        "may_authorize": may_authorize,
        "moves": dict(moves_open_to(request.user, one)) if leads else {},
        "asked": labelled_requests(one) if leads else [],
        "mergers": list(open_mergers(one)) if leads else [],
        "merged": list(one.merged.select_related("lead")),
        "lines": timeline(one, request.user, as_subject=True) if leads else [],
    }
    return render(request, "events/proposals/proposal.html", context)


@login_required
@never_cache
@require_safe
def receipt(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    one = own(request, pk, writes=False)
    found = get_object_or_404(Receipt.objects.about(one), reference=reference.upper())
    context = {
        "receipt": found,
        "proposal": one,
        "event": one.event,
        "utc": f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
    }
    return render(request, "events/proposals/receipt.html", context)


@login_required
@never_cache
@require_safe
def receipt_text(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    """The text byte by byte: the SHA-256 of this file is the digest on the receipt."""
    one = own(request, pk, writes=False)
    found = get_object_or_404(Receipt.objects.about(one), reference=reference.upper())
    response = HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.txt"'
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_POST
def authorize(request: SignedIn, pk: int) -> HttpResponse:
    one = own(request, pk, writes=False)
    if not request.user.has_perm("events.authorize_proposal", one):
        raise Http404
    try:
        act.authorize(one, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Authorized. The proposal counts now."))
    return redirect(one)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Take back, withdraw, cancel or delete: a page with what follows from it, and a button."""
    one = own(request, pk, writes=False)
    user = request.user
    if verb == "discard":
        open_now = one.status == "draft" and one.submitted_at is None
        may = user.has_perm("events.change_proposal", one)
    else:
        open_now = one.status in one.MOVES[verb].sources
        may = user.has_perm(f"events.{verb}_proposal", one)
    if not may:
        raise Http404
    if not open_now:
        messages.warning(request, _("This is not possible as the proposal stands now."))
        return redirect(one)
    form = NoteForm(request.POST or None) if verb == "cancel" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if verb == "cancel":
                act.cancel(one, actor=user, note=form.cleaned_data["note"])  # type: ignore[union-attr]
            else:
                _DO[verb](one, actor=user)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect(one)
        messages.success(request, _said(verb))
        if verb == "discard":
            return redirect("portal:me")
        return redirect("events:write_proposal", pk) if verb == "revise" else redirect(one)
    context = {"proposal": one, "event": one.event, "verb": verb, "form": form}
    return render(request, "events/proposals/confirm.html", context)


_DO: dict[str, Any] = {"revise": act.revise, "withdraw": act.withdraw, "discard": act.discard}


def _said(verb: str) -> str:
    return {
        "revise": _("You have it back. Correct it and send it again before the closing."),
        "withdraw": _("The proposal is withdrawn."),
        "discard": _("The draft is deleted."),
        "cancel": _("The meeting is cancelled. Its people get a mail."),
    }[verb]


# --- Organizing together --------------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organizers(request: SignedIn, pk: int) -> HttpResponse:
    """Who is asked to organize together, what they answered, and asking one more."""
    one = own(request, pk)
    open_now = not organizers_locked(one)
    asks = FindForm(request.POST if request.method == "POST" else request.GET)
    words = asks.cleaned_data["q"] if asks.is_valid() else ""
    found = partners_to_ask(request.user, one, words) if open_now else []
    form = ChooseForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each in found if str(each.pk) == form.cleaned_data["stakeholder"])
        try:
            partners.invite(one, chosen, actor=request.user)
        except TooMany:
            raise
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request,
                _("Asked. The administrators of %(name)s get a mail with the way to the proposal.")
                % {"name": chosen.name},
            )
            return redirect("events:organizers", pk)
    context = {
        "proposal": one,
        "event": one.event,
        "open_now": open_now,
        "asks": asks,
        "found": found,
        "form": form,
        "words": words,
    }
    return render(request, "events/proposals/organizers.html", context)


@login_required
@require_POST
def take_back(request: SignedIn, pk: int, partner: int) -> HttpResponse:
    one = own(request, pk)
    row = get_object_or_404(Partner, pk=partner, proposal=one)
    try:
        partners.take_back(row, actor=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back. They are not asked any more, and not named."))
    return redirect("events:organizers", pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: SignedIn, pk: int) -> HttpResponse:
    """The proposal for an administrator of who is asked; a POST answers."""
    row = get_object_or_404(Partner.objects.select_related("stakeholder"), pk=pk)
    if not request.user.has_perm("events.answer_partner", row):
        raise Http404
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                partners.decline(row, actor=request.user)
                messages.success(request, _("Answered. Your stakeholder does not organize it."))
            else:
                partners.confirm(row, actor=request.user)
                messages.success(request, _("Confirmed. Your stakeholder is named as an organizer."))
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        return redirect("events:partner", pk)
    one = get_object_or_404(for_page(Proposal.objects.all()), pk=row.proposal_id)
    reads = row.status != Partnering.DECLINED
    context = {
        "partner": row,
        "proposal": one,
        "event": one.event,
        "reads": reads,
        "facts": (facts(one) if row.status == Partnering.CONFIRMED else facts_for_others(one))
        if reads
        else [],
        "open_now": not organizers_locked(one),
        "is_over": one.status in ProposalStatus.OVER,
    }
    return render(request, "events/proposals/partner.html", context)


# --- Speakers -------------------------------------------------------------------------------------------
@login_required
@require_POST
def ask_speaker(request: SignedIn, pk: int, speaker: int) -> HttpResponse:
    one = own(request, pk)
    row = get_object_or_404(Speaker, pk=speaker, proposal=one)
    try:
        speakers.ask_speaker(row, actor=request.user)
    except TooMany:
        raise
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s gets a mail with a page to answer on.") % {"name": row.name})
    return redirect(one)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def speaker(request: HttpRequest, token: str) -> HttpResponse:
    """A speaker's own page, without an account. To open it changes nothing; its buttons post."""
    found = speakers.by_token(token)
    if found is None:
        raise Http404
    initial = {"affiliation": found.affiliation, "mode": found.mode, "gender": found.gender}
    form = SpeakForm(
        request.POST or None, initial=initial, rules=getattr(found.proposal.event, "round", None)
    )
    declines = "decline" in request.POST
    if request.method == "POST" and (declines or form.is_valid()):
        said = {} if declines else form.cleaned_data
        try:
            speakers.answer(token, speaks=not declines, **said)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The organizer sees your answer."))
        return redirect("events:speaker", token)
    one = found.proposal
    context = {
        "speaker": found,
        "proposal": one,
        "event": one.event,
        "form": form,
        "is_over": not one.can_be_held,
        "shown": Shown.objects.filter(proposal=one, is_off=False).select_related("room").first(),
    }
    response = render(request, "events/proposals/speaker.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


# --- Mergers --------------------------------------------------------------------------------------------
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: SignedIn, pk: int, side: int) -> HttpResponse:
    """Both proposals side by side, for an administrator of one of the leads; a POST answers for that one."""
    rows = Merger.objects.select_related("proposal", "into")
    row = get_object_or_404(rows, pk=pk)
    if side not in (row.proposal_id, row.into_id):
        raise Http404
    both = {one.pk: one for one in for_page(Proposal.objects.filter(pk__in=(row.proposal_id, row.into_id)))}
    mine = both[side]
    other = both[row.into_id if side == row.proposal_id else row.proposal_id]
    if not request.user.has_perm("events.agree_to_merge_proposal", mine):
        raise Http404
    if request.method == "POST":
        try:
            if "refuse" in request.POST:
                merging.refuse(row, mine, actor=request.user)
                messages.success(request, _("Answered. Both proposals go on as they are."))
            else:
                done = merging.agree(row, mine, actor=request.user).is_done
                messages.success(
                    request,
                    _("Both leads agreed: it is one meeting now.")
                    if done
                    else _("Agreed. Once the other lead agrees too, it is one meeting."),
                )
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        return redirect("events:proposal", mine.pk)
    context = {
        "merger": row,
        "proposal": mine,
        "other": other,
        "event": mine.event,
        "joins": side == row.proposal_id,
        "agreed": row.agreed_at if side == row.proposal_id else row.into_agreed_at,
        "mine_facts": facts(mine),
        "other_facts": facts_for_others(other),
    }
    return render(request, "events/proposals/merger.html", context)
