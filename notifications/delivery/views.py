"""The desk's pages of mail: numbers, the list, one message, how far the sending is."""

from typing import Any

from django.contrib import messages as page_messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.partial_pages import is_part, render_state
from notifications.bounces.models import Suppression
from notifications.delivery import actions
from notifications.delivery.actions import resend, why_not_again
from notifications.delivery.filters import MailFilter
from notifications.delivery.forms import RateForm
from notifications.delivery.models import Pause
from notifications.delivery.queries import DAYS, numbers, sending_state, with_stage
from notifications.happenings.models import Happening
from notifications.outbox.enums import Stage
from notifications.outbox.models import Message
from notifications.preferences.signed_links import shorten_address

PER_PAGE = 25
NARROWING = ("stage", "kind", "day", "address")


@page_view(public=True, fresh=True)
def overview(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("notifications.see_mail"):
        raise Http404
    mail_filter = MailFilter(request.GET, Message.objects.visible_to(user), user=user)
    listed = with_stage(mail_filter.qs).order_by("-pk") if mail_filter.is_valid() else Message.objects.none()
    # One more than a page tells whether there are older ones, without counting them all.
    rows = list(listed.defer("facts", "url", "url_args")[: PER_PAGE + 1])
    is_first = "before" not in request.GET
    is_narrowed = any(request.GET.get(name) for name in NARROWING)
    context = {
        "filter": mail_filter,
        "is_narrowed": is_narrowed,
        "rows": [_mail_row(row, user) for row in rows[:PER_PAGE]],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "is_first": is_first,
        "numbers": numbers(user) if is_first and not is_narrowed else None,
        "stages": Stage.choices,
        "days": DAYS,
        "may_read_addresses": user.has_perm("notifications.read_addresses"),
    }
    return render(request, "notifications/delivery/desk/list.html", context)


@page_view(public=True, fresh=True)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one message, without its facts and link: they may let their holder in."""
    user: Any = request.user
    mail = get_object_or_404(
        with_stage(Message.objects.visible_to(user))
        .select_related("user", "again", "again_of")
        .defer("facts", "url", "url_args"),
        pk=pk,
    )
    reads = user.has_perm("notifications.read_addresses")
    may_resend = user.has_perm("notifications.resend_message")
    context = {
        "message": mail,
        "shown": _mail_row(mail, user),
        "events": mail.events.visible_to(user),
        "held": Suppression.objects.visible_to(user).in_force().of(mail.address).first() if reads else None,
        "may_read_addresses": reads,
        "may_resend": may_resend,
        "why_not": why_not_again(mail) if may_resend else "",
    }
    return render(request, "notifications/delivery/desk/message.html", context)


@act_view(public=True)
def resend_one(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    mail = get_object_or_404(Message.objects.visible_to(user), pk=pk)
    if not user.has_perm("notifications.resend_message"):
        raise Http404
    try:
        new = resend(mail, actor=user)
    except DomainError as refusal:
        page_messages.error(request, str(refusal))
        return redirect("desk_mail:message", pk)
    page_messages.success(request, _("It is on its way again, as a message of its own."))
    return redirect("desk_mail:message", new.pk)


def _mail_row(mail: Any, user: Any) -> dict[str, Any]:
    """Return what a row shows; the whole address only to those who may read it."""
    reads = user.has_perm("notifications.read_addresses")
    return {
        "message": mail,
        "address": mail.address if reads else shorten_address(mail.address),
        "stage": Stage(mail.stage).label,
        "badge": BADGES.get(mail.stage, "quiet"),
    }


BADGES = {
    Stage.WAITING: "waiting",
    Stage.RETRY: "waiting",
    Stage.SENT: "info",
    Stage.DELIVERED: "done",
    Stage.FAILED: "refused",
    Stage.COMPLAINED: "refused",
}

# --- How far the mail is, kind by kind, and the desk's hand on it ------------------------------------

TARGET = "progress"  # the part of the page that asks for itself while mail is on its way


@form_view(permission="notifications.steer_sending", fresh=True)
def progress(request: SignedIn) -> HttpResponse:
    """The page; a POST sets the rate. htmx asks the same address for the part that changes."""
    sending = sending_state()
    if request.method == "POST":
        if sending.outlet is None:
            raise Http404
        form = RateForm(request.POST, instance=sending.outlet)
        if form.is_valid():
            actions.set_rate(sending.outlet, form.cleaned_data["per_second"], actor=request.user)
            page_messages.success(request, _("The rate is set. It holds from the next e-mails on."))
            return redirect("sending:progress")
    else:
        form = RateForm(instance=sending.outlet)
    context = {"sending": sending, "form": form, "is_part": is_part(request, TARGET)}
    return render_state(request, "notifications/delivery/sending.html", context, target=TARGET)


@act_view(permission="notifications.steer_sending")
def hold(request: SignedIn) -> HttpResponse:
    """Pause one kind or several, as those of an area, or one happening of a kind."""
    number = request.POST.get("happening", "")
    happening = None
    if number:
        if not number.isdecimal():
            raise Http404
        happening = get_object_or_404(Happening, pk=int(number[:18]))
    chosen = [happening.kind] if happening else request.POST.getlist("kind") or [""]
    try:
        with transaction.atomic():
            for kind in chosen:
                actions.pause(kind, happening=happening, actor=request.user)
    except DomainError as refusal:
        page_messages.warning(request, str(refusal))
    else:
        page_messages.success(request, _("Paused. Messages that are already being processed are still sent."))
    return redirect("sending:progress")


@act_view(permission="notifications.steer_sending")
def go_on(request: SignedIn, pk: int) -> HttpResponse:
    paused = get_object_or_404(Pause.objects.visible_to(request.user), pk=pk)
    try:
        actions.resume(paused, actor=request.user)
    except DomainError as refusal:
        page_messages.warning(request, str(refusal))
    else:
        page_messages.success(request, _("Sending has resumed."))
    return redirect("sending:progress")
