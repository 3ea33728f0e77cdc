"""What a person follows: begin, hear more or less, stop. Each act is a POST, with script or without."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.next_pages import next_of
from notifications.follows.actions import MOST_AT_ONCE, MOST_FOLLOWS, follow_each, set_level, unfollow
from notifications.follows.enums import Level
from notifications.follows.forms import LevelForm
from notifications.follows.models import Follow
from notifications.follows.queries import (
    combinations,
    followed_among,
    in_order,
    lines_of,
    names_of,
    parts_of,
    suggested_to,
    together,
)
from notifications.hooks import targets

MOST_TERMS = 60  # of one address


@page_view(fresh=True)
def follows(request: SignedIn) -> HttpResponse:
    person = cast(User, request.user)
    lines = lines_of(person)
    context = {
        "lines": lines,
        "levels": Level.choices,
        "suggested": suggested_to(person, lines),
        "most": MOST_FOLLOWS,
    }
    return render(request, "notifications/follows/follows.html", context)


@form_view(fresh=True)
def add(request: SignedIn) -> HttpResponse:
    """`?term=country:KEN&term=topic:tip`: says what would be heard, and begins it by POST.

    Terms of different kinds are heard of together; several of one kind make a follow each. `more` says that
    the list which led here was narrowed by more than can be followed. A term that is not there for this
    person answers as if nothing were there.
    """
    person = cast(User, request.user)
    data = request.POST if request.method == "POST" else request.GET
    terms = in_order(data.getlist("term"))
    names = names_of(person, terms) if 0 < len(terms) <= MOST_TERMS else {}
    if not terms or set(terms) - set(names):
        raise Http404
    several = combinations(terms)
    form = LevelForm(request.POST if "level" in request.POST else None)
    refused = ""
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        level = form.cleaned_data["level"] if form.is_bound else Level.ALL
        try:
            new_follows = follow_each(person, several, level=level)
        except DomainError as error:
            refused = str(error)
        else:
            if _is_part(request):
                return _button(request, terms, new_follows[0])
            messages.success(
                request,
                ngettext("You follow it now.", "You follow %(count)d things more now.", len(new_follows))
                % {"count": len(new_follows)},
            )
            return redirect(_back(request))
    if refused and _is_part(request):
        return _button(request, terms, None, refused)
    followed = followed_among(person, several)
    context = {
        "terms": terms,
        "label": together(names[term] for term in terms) if len(several) == 1 else "",
        "several": [
            (together(names[term] for term in selection), followed.get(selection))
            for selection in several[:MOST_AT_ONCE]
        ],
        "left": max(0, len(several) - MOST_AT_ONCE),
        "parts": parts_of(terms, names),
        "brings": [targets[name].brings for name in dict.fromkeys(term.partition(":")[0] for term in terms)],
        "form": form if form.is_bound else LevelForm(initial={"level": _level_of(followed)}),
        "refused": refused,
        "too_many": len(several) > MOST_AT_ONCE,
        "count": len(several),
        "most": MOST_AT_ONCE,
        "is_together": len({term.partition(":")[0] for term in terms}) > 1,
        "more": "more" in data,
        "next": data.get("next", ""),
    }
    return render(request, "notifications/follows/follow_add.html", context, status=400 if refused else 200)


@act_view()
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Another level, or with `stop` no more at all."""
    followed = get_object_or_404(Follow.objects.visible_to(request.user), pk=pk)
    terms = tuple(followed.terms)
    if "stop" in request.POST:
        unfollow(followed)
        if _is_part(request):
            return _button(request, terms, None)
        messages.success(request, _("You do not follow it any more."))
        return redirect(_back(request))
    form = LevelForm(request.POST)
    if form.is_valid():
        set_level(followed, form.cleaned_data["level"])
        followed.level = form.cleaned_data["level"]
        if _is_part(request):
            return _button(request, terms, followed)
        messages.success(request, _("Your choice is saved."))
    elif _is_part(request):
        return _button(request, terms, followed, " ".join(map(str, form.errors["level"])))
    else:
        messages.error(request, " ".join(map(str, form.errors["level"])))
    return redirect(_back(request))


def _button(
    request: HttpRequest, terms: tuple[str, ...], followed: Follow | None, refused: str = ""
) -> HttpResponse:
    """The part of a page that `{% follow_button %}` shows, as it stands now."""
    context: dict[str, Any] = {
        "terms": terms,
        "follow": followed,
        "levels": Level.choices,
        "refused": refused,
        "is_part": True,
        "label": request.POST.get("label", "")[:300],
        "next": _back(request),
    }
    return render(request, "notifications/follows/_follow.html", context)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


def _back(request: HttpRequest) -> str:
    return next_of(request, reverse("follows:list"))


def _level_of(followed: dict[tuple[str, ...], Follow]) -> str:
    levels = {follow.level for follow in followed.values()}
    return levels.pop() if len(levels) == 1 else Level.ALL
