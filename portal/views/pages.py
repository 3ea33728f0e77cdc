"""Pages that belong to no single area."""

import itertools
import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.queries.activities import to_do_of
from core.kept import kept
from core.text import to_html
from events.queries.calendar import coming_up
from events.queries.events import own_events
from events.queries.proposals import mine as proposals_of
from events.queries.registrations import mine as own_registrations
from portal import queries
from portal.desk import desk_groups
from portal.forms import SearchForm
from reviews.queries.calls import open_now
from reviews.queries.contributing import mine as own_contributions
from search.queries import did_you_mean
from stakeholders.queries.members import invitations_to
from taxonomy.marks import HEIGHT, WIDTH


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    version = queries.directory_version()

    def make() -> HttpResponse:
        context = {
            "numbers": queries.numbers(version),
            "latest": queries.latest_stakeholders(request.user),
            "coming": coming_up(request.user),
            "calls": open_now(),
            "width": WIDTH,
            "height": HEIGHT,
        }
        return render(request, "portal/home.html", context)

    # What is over goes with the day.
    return kept(request, f"home:{version}:{localdate()}", make)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """The directory in numbers: the same for everybody, with the day they were counted."""
    version = queries.directory_version()

    def make() -> HttpResponse:
        counted = queries.numbers(version)
        context = {"numbers": counted, "tables": queries.tables(counted)}
        return render(request, "portal/statistics.html", context)

    return kept(request, f"statistics:{version}", make)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    groups = queries.search(request.user, text) if text else []
    context = {
        "q": text,
        "groups": groups,
        "total": sum(group.count for group in groups),
        "proposal": did_you_mean(request.user, text) if text and not groups else None,
    }
    return render(request, "portal/search.html", context)


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    applications = list(queries.applications_of(request.user))
    context = {
        "waiting": [one for one in applications if one.status in ("draft", "returned")],
        "others": [one for one in applications if one.status not in ("draft", "returned")],
        "returned_events": own_events(request.user).filter(status="returned"),
        "registrations": own_registrations(request.user),
        "memberships": queries.memberships_of(request.user),
        "invitations": invitations_to(request.user),
        "requests": list(queries.requests_for(request.user)),
        "asked": list(queries.requests_of(request.user)),
        "contributions": own_contributions(request.user),
        "proposals": proposals_of(request.user),
        "follow_ups": to_do_of(request.user),
    }
    return render(request, "portal/me.html", context)


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.is_desk:
        raise Http404
    return render(request, "portal/desk.html", {"groups": desk_groups(user)})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    text = queries.page_text(request.user, slug, get_language() or "en")
    if text is None:
        raise Http404
    return render(
        request, "portal/page.html", {"page": text, "body": _with_sliding_tables(to_html(text.body))}
    )


def _with_sliding_tables(html: SafeString) -> SafeString:
    """Each table in a box of its own, which slides where the screen is narrower than the table."""
    count = itertools.count(1)

    def box(_match: re.Match[str]) -> str:
        label = _("Table %(number)s") % {"number": next(count)}
        return format_html(
            '<div class="table-wrap" role="region" aria-label="{}" tabindex="0"><table>', label
        )

    return mark_safe(  # noqa: S308  only our own box is put around what to_html has cleaned
        re.sub("<table>", box, html).replace("</table>", "</table></div>")
    )
