"""The review of one country: what is known, deadlines and changes as files, telling the desk better."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.limits import spend, visitor_of
from reviews.actions.corrections import send_correction
from reviews.feeds import deadlines_ics
from reviews.forms.corrections import CorrectionForm
from reviews.models import CountryReview
from reviews.queries.country import page_of, review_of
from reviews.queries.mechanism import deadlines
from reviews.views.tracker import atom
from taxonomy.hooks import panels_of

MOST, SECONDS = 6, 3600  # corrections from one address of the network


def _review(request: HttpRequest, iso3: str) -> CountryReview:
    review = review_of(request.user, iso3)
    if review is None:
        raise Http404
    return review


@require_safe
def country_review(request: HttpRequest, iso3: str) -> HttpResponse:
    review = _review(request, iso3)
    context = {
        "page": page_of(request.user, review),
        "review": review,
        "country": review.country,
        "panels": panels_of("review", request.user, review.country),
        "may_record": request.user.has_perm("reviews.record_step"),
    }
    return render(request, "reviews/review.html", context)


@require_safe
def deadlines_file(request: HttpRequest, iso3: str) -> HttpResponse:
    """The deadlines of the rule, as a calendar to take along."""
    review = _review(request, iso3)
    url = settings.SITE_URL + reverse("reviews:review", args=[iso3])
    text = deadlines_ics(review, deadlines(review), url)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="review-{iso3}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def feed(request: HttpRequest, iso3: str) -> HttpResponse:
    review = _review(request, iso3)
    title = _("Country review of %(country)s") % {"country": review.country.name}
    return atom(request, iso3, title, reverse("reviews:review", args=[iso3]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, iso3: str) -> HttpResponse:
    """The form by which anybody tells the desk what is wrong or missing."""
    review = _review(request, iso3)
    user: Any = request.user
    form = CorrectionForm(request.POST or None, signed_in=user.is_authenticated)
    if request.method == "POST" and form.is_valid():
        spend("reviews.correction", visitor_of(request), most=MOST, seconds=SECONDS)
        # A program is told the same as a person, so that it learns nothing.
        if not form.by_a_program:
            said = form.cleaned_data
            send_correction(
                review,
                actor=user,
                text=said["text"],
                source=said["source"],
                address=said.get("address", ""),
                language=get_language() or "en",
            )
        return redirect("reviews:corrected", iso3)
    return render(
        request, "reviews/correct.html", {"review": review, "country": review.country, "form": form}
    )


@never_cache
@require_safe
def corrected(request: HttpRequest, iso3: str) -> HttpResponse:
    review = _review(request, iso3)
    return render(request, "reviews/corrected.html", {"review": review, "country": review.country})
