"""Claiming a listed entry: what it is, the proof, and entries that are somebody else's after all."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people.requests import SignedIn
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame
from stakeholders.actions import claims as act
from stakeholders.actions.registration import save_answers
from stakeholders.enums import Purpose, Status, steps_of
from stakeholders.forms.claims import AddressForm, AnotherForm, ClaimPaperForm, CodeForm
from stakeholders.models import Application, Stakeholder
from stakeholders.queries.applications import draft_of, for_page
from stakeholders.queries.claims import (
    claim_draft,
    claim_ended,
    may_prove_by_mail,
    next_step,
    open_proof,
    proof_of,
    twins,
)


def shown_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """An entry that the reader may see; hidden answers as missing does."""
    return get_object_or_404(Stakeholder.objects.visible_to(request.user).select_related("country"), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """What a claim is and needs. A POST begins it; nothing else does."""
    entry = shown_entry(request, pk)
    user = request.user
    may = user.is_authenticated and user.has_perm("stakeholders.claim_stakeholder", entry)
    if request.method == "POST":
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may:
            raise Http404
        try:
            begun = act.begin_claim(entry, actor=user)
        except TooMany:
            raise
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return redirect("stakeholders:claim", pk)
        return redirect("stakeholders:claim_proof", begun.pk)
    draft = draft_of(user) if user.is_authenticated else None
    step, waiting = next_step(user, entry)
    context = {
        "entry": entry,
        "listed": entry.status == Status.LISTED,
        "may": may,
        "step": step,
        "join_request": waiting,
        "begun": claim_draft(user, entry) if user.is_authenticated else None,
        "draft": draft,
        "other_claim": draft if draft and draft.purpose == Purpose.CLAIM else None,
        "site": may_prove_by_mail(entry),
        "here": request.path,
    }
    return render(request, "stakeholders/claims/claim.html", context)


def _own_claim(request: HttpRequest, pk: int) -> Application:
    mine = for_page(Application.objects.visible_to(request.user))
    return get_object_or_404(mine, pk=pk, applicant=request.user.pk, purpose=Purpose.CLAIM)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_proof(request: SignedIn, pk: int) -> HttpResponse:
    """The proof: a code by mail, or a paper. Opening the page, from the mail too, changes nothing."""
    application = _own_claim(request, pk)
    if not (application.is_draft or application.is_open):
        return redirect("stakeholders:application", pk)
    entry = application.stakeholder
    assert entry is not None  # noqa: S101  every claim has its entry
    forms = _forms(request, entry)
    if request.method == "POST":
        what = next((name for name in forms if name in request.POST), "")
        if not what:
            raise Http404
        form = forms[what]
        if form.is_valid() and _done(request, application, what, form):
            return redirect("stakeholders:claim_proof", pk)
    ended, joinable = claim_ended(request.user, application)
    proof = open_proof(request.user, entry.pk)
    context = {
        "application": application,
        "entry": entry,
        "ended": ended,
        "joinable": joinable,
        "proof": proof_of(application),
        "waiting": proof if proof and proof.is_good else None,
        "papers": application.papers.all(),
        "site": may_prove_by_mail(entry),
        "forms": forms,
        "wrong": next((form for form in forms.values() if form.errors), None),
        "first_step": steps_of(application.kind)[0],
    }
    return render(request, "stakeholders/claims/proof.html", context)


def _forms(request: HttpRequest, entry: Stakeholder) -> dict[str, Any]:
    """By the name of the button that sends each; only that one is bound."""

    def bound(name: str) -> Any:
        return request.POST if name in request.POST else None

    return {
        "send": AddressForm(bound("send"), site=may_prove_by_mail(entry)),
        "confirm": CodeForm(bound("confirm")),
        "upload": ClaimPaperForm(bound("upload"), request.FILES if "upload" in request.POST else None),
    }


def _done(request: SignedIn, application: Application, what: str, form: Any) -> bool:
    """Whether the act was done; where not, the form says why and keeps what was typed."""
    said, actor = form.cleaned_data, request.user
    try:
        match what:
            case "send":
                act.send_code(application, said["address"], actor=actor)
                done = _("A code is on its way to %(address)s.") % {"address": said["address"]}
            case "confirm":
                act.confirm_code(application, said["code"], actor=actor)
                done = _("You have shown that you belong to the entry.")
            case _:
                save_answers(
                    application, actor=actor, version=application.version, answers={}, paper=said["paper"]
                )
                done = _("The paper is added.")
    except TooMany:
        raise
    except DomainError as refusal:
        refusal.fields.update({"paper": refusal.fields.pop("papers")} if "papers" in refusal.fields else {})
        blame(form, refusal)
        return False
    messages.success(request, done)
    return True


@login_required
@require_POST
def another(request: SignedIn, pk: int) -> HttpResponse:
    """The likely twins shown are other organizations; the registration goes on as before."""
    mine = Application.objects.visible_to(request.user)
    application = get_object_or_404(mine, pk=pk, applicant=request.user.pk)
    form = AnotherForm(
        request.POST, shown=[twin.match.stakeholder.pk for twin in twins(request.user, application)]
    )
    if form.is_valid():
        try:
            act.tell_apart(
                application, actor=request.user, ids=form.cleaned_data["shown"], why=form.cleaned_data["why"]
            )
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(request, _("Noted for the desk. Please go on."))
    return redirect("stakeholders:check" if application.is_draft else "stakeholders:application", pk)
