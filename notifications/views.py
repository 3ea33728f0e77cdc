"""The inbox, and the pages that exist in development only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from notifications.actions import mark_read
from notifications.models import MailboxMessage, Notice
from notifications.queries import demo_codes, lines

PER_PAGE = 20
DEV_PER_PAGE = 50


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


def development_only[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Elsewhere the page does not exist."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEV_PAGES:
            raise Http404
        return view(*args, **kwargs)

    return guarded


@require_safe
@development_only
@never_cache
def dev_index(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/dev_index.html", {"codes": demo_codes()})


@require_safe
@development_only
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    mails = MailboxMessage.objects.only("at", "to", "subject")
    page = Paginator(mails, DEV_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/mailbox.html", {"page": page})


# The page holds the mail itself in a frame.
FRAMING: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@csp_override(FRAMING)
@require_safe
@development_only
@never_cache
def mailbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return render(request, "notifications/mailbox_message.html", {"mail": mail})


# A mail brings its own style attributes, and nothing else of it may act.
MAIL_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}


@csp_override(MAIL_POLICY)
@xframe_options_sameorigin
@require_safe
@development_only
@never_cache
def mailbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
