"""A proposal for its own people: begin, write, check, send; how it stands and what can be done."""

from datetime import UTC
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core import autosaves
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame, renew_version, wants_rows
from core.resumed_posts import forget_unsaved, to_sign_in, typed_before
from core.time_display import saved_message
from core.views import refusal_as_warning
from events.events.models import Event
from events.proposals import actions
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.forms import NoteForm, WriteForm
from events.proposals.models import Proposal
from events.proposals.queries import (
    diversity,
    facts,
    facts_for_others,
    for_page,
    gaps,
    may_edit_late,
    may_give_link,
    open_mergers,
    speaks_for,
    standing,
    under_way,
)
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import labelled_requests, open_requests
from workflow.moves.enums import permission
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt


def own_proposal(request: HttpRequest, pk: int, *, writes: bool = True) -> Proposal:
    """One that the person's stakeholders lead; any other answers as a missing one."""
    user: Any = request.user
    proposal = get_object_or_404(for_page(Proposal.objects.visible_to(user).of_people(user)), pk=pk)
    if writes and not user.has_perm("events.change_proposal", proposal):
        raise Http404
    return proposal


def may_write(proposal: Proposal) -> bool:
    return proposal.is_written or may_edit_late(proposal) or may_give_link(proposal)


@form_view(fresh=True)
def propose(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """For whom one proposes. A POST begins a draft, or leads to the one that is under way."""
    rows = Event.objects.visible_to(request.user).shown().select_related("round", "language")
    event = get_object_or_404(rows, pk=pk, round__isnull=False)
    mine = list(written_for_by(request.user).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("lead")), None)
        if chosen is None:
            problem = _("Choose for which stakeholder you propose.")
        else:
            try:
                proposal = actions.begin(event, chosen, actor=request.user)
            except TooMany:
                raise
            except DomainError as refusal:
                problem = str(refusal)
            else:
                return redirect("events:write_proposal", proposal.pk)
    rules = event.round
    choices = []
    for one in mine:
        there = under_way(event, one.pk).order_by("pk").first()
        choices.append((one, there, rules.is_open_for(f"stakeholder:{one.pk}")))
    context = {
        "event": event,
        "rules": rules,
        "themes": [topic.name for topic in rules.themes.in_order()],
        "choices": choices,
        "may_begin": any(
            is_open and (there is None or not rules.one_lead_each) for _, there, is_open in choices
        ),
        "problem": problem,
    }
    return render(request, "events/proposals/propose.html", context)


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form. "Save" saves with blanks; "Check and send" also says what is missing."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _unsaved_name(pk))
    proposal = own_proposal(request, pk)
    if not may_write(proposal):
        if request.method == "POST":
            messages.warning(request, _("This proposal has been sent. It cannot be written any more."))
        return redirect(proposal)
    asked = open_requests(proposal) if proposal.status == "incomplete" else None
    if not proposal.is_written and not may_edit_late(proposal):
        asked = {"link": ""}
    if request.method != "POST":
        return _write_page(request, proposal, _form_to_begin(request, proposal, asked))
    form = WriteForm(request.POST, proposal=proposal, asked=asked)
    if wants_rows(request.POST) or not form.is_valid() or not _saved(request, form):
        return _write_page(request, proposal, form)
    forget_unsaved(request, _unsaved_name(pk))
    return _after_saving(request, proposal, form)


def _after_saving(request: HttpRequest, proposal: Proposal, form: WriteForm) -> HttpResponse:
    if not proposal.is_written:
        messages.success(request, _("Saved. The desk sees that it was changed after the closing."))
        return redirect(proposal)
    if "check" in request.POST:
        return _checked(request, own_proposal(request, proposal.pk), form)
    messages.success(request, saved_message(getattr(request.user, "time_zone", "")))
    return redirect("events:write_proposal", proposal.pk)


def _unsaved_name(pk: int) -> str:
    return f"proposal:{pk}"


def _checked(request: HttpRequest, kept: Proposal, form: WriteForm) -> HttpResponse:
    """On to the last page, or what still stands in the way, at its field. All of it is saved already."""
    found = gaps(kept)
    if not found:
        return redirect("events:check_proposal", kept.pk)
    form.proposal = kept
    renew_version(form, kept.version)
    for gap in found:
        form.add_error(gap.field if gap.field in form.fields else None, str(gap.text))
    return _write_page(request, kept, form)


def _form_to_begin(request: HttpRequest, proposal: Proposal, asked: Any) -> WriteForm:
    """As it was saved last or, after a session that ended, as it was sent then."""
    typed = typed_before(request, _unsaved_name(proposal.pk))
    if typed is None:
        return WriteForm(proposal=proposal, asked=asked)
    form = WriteForm(typed, proposal=proposal, asked=asked)
    if str(typed.get("version", "")) != str(proposal.version):
        form.take_note_of(proposal)
    return form


def _saved(request: HttpRequest, form: WriteForm) -> bool:
    """Whether it was kept; where not, the form says why and keeps what was typed."""
    try:
        actions.save(
            form.proposal,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            values=form.values(),
            speakers=form.speaker_rows(),
        )
    except TooMany:
        raise
    except WrongState as late:
        form.add_error(None, str(late))
        form.take_note_of(own_proposal(request, form.proposal.pk))
        return False
    except DomainError as refusal:
        blame(form, refusal)
        return False
    return True


def _write_page(request: HttpRequest, proposal: Proposal, form: WriteForm) -> HttpResponse:
    context = {
        "proposal": proposal,
        "event": proposal.event,
        "rules": proposal.rules,
        "form": form,
        "stands": standing(proposal),
        "hint": diversity(proposal),
        "late": not proposal.is_written,
    }
    return render(request, "events/proposals/write.html", context)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Late changes are logged one by one, so those are saved by hand alone."""
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    proposal = own_proposal(request, pk)
    if not proposal.is_written:
        return autosaves.refusal_answer(_("This proposal has been sent."))
    asked = open_requests(proposal) if proposal.status == "incomplete" else None
    form = WriteForm(request.POST, proposal=proposal, asked=asked)

    def save() -> Proposal:
        return actions.save(
            proposal,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            values=form.values(),
            speakers=form.speaker_rows(),
        )

    return autosaves.autosave(request, _unsaved_name(pk), form, save)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Everything as it will be read, what is still missing, and the button that sends it."""
    proposal = own_proposal(request, pk)
    if not proposal.is_written:
        return _sent_before(proposal) if request.method == "POST" else redirect(proposal)
    completing = proposal.status == "incomplete"
    if request.method == "POST":
        send = actions.complete if completing else actions.submit
        try:
            _kept, receipt = send(proposal, actor=request.user)
        except TooMany:
            raise
        except DomainError as refusal:
            proposal.refresh_from_db()
            if not proposal.is_written:
                return _sent_before(proposal)
            messages.error(request, str(refusal))
            return redirect("events:check_proposal", pk)
        messages.success(
            request,
            _("Your additions have been submitted. This is the receipt.")
            if completing
            else _("Your proposal has been submitted. This is the receipt."),
        )
        return redirect("events:proposal_receipt", pk, receipt.reference)
    found, stands = gaps(proposal), standing(proposal)
    in_time = stands.may_complete if completing else stands.is_open
    context = {
        "proposal": proposal,
        "event": proposal.event,
        "facts": facts(proposal),
        "gaps": found,
        "stands": stands,
        "completing": completing,
        "may_send": in_time and not found,
        "authorizes": speaks_for(request.user, proposal.lead_id),
    }
    return render(request, "events/proposals/check.html", context)


def _sent_before(proposal: Proposal) -> HttpResponse:
    """The second of two clicks, or of two windows, leads where the first did: to the receipt."""
    receipt = Receipt.objects.about(proposal).first()
    if receipt is None:
        return redirect(proposal)
    return redirect("events:proposal_receipt", proposal.pk, receipt.reference)


# -----------------------------------------------------------------------------------------------------
# One proposal for its own people: how it stands, who organizes it, who speaks, and what can be done.

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


@page_view(fresh=True)
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


@page_view(fresh=True)
def receipt(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    one = own_proposal(request, pk, writes=False)
    found = get_object_or_404(Receipt.objects.about(one), reference=reference.upper())
    context = {
        "receipt": found,
        "proposal": one,
        "event": one.event,
        "utc": f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
    }
    return render(request, "events/proposals/receipt.html", context)


@page_view(fresh=True)
def receipt_text(request: SignedIn, pk: int, reference: str) -> HttpResponse:
    """The text byte by byte: the SHA-256 of this file is the digest on the receipt."""
    one = own_proposal(request, pk, writes=False)
    found = get_object_or_404(Receipt.objects.about(one), reference=reference.upper())
    response = HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.txt"'
    response["X-Robots-Tag"] = "noindex"
    return response


@act_view()
def authorize(request: SignedIn, pk: int) -> HttpResponse:
    one = own_proposal(request, pk, writes=False)
    if not request.user.has_perm("events.authorize_proposal", one):
        raise Http404
    with refusal_as_warning(request):
        actions.authorize(one, actor=request.user)
        messages.success(request, _("Authorized. The proposal counts now."))
    return redirect(one)


@form_view(fresh=True)
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Take back, withdraw, cancel or delete: a page with what follows from it, and a button."""
    one = own_proposal(request, pk, writes=False)
    user = request.user
    if verb == "discard":
        open_now = one.status == "draft" and one.submitted_at is None
        may = user.has_perm("events.change_proposal", one)
    else:
        open_now = one.status in one.MOVES[verb].sources
        may = user.has_perm(permission(one, verb), one)
    if not may:
        raise Http404
    if not open_now:
        messages.warning(request, _("This is not possible with the present status of the proposal."))
        return redirect(one)
    form = NoteForm(request.POST or None) if verb == "cancel" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusal_as_warning(request):
            if verb == "cancel":
                actions.cancel(one, actor=user, note=form.cleaned_data["note"])  # type: ignore[union-attr]
            else:
                _DO[verb](one, actor=user)
            messages.success(request, _done_text(verb))
            if verb == "discard":
                return redirect("portal:me")
            return redirect("events:write_proposal", pk) if verb == "revise" else redirect(one)
        return redirect(one)
    context = {"proposal": one, "event": one.event, "verb": verb, "form": form}
    return render(request, "events/proposals/confirm.html", context)


_DO: dict[str, Any] = {"revise": actions.revise, "withdraw": actions.withdraw, "discard": actions.discard}


def _done_text(verb: str) -> str:
    return {
        "revise": _("You have it back. Correct it and send it again before the closing."),
        "withdraw": _("The proposal is withdrawn."),
        "discard": _("The draft is deleted."),
        "cancel": _("The meeting is cancelled. Its people get an e-mail."),
    }[verb]
