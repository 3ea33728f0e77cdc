"""Where those of the desk who look after the reviews work: a step with its source in one form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.text import whole
from core.views import act_page
from reviews.corrections.models import Correction
from reviews.corrections.queries import corrections
from reviews.imports.reading import imports_at_desk
from reviews.recording.forms import DocumentForm, FocalPointForm, ReviewForm, StepForm
from reviews.tracker.actions import record_step, save_facts
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument
from reviews.tracker.queries_country import page_of, records_of, review_of, reviews_by_name
from reviews.tracker.views import must_keep_reviews


def _review(request: HttpRequest, iso3: str) -> CountryReview:
    must_keep_reviews(request)
    review = review_of(request.user, iso3)
    if review is None:
        raise Http404
    return review


@page_view(permission="reviews.keep_reviews")
def home(request: SignedIn) -> HttpResponse:
    context = {
        "waiting": corrections(request.user).count(),
        "checked": imports_at_desk(request.user).filter(status="checked").count(),
        "reviews": reviews_by_name(),
    }
    return render(request, "reviews/recording/home.html", context)


@form_view()
def country(request: SignedIn, iso3: str) -> HttpResponse:
    """Everything recorded of one country, and the form that records a step.

    `?correction=` names the correction that is the reason; the person is sent back to it.
    """
    review = _review(request, iso3)
    of = _correction(request, review)
    form = StepForm(request.POST or None, initial={"source": of.source[:1000]} if of else None)
    if request.method == "POST" and form.is_valid():
        step_record = record_step(review, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The step is recorded. Followers of the review are informed."))
        if of:
            return redirect(f"{of.get_absolute_url()}?record={step_record.pk}")
        return redirect("reviews_desk:country", iso3)
    context = {
        "review": review,
        "country": review.country,
        "form": form,
        "correction": of,
        "records": records_of(review),
        "page": page_of(request.user, review),
    }
    return render(request, "reviews/recording/country.html", context)


def _correction(request: HttpRequest, review: CountryReview) -> Correction | None:
    pk = whole(request.GET.get("correction", ""))
    return Correction.objects.visible_to(request.user).filter(review=review, pk=pk, answered_at=None).first()


@form_view()
def facts(request: SignedIn, iso3: str) -> HttpResponse:
    review = _review(request, iso3)
    form = ReviewForm(request.POST or None, instance=CountryReview.objects.get(pk=review.pk))
    return _edit(request, review, form, gettext_lazy("Group and start"))


@form_view()
def focal_point(request: SignedIn, iso3: str) -> HttpResponse:
    review = _review(request, iso3)
    row = FocalPoint.objects.filter(review=review).first() or FocalPoint(review=review)
    return _edit(
        request,
        review,
        FocalPointForm(request.POST or None, instance=row),
        gettext_lazy("Review focal point"),
    )


@form_view()
def document(request: SignedIn, iso3: str, pk: int = 0) -> HttpResponse:
    review = _review(request, iso3)
    row = (
        get_object_or_404(ReviewDocument.objects.visible_to(request.user), pk=pk, review=review)
        if pk
        else ReviewDocument(review=review)
    )
    return _edit(request, review, DocumentForm(request.POST or None, instance=row), gettext_lazy("Document"))


def _edit(request: HttpRequest, review: CountryReview, form: forms.ModelForm, heading: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        row: Any = form.instance
        save_facts(row, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Your changes are saved."))
        return redirect("reviews_desk:country", review.country_id)
    country, home = review.country, reverse("reviews_desk:country", args=[review.country_id])
    return act_page(
        request,
        form,
        heading=heading,
        title_name=country.name,
        steps=[("portal:desk", _("Desk")), ("reviews_desk:home", _("Country reviews")), (home, country.name)],
        lead=review,
        back=home,
    )
