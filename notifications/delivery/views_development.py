"""Pages that exist in development only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from accounts.people.decorators import page_view
from notifications.inbox.queries import demo_codes
from notifications.outbox.models import MailboxMessage

DEV_PER_PAGE = 50


def development_only[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Elsewhere the page does not exist."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEV_PAGES:
            raise Http404
        return view(*args, **kwargs)

    return guarded


@page_view(public=True, fresh=True)
@development_only
def dev_index(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/delivery/dev_index.html", {"codes": demo_codes()})


@page_view(public=True, fresh=True)
@development_only
def mailbox(request: HttpRequest) -> HttpResponse:
    mails = MailboxMessage.objects.only("at", "to", "subject")
    page = Paginator(mails, DEV_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/delivery/mailbox.html", {"page": page})


@page_view(public=True, fresh=True)
@development_only
def mailbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return render(request, "notifications/delivery/mailbox_message.html", {"mail": mail})


# A mail brings its own style attributes, and nothing else of it may act.
MAIL_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}


@csp_override(MAIL_POLICY)
@xframe_options_sameorigin
@page_view(public=True, fresh=True)
@development_only
def mailbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
