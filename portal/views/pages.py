"""Pages that belong to no single area."""

import itertools
import re
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people.models import User
from core.page_cache import cached_page
from core.text import to_html
from notifications.hooks import kinds
from notifications.inbox.models import Notice
from notifications.inbox.queries import lines
from portal import deskfigures, queries
from portal.desk import desk_groups
from portal.front import Front
from taxonomy.places.map_marks import HEIGHT, WIDTH

FEW_NOTICES = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    front = Front(request.user)

    def make() -> HttpResponse:
        return render(request, "portal/home.html", {"front": front, "width": WIDTH, "height": HEIGHT})

    return cached_page(request, f"home:{front.version}", make)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """The directory in numbers: the same for everybody, with the day they were counted."""
    version = queries.directory_version()

    def make() -> HttpResponse:
        counted = queries.numbers(version)
        context = {"numbers": counted, "tables": queries.tables(counted)}
        return render(request, "portal/statistics.html", context)

    return cached_page(request, f"statistics:{version}", make)


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    work = queries.work_of(user)
    followed = [name for name, kind in kinds.items() if kind.readers is not None]
    news = Notice.objects.visible_to(user).in_inbox().unread().filter(kind__in=followed)
    notices = list(news[:FEW_NOTICES])
    context = {
        "tasks": work.tasks,
        "panels": work.panels,
        "notices": lines(notices, user) if notices else [],
        "now": now(),
    }
    return render(request, "portal/me.html", context)


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.is_desk:
        raise Http404
    version = queries.directory_version()
    counted = queries.numbers(version)
    context = {
        "groups": desk_groups(user),
        "due": deskfigures.due_next(user),
        "week": deskfigures.this_week(),
        "late_jobs": deskfigures.late_jobs(user),
        "growth": deskfigures.growth(version),
        "coverage": deskfigures.coverage(counted),
        "numbers": counted,
    }
    return render(request, "portal/desk.html", context)


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
