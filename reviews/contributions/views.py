"""A contribution for its own people: begin, write, check, send, withdraw; for others what is published."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.drafts import Gap
from core.errors import DomainError, TooMany
from core.forms import refusal_on
from core.resumed_posts import keep_unsaved
from core.text import whole
from core.views import refusal_as_error, refusal_as_warning
from reviews.calls.models import Call
from reviews.calls.queries import stakeholders_of
from reviews.contributions import actions
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.forms import CONTRIBUTION, NarrowForm, WriteForm
from reviews.contributions.models import Contribution, Evidence
from reviews.contributions.queries import for_page, is_alone, printed_names
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
from workflow.items.queries import open_requests
from workflow.moves.enums import permission
from workflow.moves.queries import moves_open_to
from workflow.receipts.models import Receipt
from workflow.writing.views import DraftPages, Verb
from workflow.writing.views import confirm as confirm_page


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
    """Choose for which stakeholder to contribute. A POST begins a draft, or leads to the one under way."""
    rows = Call.objects.visible_to(request.user).exclude(status="draft").select_related("language")
    call = get_object_or_404(rows, pk=pk)
    mine = list(stakeholders_of(request.user, call).select_related("country"))
    problem = ""
    if request.method == "POST":
        chosen = next(
            (stakeholder for stakeholder in mine if str(stakeholder.pk) == request.POST.get("stakeholder")),
            None,
        )
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


class ContributionPages(DraftPages):
    """Its form also takes files, asks others to sign, and has a POST of what was sent meanwhile wait."""

    draft = CONTRIBUTION
    name = "contribution"
    folder = "reviews/contributions"
    write_at = "calls:write"
    check_at = "calls:check"
    shows_both = True
    is_sent = gettext_lazy("This contribution has been sent.")

    def own(self, request: HttpRequest, pk: int) -> Contribution:
        return own_contribution(request, pk)

    def closed(self, request: HttpRequest, row: Contribution) -> HttpResponse | None:
        if not row.is_written and request.method == "POST" and keep_unsaved(request, self.key(row.pk)):
            messages.warning(
                request,
                _(
                    "This contribution was submitted meanwhile, so nothing was saved. "
                    "What you typed is stored until you sign out: if you take the "
                    "contribution back, you find it in the form."
                ),
            )
        return super().closed(request, row)

    def write_context(self, request: HttpRequest, row: Contribution) -> dict[str, Any]:
        return {
            "contribution": row,
            "call": row.call,
            "stands": standing(row),
            "alone": is_alone(row.stakeholder),
            "words": sum(answer.words for answer in row.answers.all()),
        }

    def after_saving(self, request: HttpRequest, row: Contribution, form: WriteForm) -> HttpResponse:
        if "remove" in request.POST:
            _remove_evidence(request, row)
            return redirect("calls:write", row.pk)
        answer = super().after_saving(request, row, form)
        return redirect("calls:signatures", row.pk) if "sign" in request.POST else answer

    def check_context(self, request: HttpRequest, row: Contribution, gaps: list[Gap]) -> dict[str, Any]:
        context = self.write_context(request, row)
        answering, stands = row.status == ContributionStatus.RETURNED, context["stands"]
        may_send = (stands.may_answer if answering else stands.is_open) and not gaps
        return context | {"answering": answering, "parts": answered_parts(row), "may_send": may_send}

    def sent_text(self, request: HttpRequest, row: Contribution) -> str:
        if row.status == ContributionStatus.RETURNED:
            return _("Your answers have been submitted. This is the receipt.")
        return _("Your contribution has been submitted. This is the receipt.")

    def receipt_page(self, row: Contribution, receipt: Receipt) -> HttpResponse:
        return redirect("calls:receipt", receipt.reference)


PAGES = ContributionPages()


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


@form_view(public=True, fresh=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    return PAGES.autosave(request, pk)


@form_view(fresh=True)
def check(request: SignedIn, pk: int) -> HttpResponse:
    return PAGES.check(request, own_contribution(request, pk))


# -----------------------------------------------------------------------------------------------------
# One contribution: for its own people how it stands and what they may do; for others what is published.


@page_view(public=True, fresh=True)
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Show its own people how it stands, and everybody else what they may read of it."""
    user: Any = request.user
    contribution: Any = get_object_or_404(
        for_page(Contribution.objects.visible_to(user).named_to(user)), pk=pk
    )
    if belongs(user, contribution):
        return _own_page(request, contribution)
    signing = signature_of(user, contribution)
    if contribution.shows_author and contribution.status != "published" and signing is not None:
        return redirect("calls:sign", signing.pk)
    context = {
        "contribution": contribution,
        "call": contribution.call,
        "parts": answered_parts(contribution),
        "is_public": contribution.status == "published",
        "names": printed_names(contribution, user) if contribution.shows_author else [],
        "signing": signing,
        "screens": user.has_perm("reviews.screen_contributions"),
    }
    return render(request, "reviews/contributions/published.html", context)


def _own_page(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    user: Any = request.user
    labels = {question.field: question.told_text[0] for question in contribution.call.questions.all()}
    labels |= {
        "visibility": _("Who may read it"),
        "language": _("Language of the text"),
        "links": _("Links to evidence"),
        "evidence": _("Files"),
    }
    moves = dict(moves_open_to(user, contribution))
    stands = standing(contribution)
    if not stands.is_open:
        moves.pop("revise", None)
        moves.pop("submit", None)
    context = {
        "contribution": contribution,
        "call": contribution.call,
        "parts": answered_parts(contribution),
        "stands": stands,
        "open_requests": [
            (labels.get(field, field), text) for field, text in open_requests(contribution).items()
        ],
        "moves": moves,
        "writes": may_write(user, contribution),
        "may_discard": contribution.status == "draft"
        and contribution.submitted_at is None
        and may_write(user, contribution),
        "narrower": narrower_than(contribution.visibility)
        if contribution.visibility and "withdraw" in moves
        else [],
        "lines": timeline(contribution, user, as_subject=True),
        "names": printed_names(contribution, user),
    }
    return render(request, "reviews/contributions/own.html", context)


VERBS = {
    "revise": Verb(
        actions.revise,
        done=gettext_lazy("It is a draft again. Send it again before the closing."),
        heading=gettext_lazy("Take it back and correct it"),
        text=gettext_lazy(
            "It is not considered until you have submitted it again, before the closing. "
            "Your receipts stay as they are; submitting again gives a new one."
        ),
        button=gettext_lazy("Take it back"),
    ),
    "withdraw": Verb(
        actions.withdraw,
        done=gettext_lazy("Your contribution is withdrawn."),
        heading=gettext_lazy("Withdraw the contribution"),
        text=gettext_lazy(
            "It is withdrawn and, where it was published, removed from all public pages. "
            "Copies that others have made cannot be recalled. This cannot be undone; "
            "while the call is open you can begin another contribution."
        ),
        button=gettext_lazy("Withdraw the contribution"),
        style="danger",
    ),
}
DISCARD = Verb(
    actions.discard,
    done=gettext_lazy("Your draft is deleted."),
    heading=gettext_lazy("Delete the draft"),
    text=gettext_lazy(
        "All answers, links and files of this draft are deleted, and requests to sign "
        "it end. This cannot be undone."
    ),
    button=gettext_lazy("Delete the draft"),
    style="danger",
)


@form_view(fresh=True)
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    contribution = own_contribution(request, pk, writes=False)
    if not request.user.has_perm(permission(contribution, verb), contribution):
        raise Http404
    if request.method != "POST" and verb not in dict(moves_open_to(request.user, contribution)):
        return redirect(contribution)
    done_at = reverse("calls:write", args=[pk]) if verb == "revise" else ""
    return _confirm(request, contribution, VERBS[verb], done_at=done_at, refusal_as=refusal_as_warning)


@form_view(fresh=True)
def discard(request: SignedIn, pk: int) -> HttpResponse:
    contribution = own_contribution(request, pk)
    is_unsent = contribution.status == ContributionStatus.DRAFT and contribution.submitted_at is None
    if request.method != "POST" and not is_unsent:
        return redirect(contribution)
    return _confirm(request, contribution, DISCARD, done_at="portal:me")


def _confirm(request: HttpRequest, contribution: Contribution, verb: Verb, **more: Any) -> HttpResponse:
    crumbs = "reviews/contributions/_crumbs.html"
    about, language = contribution.call.told_title
    more |= {"crumbs": crumbs, "contribution": contribution, "about": about, "language": language}
    return confirm_page(request, contribution, verb, **more)


@form_view(fresh=True)
def narrow(request: SignedIn, pk: int) -> HttpResponse:
    """The form that lets fewer people read a contribution."""
    contribution = own_contribution(request, pk, writes=False)
    if not request.user.has_perm("reviews.hide_contribution", contribution):
        raise Http404
    offered = narrower_than(contribution.visibility) if contribution.visibility else []
    if contribution.status in ("draft", *ContributionStatus.OVER) or not offered:
        return redirect(contribution)
    form = NarrowForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.narrow(contribution, actor=request.user, visibility=form.cleaned_data["visibility"])
            messages.success(request, _("Saved. From now on fewer people read it."))
            return redirect(contribution)
    return render(request, "reviews/contributions/narrow.html", {"contribution": contribution, "form": form})
