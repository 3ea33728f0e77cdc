"""Sending a message to many: now or by the desk's release; pausing, stopping; the limits."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coordination.actions import letter_sending as sending
from coordination.actions.letters import discard as throw_away
from coordination.actions.letters import set_limit
from coordination.enums.letters import Hat
from coordination.forms.letters import DecideForm, LimitsForm, SendForm
from coordination.queries.letters import allowed, limits, reach
from coordination.views.letters import _shown, framed, letter_of, must_write, own_draft
from core.errors import DomainError
from core.forms import blame


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    """How many it would reach; beyond the limit, why it cannot wait."""
    user, seen = must_write(request, hat), letter_of(request, hat, pk)
    if (
        seen.by_id == user.pk and seen.hat == hat and not seen.is_draft
    ):  # sent a moment ago, by a second click
        return redirect(f"letters_{hat}:letter", pk)
    one = own_draft(request, hat, pk)
    within = allowed(user, hat)
    form = SendForm(request.POST if request.method == "POST" else None, beyond=within.is_spent)
    if request.method == "POST" and form.is_valid():
        try:
            left = sending.send(one, actor=user, plea=form.cleaned_data.get("plea", ""))
        except DomainError as refusal:
            form = _again(form, refusal)
        else:
            text = (
                _("The message is on its way.")
                if left
                else _("The desk was asked. You hear of its decision by mail.")
            )
            messages.success(request, text)
            return redirect(f"letters_{hat}:letter", pk)
    numbers = reach(user, hat, one.filters)
    context = framed(hat, letter=one, form=form, reach=numbers, allowed=within)
    return render(request, "coordination/letters/send.html", context)


def _again(form: SendForm, refusal: DomainError) -> SendForm:
    """Where another message was sent meanwhile, the reason is asked for now."""
    if "plea" in refusal.fields and "plea" not in form.fields:
        form = SendForm(form.data, beyond=True)
        form.is_valid()
        return form
    blame(form, refusal)
    return form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    user, one = must_write(request, hat), own_draft(request, hat, pk)
    if request.method == "POST":
        try:
            throw_away(one, actor=user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(one)
        messages.success(request, _("The draft is thrown away."))
        return redirect(f"letters_{hat}:home")
    return render(request, "coordination/letters/discard.html", framed(hat, letter=one))


@login_required
@require_POST
def act_on(request: HttpRequest, pk: int, act: str, hat: str) -> HttpResponse:
    """Take back, pause, let go on, stop."""
    one, user = letter_of(request, hat, int(pk)), must_write(request, hat)
    do: Any = {
        "take_back": sending.take_back,
        "pause": sending.pause,
        "resume": sending.resume,
        "stop": sending.stop,
    }[act]
    done = {
        "take_back": _("The message is a draft again."),
        "pause": _("The sending is paused. What a worker has taken already still leaves."),
        "resume": _("The sending goes on."),
        "stop": _("The sending is stopped for good. What has left stays with its readers."),
    }
    try:
        do(one, actor=user)
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done[act])
    return redirect(f"letters_{hat}:letter", one.pk)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int, hat: str) -> HttpResponse:
    """Let a message leave beyond the limit, or give it back."""
    one, user = letter_of(request, hat, pk), must_write(request, hat)
    if not user.has_perm("coordination.release_letter", one):
        raise Http404
    form = DecideForm(request.POST)
    if form.is_valid():
        returns = request.POST.get("decision") == "return"
        try:
            (sending.give_back if returns else sending.release)(
                one, actor=user, note=form.cleaned_data["note"]
            )
        except DomainError as refusal:
            blame(form, refusal)
        else:
            if returns:  # a draft again, which is its writer's alone
                messages.success(request, _("It is back with whoever wrote it."))
                return redirect(f"letters_{hat}:home")
            messages.success(request, _("The message is on its way."))
            return redirect(f"letters_{hat}:letter", pk)
    return render(request, "coordination/letters/letter.html", _shown(request, one, hat, form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_limits(request: HttpRequest, hat: str) -> HttpResponse:
    """How many messages one person may send without asking."""
    user = must_write(request, hat)
    if hat != Hat.DESK or not user.has_perm("coordination.release_letters"):
        raise Http404
    form = LimitsForm(request.POST or None, limits=limits())
    if request.method == "POST" and form.is_valid():
        for its, (per_day, per_month) in form.limits().items():
            set_limit(its, per_day, per_month, actor=user)
        messages.success(request, _("The limits are saved."))
        return redirect("letters_desk:home")
    return render(request, "coordination/letters/limits.html", framed(hat, form=form))
