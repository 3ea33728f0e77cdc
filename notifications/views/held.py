"""Which addresses are held back, noting one by hand, and letting mail through again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from notifications.actions import hold_by_hand, lift
from notifications.forms import HoldForm
from notifications.models import MailEvent, Suppression

PER_PAGE = 50
MOST_UNKNOWN = 20  # reports on mail that we do not know


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
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
                request, _("No mail goes to this address any more. Its owner is told at the next sign-in.")
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
    return render(request, "notifications/desk/addresses.html", context)


@require_POST
def lift_one(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    held = get_object_or_404(Suppression.objects.visible_to(user), pk=pk)
    if not user.has_perm("notifications.hold_address"):
        raise Http404
    if lift(held, actor=user):
        messages.success(request, _("Mail goes to this address again."))
    else:
        messages.info(request, _("Mail went to this address again already."))
    return redirect("desk_mail:addresses")
