"""Asking to join an organization, answering that, and giving an entry an administrator."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.queries import person_with_address
from accounts.people.requests import SignedIn
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame
from stakeholders.actions import joining as act
from stakeholders.enums.claims import NextStep
from stakeholders.forms.claims import AcceptForm, AdministratorForm, DeclineForm, JoinForm
from stakeholders.models import JoinRequest, Stakeholder
from stakeholders.queries.claims import handovers_of, has_administrator, next_step, requests_with_desk
from stakeholders.queries.standing import people_of
from stakeholders.views.claims import shown_entry
from workflow.moves.queries import is_recused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the administrators of an organization to be let in."""
    entry = shown_entry(request, pk)
    user = request.user
    may = user.is_authenticated and user.has_perm("stakeholders.ask_to_join", entry)
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may:
            raise Http404
        if form.is_valid():
            try:
                asked = act.ask_to_join(entry, actor=user, message=form.cleaned_data["message"])
            except TooMany:
                raise
            except DomainError as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Your request is sent. You get a mail with the answer."))
                return redirect("stakeholders:join_request", asked.pk)
    step, waiting = next_step(user, entry)
    if step == NextStep.ASKED and request.method != "POST":
        return redirect("stakeholders:join_request", waiting)
    context = {"entry": entry, "form": form, "may": may, "step": step, "here": request.path}
    return render(request, "stakeholders/claims/join.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: SignedIn, pk: int) -> HttpResponse:
    """One request: the person withdraws it, an administrator or the desk answers."""
    rows = JoinRequest.objects.visible_to(request.user).select_related("user", "stakeholder__country")
    asked = get_object_or_404(rows, pk=pk)
    own = asked.user_id == request.user.pk
    may = asked.is_open and request.user.has_perm("stakeholders.answer_joinrequest", asked)
    forms: dict[str, Form] = {"accept": AcceptForm(prefix="accept"), "decline": DeclineForm(prefix="decline")}
    if request.method == "POST":
        what = next((name for name in ("accept", "decline", "withdraw") if name in request.POST), "")
        if not what or own != (what == "withdraw") or not (own or may or not asked.is_open):
            raise Http404
        forms[what] = _bound(what, request.POST)
        if forms[what].is_valid() and _answered(request, asked, what, forms[what]):
            return redirect("stakeholders:join_request", pk)
    context = {
        "asked": asked,
        "own": own,
        "may": may,
        "forms": forms,
        "wrong": next((form for form in forms.values() if form.errors), None),
        "vets": request.user.has_perm("stakeholders.make_administrator"),
        "leads": not own and request.user.has_perm("stakeholders.manage_members", asked.stakeholder),
        "entry": Stakeholder.objects.visible_to(request.user).filter(pk=asked.stakeholder_id).first(),
        "without_administrator": not own and not has_administrator(asked.stakeholder),
    }
    return render(request, "stakeholders/claims/request.html", context)


def _bound(what: str, data: Any) -> Form:
    return {"accept": AcceptForm, "decline": DeclineForm}.get(what, Form)(data, prefix=what)


def _answered(request: SignedIn, asked: JoinRequest, what: str, form: Form) -> bool:
    said, actor = form.cleaned_data, request.user
    try:
        match what:
            case "accept":
                act.accept_request(asked, actor=actor, role=said["role"])
                done = _("Accepted. The person gets a mail.")
            case "decline":
                act.decline_request(asked, actor=actor, reason=said["reason"])
                done = _("Declined. The person gets a mail with your reason.")
            case _:
                act.withdraw_request(asked, actor=actor)
                done = _("Your request is withdrawn.")
    except WrongState as late:
        messages.warning(request, str(late))
        return True
    except DomainError as refusal:
        blame(form, refusal)
        return False
    messages.success(request, done)
    return True


# --- The desk --------------------------------------------------------------------------------------
def _makes(request: HttpRequest) -> None:
    """For whoever does not vet, the pages are not there."""
    if not request.user.has_perm("stakeholders.make_administrator"):
        raise Http404


@login_required
@require_safe
def joins(request: HttpRequest) -> HttpResponse:
    """Requests to join that no administrator answers."""
    _makes(request)
    return render(
        request, "stakeholders/claims/requests.html", {"requests": requests_with_desk(request.user)}
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def administrator(request: SignedIn, pk: int) -> HttpResponse:
    """Give an entry an administrator, with a reason that its people read."""
    _makes(request)
    entry = shown_entry(request, pk)
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _made(request, entry, form):
        return redirect("vetting:stakeholder", pk)
    context = {
        "entry": entry,
        "form": form,
        "people": people_of([pk])[pk],
        "has_administrator": has_administrator(entry),
        "handovers": handovers_of(entry, request.user),
        "recused": is_recused(request.user, entry),
    }
    return render(request, "stakeholders/claims/administrator.html", context)


def _made(request: SignedIn, entry: Stakeholder, form: AdministratorForm) -> bool:
    person = person_with_address(form.cleaned_data["address"])
    if person is None:
        form.add_error(
            "address",
            _("No account has confirmed this address. The person first creates one, then you go on."),
        )
        return False
    try:
        act.make_administrator(entry, person, actor=request.user, reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        blame(form, refusal)
        return False
    messages.success(
        request,
        _("The person administers the entry now. They and all who act for it get a mail with your reason."),
    )
    return True
