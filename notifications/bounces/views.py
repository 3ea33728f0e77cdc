"""What a mail provider says, how somebody mends their address, and which addresses are held back."""

from typing import Any

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.people.decorators import act_view, form_view
from accounts.people.models import User
from accounts.people.requests import SignedIn
from core.errors import DomainError
from notifications.bounces.actions import ask_the_address, hold_by_hand, lift, take_in
from notifications.bounces.forms import HoldForm
from notifications.bounces.models import MailEvent, Suppression
from notifications.bounces.provider_reports import report_of
from notifications.bounces.queries import held_address_of
from notifications.bounces.signed_links import read_address_key
from notifications.preferences.signed_links import shorten_address
from notifications.providers import reader_of

# What anymail stumbles over where a body is not of the form that its provider promises. Its own errors are of
# Django's kinds as well; their module would bring an HTTP client into every process.
UNREADABLE = (
    *(ImproperlyConfigured, ValueError, LookupError, TypeError, AttributeError),
    *(OverflowError, RecursionError),  # the second: JSON nested too deeply
)

log = structlog.get_logger(__name__)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["POST", "HEAD"])
def reports(request: HttpRequest) -> HttpResponse:
    """200 once everything in it is kept; 4xx without effect where secret, signature, size or form are wrong.

    Whatever else goes wrong is a 500, after which providers tell it again; what was told twice is kept once.
    """
    if not settings.MAIL_PROVIDER:
        raise Http404
    if request.method == "HEAD":  # some providers ask whether somebody is there
        return HttpResponse()
    if not _is_small_enough(request):
        return HttpResponse(status=413)
    reader = reader_of(settings.MAIL_PROVIDER)
    try:
        reader.run_validators(request)
        incoming_reports = [
            report_of(settings.MAIL_PROVIDER, event) for event in reader.parse_events(request)
        ]
    except SuspiciousOperation:
        log.warning("mail_report_refused", provider=settings.MAIL_PROVIDER)
        return HttpResponse(status=403)
    except UNREADABLE as fault:
        log.warning("mail_report_unreadable", provider=settings.MAIL_PROVIDER, error=type(fault).__name__)
        return HttpResponse(status=400)
    for report in incoming_reports:
        if report is not None:
            take_in(report)
    return HttpResponse()


def _is_small_enough(request: HttpRequest) -> bool:
    """Return whether the announced length is within the limit; no more than that is read."""
    length = request.headers.get("Content-Length") or "0"
    return length.isascii() and length.isdigit() and int(length) <= settings.MAIL_REPORT_MAX_BYTES


# -----------------------------------------------------------------------------------------------------
# How somebody whose mail came back mends it: another address, or one mail that shows it works again.


@form_view(fresh=True)
def address(request: SignedIn) -> HttpResponse:
    person = request.user
    held = held_address_of(person)
    if request.method != "POST":
        return render(request, "notifications/bounces/address.html", {"held": held})
    if held is None:
        messages.info(request, _("E-mail reaches you; there is nothing to correct."))
    else:
        ask_the_address(person, held)
        messages.success(
            request,
            _("An e-mail is on its way to %(address)s. Open the link in it and press the button there.")
            % {"address": person.email},
        )
    return redirect("notifications:address")


@csrf_exempt
@form_view(public=True, fresh=True)
def works(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail to a held address. Opening it changes nothing; its button does.

    The key in the address is what lets it through, so no sign-in and no form token is asked for.
    """
    key = read_address_key(token)
    held = Suppression.objects.filter(pk=key[1]).first() if key else None
    owner = User.objects.filter(pk=key[0], is_active=True).first() if key else None
    if held is None or owner is None:
        return render(request, "notifications/bounces/works_over.html", status=404)
    if request.method == "POST":
        lift(held, actor=owner, by_owner=True)
    done = request.method == "POST" or held.lifted_at is not None
    context = {"address": shorten_address(held.address), "done": done}
    return render(request, "notifications/bounces/works.html", context)


# --- Which addresses are held back, noting one by hand, and letting mail through again ---------------

PER_PAGE = 50
MOST_UNKNOWN = 20  # reports on mail that we do not know


@form_view(public=True, fresh=True)
def addresses(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("notifications.hold_address"):
        raise Http404
    form = HoldForm(request.POST or None, initial={"address": request.GET.get("address", "")})
    if request.method == "POST" and form.is_valid():
        try:
            hold_by_hand(form.cleaned_data["address"], form.cleaned_data["reason"], actor=user)
        except DomainError as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(
                request,
                _("E-mail to this address has stopped. Its owner will be informed at the next sign-in."),
            )
            return redirect("desk_mail:addresses")
    held = Suppression.objects.visible_to(user).in_force().select_related("by")
    context = {
        "form": form,
        "page": Paginator(held, PER_PAGE).get_page(request.GET.get("page")),
        "unknown": MailEvent.objects.visible_to(user)
        .filter(message=None)
        .order_by("-received_at")[:MOST_UNKNOWN],
    }
    return render(request, "notifications/bounces/desk/addresses.html", context)


@act_view(public=True)
def lift_one(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    held = get_object_or_404(Suppression.objects.visible_to(user), pk=pk)
    if not user.has_perm("notifications.hold_address"):
        raise Http404
    if lift(held, actor=user):
        messages.success(request, _("E-mail to this address has resumed."))
    else:
        messages.info(request, _("E-mail went to this address again already."))
    return redirect("desk_mail:addresses")
