"""Where those who look after the reviews keep the observations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import blame, renew_version, wants_rows
from reviews.observations import actions
from reviews.observations.filters import ObservationFilter
from reviews.observations.forms import LinkForm, ObservationForm, SplitForm
from reviews.observations.models import Observation
from reviews.observations.queries import STATES, at_desk, desk_row

PER_PAGE = 25


def must_keep_observations(request: HttpRequest) -> None:
    """Whoever does not keep observations does not learn that the pages are there."""
    if not request.user.has_perm("reviews.keep_observations"):
        raise Http404


def _observation(request: HttpRequest, pk: int) -> Observation:
    must_keep_observations(request)
    return get_object_or_404(desk_row(request.user), pk=pk)


@page_view(permission="reviews.keep_observations")
def observation_list(request: SignedIn) -> HttpResponse:
    """Not published yet, published, or split; of one country where the address names one."""
    state = request.GET.get("state", "")
    state = state if state in STATES else next(iter(STATES))
    query = ObservationFilter(request.GET, request=request).question
    page = Paginator(at_desk(request.user, state, query), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": {"state": state, **dict(query.params.lists())},
        "state": state,
        "states": [(code, label, code == state) for code, label in STATES.items()],
    }
    return render(request, "reviews/observations/desk_list.html", context)


@form_view(permission="reviews.keep_observations")
def observation_new(request: SignedIn) -> HttpResponse:
    form = ObservationForm(request.POST or None, initial={"country": request.GET.get("country", "")})
    observations: list[Observation] = []

    def save() -> None:
        observations.append(actions.record_observation(actor=_actor(request), values=form.values()))

    if request.method == "POST" and form.is_valid() and _done(form, save):
        messages.success(
            request, _("The observation is recorded. Only the desk sees it until you publish it.")
        )
        return redirect("calldesk:observation", observations[0].pk)
    return render(request, "reviews/observations/form.html", {"form": form})


@page_view()
def observation_page(request: SignedIn, pk: int) -> HttpResponse:
    """All there is to one: text, source, parts, contributions with their names, history."""
    observation = _observation(request, pk)
    context = {
        "observation": observation,
        "parts": observation.parts.order_by("pk").select_related("article__instrument"),
        "contributions": observation.contributions.select_related("stakeholder", "call"),
        "lines": timeline(observation, request.user),
    }
    return render(request, "reviews/observations/desk_page.html", context)


@form_view()
def observation_change(request: SignedIn, pk: int) -> HttpResponse:
    observation = _observation(request, pk)
    form = ObservationForm(request.POST or None, observation=observation)

    def save() -> None:
        version = form.cleaned_data["version"]
        actions.change_observation(
            observation,
            actor=_actor(request),
            version=-1 if version is None else version,
            values=form.values(),
        )

    if request.method == "POST" and form.is_valid() and _done(form, save, observation):
        messages.success(request, _("Your changes are saved."))
        return redirect("calldesk:observation", pk)
    return render(request, "reviews/observations/form.html", {"form": form, "observation": observation})


@form_view()
def observation_split(request: SignedIn, pk: int) -> HttpResponse:
    """The parts of a mixed one. "Add another" and "Remove" show the page again with all that was typed."""
    observation = _observation(request, pk)
    first = {"kind": observation.kind, "article": observation.article_id, "text": observation.text}
    more = {"kind": observation.kind, "article": observation.article_id}
    form = SplitForm(request.POST or None, initial={"version": observation.version, "parts": [first, more]})
    parts: list[Observation] = []

    def save() -> None:
        cleaned = form.cleaned_data
        parts.extend(
            actions.split_observation(
                observation, actor=_actor(request), version=cleaned["version"], parts=cleaned["parts"]
            )
        )

    rows = request.method == "POST" and wants_rows(request.POST)
    if request.method == "POST" and not rows and form.is_valid() and _done(form, save, observation):
        number = len(parts)
        messages.success(
            request,
            ngettext(
                "The observation is split into %(number)s part.",
                "The observation is split into %(number)s parts.",
                number,
            )
            % {"number": number},
        )
        return redirect("calldesk:observation", pk)
    context = {"form": form, "observation": observation, "rows_only": rows}
    return render(request, "reviews/observations/split.html", context)


@form_view()
def observation_links(request: SignedIn, pk: int) -> HttpResponse:
    """Which contributions had said it."""
    observation = _observation(request, pk)
    # Where nothing is ticked nothing comes but the token.
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, user=request.user, observation=observation)

    def save() -> None:
        actions.link_contributions(
            observation, actor=_actor(request), contributions=list(form.chosen_contributions())
        )

    if request.method == "POST" and form.is_valid() and _done(form, save):
        messages.success(request, _("The contributions are linked as you chose."))
        return redirect("calldesk:observation", pk)
    return render(request, "reviews/observations/links.html", {"form": form, "observation": observation})


@act_view()
def observation_publish(request: SignedIn, pk: int) -> HttpResponse:
    """Publish, or with `back` take back."""
    observation = _observation(request, pk)
    try:
        if "back" in request.POST:
            actions.unpublish_observation(observation, actor=_actor(request))
            messages.success(request, _("The observation is no longer shown."))
        else:
            actions.publish_observation(observation, actor=_actor(request))
            messages.success(request, _("The observation is published."))
    except WrongState as late:
        messages.warning(request, str(late))
    return redirect("calldesk:observation", pk)


def _actor(request: HttpRequest) -> Any:
    return request.user


def _done(form: Any, save: Callable[[], None], observation: Observation | None = None) -> bool:
    """Save the form and return whether that succeeded; else the fields say why, and keep what was typed.

    Where somebody was first the form takes their version: sending it again is a choice made with open eyes.
    """
    try:
        save()
    except DomainError as refusal:
        blame(form, refusal)
        if isinstance(refusal, WrongState) and observation is not None and "version" in form.fields:
            renew_version(form, Observation.objects.get(pk=observation.pk).version)
        return False
    return True
