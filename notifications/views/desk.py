"""How mail fares: numbers, the list, one message, and sending it again."""

from typing import Any

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from notifications.actions import resend, why_not_again
from notifications.enums import Stage
from notifications.filters import MailFilter
from notifications.links import shortened
from notifications.models import Message, Suppression
from notifications.queries.desk import DAYS, numbers, with_stage

PER_PAGE = 50
NARROWING = ("stage", "kind", "day", "address")


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("notifications.see_mail"):
        raise Http404
    found = MailFilter(request.GET, Message.objects.visible_to(user), user=user)
    listed = with_stage(found.qs).order_by("-pk") if found.is_valid() else Message.objects.none()
    # One more than a page tells whether there are older ones, without counting them all.
    rows = list(listed.defer("facts", "url", "url_args")[: PER_PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    is_first = "before" not in request.GET
    is_narrowed = any(request.GET.get(name) for name in NARROWING)
    context = {
        "filter": found,
        "is_narrowed": is_narrowed,
        "rows": [_shown(row, user) for row in rows[:PER_PAGE]],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "base_query": query.urlencode(),
        "is_first": is_first,
        "numbers": numbers(user) if is_first and not is_narrowed else None,
        "stages": Stage.choices,
        "days": DAYS,
        "may_read_addresses": user.has_perm("notifications.read_addresses"),
    }
    return render(request, "notifications/desk/list.html", context)


@require_safe
@never_cache
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one message, without its facts and link: they may let their holder in."""
    user: Any = request.user
    one = get_object_or_404(
        with_stage(Message.objects.visible_to(user))
        .select_related("user", "again", "again_of")
        .defer("facts", "url", "url_args"),
        pk=pk,
    )
    reads = user.has_perm("notifications.read_addresses")
    may_resend = user.has_perm("notifications.resend_message")
    context = {
        "message": one,
        "shown": _shown(one, user),
        "events": one.events.visible_to(user),
        "held": Suppression.objects.visible_to(user).in_force().of(one.address).first() if reads else None,
        "may_read_addresses": reads,
        "may_resend": may_resend,
        "why_not": why_not_again(one) if may_resend else "",
    }
    return render(request, "notifications/desk/message.html", context)


@require_POST
def resend_one(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    one = get_object_or_404(Message.objects.visible_to(user), pk=pk)
    if not user.has_perm("notifications.resend_message"):
        raise Http404
    try:
        new = resend(one, actor=user)
    except DomainError as refusal:
        told.error(request, str(refusal))
        return redirect("desk_mail:message", pk)
    told.success(request, _("It is on its way again, as a message of its own."))
    return redirect("desk_mail:message", new.pk)


def _shown(one: Any, user: Any) -> dict[str, Any]:
    """What a row shows; the address whole only to those who may read it."""
    reads = user.has_perm("notifications.read_addresses")
    return {
        "message": one,
        "address": one.address if reads else shortened(one.address),
        "stage": Stage(one.stage).label,
        "badge": BADGES.get(one.stage, "quiet"),
    }


BADGES = {
    Stage.WAITING: "waiting",
    Stage.RETRY: "waiting",
    Stage.SENT: "info",
    Stage.DELIVERED: "done",
    Stage.FAILED: "refused",
    Stage.COMPLAINED: "refused",
}
