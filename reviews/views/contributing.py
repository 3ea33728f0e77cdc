"""A contributor's way: begin, write with or without script, check, send."""

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
from core.resumed_posts import forget_unsaved, keep_unsaved, to_sign_in, typed_before
from core.text import whole
from core.time_display import saved_message
from reviews.actions import contributions as act
from reviews.forms.contributing import WriteForm
from reviews.models import Call, Contribution, Evidence
from reviews.queries.contributing import acts_for_others, answered_parts, choices_for, may_write, standing
from reviews.queries.contributions import for_page, gaps, is_alone, stakeholders_of
from stakeholders.entries.forms_rows import wants_rows
from workflow.items.queries import open_requests
from workflow.receipts.models import Receipt


def own(request: HttpRequest, pk: int, *, writes: bool = True) -> Contribution:
    """One of the person's stakeholders', which they may write; any other answers as a missing one."""
    user: Any = request.user
    mine = for_page(Contribution.objects.visible_to(user).of_people(user))
    contribution = get_object_or_404(mine, pk=pk)
    if writes and not may_write(user, contribution):
        raise Http404
    return contribution


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: SignedIn, pk: int) -> HttpResponse:
    """For whom one contributes. A POST begins a draft, or leads to the one that is under way."""
    rows = Call.objects.visible_to(request.user).exclude(status="draft").select_related("language")
    call = get_object_or_404(rows, pk=pk)
    mine = list(stakeholders_of(request.user, call).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("stakeholder")), None)
        if chosen is None:
            problem = _("Choose for whom you contribute.")
        else:
            try:
                contribution = act.begin(call, chosen, actor=request.user)
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
    return render(request, "reviews/contributing/contribute.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of the call. "Save draft" saves with blanks; "Check" also says what is missing."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _unsaved_name(pk))
    contribution = own(request, pk)
    if not contribution.is_written:
        if request.method == "POST" and keep_unsaved(request, _unsaved_name(pk)):
            messages.warning(
                request,
                _(
                    "This contribution has been sent meanwhile, so nothing was saved. What you typed is kept "
                    "until you sign out: if you take the contribution back, you find it in the form."
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
        return _checked(request, own(request, pk), form)
    if "remove" in request.POST:
        _remove_evidence(request, contribution)
    else:
        messages.success(request, saved_message(getattr(request.user, "time_zone", "")))
    return redirect("calls:write", pk)


def _unsaved_name(pk: int) -> str:
    return f"contribution:{pk}"


def _checked(request: HttpRequest, kept: Contribution, form: WriteForm) -> HttpResponse:
    """On to the last page, or what still stands in the way, at its field. All of it is saved already."""
    found = gaps(kept)
    if not found:
        return redirect("calls:check", kept.pk)
    form.contribution = kept
    form.go_on_from(kept.version)
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
    try:
        act.remove_evidence(stored, actor=cast("User", request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
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
        act.save_answers(
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
        form.take_note_of(own(request, form.contribution.pk))
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
    return render(request, "reviews/contributing/write.html", context)


@never_cache
@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    if not request.user.is_authenticated:
        return autosaves.signed_out()
    contribution = own(request, pk)
    if not contribution.is_written:
        return autosaves.refusal_answer(_("This contribution has been sent."))
    asked = open_requests(contribution) if contribution.status == "returned" else None
    form = WriteForm(request.POST, contribution=contribution, asked=asked)

    def save() -> Contribution:
        return act.save_answers(
            contribution,
            actor=cast("User", request.user),
            version=form.cleaned_data["version"],
            answers=form.answers(),
            **form.values(),
        )

    return autosaves.autosave(request, _unsaved_name(pk), form, save)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Everything as it will be read, what is still missing, and the button that sends it."""
    contribution = own(request, pk)
    if not contribution.is_written:
        return _sent_before(contribution) if request.method == "POST" else redirect(contribution)
    answering = contribution.status == "returned"
    if request.method == "POST":
        send = act.answer if answering else act.submit
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
            _("Your answers are with the desk. This is the receipt.")
            if answering
            else _("Your contribution is with the desk. This is the receipt."),
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
    return render(request, "reviews/contributing/check.html", context)


def _sent_before(contribution: Contribution) -> HttpResponse:
    """The second of two clicks, or of two windows, leads where the first did: to the receipt."""
    receipt = Receipt.objects.about(contribution).first()
    return redirect("calls:receipt", receipt.reference) if receipt else redirect(contribution)
