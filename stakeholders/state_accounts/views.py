"""State accounts: the desk's pages, and the page of the invited person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame, refusal_on
from stakeholders.invitations.views_answers import answer, own_or_404
from stakeholders.state_accounts import actions
from stakeholders.state_accounts.forms import EndStateForm, StateForm
from stakeholders.state_accounts.models import StateAccount
from stakeholders.state_accounts.queries import state_accounts

INVITED = StateAccount.objects.select_related("country")


def _keeping(request: HttpRequest) -> Any:
    """The person, where they may keep State accounts; for anybody else none of this is there."""
    if not request.user.has_perm(actions.PERMISSION):
        raise Http404
    return request.user


@form_view(fresh=True)
def states(request: SignedIn) -> HttpResponse:
    """Who is here for which State; sent, one more invitation."""
    user = _keeping(request)
    form = StateForm(initial={"language": get_language()})
    if request.method == "POST":
        form = StateForm(request.POST, request.FILES)
        if form.is_valid():
            with refusal_on(form):
                actions.invite_state(actor=user, **form.cleaned_data)
                messages.success(request, _("The invitation is on its way."))
                return redirect("vetting:states")
    context = {"form": form, "accounts": state_accounts(user)}
    return render(request, "stakeholders/state_accounts/list.html", context)


@page_view(fresh=True)
def state(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), EndStateForm())


def _found(request: HttpRequest, pk: int) -> StateAccount:
    return get_object_or_404(state_accounts(_keeping(request)).select_related("ended_by"), pk=pk)


def _page(request: HttpRequest, found: StateAccount, form: EndStateForm) -> HttpResponse:
    context = {"account": found, "form": form, "lines": timeline(found, request.user)[:20]}
    return render(request, "stakeholders/state_accounts/account.html", context)


@form_view(fresh=True)
def state_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Write again or end. Whoever changes the language at a form's errors is led back."""
    found = _found(request, pk)
    if name not in ("again", "end"):
        raise Http404
    if request.method != "POST":
        return redirect(found)
    actor: Any = request.user
    form = EndStateForm(request.POST) if name == "end" else None
    if form is not None and not form.is_valid():
        return _page(request, found, form)
    try:
        if form is not None:
            actions.end_state(found, actor=actor, **form.cleaned_data)
            messages.success(request, _("Ended. The person sees what everybody sees from this moment on."))
        else:
            actions.invite_state_again(found, actor=actor)
            messages.success(request, _("The invitation is on its way. The old link opens nothing any more."))
    except WrongState as late:
        messages.warning(request, str(late))
    except TooMany:
        raise
    except DomainError as refusal:
        if form is None:
            raise
        blame(form, refusal)
        return _page(request, found, form)
    return redirect(found)


# --- The invited person -------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def for_states(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens. Opening it changes nothing."""
    return _answer(request, get_object_or_404(INVITED.by_token(token)))


@form_view(fresh=True)
def own_for_states(request: SignedIn, pk: int) -> HttpResponse:
    found = get_object_or_404(INVITED, pk=pk)
    return _answer(request, own_or_404(request, found, "stakeholders.accept_state_account"))


def _answer(request: Any, found: StateAccount) -> HttpResponse:
    if not found.is_good:
        return render(request, "stakeholders/state_accounts/ended.html", {"account": found}, status=410)
    user = request.user

    def accept() -> HttpResponse:
        actions.accept_state(found, actor=user)
        messages.success(request, _("You are now here for %(state)s.") % {"state": found.country.name})
        return redirect("portal:me")

    return answer(
        request,
        found,
        "stakeholders/state_accounts/begin.html",
        fits=user.has_perm("stakeholders.accept_state_account", found),
        accept=accept,
        decline=actions.decline_state,
    )
