"""Telling the desk what is wrong on a page; the desk's queue of corrections, and the answer to one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import WrongState
from core.limits import spend, visitor_of
from core.text import whole
from reviews.corrections.actions import answer_correction, send_correction
from reviews.corrections.forms import AnswerForm, CorrectionForm
from reviews.corrections.models import Correction
from reviews.corrections.queries import ANSWERED, OPEN, corrections, for_page
from reviews.tracker.models import StepRecord
from reviews.tracker.views import public_review

PER_PAGE = 25


@page_view(permission="reviews.keep_reviews")
def correction_list(request: SignedIn) -> HttpResponse:
    state = ANSWERED if request.GET.get("state") == ANSWERED else OPEN
    page = Paginator(corrections(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    states = [(OPEN, pgettext("corrections", "Waiting")), (ANSWERED, pgettext("corrections", "Answered"))]
    context = {"page": page, "query": {"state": state}, "state": state, "states": states}
    return render(request, "reviews/corrections/desk_list.html", context)


@form_view(permission="reviews.keep_reviews")
def correction_page(request: SignedIn, pk: int) -> HttpResponse:
    """Show a correction; a POST answers it. `?record=` names what was recorded because of it."""
    correction = get_object_or_404(for_page(request.user), pk=pk)
    step_record = _record(request, correction)
    form = AnswerForm(
        request.POST or None,
        wants_answer=correction.wants_answer,
        initial={"outcome": "taken"} if step_record else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            answer_correction(correction, actor=request.user, step_record=step_record, **form.cleaned_data)
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(
                request, _("The outcome is recorded, and sent to the person who asked for an answer.")
            )
        return redirect(correction)
    context: dict[str, Any] = {
        "correction": correction,
        "country": correction.review.country,
        "form": form,
        "step_record": step_record,
        "may_answer": not correction.answered_at
        and request.user.has_perm("reviews.answer_correction", correction),
        "language": get_language_info(correction.language)["name_translated"],
        "lines": timeline(correction, request.user),
    }
    return render(request, "reviews/corrections/desk_page.html", context)


def _record(request: HttpRequest, correction: Correction) -> StepRecord | None:
    pk = whole(request.GET.get("record", ""))
    rows = StepRecord.objects.visible_to(request.user).select_related("step", "cluster")
    return rows.filter(review=correction.review_id, pk=pk).first()


MOST, SECONDS = 6, 3600  # corrections from one address of the network


@form_view(public=True, fresh=True)
def correct(request: HttpRequest, iso3: str) -> HttpResponse:
    """The form by which anybody tells the desk what is wrong or missing."""
    review = public_review(request, iso3)
    user: Any = request.user
    form = CorrectionForm(request.POST or None, signed_in=user.is_authenticated)
    if request.method == "POST" and form.is_valid():
        spend("reviews.correction", visitor_of(request), most=MOST, seconds=SECONDS)
        # A program is told the same as a person, so that it learns nothing.
        if not form.by_a_program:
            cleaned = form.cleaned_data
            send_correction(
                review,
                actor=user,
                text=cleaned["text"],
                source=cleaned["source"],
                address=cleaned.get("address", ""),
                language=get_language() or "en",
            )
        return redirect("reviews:corrected", iso3)
    return render(
        request,
        "reviews/corrections/correct.html",
        {"review": review, "country": review.country, "form": form},
    )


@page_view(public=True, fresh=True)
def correction_sent(request: HttpRequest, iso3: str) -> HttpResponse:
    review = public_review(request, iso3)
    return render(request, "reviews/corrections/sent.html", {"review": review, "country": review.country})
