"""A contribution for its own people: begin, write, check, send, withdraw; for others what is published."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core import autosaves
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame, refusal_on, renew_version
from core.resumed_posts import forget_unsaved, keep_unsaved, to_sign_in, typed_before
from core.text import whole
from core.time_display import saved_message
from core.views import refusal_as_error, refusal_as_warning
from reviews.calls.models import Call
from reviews.calls.queries import stakeholders_of
from reviews.contributions import actions
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.forms import NarrowForm, WriteForm
from reviews.contributions.models import Contribution, Evidence
from reviews.contributions.queries import for_page, gaps, is_alone, printed_names
from reviews.contributions.queries_pages import (
    acts_for_others,
    answered_parts,
    belongs,
    choices_for,
    may_write,
    narrower_than,
    signature_of,
    standing,
)
from stakeholders.entries.forms_rows import wants_rows
from workflow.items.queries import open_requests
from workflow.moves.enums import permission
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt


def own_contribution(request: HttpRequest, pk: int, *, writes: bool = True) -> Contribution:
    """One of the person's stakeholders', which they may write; any other answers as a missing one."""
    user: Any = request.user
    mine = for_page(Contribution.objects.visible_to(user).of_people(user))
    contribution = get_object_or_404(mine, pk=pk)
    if writes and not may_write(user, contribution):
        raise Http404
    return contribution


@form_view(fresh=True)
def contribute(request: SignedIn, pk: int) -> HttpResponse:
    """For whom one contributes. A POST begins a draft, or leads to the one that is under way."""
    rows = Call.objects.visible_to(request.user).exclude(status="draft").select_related("language")
    call = get_object_or_404(rows, pk=pk)
    mine = list(stakeholders_of(request.user, call).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("stakeholder")), None)
        if chosen is None:
            problem = _("Choose for which stakeholder you contribute.")
        else:
            try:
                contribution = actions.begin(call, chosen, actor=request.user)
            except TooMany:
                raise
            except DomainError as refusal:
                problem = str(refusal)
            else:
                return redirect(
                    "calls:write" if contribution.is_written else "calls:contribution", contribution.pk
                )
    context = {
        "call": call,
        "choices": choices_for(call, mine),
        "problem": problem,
        "belongs": bool(mine) or acts_for_others(request.user),
        "questions": call.questions.count(),
    }
    return render(request, "reviews/contributions/contribute.html", context)


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of the call. "Save draft" saves with blanks; "Check" also says what is missing."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _unsaved_name(pk))
    contribution = own_contribution(request, pk)
    if not contribution.is_written:
        if request.method == "POST" and keep_unsaved(request, _unsaved_name(pk)):
            messages.warning(
                request,
                _(
                    "This contribution was submitted meanwhile, so nothing was saved. "
                    "What you typed is stored until you sign out: if you take the "
                    "contribution back, you find it in the form."
                ),
            )
        return redirect(contribution)
    asked = open_requests(contribution) if contribution.status == "returned" else None
    if request.method != "POST":
        return _shown(request, contribution, _form_to_begin(request, contribution, asked))
    form = WriteForm(request.POST, request.FILES, contribution=contribution, asked=asked)
    if wants_rows(request.POST) or not form.is_valid() or not _saved(request, form):
        return _shown(request, contribution, form)
    forget_unsaved(request, _unsaved_name(pk))
    if "check" in request.POST:
        return _checked(request, own_contribution(request, pk), form)
    if "remove" in request.POST:
        _remove_evidence(request, contribution)
    else:
        messages.success(request, saved_message(getattr(request.user, "time_zone", "")))
    return redirect("calls:signatures" if "sign" in request.POST else "calls:write", pk)


def _unsaved_name(pk: int) -> str:
    return f"contribution:{pk}"


def _checked(request: HttpRequest, kept: Contribution, form: WriteForm) -> HttpResponse:
    """On to the last page, or what still stands in the way, at its field. All of it is saved already."""
    found = gaps(kept)
    if not found:
        return redirect("calls:check", kept.pk)
    form.contribution = kept
    renew_version(form, kept.version)
    for gap in found:
        form.add_error(gap.field if gap.field in form.fields else None, str(gap.text))
    return _shown(request, kept, form)


def _remove_evidence(request: HttpRequest, contribution: Contribution) -> None:
    """Take out the file whose button was pressed."""
    rows = Evidence.objects.visible_to(request.user).filter(contribution=contribution)
    stored = rows.filter(pk=whole(request.POST["remove"])).first()
    if stored is None:
        messages.warning(request, _("This file is not there any more."))
        return
    with refusal_as_error(request):
        actions.remove_evidence(stored, actor=cast("User", request.user))
        messages.success(request, _("The file is removed."))


def _form_to_begin(request: HttpRequest, contribution: Contribution, asked: Any) -> WriteForm:
    """As it was saved last or, after a session that ended, as it was sent then."""
    typed = typed_before(request, _unsaved_name(contribution.pk))
    if typed is None:
        return WriteForm(contribution=contribution, asked=asked)
    form = WriteForm(typed, contribution=contribution, asked=asked)
    if str(typed.get("version", "")) != str(contribution.version):
        form.take_note_of(contribution)
    return form


def _saved(request: HttpRequest, form: WriteForm) -> bool:
    """Whether it was kept; where not, the form says why and keeps what was typed."""
    try:
        actions.save_answers(
            form.contribution,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            answers=form.answers(),
            **form.values(),
        )
    except TooMany:
        raise
    except WrongState as late:
        form.add_error(None, str(late))
        form.take_note_of(own_contribution(request, form.contribution.pk))
        return False
    except DomainError as refusal:
        blame(form, refusal)
        return False
    return True


def _shown(request: HttpRequest, contribution: Contribution, form: WriteForm) -> HttpResponse:
    context = {
        "contribution": contribution,
        "call": contribution.call,
        "form": form,
        "stands": standing(contribution),
        "alone": is_alone(contribution.stakeholder),
        "words": sum(answer.words for answer in contribution.answers.all()),
    }
    return render(request, "reviews/contributions/write.html", context)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    contribution = own_contribution(request, pk)
    if not contribution.is_written:
        return autosaves.refusal_answer(_("This contribution has been sent."))
    asked = open_requests(contribution) if contribution.status == "returned" else None
    form = WriteForm(request.POST, contribution=contribution, asked=asked)

    def save() -> Contribution:
        return actions.save_answers(
            contribution,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            answers=form.answers(),
            **form.values(),
        )

    return autosaves.autosave(request, _unsaved_name(pk), form, save)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Everything as it will be read, what is still missing, and the button that sends it."""
    contribution = own_contribution(request, pk)
    if not contribution.is_written:
        return _sent_before(contribution) if request.method == "POST" else redirect(contribution)
    answering = contribution.status == "returned"
    if request.method == "POST":
        send = actions.answer if answering else actions.submit
        try:
            _kept, receipt = send(contribution, actor=request.user)
        except TooMany:
            raise
        except DomainError as refusal:
            contribution.refresh_from_db()
            if not contribution.is_written:
                return _sent_before(contribution)
            messages.error(request, str(refusal))
            return redirect("calls:check", pk)
        messages.success(
            request,
            _("Your answers have been submitted. This is the receipt.")
            if answering
            else _("Your contribution has been submitted. This is the receipt."),
        )
        return redirect("calls:receipt", receipt.reference)
    found, stands = gaps(contribution), standing(contribution)
    in_time = stands.may_answer if answering else stands.is_open
    context = {
        "contribution": contribution,
        "call": contribution.call,
        "answering": answering,
        "parts": answered_parts(contribution),
        "gaps": found,
        "may_send": in_time and not found,
        "stands": stands,
        "alone": is_alone(contribution.stakeholder),
        "words": sum(answer.words for answer in contribution.answers.all()),
    }
    return render(request, "reviews/contributions/check.html", context)


def _sent_before(contribution: Contribution) -> HttpResponse:
    """The second of two clicks, or of two windows, leads where the first did: to the receipt."""
    receipt = Receipt.objects.about(contribution).first()
    return redirect("calls:receipt", receipt.reference) if receipt else redirect(contribution)


# -----------------------------------------------------------------------------------------------------
# One contribution: for its own people how it stands and what they may do; for others what is published.


@page_view(public=True, fresh=True)
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Its own people see how it stands; everybody else what their reader's eye may see, or nothing."""
    user: Any = request.user
    one: Any = get_object_or_404(for_page(Contribution.objects.visible_to(user).named_to(user)), pk=pk)
    if belongs(user, one):
        return _own_page(request, one)
    signing = signature_of(user, one)
    if one.shows_author and one.status != "published" and signing is not None:
        return redirect("calls:sign", signing.pk)
    context = {
        "contribution": one,
        "call": one.call,
        "parts": answered_parts(one),
        "is_public": one.status == "published",
        "names": printed_names(one, user) if one.shows_author else [],
        "signing": signing,
        "screens": user.has_perm("reviews.screen_contributions"),
    }
    return render(request, "reviews/contributions/published.html", context)


def _own_page(request: HttpRequest, one: Contribution) -> HttpResponse:
    user: Any = request.user
    labels = {question.field: question.told_text[0] for question in one.call.questions.all()}
    labels |= {
        "visibility": _("Who may read it"),
        "language": _("Language of the text"),
        "links": _("Links to evidence"),
        "evidence": _("Files"),
    }
    moves = dict(moves_open_to(user, one))
    stands = standing(one)
    if not stands.is_open:
        moves.pop("revise", None)
        moves.pop("submit", None)
    context = {
        "contribution": one,
        "call": one.call,
        "parts": answered_parts(one),
        "stands": stands,
        "asked": [(labels.get(field, field), text) for field, text in open_requests(one).items()],
        "moves": moves,
        "writes": may_write(user, one),
        "may_discard": one.status == "draft" and one.submitted_at is None and may_write(user, one),
        "narrower": narrower_than(one.visibility) if one.visibility and "withdraw" in moves else [],
        "lines": timeline(one, user, as_subject=True),
        "names": printed_names(one, user),
    }
    return render(request, "reviews/contributions/own.html", context)


class Verb(NamedTuple):
    """A page that asks once more before something is done. `move`: what must be open to the person."""

    move: str
    act: Callable[..., Any]
    heading: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    style: str = "primary"


VERBS = {
    "revise": Verb(
        "revise",
        actions.revise,
        gettext_lazy("Take it back and correct it"),
        gettext_lazy(
            "It is not considered until you have submitted it again, before the closing. "
            "Your receipts stay as they are; submitting again gives a new one."
        ),
        gettext_lazy("Take it back"),
        gettext_lazy("It is a draft again. Send it again before the closing."),
    ),
    "withdraw": Verb(
        "withdraw",
        actions.withdraw,
        gettext_lazy("Withdraw the contribution"),
        gettext_lazy(
            "It is withdrawn and, where it was published, removed from all public pages. "
            "Copies that others have made cannot be recalled. This cannot be undone; "
            "while the call is open you can begin another contribution."
        ),
        gettext_lazy("Withdraw the contribution"),
        gettext_lazy("Your contribution is withdrawn."),
        "danger",
    ),
}


@form_view(fresh=True)
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Ask once more, then do it."""
    one = own_contribution(request, pk, writes=False)
    step = VERBS[verb]
    if not request.user.has_perm(permission(one, verb), one):
        raise Http404
    if request.method == "POST":
        with refusal_as_warning(request):
            step.act(one, actor=request.user)
            messages.success(request, str(step.done))
            return redirect("calls:write", pk) if verb == "revise" else redirect(one)
        return redirect(one)
    if step.move not in dict(moves_open_to(request.user, one)):
        return redirect(one)
    return render(request, "reviews/contributions/confirm.html", {"contribution": one, "verb": step})


@form_view(fresh=True)
def discard(request: SignedIn, pk: int) -> HttpResponse:
    one = own_contribution(request, pk)
    if request.method == "POST":
        with refusal_as_error(request):
            actions.discard(one, actor=request.user)
            messages.success(request, _("Your draft is deleted."))
            return redirect("portal:me")
        return redirect(one)
    if one.status != "draft" or one.submitted_at is not None:
        return redirect(one)
    step = Verb(
        "discard",
        actions.discard,
        _("Delete the draft"),
        _(
            "All answers, links and files of this draft are deleted, and requests to sign "
            "it end. This cannot be undone."
        ),
        _("Delete the draft"),
        "",
        "danger",
    )
    return render(request, "reviews/contributions/confirm.html", {"contribution": one, "verb": step})


@form_view(fresh=True)
def narrow(request: SignedIn, pk: int) -> HttpResponse:
    """Let fewer people read it."""
    one = own_contribution(request, pk, writes=False)
    if not request.user.has_perm("reviews.hide_contribution", one):
        raise Http404
    offered = narrower_than(one.visibility) if one.visibility else []
    if one.status in ("draft", *ContributionStatus.OVER) or not offered:
        return redirect(one)
    form = NarrowForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.narrow(one, actor=request.user, visibility=form.cleaned_data["visibility"])
            messages.success(request, _("Saved. From now on fewer people read it."))
            return redirect(one)
    return render(request, "reviews/contributions/narrow.html", {"contribution": one, "form": form})
