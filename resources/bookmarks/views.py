"""The pages of a person's bookmarks and saved searches."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import act_page, refusal_as_error
from resources.bookmarks import actions
from resources.bookmarks.enums import Alerts
from resources.bookmarks.forms import SearchForm
from resources.bookmarks.models import SavedSearch
from resources.bookmarks.queries import bookmarked_records, searches_of
from resources.library.filters import asked_in
from resources.library.queries import NEWEST
from resources.library.views import question_in_words
from resources.records.models import Resource
from resources.records.queries_lines import lines
from taxonomy.terms.models import Language

PER_PAGE = 20


@page_view()
def show_saved(request: SignedIn) -> HttpResponse:
    page = Paginator(bookmarked_records(request.user), PER_PAGE).get_page(request.GET.get("page"))
    searches = searches_of(request.user)
    context = {
        "page": page,
        "lines": lines(list(page.object_list), language_names=dict(Language.objects.for_choices())),
        "searches": [(search, question_in_words(asked_in(search.query))) for search in searches],
    }
    return render(request, "resources/bookmarks/saved.html", context)


@act_view()
def bookmark(request: SignedIn, pk: int) -> HttpResponse:
    """Bookmark a resource that the person may see, or (keep=0) remove the bookmark."""
    user: Any = request.user
    if request.POST.get("keep") == "0":
        # Also what is hidden meanwhile: it is their own list.
        actions.forget_bookmark(user, Resource(pk=pk))
        messages.success(request, _("It has been removed from your bookmarks."))
        resource = Resource.objects.visible_to(user).filter(pk=pk).first()
        return redirect(resource or "resources:saved")
    resource = get_object_or_404(Resource.objects.visible_to(user), pk=pk)
    with refusal_as_error(request):
        actions.bookmark(user, resource)
        messages.success(request, _("It is in your bookmarks, under “Saved” in the library."))
    return redirect(resource)


@form_view()
def save_search(request: SignedIn) -> HttpResponse:
    """Save the search of the address under a name, with alerts or without."""
    user: Any = request.user
    question = asked_in(request.META.get("QUERY_STRING", ""))
    query = question.query()
    if not question.narrows:
        messages.info(request, _("Choose words or filters first: a search without any is the whole library."))
        return redirect("resources:list")
    description = question_in_words(question)
    initial = {"name": description[:120], "alerts": Alerts.WEEKLY}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_search(user, question, **form.cleaned_data)
            messages.success(request, _("The search is saved."))
            return redirect("resources:saved")
    return _search_page(request, form, _("Save this search"), description, query)


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


@page_view()
def saved_search(request: SignedIn, pk: int) -> HttpResponse:
    """Redirect to the list of the search, the newest first. Alerts link here, which keeps them short."""
    search = _own(request, pk)
    return redirect(
        f"{reverse('resources:list')}?{search.query}" + ("" if "sort=" in search.query else f"&sort={NEWEST}")
    )


@form_view()
def edit_search(request: SignedIn, pk: int) -> HttpResponse:
    search = _own(request, pk)
    form = SearchForm(
        request.POST if request.method == "POST" else None,
        initial={"name": search.name, "alerts": search.alerts},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.change_search(search, **form.cleaned_data)
            messages.success(request, _("The search is changed."))
            return redirect("resources:saved")
    description = question_in_words(asked_in(search.query))
    return _search_page(request, form, _("Change a saved search"), description, search.query)


def _search_page(
    request: HttpRequest, form: SearchForm, heading: str, description: str, query: str
) -> HttpResponse:
    saved = pgettext("bookmarks and saved searches", "Saved")
    return act_page(
        request,
        form,
        heading=heading,
        lead=_("Search: %(description)s") % {"description": description},
        steps=[("resources:list", _("Library")), ("resources:saved", saved)],
        button=_("Save the search"),
        back=f"{reverse('resources:list')}?{query}",
        back_text=_("Back to the list"),
    )


@act_view()
def forget_search(request: SignedIn, pk: int) -> HttpResponse:
    actions.forget_search(_own(request, pk))
    messages.success(request, _("The search is removed; its alerts have ended."))
    return redirect("resources:saved")
