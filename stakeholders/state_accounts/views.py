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


def _keeping_user(request: HttpRequest) -> Any:
    """Return the person, who must be allowed to keep State accounts; anybody else gets a 404."""
    if not request.user.has_perm(actions.PERMISSION):
        raise Http404
    return request.user


@form_view(fresh=True)
def states(request: SignedIn) -> HttpResponse:
    """List who is here for which State; a POST invites one more."""
    user = _keeping_user(request)
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
    return _page(request, _get_account(request, pk), EndStateForm())


def _get_account(request: HttpRequest, pk: int) -> StateAccount:
    return get_object_or_404(state_accounts(_keeping_user(request)).select_related("ended_by"), pk=pk)


def _page(request: HttpRequest, account: StateAccount, form: EndStateForm) -> HttpResponse:
    context = {"account": account, "form": form, "lines": timeline(account, request.user)[:20]}
    return render(request, "stakeholders/state_accounts/account.html", context)


@form_view(fresh=True)
def state_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Write again or end. A GET, as after a change of language at a form's errors, leads back."""
    account = _get_account(request, pk)
    if name not in ("again", "end"):
        raise Http404
    if request.method != "POST":
        return redirect(account)
    actor: Any = request.user
    form = EndStateForm(request.POST) if name == "end" else None
    if form is not None and not form.is_valid():
        return _page(request, account, form)
    try:
        if form is not None:
            actions.end_state(account, actor=actor, **form.cleaned_data)
            messages.success(request, _("Ended. The person sees what everybody sees from this moment on."))
        else:
            actions.invite_state_again(account, actor=actor)
            messages.success(request, _("The invitation is on its way. The old link no longer works."))
    except WrongState as late:
        messages.warning(request, str(late))
    except TooMany:
        raise
    except DomainError as refusal:
        if form is None:
            raise
        blame(form, refusal)
        return _page(request, account, form)
    return redirect(account)


# --- The invited person -------------------------------------------------------------------------------
@form_view(public=True, fresh=True)
def for_states(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link in the mail opens. Opening it changes nothing."""
    return _answer(request, get_object_or_404(INVITED.by_token(token)))


@form_view(fresh=True)
def own_for_states(request: SignedIn, pk: int) -> HttpResponse:
    account = get_object_or_404(INVITED, pk=pk)
    return _answer(request, own_or_404(request, account, "stakeholders.accept_state_account"))


def _answer(request: Any, account: StateAccount) -> HttpResponse:
    if not account.is_good:
        return render(request, "stakeholders/state_accounts/ended.html", {"account": account}, status=410)
    user = request.user

    def accept() -> HttpResponse:
        actions.accept_state(account, actor=user)
        messages.success(request, _("You are now here for %(state)s.") % {"state": account.country.name})
        return redirect("portal:me")

    return answer(
        request,
        account,
        "stakeholders/state_accounts/begin.html",
        fits=user.has_perm("stakeholders.accept_state_account", account),
        accept=accept,
        decline=actions.decline_state,
    )
