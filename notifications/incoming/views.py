"""The desk's list of mail that arrived and waits for a person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from notifications.incoming.actions import mark_done
from notifications.incoming.enums import Sort
from notifications.incoming.models import IncomingMail, Mailbox

PER_PAGE = 25
MOST_LEFT = 20  # of what stays in the mailbox


@page_view(public=True, fresh=True)
def incoming(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("notifications.read_incoming"):
        raise Http404
    is_done = "done" in request.GET
    rows = IncomingMail.objects.visible_to(user).select_related("message", "done_by")
    left = rows.filter(sort=Sort.UNMATCHED, done_at=None)
    rows = rows.filter(sort__in=Sort.TO_ANSWER, done_at__isnull=False) if is_done else rows.open()
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_done": is_done,
        "left": [] if is_done else left[:MOST_LEFT],
        "mailboxes": list(Mailbox.objects.order_by("pk")),
    }
    return render(request, "notifications/incoming/desk/list.html", context)


@act_view(public=True)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    mail = get_object_or_404(IncomingMail.objects.visible_to(user), pk=pk)
    if mark_done(mail, actor=user):
        messages.success(request, _("Marked as done."))
    else:
        messages.info(request, _("It is marked as done already."))
    return redirect("desk_mail:incoming")
