"""The inbox."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, page_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.time_display import clock_of, place_of
from notifications.inbox.actions import mark_read
from notifications.inbox.models import Notice
from notifications.inbox.queries import asking_first, by_day, groups_of, lines, unread_of, visible_among

PER_PAGE = 20


@page_view(fresh=True)
def inbox(request: SignedIn) -> HttpResponse:
    """`?group=what-you-follow&unread=1`: by day; a group that is not there narrows nothing.

    With `reasons=1` each line leads to why it came, instead of to its own page.
    """
    reader = cast(User, request.user)
    groups = groups_of(reader)
    group = next(
        (listed_group for listed_group in groups if listed_group.code == request.GET.get("group")), None
    )
    unread = "unread" in request.GET
    reasons = "reasons" in request.GET
    notices = Notice.objects.visible_to(reader).in_inbox()
    if group is not None:
        notices = notices.filter(kind__in=group.kinds)
    if unread:
        notices = notices.unread()
    page = Paginator(asking_first(notices), PER_PAGE).get_page(request.GET.get("page"))
    query = {
        **({"group": group.code} if group else {}),
        **({"unread": "1"} if unread else {}),
        **({"reasons": "1"} if reasons else {}),
    }
    unread_of(reader, anew=True)  # the frame says what the list shows
    clock = clock_of(reader.time_zone)
    shown = lines(list(page.object_list), reader)
    context = {
        "page": page,
        "lines": shown,
        "asking": [line for line in shown if line.asks],
        "days": by_day([line for line in shown if not line.asks], now().astimezone(clock).date()),
        "place": place_of(clock.key),
        "reasons": reasons,
        "groups": groups,
        "group": group,
        "unread": unread,
        "query": query,
        "back": urlencode(query),
    }
    return render(request, "notifications/inbox/inbox.html", context)


@act_view()
def read_one(request: SignedIn, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(Notice.objects.filter(pk=notice.pk))
    return redirect(_back(request))


@act_view()
def read_all(request: SignedIn) -> HttpResponse:
    mine = Notice.objects.visible_to(request.user)
    shown = visible_among(list(mine.in_inbox().unread()), cast(User, request.user))
    mark_read(mine)
    if count := len(shown):
        text = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("There was nothing unread."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The inbox, narrowed as it was."""
    fields = QueryDict(request.POST.get("back", "")[:200])
    query = {name: fields[name] for name in ("group", "unread", "reasons", "page") if name in fields}
    return reverse("notifications:inbox") + (f"?{urlencode(query)}" if query else "")
