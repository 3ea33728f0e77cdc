"""The desk's pages: the queue of applications, and everything about one of them before it is decided."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from core.errors import DomainError, WrongState
from core.forms import blame
from notifications.delivery.preview import letter_of
from stakeholders.applications.models import Application
from stakeholders.applications.queries import for_page, likely_matches, sections
from stakeholders.claims.queries import claim_of, entries_told_apart
from stakeholders.entries.models import Stakeholder
from stakeholders.recommendations.queries import VET, recommendations_on
from stakeholders.registers.queries import ecosoc_answer
from stakeholders.screening.queries import compares_nothing, screening_of
from stakeholders.vetting import actions
from stakeholders.vetting.forms import ApproveForm, QueueFilter, RefuseForm, ReturnForm
from stakeholders.vetting.queries import (
    answered_requests,
    below_red_flags,
    family_for_desk,
    for_parties,
    notes_on,
    queue,
    related_applications,
    with_applications,
)
from stakeholders.vetting.views_checklist import CHECKLIST_FORMS, carry_out, checklist_context, checklist_form
from workflow.items.forms import assign_form
from workflow.items.queries import holding_of, item_of, next_case, open_requests
from workflow.moves.enums import BarButton
from workflow.moves.queries import moves_open_to

PER_PAGE = 25
DECISIONS = ("approve", "return", "refuse")
HOLDING = ("take", "release", "assign")


def _application_for_vetting(request: HttpRequest, pk: int) -> Application:
    """Return an application that the person may vet; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.vet_application"):
        raise Http404
    return get_object_or_404(for_page(Application.objects.visible_to(request.user).sent()), pk=pk)


@page_view(permission="stakeholders.vet_application")
def vetting_queue(request: SignedIn) -> HttpResponse:
    """List what waits for the desk, the earliest promise first."""
    filters = QueueFilter(request.GET, queryset=queue(request.user), request=request)
    items = filters.qs if filters.is_valid() else filters.queryset.none()
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    rows = with_applications(page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "under_red_flag": below_red_flags(rows, request.user),
        "filtered": any(request.GET.get(name) for name in filters.filters),
    }
    return render(request, "stakeholders/vetting/queue.html", context)


@page_view()
def vetting_application(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, _application_for_vetting(request, pk))


def _page(request: HttpRequest, application: Application, letter: Any = None, **bound: Form) -> HttpResponse:
    """Everything that was sent, what may be the same, what was decided before, and the decisions.

    `letter`: of which decision, and the mail that it would send.
    """
    moves = dict(moves_open_to(request.user, application))
    screening = screening_of(application, request.user)
    unscreened = screening is not None and screening.compares_nothing
    item = item_of(application)
    context: dict[str, Any] = {
        "application": application,
        "sections": sections(application),
        "matches": [
            match
            for match in likely_matches(application, Stakeholder.objects.all(), most=10)
            if match.stakeholder.pk != application.stakeholder_id
        ],
        "claim": claim_of(application),
        "told_apart": entries_told_apart(application),
        "related": related_applications(application)[:20],
        "requests": open_requests(application),
        "answered": answered_requests(application),
        "notes": notes_on(application),
        "screening": screening,
        "ecosoc": ecosoc_answer(application),
        "item": item,
        "holding": holding_of(item) if item is not None and item.what == VET else None,
        "recommendations": recommendations_on(application, request.user),
        "lines": timeline(application, request.user),
        **checklist_context(request.user, application, bound),
        "moves": moves,
        "bar": [
            BarButton.to_form(name, move.label, move.style)
            for name, move in moves.items()
            if name in DECISIONS
        ],
        "next_case": next_case(
            request.user, application, Application.objects.visible_to(request.user).sent()
        ),
        "recused": application.is_open and "refuse" not in moves,
        "assign_form": bound.get("assign") or assign_form(item),
        "unscreened": unscreened,
        "approve_form": bound.get("approve") or ApproveForm(prefix="approve", unscreened=unscreened),
        "return_form": bound.get("return") or ReturnForm(application=application, prefix="return"),
        "refuse_form": bound.get("refuse") or RefuseForm(prefix="refuse"),
        "letter_of": letter[0] if letter else "",
        "letter": letter[1] if letter else None,
        "wrong": next((form for form in bound.values() if form.errors), None),
    }
    request_again = context.get("reconsideration")
    if request_again and request_again.is_waiting and not context["took_part"]:
        label = _("Decide on the reconsideration")
        context["bar"].append(BarButton.to_form("reconsider", label, "primary"))
    if context["party"]:
        context["lines"] = for_parties(context["lines"])
    else:
        context["desk_family"] = family_for_desk(application, request.user)
        context["may_drop"] = "approve" in moves
    return render(request, "stakeholders/vetting/application.html", context)


@act_view()
def vetting_move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One act of the desk: take, release, assign, approve, return or refuse, and what leads there."""
    application = _application_for_vetting(request, pk)
    form = _form_for(name, application, request.POST)
    if not form.is_valid():
        return _page(request, application, **{name: form})
    try:
        if "preview" in request.POST and name in DECISIONS:
            letter = letter_of(
                lambda: _do(name, application, form, request.user),
                about=application,
                to=application.applicant,
            )
            return _page(
                request, _application_for_vetting(request, pk), letter=(name, letter), **{name: form}
            )
        done = _do(name, application, form, request.user)
    except WrongState as late:
        messages.warning(request, str(late))
    except DomainError as refusal:
        if name in {"take", "release"}:  # a button, without a form that could say it
            messages.warning(request, str(refusal))
            return redirect("vetting:application", pk)
        blame(form, refusal)
        return _page(request, application, **{name: form})
    else:
        messages.success(request, done)
    return redirect("vetting:application", pk)


def _form_for(name: str, application: Application, data: Any) -> Form:
    if name == "approve":
        return ApproveForm(data, prefix=name, unscreened=compares_nothing(application))
    if name == "refuse":
        return RefuseForm(data, prefix=name)
    if name == "return":
        return ReturnForm(data, application=application, prefix=name)
    if name in {"take", "release"}:
        return Form(data)
    if name in CHECKLIST_FORMS:
        return checklist_form(name, application, data)
    if name == "assign" and (form := assign_form(item_of(application), data)):
        return form
    raise Http404


def _hold(name: str, application: Application, form: Form, actor: Any) -> str:
    if name == "take":
        actions.take(application, actor=actor)
        return _("The application is assigned to you; colleagues see that.")
    if name == "release":
        actions.put_back(application, actor=actor)
        return _("The application is unassigned.")
    actions.assign(application, actor=actor, to=form.cleaned_data["to"])
    return _("Reassigned to %(name)s.") % {"name": form.cleaned_data["to"]}


def _do(name: str, application: Application, form: Form, actor: Any) -> str:
    """Carry the act out; return a sentence about it. Raises DomainError and PermissionDenied as acts do."""
    if name in CHECKLIST_FORMS:
        return carry_out(name, application, form, actor)
    if name in HOLDING:
        return _hold(name, application, form, actor)
    cleaned = form.cleaned_data
    match name:
        case "approve":
            actions.approve(
                application,
                actor=actor,
                note=cleaned["note"],
                unscreened_reason=cleaned.get("unscreened_reason", ""),
            )
            return _(
                "Approved. The profile is listed as the applicant chose, and the applicant gets an e-mail."
            )
        case "refuse":
            actions.refuse(application, actor=actor, reason=cleaned["reason"], note=cleaned["note"])
            return _("Declined. The applicant gets an e-mail with the reason and your note.")
        case "return" if isinstance(form, ReturnForm):
            actions.return_for_information(
                application, actor=actor, requests=form.requests(), note=cleaned["note"]
            )
            return _(
                "Returned. The applicant gets an e-mail; the time limit is paused until the answer comes."
            )
    raise PermissionDenied
