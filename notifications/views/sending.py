"""How far the mail is, kind by kind, and the desk's hand on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.partial_pages import is_part
from notifications.actions import sending as act
from notifications.forms import RateForm
from notifications.models import Happening, Pause
from notifications.queries.sending import sending

TARGET = "progress"  # the part of the page that asks for itself while mail is on its way


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """The page; a POST sets the rate. htmx asks the same address for the part that changes."""
    _allowed(request)
    found = sending()
    if request.method == "POST":
        if found.outlet is None:
            raise Http404
        form = RateForm(request.POST, instance=found.outlet)
        if form.is_valid():
            act.set_rate(found.outlet, form.cleaned_data["per_second"], actor=request.user)  # type: ignore[arg-type]  # login_required
            messages.success(request, _("The rate is set. It holds from the next mails on."))
            return redirect("sending:progress")
    else:
        form = RateForm(instance=found.outlet)
    part = is_part(request, TARGET)
    context: dict[str, Any] = {"sending": found, "form": form, "is_part": part}
    template = "notifications/sending.html#state" if part else "notifications/sending.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


@login_required
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Pause one kind, or one happening of it."""
    _allowed(request)
    number = request.POST.get("happening", "")
    happening = None
    if number:
        if not number.isdecimal():
            raise Http404
        happening = get_object_or_404(Happening, pk=int(number[:18]))
    kind = happening.kind if happening else request.POST.get("kind", "")
    try:
        act.pause(kind, happening=happening, actor=request.user)  # type: ignore[arg-type]  # login_required
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Paused. What a worker has taken already still leaves."))
    return redirect("sending:progress")


@login_required
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    _allowed(request)
    paused = get_object_or_404(Pause.objects.visible_to(request.user), pk=pk)
    try:
        act.resume(paused, actor=request.user)  # type: ignore[arg-type]  # login_required
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It goes on."))
    return redirect("sending:progress")


def _allowed(request: HttpRequest) -> None:
    if not request.user.has_perm("notifications.steer_sending"):
        raise Http404
