"""The form by which anybody writes to the team, its receipt, and the team's list and page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError
from core.forms import blame
from core.limits import spend, visitor_of
from core.views import refusal_as_warning
from portal.team_messages import actions
from portal.team_messages.enums import MessageStatus
from portal.team_messages.forms import AnswerForm, StatusForm, TeamMessageForm
from portal.team_messages.models import TeamMessage
from portal.team_messages.queries import count_by_status, messages_in
from workflow.items.queries import holding_on
from workflow.moves.queries import moves_open_to

PER_PAGE = 25
MOST, AN_HOUR = 6, 3600  # messages of one person, or from one address of the network


@form_view(public=True, fresh=True)
def write(request: HttpRequest) -> HttpResponse:
    """The form; a POST sends it, and leads to the receipt. `?about=` is the purpose that is chosen first."""
    user: Any = request.user
    form = TeamMessageForm(
        request.POST or None,
        signed_in=user.is_authenticated,
        initial={"purpose": request.GET.get("about", "")},
    )
    if request.method == "POST" and form.is_valid():
        who = str(user.pk) if user.is_authenticated else visitor_of(request)
        try:
            spend("portal.team_message", who, most=MOST, seconds=AN_HOUR)
            sent = actions.send_message(
                actor=user,
                language=get_language() or "en",
                suspicion=form.suspicion,
                **{
                    name: form.cleaned_data[name]
                    for name in ("purpose", "text", "address")
                    if name in form.fields
                },
            )
        except DomainError as refusal:
            blame(form, refusal)  # past a limit too, so that what was typed is still there
        else:
            return redirect(sent)  # a program is told the same as a person, so that it learns nothing
    return render(request, "portal/team_messages/write.html", {"form": form})


@page_view(public=True, fresh=True)
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """How far a message is, for whoever has its number; its words for who sent it signed in."""
    message = get_object_or_404(TeamMessage, reference=reference)
    is_own = request.user.is_authenticated and message.sender_id == request.user.pk
    context = {"message": message, "is_own": is_own, "holding": holding_on(message)}
    return render(request, "portal/team_messages/receipt.html", context)


@page_view(permission="portal.view_team_messages", fresh=True)
def message_list(request: SignedIn) -> HttpResponse:
    form = StatusForm(request.GET)
    status = (form.is_valid() and form.cleaned_data["status"]) or MessageStatus.NEW.value
    numbers = count_by_status(request.user)
    context = {
        "page": Paginator(messages_in(request.user, status), PER_PAGE).get_page(request.GET.get("page")),
        "status": status,
        "statuses": [(code, label, numbers[code]) for code, label in MessageStatus.choices],
    }
    return render(request, "portal/team_messages/desk_list.html", context)


@form_view(permission="portal.view_team_messages", fresh=True)
def message_page(request: SignedIn, pk: int) -> HttpResponse:
    """One message; a POST answers it."""
    message = _message(request, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_as_warning(request):
            _refuse_own(request, message)
            actions.answer_message(message, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The answer is on its way."))
            return redirect("portal:desk_team_message", pk)
    moves = dict(moves_open_to(request.user, message))
    context = {
        "message": message,
        "form": form,
        "may_answer": moves.pop("answer", None) is not None,
        "moves": moves.items(),
        "language": get_language_info(message.language)["name_translated"],
        "lines": timeline(message, request.user),
    }
    return render(request, "portal/team_messages/desk_page.html", context)


@act_view(permission="portal.view_team_messages")
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Close a message, mark it as spam or open it again."""
    if name not in TeamMessage.MOVES or name == "answer":
        raise Http404
    message = _message(request, pk)
    with refusal_as_warning(request):
        _refuse_own(request, message)
        actions.move_message(message, name, actor=request.user)
        messages.success(request, _("The status of the message is changed."))
    return redirect("portal:desk_team_message", pk)


def _message(request: SignedIn, pk: int) -> TeamMessage:
    rows = TeamMessage.objects.answered_by(request.user).select_related("sender", "answered_by")
    return get_object_or_404(rows, pk=pk)


def _refuse_own(request: SignedIn, message: TeamMessage) -> None:
    """Raise DomainError where the person wrote the message."""
    if message.sender_id == request.user.pk:
        raise DomainError(_("You sent this yourself. Please leave the answer to a colleague."))
