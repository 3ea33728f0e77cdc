"""Telling the desk what is wrong with anything that the portal shows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import WrongState
from core.limits import spend, visitor_of
from core.views import act_page
from stakeholders.contact.views import own_conversation
from stakeholders.hooks import reportable
from stakeholders.moderation import actions
from stakeholders.moderation.actions import report_thing
from stakeholders.moderation.forms import ReportForm, ReportMessageForm
from stakeholders.moderation.models import ENTRY
from stakeholders.moderation.queries import reported_thing

MOST, SECONDS = 6, 3600  # reports from one address of the network


def _get_subject(request: HttpRequest, kind: str, pk: int) -> Any:
    subject = reported_thing(request.user, kind, pk)
    if subject is None:
        raise Http404
    return subject


def _subject_context(kind: str, subject: Any) -> dict[str, Any]:
    reported_kind = reportable[kind]
    return {
        "name": str(subject),
        "page": reported_kind.page_of(subject),
        "kind": reported_kind.label,
        "is_entry": kind == ENTRY,
    }


@form_view(public=True, fresh=True)
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show the form by which anybody tells the desk what is wrong with something that they see."""
    subject = _get_subject(request, kind, pk)
    signed_in = request.user.is_authenticated
    form = ReportForm(request.POST or None, choices=reportable[kind].choices, signed_in=signed_in)
    if request.method == "POST" and form.is_valid():
        spend("stakeholders.report", visitor_of(request), most=MOST, seconds=SECONDS)
        # A program is told the same as a person, so that it learns nothing.
        if not form.by_a_program:
            cleaned = form.cleaned_data
            report_thing(
                subject,
                actor=request.user,
                fault=cleaned["what"],
                text=cleaned["text"],
                address=cleaned.get("address", ""),
                language=get_language() or "en",
            )
        return redirect(_sent_url(kind, pk))
    return render(
        request, "stakeholders/moderation/complaint.html", {**_subject_context(kind, subject), "form": form}
    )


def _sent_url(kind: str, pk: int) -> str:
    return (
        reverse("stakeholders:reported", args=[pk])
        if kind == ENTRY
        else reverse("reporting:sent", args=[kind, pk])
    )


@page_view(public=True, fresh=True)
def report_sent(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    return render(
        request,
        "stakeholders/moderation/complaint_sent.html",
        _subject_context(kind, _get_subject(request, kind, pk)),
    )


@form_view(fresh=True)
def report_conversation(request: SignedIn, pk: int) -> HttpResponse:
    conversation = own_conversation(request, pk)
    if not request.user.has_perm("stakeholders.report_conversation", conversation):
        raise Http404
    form = ReportMessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_conversation(
                conversation,
                actor=request.user,
                fault=form.cleaned_data["what"],
                text=form.cleaned_data["text"],
            )
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(request, _("Your report has been received. The answer comes to your account."))
        return redirect(conversation)
    subject = conversation.subject
    return act_page(
        request,
        form,
        heading=_("Report a message"),
        about=subject,
        text=_(
            "The WhatsOn team reads the conversation and answers you. The sender does not learn that you "
            "reported it."
        ),
        steps=[("stakeholders:conversations", _("Messages")), (conversation, subject)],
        button=_("Send the report"),
        back=conversation,
        back_text=_("Back to the conversation"),
    )
