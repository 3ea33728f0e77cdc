"""What the desk does with a published call: its closing, time for one, its summary, what followed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.local_times import wall_clock
from core.text import clean_line, whole
from core.views import act_page
from reviews.call_desk.forms import (
    FIELDS,
    CancelForm,
    ClosingForm,
    ExtensionForm,
    FollowUpForm,
    GuidanceForm,
    SummaryForm,
)
from reviews.call_desk.queries import extensions_of, found_for
from reviews.call_desk.views import the_call, words_about
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call, FollowUp
from reviews.calls.queries import may_answer
from stakeholders.entries.models import Stakeholder


def _act(
    request: HttpRequest, call: Call, form: Form, do: Callable[[dict[str, Any]], Any], **words: Any
) -> HttpResponse:
    """A page with one form; `words`: heading, lead, button, done, and style for what cannot be undone."""
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, FIELDS):
            do(form.cleaned_data)
            messages.success(request, words["done"])
            return redirect("calldesk:call", call.pk)
    version = request.POST.get("version", call.version)
    return act_page(request, form, title_name=call.title, version=version, **words_about(call), **words)


def _version_read(request: HttpRequest) -> int:
    """Return the version from which the person's form was made."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _published_call(request: HttpRequest, pk: int, permission: str) -> Call | None:
    """Return the call if it is published; None where its page has to explain its status."""
    call = the_call(request, pk, permission)
    if call.status == "published":
        return call
    messages.info(request, _("This is for calls that are published."))
    return None


@form_view()
def closing(request: SignedIn, pk: int) -> HttpResponse:
    call = _published_call(request, pk, "reviews.keep_call")
    if call is None:
        return redirect("calldesk:call", pk)
    form = ClosingForm(
        request.POST or None, call=call, initial={"closes_at": wall_clock(call.closes_at, call.zone)}
    )
    return _act(
        request,
        call,
        form,
        lambda cleaned: calls_actions.save_call(
            call, actor=request.user, version=_version_read(request), values=cleaned
        ),
        heading=_("Move the closing"),
        lead=_("For everybody. Longer individual time limits remain."),
        button=_("Move the closing"),
        done=_("The closing is moved; followers are reminded of the new one."),
    )


@form_view()
def guidance(request: SignedIn, pk: int) -> HttpResponse:
    call = _published_call(request, pk, "reviews.keep_call")
    if call is None:
        return redirect("calldesk:call", pk)
    form = GuidanceForm(request.POST or None, initial={"guidance": call.guidance})
    return _act(
        request,
        call,
        form,
        lambda cleaned: calls_actions.save_call(
            call, actor=request.user, version=_version_read(request), values=cleaned
        ),
        heading=_("Change the guidance"),
        lead=_("The questions of a published call stay as they are; what helps to answer them may change."),
        button=_("Save"),
        done=_("Your changes are saved."),
    )


@form_view()
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    call = _published_call(request, pk, "reviews.cancel_call")
    if call is None:
        return redirect("calldesk:call", pk)
    return _act(
        request,
        call,
        CancelForm(request.POST or None),
        lambda cleaned: calls_actions.cancel_call(call, actor=request.user, note=cleaned["note"]),
        heading=_("Cancel the call"),
        lead=_("No more contributions can be submitted. Those already sent remain. This cannot be undone."),
        button=_("Cancel the call"),
        done=_("The call is cancelled."),
        style="danger",
    )


@form_view()
def summary(request: SignedIn, pk: int) -> HttpResponse:
    call = _published_call(request, pk, "reviews.keep_call")
    if call is None:
        return redirect("calldesk:call", pk)
    if not call.has_closed:
        messages.info(request, _("A summary is written once the call has closed."))
        return redirect("calldesk:call", pk)
    form = SummaryForm(request.POST or None, initial={"summary": call.summary})
    return _act(
        request,
        call,
        form,
        lambda cleaned: calls_actions.summarize(call, actor=request.user, summary=cleaned["summary"]),
        heading=_("Contributions"),
        lead=_("Everybody reads it on the page of the call; followers are informed the first time."),
        button=_("Publish the summary"),
        done=_("The summary is saved."),
    )


@form_view()
def follow_up(request: SignedIn, pk: int) -> HttpResponse:
    call = the_call(request, pk, "reviews.keep_call")
    if call.is_draft:
        return redirect("calldesk:call", pk)
    return _act(
        request,
        call,
        FollowUpForm(request.POST or None),
        lambda cleaned: calls_actions.follow_up(call, actor=request.user, **cleaned),
        heading=_("What followed"),
        lead=_("A document, an event, a change of the law: with its date and source."),
        button=_("Write it down"),
        done=_("Recorded; the page of the call shows it."),
    )


@act_view()
def forget(request: SignedIn, pk: int, line: int) -> HttpResponse:
    call = the_call(request, pk, "reviews.keep_call")
    follow_up = get_object_or_404(FollowUp.objects.filter(call=call), pk=line)
    calls_actions.forget_follow_up(follow_up, actor=request.user)
    messages.success(request, gettext_lazy("The line is gone."))
    return redirect("calldesk:call", pk)


@form_view()
def give_time(request: SignedIn, pk: int) -> HttpResponse:
    """First whom (a list to look in), then until when and why."""
    call = _published_call(request, pk, "reviews.extend_call")
    if call is None:
        return redirect("calldesk:call", pk)
    words = clean_line(request.GET.get("q", ""))[:100]
    chosen = request.GET.get("stakeholder", "")
    stakeholder = None
    if chosen:
        addressed = may_answer(call).filter(pk__in=Stakeholder.objects.visible_to(request.user).values("pk"))
        stakeholder = get_object_or_404(addressed, pk=whole(chosen))
    form = ExtensionForm(request.POST or None, call=call)
    if stakeholder is not None and request.method == "POST" and form.is_valid():
        with refusal_on(form, FIELDS):
            calls_actions.give_time(call, stakeholder, actor=request.user, **form.cleaned_data)
            messages.success(request, _("More time is given; their administrators get an e-mail."))
            return redirect("calldesk:call", pk)
    context = {
        "call": call,
        "form": form,
        "stakeholder": stakeholder,
        "words": words,
        "stakeholders": [] if stakeholder else found_for(call, request.user, words),
        "extensions": extensions_of(call),
    }
    return render(request, "reviews/call_desk/extend.html", context)
