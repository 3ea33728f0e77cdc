"""Claiming a listed entry; asking to join an organization, and answering that."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.queries import person_with_address
from accounts.people.requests import SignedIn
from core.errors import DomainError, TooMany, WrongState
from core.forms import blame, refusal_on
from core.views import refusal_as_warning
from notifications.delivery.preview import Letter, letter_of
from stakeholders.applications.actions import save_answers
from stakeholders.applications.enums import Purpose, steps_of
from stakeholders.applications.models import Application
from stakeholders.applications.queries import draft_of, for_page
from stakeholders.claims import actions, actions_joining
from stakeholders.claims.enums import NextStep
from stakeholders.claims.forms import (
    AcceptForm,
    AddressForm,
    AdministratorForm,
    AnotherForm,
    ClaimPaperForm,
    CodeForm,
    DeclineForm,
    JoinForm,
)
from stakeholders.claims.models import JoinRequest
from stakeholders.claims.queries import (
    claim_draft,
    claim_ended,
    handovers_of,
    has_administrator,
    may_prove_by_mail,
    next_step,
    open_proof,
    proof_of,
    requests_with_desk,
    twins,
)
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import people_of
from workflow.moves.enums import BarButton
from workflow.moves.queries import is_recused


def shown_entry(request: HttpRequest, pk: int) -> Stakeholder:
    """Return an entry that the reader may see; raise Http404 for a hidden or missing one."""
    return get_object_or_404(Stakeholder.objects.visible_to(request.user).select_related("country"), pk=pk)


@form_view(public=True, fresh=True)
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
        with refusal_as_warning(request):
            begun = actions.begin_claim(entry, actor=user)
            return redirect("stakeholders:claim_proof", begun.pk)
        return redirect("stakeholders:claim", pk)
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


@form_view(fresh=True)
def claim_proof(request: SignedIn, pk: int) -> HttpResponse:
    """The proof: a code by mail, or a paper. Opening the page, from the mail too, changes nothing."""
    application = _own_claim(request, pk)
    if not (application.is_draft or application.is_open):
        return redirect("stakeholders:application", pk)
    entry = application.stakeholder
    assert entry is not None  # noqa: S101  every claim has its entry
    forms = _forms(request, entry)
    if request.method == "POST":
        button = next((name for name in forms if name in request.POST), "")
        if not button:
            raise Http404
        form = forms[button]
        if form.is_valid() and _prove(request, application, button, form):
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
    """Return the forms by the name of their button; only the one that was sent is bound."""

    def posted_data(name: str) -> Any:
        return request.POST if name in request.POST else None

    return {
        "send": AddressForm(posted_data("send"), site=may_prove_by_mail(entry)),
        "confirm": CodeForm(posted_data("confirm")),
        "upload": ClaimPaperForm(posted_data("upload"), request.FILES if "upload" in request.POST else None),
    }


def _prove(request: SignedIn, application: Application, button: str, form: Any) -> bool:
    """Do what the button says; return whether it was done, else the form says why not."""
    cleaned, actor = form.cleaned_data, request.user
    try:
        match button:
            case "send":
                actions.send_code(application, cleaned["address"], actor=actor)
                done = _("A code is on its way to %(address)s.") % {"address": cleaned["address"]}
            case "confirm":
                actions.confirm_code(application, cleaned["code"], actor=actor)
                done = _("You have proved that you belong to the profile.")
            case _:
                save_answers(
                    application, actor=actor, version=application.version, answers={}, paper=cleaned["paper"]
                )
                done = _("The document is added.")
    except TooMany:
        raise
    except DomainError as refusal:
        refusal.fields.update({"paper": refusal.fields.pop("papers")} if "papers" in refusal.fields else {})
        blame(form, refusal)
        return False
    messages.success(request, done)
    return True


@act_view()
def another(request: SignedIn, pk: int) -> HttpResponse:
    """The likely twins shown are other organizations; the registration goes on as before."""
    mine = Application.objects.visible_to(request.user)
    application = get_object_or_404(mine, pk=pk, applicant=request.user.pk)
    form = AnotherForm(
        request.POST, shown=[twin.match.stakeholder.pk for twin in twins(request.user, application)]
    )
    if form.is_valid():
        try:
            actions.tell_apart(
                application, actor=request.user, ids=form.cleaned_data["shown"], why=form.cleaned_data["why"]
            )
        except WrongState as late:
            messages.warning(request, str(late))
        else:
            messages.success(request, _("The WhatsOn team can see your document. Please continue."))
    return redirect("stakeholders:check" if application.is_draft else "stakeholders:application", pk)


# --- Asking to join an organization, answering that, and giving an entry an administrator ------------
@form_view(public=True, fresh=True)
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
            with refusal_on(form):
                join_request = actions_joining.ask_to_join(
                    entry, actor=user, message=form.cleaned_data["message"]
                )
                messages.success(request, _("Your request is sent. You get an e-mail with the answer."))
                return redirect("stakeholders:join_request", join_request.pk)
    step, waiting = next_step(user, entry)
    if step == NextStep.SEE_REQUEST and request.method != "POST":
        return redirect("stakeholders:join_request", waiting)
    context = {"entry": entry, "form": form, "may": may, "step": step, "here": request.path}
    return render(request, "stakeholders/claims/join.html", context)


@form_view(fresh=True)
def join_request(request: SignedIn, pk: int) -> HttpResponse:
    """One request: the person withdraws it, an administrator or the desk answers."""
    rows = JoinRequest.objects.visible_to(request.user).select_related("user", "stakeholder__country")
    join_request = get_object_or_404(rows, pk=pk)
    own = join_request.user_id == request.user.pk
    may = join_request.is_open and request.user.has_perm("stakeholders.answer_joinrequest", join_request)
    forms: dict[str, Form] = {"accept": AcceptForm(prefix="accept"), "decline": DeclineForm(prefix="decline")}
    letters: dict[str, Letter] = {}
    if request.method == "POST":
        previewed = request.POST.get("preview", "")
        names = ("accept", "decline", "withdraw")
        button = next((name for name in names if name in request.POST or name == previewed), "")
        if not button or own != (button == "withdraw") or not (own or may or not join_request.is_open):
            raise Http404
        forms[button] = _bind_form(button, request.POST)
        if forms[button].is_valid() and button == previewed and not own:
            with refusal_on(forms[button]):
                letters[button] = letter_of(
                    lambda: _act(join_request, button, forms[button], request.user), to=join_request.user
                )
        elif forms[button].is_valid() and _answer(request, join_request, button, forms[button]):
            return redirect("stakeholders:join_request", pk)
    bar = [
        BarButton.to_form("accept", _("Accept the request"), "primary"),
        BarButton.to_form("decline", _("Decline the request"), "danger"),
    ]
    context = {
        "join_request": join_request,
        "bar": bar if may else [],
        "own": own,
        "may": may,
        "forms": forms,
        "letters": letters,
        "wrong": next((form for form in forms.values() if form.errors), None),
        "vets": request.user.has_perm("stakeholders.make_administrator"),
        "leads": not own and request.user.has_perm("stakeholders.manage_members", join_request.stakeholder),
        "entry": Stakeholder.objects.visible_to(request.user).filter(pk=join_request.stakeholder_id).first(),
        "without_administrator": not own and not has_administrator(join_request.stakeholder),
    }
    return render(request, "stakeholders/claims/request.html", context)


def _bind_form(button: str, data: Any) -> Form:
    return {"accept": AcceptForm, "decline": DeclineForm}.get(button, Form)(data, prefix=button)


def _act(join_request: JoinRequest, button: str, form: Form, actor: Any) -> str:
    """Do what the button says and return what is told of it. Raises as the acts do."""
    cleaned = form.cleaned_data
    match button:
        case "accept":
            actions_joining.accept_request(join_request, actor=actor, role=cleaned["role"])
            return _("Accepted. The person gets an e-mail.")
        case "decline":
            actions_joining.decline_request(join_request, actor=actor, reason=cleaned["reason"])
            return _("Declined. The person gets an e-mail with your reason.")
    actions_joining.withdraw_request(join_request, actor=actor)
    return _("Your request is withdrawn.")


def _answer(request: SignedIn, join_request: JoinRequest, button: str, form: Form) -> bool:
    try:
        done = _act(join_request, button, form, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
        return True
    except DomainError as refusal:
        blame(form, refusal)
        return False
    messages.success(request, done)
    return True


# --- The desk --------------------------------------------------------------------------------------
@page_view(permission="stakeholders.make_administrator")
def joins(request: SignedIn) -> HttpResponse:
    """Requests to join that no administrator answers."""
    return render(
        request, "stakeholders/claims/requests.html", {"requests": requests_with_desk(request.user)}
    )


@form_view(permission="stakeholders.make_administrator", fresh=True)
def administrator(request: SignedIn, pk: int) -> HttpResponse:
    """Give an entry an administrator, with a reason that its people read."""
    entry = shown_entry(request, pk)
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _make_administrator(request, entry, form):
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


def _make_administrator(request: SignedIn, entry: Stakeholder, form: AdministratorForm) -> bool:
    person = person_with_address(form.cleaned_data["address"])
    if person is None:
        form.add_error(
            "address",
            _("No account has confirmed this address. The person first creates one, then you go on."),
        )
        return False
    try:
        actions_joining.make_administrator(
            entry, person, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except DomainError as refusal:
        blame(form, refusal)
        return False
    messages.success(
        request,
        _(
            "The person now administers the profile. They and all who act for it get an "
            "e-mail with your reason."
        ),
    )
    return True
