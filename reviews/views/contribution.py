"""One contribution: for its own people how it stands and what they may do; for others what is published."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError
from core.forms import blame
from reviews.actions import contributions as act
from reviews.enums.contributions import ContributionStatus
from reviews.forms.contributing import NarrowForm
from reviews.models import Contribution
from reviews.queries.contributing import (
    answered_parts,
    belongs,
    may_write,
    narrower_than,
    signature_of,
    standing,
)
from reviews.queries.contributions import for_page, printed_names
from reviews.views.contributing import own
from workflow.items.queries import open_requests
from workflow.moves.queries import moves_open_to


@never_cache
@require_safe
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
        "names": printed_names(one) if one.shows_author else [],
        "signing": signing,
        "screens": user.has_perm("reviews.screen_contributions"),
    }
    return render(request, "reviews/contributing/published.html", context)


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
        "names": printed_names(one),
    }
    return render(request, "reviews/contributing/own.html", context)


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
        act.revise,
        gettext_lazy("Take it back and correct it"),
        gettext_lazy(
            "The desk does not look at it until you have sent it again, which has to be before the closing. "
            "The receipts you have stay as they are; sending it again gives a new one."
        ),
        gettext_lazy("Take it back"),
        gettext_lazy("It is a draft again. Send it again before the closing."),
    ),
    "withdraw": Verb(
        "withdraw",
        act.withdraw,
        gettext_lazy("Withdraw the contribution"),
        gettext_lazy(
            "It is taken from the desk and, where it was published, from all public pages. What others "
            "have copied before cannot be called back. This cannot be undone; while the call is open you can "
            "begin another contribution."
        ),
        gettext_lazy("Withdraw the contribution"),
        gettext_lazy("Your contribution is withdrawn."),
        "danger",
    ),
}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Ask once more, then do it."""
    one = own(request, pk, writes=False)
    step = VERBS[verb]
    if not request.user.has_perm(f"reviews.{verb}_contribution", one):
        raise Http404
    if request.method == "POST":
        try:
            step.act(one, actor=request.user)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect(one)
        messages.success(request, str(step.done))
        return redirect("calls:write", pk) if verb == "revise" else redirect(one)
    if step.move not in dict(moves_open_to(request.user, one)):
        return redirect(one)
    return render(request, "reviews/contributing/confirm.html", {"contribution": one, "verb": step})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedIn, pk: int) -> HttpResponse:
    one = own(request, pk)
    if request.method == "POST":
        try:
            act.discard(one, actor=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(one)
        messages.success(request, _("Your draft is deleted."))
        return redirect("portal:me")
    if one.status != "draft" or one.submitted_at is not None:
        return redirect(one)
    step = Verb(
        "discard",
        act.discard,
        _("Delete the draft"),
        _(
            "All answers, links and files of this draft are deleted, and nobody need sign it any more. This "
            "cannot be undone."
        ),
        _("Delete the draft"),
        "",
        "danger",
    )
    return render(request, "reviews/contributing/confirm.html", {"contribution": one, "verb": step})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def narrow(request: SignedIn, pk: int) -> HttpResponse:
    """Let fewer people read it."""
    one = own(request, pk, writes=False)
    if not request.user.has_perm("reviews.hide_contribution", one):
        raise Http404
    offered = narrower_than(one.visibility) if one.visibility else []
    if one.status in ("draft", *ContributionStatus.OVER) or not offered:
        return redirect(one)
    form = NarrowForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            act.narrow(one, actor=request.user, visibility=form.cleaned_data["visibility"])
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved. From now on fewer people read it."))
            return redirect(one)
    return render(request, "reviews/contributing/narrow.html", {"contribution": one, "form": form})
