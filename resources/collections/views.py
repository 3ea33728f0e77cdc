"""Collections: read by everybody whom they are for, put together by stakeholders and the desk."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.page_cache import cached_page
from core.text import whole
from core.views import refusal_as_error
from resources.collections import actions
from resources.collections.enums import CollectionStatus
from resources.collections.forms import AudienceForm, CollectForm, CollectionForm
from resources.collections.models import Collection
from resources.collections.queries import (
    changeable_by,
    items_of,
    may_collect,
    owners_of,
    published_collections,
    with_owner,
)
from resources.records.enums import Audience
from resources.records.models import LibraryChange, Resource
from resources.records.queries_lines import lines
from resources.records.rules import curates
from stakeholders.entries.models import DirectoryVersion
from taxonomy.terms.models import Language

PER_PAGE = 20


@page_view(public=True)
def collection_list(request: HttpRequest) -> HttpResponse:
    def make() -> HttpResponse:
        page = Paginator(published_collections(request.user), PER_PAGE).get_page(request.GET.get("page"))
        signed_in = request.user.is_authenticated
        context = {
            "page": page,
            "query": {},
            "own": list(changeable_by(request.user)) if signed_in else [],
            "may_collect": signed_in and may_collect(request.user),
        }
        return render(request, "resources/collections/list.html", context)

    versions = f"{LibraryChange.objects.version()}.{DirectoryVersion.objects.current()}"
    return cached_page(request, f"collections:{versions}", make)


def collection_for(request: HttpRequest, pk: int) -> Collection:
    rows = with_owner(Collection.objects.visible_to(request.user), request.user)
    return get_object_or_404(rows.select_related("language"), pk=pk)


@page_view(public=True)
def collection(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    collection = collection_for(request, pk)
    if slug != collection.slug:
        return redirect(collection, permanent=collection.status == CollectionStatus.PUBLISHED)
    return _page(request, collection)


def _page(request: HttpRequest, collection: Collection, form: AudienceForm | None = None) -> HttpResponse:
    user: Any = request.user
    items = items_of(user, collection)
    resource_lines = lines([item.row for item in items], language_names=dict(Language.objects.for_choices()))  # type: ignore[attr-defined]
    keeps = user.is_authenticated and user.has_perm("resources.change_collection", collection)
    judges = user.is_authenticated and curates.test(user)
    title, language = collection.text_for_reader("title", collection.language.pk)
    about, about_language = collection.text_for_reader("about", collection.language.pk)
    context = {
        "collection": collection,
        "title": title,
        "title_language": language,
        "about": about,
        "about_language": about_language,
        "items": list(zip(items, resource_lines, strict=True)),
        "public": collection.status == CollectionStatus.PUBLISHED and collection.audience == Audience.PUBLIC,
        "keeps": keeps,
        "judges": judges,
        "form": form or (AudienceForm(user=user, collection=collection) if keeps or judges else None),
    }
    return render(request, "resources/collections/page.html", context)


def _own(request: HttpRequest, pk: int) -> Collection:
    """Return a collection that this person may change. Raises Http404 for any other."""
    collection = collection_for(request, pk)
    if not request.user.has_perm("resources.change_collection", collection):
        raise Http404
    return collection


@form_view()
def begin(request: SignedIn) -> HttpResponse:
    user: Any = request.user
    owners = {str(stakeholder.pk): stakeholder for stakeholder in owners_of(user)}
    may_desk = bool(curates.test(user))
    if not owners and not may_desk:
        return render(request, "resources/collections/nobody.html")
    sole = next(iter(owners.values())) if len(owners) == 1 and not may_desk else None
    form = CollectionForm(
        request.POST if request.method == "POST" else None, initial={"language": user.language}
    )
    chosen_owner = request.POST.get("owner", "desk" if may_desk and not owners else "")
    owner = owners.get(chosen_owner) or sole
    if request.method == "POST":
        valid = form.is_valid()
        if owner is None and not (may_desk and chosen_owner == "desk"):
            form.add_error(None, _("Choose the owner of the collection."))
        elif valid:
            collection = actions.begin(actor=user, owner=owner, values=form.cleaned_data)
            messages.success(
                request, _("The collection has been created. Add resources to it from their pages.")
            )
            return redirect(collection)
    context = {
        "form": form,
        "owners": list(owners.values()),
        "may_desk": may_desk,
        "sole": sole,
        "chosen_owner": chosen_owner,
    }
    return render(request, "resources/collections/form.html", context)


@form_view()
def change(request: SignedIn, pk: int) -> HttpResponse:
    collection = _own(request, pk)
    form = CollectionForm(request.POST if request.method == "POST" else None, instance=collection)
    version = request.POST.get("version", "")
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        with refusal_on(form):
            actions.change(
                Collection(pk=pk), actor=user, version=whole(version, -1), values=form.cleaned_data
            )
            messages.success(request, _("The collection is changed."))
            return redirect("resources:collection_by_number", pk)
    context = {"form": form, "collection": collection_for(request, pk)}
    return render(request, "resources/collections/form.html", context)


@act_view()
def acts(request: SignedIn, pk: int) -> HttpResponse:
    """Publish, widen or take down a collection; move or remove its items."""
    collection = collection_for(request, pk)
    user: Any = request.user
    if not (user.has_perm("resources.change_collection", collection) or curates.test(user)):
        raise Http404
    act_on = _ACTS.get(request.POST.get("act", ""))
    if act_on is None:
        raise Http404
    form = AudienceForm(request.POST, user=user, collection=collection)
    if act_on is _publish and not form.is_valid():
        return _page(request, collection, form)
    with refusal_as_error(request):
        message = act_on(collection, user, request)
        if message:
            messages.success(request, message)
    return redirect("resources:collection_by_number", pk)


def _publish(collection: Collection, user: Any, request: HttpRequest) -> str:
    audience = request.POST.get("audience", "")
    if user.has_perm("resources.change_collection", collection):
        actions.publish(collection, actor=user, audience=audience)
    else:
        actions.widen(collection, actor=user, audience=audience)
    return _("The collection is published for the audience you chose.")


def _take_down(collection: Collection, user: Any, _request: HttpRequest) -> str:
    actions.take_down(collection, actor=user)
    return _("The collection is a draft again.")


def _item(request: HttpRequest) -> int:
    return whole(request.POST.get("item", ""))


def _up(collection: Collection, user: Any, request: HttpRequest) -> str:
    actions.move(collection, _item(request), actor=user, up=True)
    return ""


def _down(collection: Collection, user: Any, request: HttpRequest) -> str:
    actions.move(collection, _item(request), actor=user, up=False)
    return ""


def _remove(collection: Collection, user: Any, request: HttpRequest) -> str:
    actions.remove(collection, _item(request), actor=user)
    return _("It is taken out of the collection.")


_ACTS = {"publish": _publish, "take_down": _take_down, "up": _up, "down": _down, "remove": _remove}


@page_view(public=True)
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect(collection_for(request, pk))


@form_view()
def collect(request: SignedIn, pk: int) -> HttpResponse:
    """Put one resource into one of the person's collections."""
    user: Any = request.user
    resource = get_object_or_404(Resource.objects.shown_to(user), pk=pk)
    form = CollectForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["collection"]
        with refusal_on(form):
            actions.add(chosen, resource, actor=user, note=form.cleaned_data["note"])
            messages.success(request, _("It is in the collection."))
            return redirect(chosen)
    return render(request, "resources/collections/collect.html", {"form": form, "resource": resource})
