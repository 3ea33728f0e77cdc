"""The desk sends: a test to itself, the issue now or at a time; pauses it, and lets it go on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.forms import blame
from core.limits import spend
from core.small_numbers import FEWEST
from core.time_display import VIENNA, by_both_clocks
from news.actions import newsletter_sending as sending
from news.forms.newsletter_desk import SendForm, TestForm
from news.queries.newsletter_readers import numbers_for, recipients
from news.views.newsletter_desk import issue_of, must_make

MOST_TESTS = 30


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """How many it would reach, and when it shall leave; then once more, as one sentence, before it does."""
    one, user = issue_of(request, pk), must_make(request)
    zone = getattr(user, "time_zone", "") or VIENNA.key
    form = SendForm(request.POST or None, initial={"zone": zone, "when": "now"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        people = recipients(one).count()
        # Nobody to send it to now is refused below, without a question before.
        if "confirmed" not in request.POST and (people or said["instant"]):
            at = by_both_clocks(said["instant"], zone) if said["instant"] else ""
            context = {"issue": one, "form": form, "at": at, "people": people}
            return render(request, "newsletter/desk/confirm.html", context)
        try:
            if said["when"] == "later":
                sending.schedule(one, said["instant"], said["zone"], actor=user)
                text = _("The issue leaves on %(at)s.") % {"at": by_both_clocks(said["instant"], zone)}
            else:
                sending.send_now(one, actor=user)
                text = _("The issue is on its way, and in the archive.")
        except DomainError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, text)
            return redirect("newsletterdesk:issue", pk)
    context = {"issue": one, "form": form, "numbers": numbers_for(one), "fewest": FEWEST}
    return render(request, "newsletter/desk/send.html", context)


@login_required
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    one, user = issue_of(request, pk), must_make(request)
    form = TestForm(request.POST, issue=one)
    if not form.is_valid():
        messages.error(request, _("Choose at least one language for the test."))
        return redirect("newsletterdesk:issue", pk)
    spend("news.newsletter_test", str(user.pk), most=MOST_TESTS, seconds=60 * 60)
    chosen = form.cleaned_data["languages"]
    sending.send_test(one, chosen, actor=user)
    text = ngettext(
        "A test goes to your own address.", "%(number)s tests go to your own address.", len(chosen)
    )
    messages.success(request, text % {"number": len(chosen)})
    return redirect("newsletterdesk:issue", pk)


@login_required
@require_POST
def act_on(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Take the time back, pause, let go on."""
    one, user = issue_of(request, int(pk)), must_make(request)
    do: Any = {"unschedule": sending.unschedule, "pause": sending.pause, "resume": sending.resume}[act]
    done = {
        "unschedule": _("The issue is a draft again."),
        "pause": _("The sending is paused. What a worker has taken already still leaves."),
        "resume": _("The sending goes on."),
    }
    try:
        do(one, actor=user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done[act])
    return redirect("newsletterdesk:issue", one.pk)
