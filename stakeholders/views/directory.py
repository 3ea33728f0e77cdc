"""The public directory and the profile of one stakeholder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from core.kept import kept
from core.views import gone
from search.queries import did_you_mean
from stakeholders.enums import Kind, Listing, Status
from stakeholders.filters import SORTS, DirectoryFilter
from stakeholders.models import DirectoryVersion, Stakeholder
from stakeholders.queries.cards import cards
from stakeholders.queries.claims import next_step
from stakeholders.queries.contact import ways_to_write
from stakeholders.queries.counts import Counts, Facets
from stakeholders.queries.described import told
from stakeholders.queries.directory import INDEXED, RELEVANCE, Asked, page_of
from stakeholders.queries.exchange import panel
from stakeholders.queries.family import family_of
from stakeholders.queries.merging import merged_to
from stakeholders.queries.profile import found, linked_data, profile, was_public
from taxonomy.models import Country, Region, Topic, choices_of

TARGET = "results"
# M49's five regions, which are offered; their sub-regions can be asked for by address.
WIDEST = frozenset(("002", "009", "019", "142", "150"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet with the number behind it."""

    code: str
    label: Any
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked, and the page without it; `count` says what is there, where that was asked."""

    label: str | Promise
    url: str
    count: int = 0


@require_safe
def stakeholder_list(request: HttpRequest) -> HttpResponse:
    """The directory. htmx asks the same address and gets the part that changes."""
    version = DirectoryVersion.objects.current()
    response = kept(request, f"directory:{version}", lambda: _list(request, version))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if _is_part(request):
        asked = DirectoryFilter(request.GET, Stakeholder.objects.none(), request=request).asked
        response["HX-Push-Url"] = request.path + _address(asked).removesuffix("?")
    return response


def _is_part(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == TARGET and not htmx.history_restore_request


def _list(request: HttpRequest, version: int) -> HttpResponse:
    names = _names()
    filters = DirectoryFilter(request.GET, Stakeholder.objects.none(), request=request)
    asked = filters.asked
    counts = Counts(request.user, version)
    facets = counts.facets(asked)
    page = page_of(request.user, asked, facets.total, request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "asked": asked,
        "page": page,
        "total": facets.total,
        "base_query": asked.query(),
        "cards": cards(
            rows,
            topic_names=names["topic"],
            country_names=names["country"],
            text=asked.q,
        ),
        "chips": _chips(asked, names),
        "unnamed": [(names["country"][code], number) for code, number in counts.unnamed(asked).items()],
        "not_understood": filters.not_understood,
        "sorts": _sorts(asked),
        **_facets(asked, facets, names),
    }
    if not facets.total:
        context["ways_out"] = [way for way in _chips(asked, names, counts.total) if way.count]
        context["better"] = did_you_mean(request.user, asked.q, INDEXED) if asked.q else None
    template = "stakeholders/list.html#results" if _is_part(request) else "stakeholders/list.html"
    return render(request, template, {**context, "part": _is_part(request)})


def _sorts(asked: Asked) -> list[tuple[str, Any, bool]]:
    """(code, label, chosen). What comes by itself has no code: it may differ once words are added."""
    by_itself = replace(asked, sort="").order
    return [
        ("" if code == by_itself else code, label, code == asked.order)
        for code, label in SORTS.items()
        if asked.q or code != RELEVANCE
    ]


def _names() -> dict[str, dict[str, Any]]:
    """What each code is called now, in the order in which the reader expects the names."""
    countries, regions, topics = choices_of(Country, Region, Topic)
    return {
        "kind": dict(Kind.choices),
        "country": dict(countries),
        "region": dict(regions),
        "topic": dict(topics),
    }


def _facets(asked: Asked, facets: Facets, names: dict[str, dict[str, Any]]) -> dict[str, list[Choice]]:
    """Kinds are few and all shown, with 0 too; of the others only what leads somewhere or was chosen."""
    shown: dict[str, list[Choice]] = {}
    for name in ("kind", "region", "country", "topic"):
        counted, chosen = getattr(facets, name), getattr(asked, name)
        shown[f"{name}_choices"] = [
            Choice(code, label, counted[code], code in chosen)
            for code, label in names[name].items()
            if counted[code] or code in chosen or name == "kind"
        ]
    shown["region_choices"] = [one for one in shown["region_choices"] if one.chosen or one.code in WIDEST]
    return shown


def _chips(
    asked: Asked, names: dict[str, dict[str, Any]], count: Callable[[Asked], int] = lambda asked: 0
) -> list[Chip]:
    """Everything that was asked, each with the way to the page without it."""
    chips = []
    if asked.q:
        without = asked.without("q")
        chips.append(Chip(f"“{asked.q}”", _address(without), count(without)))
    for name in ("kind", "region", "country", "topic"):
        for code in getattr(asked, name):
            without = asked.without(name, code)
            chips.append(Chip(names[name].get(code, code), _address(without), count(without)))
    return chips


def _address(asked: Asked) -> str:
    """Relative to the directory; "?" alone is all of it."""
    return f"?{asked.query()}"


@require_safe
def stakeholder_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The profile. Hidden answers as missing does; what was public once and is withdrawn says so.

    What was merged leads to the entry that stays, for whoever may see that.
    """
    there = found(request.user, pk)
    if there is None:
        if further := merged_to(request.user, pk):
            return redirect("stakeholders:detail", *further, permanent=True)
        if was_public(pk):
            return gone(request)
        raise Http404
    at, version = there
    if slug != at:
        return redirect("stakeholders:detail", pk, at, permanent=True)
    return kept(request, f"profile:{pk}:{version}", lambda: _profile(request, pk))


def _profile(request: HttpRequest, pk: int) -> HttpResponse:
    stakeholder = profile(request.user, pk)
    if stakeholder is None:  # hidden in this very moment
        raise Http404
    public = stakeholder.status in Status.SHOWN and stakeholder.listing == Listing.PUBLIC
    topics = list(stakeholder.topics.in_order())
    step, waiting = next_step(request.user, stakeholder)
    said = told(request.user, stakeholder)
    context = {
        "stakeholder": stakeholder,
        "topics": topics,
        "is_listed": stakeholder.status == Status.LISTED,
        "is_active": stakeholder.status == Status.ACTIVE,
        "public": public,
        "step": step,
        "join_request": waiting,
        "may_manage": request.user.has_perm("stakeholders.manage_stakeholder", stakeholder),
        "told": said,
        "linked_data": linked_data(stakeholder, topics, said) if public else "",
        "may_see_standing": request.user.has_perm("stakeholders.vet_stakeholder"),
        "may_confirm": request.user.has_perm("stakeholders.confirm_stakeholder", stakeholder),
        "family": family_of(stakeholder, request.user),
        "offer_cards": panel(stakeholder, request.user),
        **ways_to_write(request.user, stakeholder),
    }
    return render(request, "stakeholders/detail.html", context)
