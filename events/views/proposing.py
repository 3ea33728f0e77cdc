"""An organizer's way: begin, write with or without script, check, send."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.models import User
from accounts.people.requests import SignedIn
from core import autosaves
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame
from core.resumed_posts import forget_unsaved, to_sign_in, typed_before
from core.time_display import saved_message
from events.actions import proposals as act
from events.forms.proposing import WriteForm
from events.models import Event, Proposal
from events.queries.proposals import (
    diversity,
    facts,
    for_page,
    gaps,
    may_edit_late,
    may_give_link,
    speaks_for,
    standing,
    under_way,
)
from stakeholders.entries.forms_rows import wants_rows
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import open_requests
from workflow.receipts.models import Receipt


def own(request: HttpRequest, pk: int, *, writes: bool = True) -> Proposal:
    """One that the person's stakeholders lead; any other answers as a missing one."""
    user: Any = request.user
    proposal = get_object_or_404(for_page(Proposal.objects.visible_to(user).of_people(user)), pk=pk)
    if writes and not user.has_perm("events.change_proposal", proposal):
        raise Http404
    return proposal


def may_write(proposal: Proposal) -> bool:
    return proposal.is_written or may_edit_late(proposal) or may_give_link(proposal)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """For whom one proposes. A POST begins a draft, or leads to the one that is under way."""
    rows = Event.objects.visible_to(request.user).shown().select_related("round", "language")
    event = get_object_or_404(rows, pk=pk, round__isnull=False)
    mine = list(written_for_by(request.user).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("lead")), None)
        if chosen is None:
            problem = _("Choose for whom you propose.")
        else:
            try:
                proposal = act.begin(event, chosen, actor=request.user)
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form. "Save" saves with blanks; "Check and send" also says what is missing."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _unsaved_name(pk))
    proposal = own(request, pk)
    if not may_write(proposal):
        if request.method == "POST":
            messages.warning(request, _("This proposal has been sent. It cannot be written any more."))
        return redirect(proposal)
    asked = open_requests(proposal) if proposal.status == "incomplete" else None
    if not proposal.is_written and not may_edit_late(proposal):
        asked = {"link": ""}
    if request.method != "POST":
        return _shown(request, proposal, _form_to_begin(request, proposal, asked))
    form = WriteForm(request.POST, proposal=proposal, asked=asked)
    if wants_rows(request.POST) or not form.is_valid() or not _saved(request, form):
        return _shown(request, proposal, form)
    forget_unsaved(request, _unsaved_name(pk))
    return _after_saving(request, proposal, form)


def _after_saving(request: HttpRequest, proposal: Proposal, form: WriteForm) -> HttpResponse:
    if not proposal.is_written:
        messages.success(request, _("Saved. The desk sees that it was changed after the closing."))
        return redirect(proposal)
    if "check" in request.POST:
        return _checked(request, own(request, proposal.pk), form)
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
    form.go_on_from(kept.version)
    for gap in found:
        form.add_error(gap.field if gap.field in form.fields else None, str(gap.text))
    return _shown(request, kept, form)


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
        act.save(
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
        form.take_note_of(own(request, form.proposal.pk))
        return False
    except DomainError as refusal:
        blame(form, refusal)
        return False
    return True


def _shown(request: HttpRequest, proposal: Proposal, form: WriteForm) -> HttpResponse:
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


@never_cache
@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Late changes are logged one by one, so those are saved by hand alone."""
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    proposal = own(request, pk)
    if not proposal.is_written:
        return autosaves.refusal_answer(_("This proposal has been sent."))
    asked = open_requests(proposal) if proposal.status == "incomplete" else None
    form = WriteForm(request.POST, proposal=proposal, asked=asked)

    def save() -> Proposal:
        return act.save(
            proposal,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            values=form.values(),
            speakers=form.speaker_rows(),
        )

    return autosaves.autosave(request, _unsaved_name(pk), form, save)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Everything as it will be read, what is still missing, and the button that sends it."""
    proposal = own(request, pk)
    if not proposal.is_written:
        return _sent_before(proposal) if request.method == "POST" else redirect(proposal)
    completing = proposal.status == "incomplete"
    if request.method == "POST":
        send = act.complete if completing else act.submit
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
            _("What was asked for is with the desk. This is the receipt.")
            if completing
            else _("Your proposal is with the desk. This is the receipt."),
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
