"""The tracker as a table and a file; published figures; and the page of one country."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from core.facets import chips_of
from core.page_cache import cached_page, kept_parts, kept_value
from core.spreadsheets import Table, table_response
from core.views import calendar_answer
from reviews.mechanism.queries import phase_name, today
from reviews.tracker.feeds import changes_atom, deadlines_ics
from reviews.tracker.files import tracker_columns
from reviews.tracker.filters import SORTS, TrackerFilter, offered_choices
from reviews.tracker.models import CountryReview
from reviews.tracker.queries import (
    BY_NAME,
    RECORDED,
    changes,
    figures,
    find_reviews,
    lines,
    published_version,
    tracker_data,
)
from reviews.tracker.queries_country import page_of, review_of
from reviews.tracker.queries_deadlines import deadlines
from reviews.tracker.queries_marks import review_marks
from taxonomy.hooks import everybodys_panels, other_panels
from taxonomy.places.models import CountryPageChange

VISITOR = AnonymousUser()
PER_PAGE = 25
WHOLE = "all"  # in place of the number of a page: all on one, to be printed


@page_view(public=True)
def tracker(request: HttpRequest) -> HttpResponse:
    """The table. What is published of reviews everybody sees alike, so that it is kept for all readers."""
    template = "reviews/tracker/list.html"
    version = f"{template}:{published_version()}"

    def make() -> HttpResponse:
        parts = kept_parts(request, version, template, ("robots", "main"), lambda: _table(request))
        return render(request, template, {"parts": parts})

    return cached_page(request, version, make)


@page_view(public=True)
def tracker_map(request: HttpRequest) -> HttpResponse:
    """Lead to the table, for good: a map that may not tell reviews apart says nothing of them."""
    query = request.GET.urlencode()
    return redirect(reverse("reviews:list") + (f"?{query}" if query else ""), permanent=True)


@page_view(public=True)
def tracker_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The lines of the table as CSV or as a workbook."""
    data = tracker_data(request.user)
    offered = offered_choices(data)
    filters = TrackerFilter(request.GET, offered=offered, request=request)
    query = filters.question
    rows = lines(request.user, data, query, find_reviews(request.user, data, query))
    table = Table(
        f"country-reviews-{today():%Y-%m-%d}",
        _("Country reviews"),
        tracker_columns(data),
        page=f"{reverse('reviews:list')}{query.address}",
        filters=filters.in_words(offered, SORTS),
    )
    return table_response(form, table, rows)


@page_view(public=True)
def published_figures(request: HttpRequest) -> HttpResponse:
    def make() -> HttpResponse:
        return render(request, "reviews/tracker/figures.html", {"measures": figures()})

    return cached_page(request, f"reviews-figures:{published_version()}", make)


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest records of all countries."""
    return atom(request, "", _("Country reviews: what was recorded"), reverse("reviews:list"))


def atom(request: HttpRequest, iso3: str, title: str, page: str) -> HttpResponse:
    records = changes(request.user, iso3)
    codes = {record.review.country_id for record in records}
    urls = {code: settings.SITE_URL + reverse("reviews:review", args=[code]) for code in codes}
    text = changes_atom(
        records, title=title, link=settings.SITE_URL + page, own=settings.SITE_URL + request.path, url_of=urls
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _table(request: HttpRequest) -> dict[str, Any]:
    data = tracker_data(VISITOR)
    offered = offered_choices(data)
    filters = TrackerFilter(request.GET, offered=offered, request=request)
    is_opening, query = _asks_nothing(request.GET), filters.question
    if is_opening:
        query = replace(query, information=(RECORDED,))
    reviews = find_reviews(VISITOR, data, query)
    if is_opening and not reviews:
        # Nothing is recorded of any country, so that all of them are there from the beginning.
        is_opening, query = False, filters.question
        reviews = find_reviews(VISITOR, data, query)
    number = request.GET.get("page")
    is_whole = number == WHOLE
    page = Paginator(reviews, max(len(reviews), 1) if is_whole else PER_PAGE).get_page(number)
    return {
        "search": query,
        "here": "recorded" if is_opening else "" if query.narrows else "all",
        "total": len(reviews),
        "number": len(data.reviews),
        # What is chosen by nobody is not ticked: a name is looked for among all countries.
        "facets": filters.facets(offered),
        "chips": [] if is_opening else chips_of(query, offered),
        "not_understood": filters.not_understood,
        "query": query.query(),
        "sorts": [(code, label, code == query.sort) for code, label in SORTS.items()],
        "page": page,
        "lines": lines(VISITOR, data, query, list(page)),
        "is_answer": (not is_opening and query.narrows) or query.sort != BY_NAME or is_whole,
        "clusters": [phase_name(cluster.pk, cluster.name) for cluster in data.plan.clusters],
        "organizations": data.organizations,
    }


def _asks_nothing(query: QueryDict) -> bool:
    """Return whether the page has no filters: then it lists the countries with recorded steps."""
    return set(query) <= {"page"} and query.get("page") != WHOLE


# -----------------------------------------------------------------------------------------------------
# The review of one country: what is known, deadlines and changes as files, telling the desk better.


def public_review(request: HttpRequest, iso3: str) -> CountryReview:
    review = review_of(VISITOR, iso3)
    if review is None:
        raise Http404
    return review


@page_view(public=True)
def country_review(request: HttpRequest, iso3: str) -> HttpResponse:
    version = cache(CountryPageChange.objects.version)
    return cached_page(request, version, lambda: _review(request, iso3, version))


REVIEW = ("robots", "sentence", "source", "steps", "instruments", "panels", "sources")


def _review(request: HttpRequest, iso3: str, version: Callable[[], str]) -> HttpResponse:
    review = kept_value(request, version, "review", lambda: public_review(request, iso3))

    def published() -> dict[str, Any]:
        page = page_of(VISITOR, review)
        return {
            "page": page,
            "marks": review_marks(page),
            "review": review,
            "country": review.country,
            "panels": everybodys_panels("review", review.country),
        }

    template = "reviews/tracker/review.html"
    context = {
        "parts": kept_parts(request, version, template, REVIEW, published),
        "country": review.country,
        "around": other_panels("review", request.user, review.country),
        "may_record": request.user.has_perm("reviews.record_step"),
    }
    return render(request, template, context)


@page_view(public=True)
def deadlines_file(request: HttpRequest, iso3: str) -> HttpResponse:
    """The deadlines of the rule, as a calendar to take along."""
    review = public_review(request, iso3)
    url = settings.SITE_URL + reverse("reviews:review", args=[iso3])
    text = deadlines_ics(review, deadlines(review), url)
    return calendar_answer(request, text, f"review-{iso3}.ics")


@page_view(public=True)
def review_feed(request: HttpRequest, iso3: str) -> HttpResponse:
    review = public_review(request, iso3)
    title = _("Country review of %(country)s") % {"country": review.country.name}
    return atom(request, iso3, title, reverse("reviews:review", args=[iso3]))


def must_keep_reviews(request: HttpRequest) -> None:
    """Whoever does not look after the reviews does not learn that the pages are there."""
    if not request.user.has_perm("reviews.keep_reviews"):
        raise Http404
