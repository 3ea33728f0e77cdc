"""Writing to a stakeholder through the portal, and the pages on which both sides read and answer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError
from core.forms import blame
from stakeholders.contact import actions
from stakeholders.contact.forms import AnswerForm, ContactForm, WriteForm
from stakeholders.contact.models import Block, Conversation
from stakeholders.contact.queries import (
    blocked_by,
    conversations,
    goes_on,
    is_blocked,
    lines_of,
    ways_to_write,
)
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.views import managed_entry

PER_PAGE = 25


@form_view(fresh=True)
def contact(request: SignedIn, pk: int) -> HttpResponse:
    """The form by which a signed-in person writes to an entry that they see and that takes their messages.

    To others it says why not, and who can be asked; what was typed until then is still there.
    """
    rows = Stakeholder.objects.visible_to(request.user).select_related("country")
    stakeholder = get_object_or_404(rows, pk=pk)
    form = WriteForm(request.POST or None)
    context = {"stakeholder": stakeholder, "form": form, **ways_to_write(request.user, stakeholder)}
    if not context["may_write"]:
        return render(request, "stakeholders/contact/write.html", context, status=403)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = actions.write(stakeholder, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            blame(form, refusal)  # past a limit too, so that what was typed is still there
        else:
            messages.success(request, _("Your message is on its way. The answer comes to this page."))
            return redirect(conversation)
    return render(request, "stakeholders/contact/write.html", context)


@page_view(fresh=True)
def conversation_list(request: SignedIn) -> HttpResponse:
    page = Paginator(conversations(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stakeholders/contact/list.html", {"page": page})


def own_conversation(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(conversations(request.user), pk=pk)


@form_view(fresh=True)
def conversation(request: SignedIn, pk: int) -> HttpResponse:
    """One conversation; a POST goes on with it."""
    conversation = own_conversation(request, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(conversation, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            blame(form, refusal)  # past a limit too, so that what was typed is still there
        else:
            messages.success(request, _("Sent."))
            return redirect(conversation)
    return render(
        request, "stakeholders/contact/conversation.html", _page_context(request, conversation, form)
    )


def _page_context(request: HttpRequest, conversation: Conversation, form: AnswerForm) -> dict[str, Any]:
    user: Any = request.user
    mine = conversation.sender_id == user.pk
    answers = not mine and user.has_perm("stakeholders.answer_conversation", conversation)
    may_write = goes_on(user, conversation) if mine else answers
    lines = lines_of(conversation)
    return {
        "conversation": conversation,
        "lines": lines,
        "mine": mine,
        "awaits_answer": mine and may_write and not any(line.from_stakeholder for line in lines),
        "may_answer": may_write and (mine or conversation.sender.is_active),
        "may_report": answers,
        "blocked": answers and is_blocked(conversation),
        "form": form,
    }


@act_view()
def block(request: SignedIn, pk: int) -> HttpResponse:
    conversation = own_conversation(request, pk)
    if not request.user.has_perm("stakeholders.answer_conversation", conversation):
        raise Http404
    actions.block(conversation, actor=request.user)
    messages.success(request, _("Blocked. This person can no longer write to you, and is not informed."))
    return redirect(conversation)


@form_view(fresh=True)
def contact_settings(request: SignedIn, pk: int) -> HttpResponse:
    """Who may write to the entry, and who is blocked."""
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.choose_contact", stakeholder):
        raise Http404
    form = ContactForm(request.POST or None, initial={"contact_from": stakeholder.contact_from})
    if request.method == "POST" and form.is_valid():
        actions.choose_contact(stakeholder, form.cleaned_data["contact_from"], actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("stakeholders:contact_settings", pk)
    context = {"stakeholder": stakeholder, "form": form, "blocked": blocked_by(stakeholder)}
    return render(request, "stakeholders/contact/settings.html", context)


@act_view()
def unblock(request: SignedIn, pk: int, blocked: int) -> HttpResponse:
    stakeholder = managed_entry(request, pk)
    if not request.user.has_perm("stakeholders.choose_contact", stakeholder):
        raise Http404
    row = get_object_or_404(Block.objects.select_related("stakeholder"), pk=blocked, stakeholder=stakeholder)
    actions.unblock(row, actor=request.user)
    messages.success(request, _("This person can write to you again."))
    return redirect("stakeholders:contact_settings", pk)
