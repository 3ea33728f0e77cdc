"""The inbox."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from notifications.actions import mark_read
from notifications.models import Notice
from notifications.queries import lines

PER_PAGE = 20


@require_safe
@never_cache
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    reader = cast(User, request.user)
    page = Paginator(Notice.objects.visible_to(reader).in_inbox(), PER_PAGE).get_page(request.GET.get("page"))
    shown = lines(list(page.object_list), reader)
    return render(request, "notifications/inbox.html", {"page": page, "lines": shown})


@require_POST
@login_required
def read_one(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(Notice.objects.filter(pk=notice.pk))
    return redirect("notifications:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    count = mark_read(Notice.objects.visible_to(request.user))
    if count:
        text = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("There was nothing unread."))
    return redirect("notifications:inbox")
