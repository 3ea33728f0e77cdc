"""Checklist, flags and reconsideration: parts of the desk's page, and the pages beside it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.views import refusal_as_warning
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.trust.queries import is_trusted
from stakeholders.vetting.actions import approval_obstacles
from stakeholders.vetting.actions_checklist import answer_checklist, raise_flag, save_question, withdraw_flag
from stakeholders.vetting.actions_reconsiderations import ask_for_reconsideration, decide_reconsideration
from stakeholders.vetting.forms import (
    AskAgainForm,
    ChecklistForm,
    FlagForm,
    ReconsiderForm,
    WithdrawFlagForm,
    question_forms,
)
from stakeholders.vetting.models import Flag
from stakeholders.vetting.queries import (
    checklist_of,
    decisions_by_year,
    flags_on_application,
    flags_on_stakeholder,
    may_still_ask,
    reason_columns,
    reconsider_until,
    reconsideration_of,
    took_part,
)
from workflow.moves.queries import is_recused

CHECKLIST_FORMS = ("checklist", "flag", "reconsider")


def checklist_context(user: Any, application: Application, bound: dict[str, Form]) -> dict[str, Any]:
    """Return the context of checklist, flags and reconsideration; empty for a party to the application."""
    if is_recused(user, application):
        return {"party": True}
    checklist = checklist_of(application, seen_by=user)
    request = reconsideration_of(application)
    waits = request is not None and request.is_waiting
    open_to_answers = application.status in ApplicationStatus.OPEN
    return {
        "party": False,
        "checklist": checklist,
        "checklist_form": (
            bound.get("checklist") or ChecklistForm(checklist=checklist, prefix="checklist")
            if open_to_answers
            else None
        ),
        "obstacles": _obstacles(application),
        "trusted": is_trusted(application.applicant),
        "flags": flags_on_application(application, user),
        "flag_form": bound.get("flag") or FlagForm(prefix="flag"),
        "reconsideration": request,
        "took_part": waits and took_part(user, application),
        "reconsider_form": bound.get("reconsider") or ReconsiderForm(prefix="reconsider"),
    }


def _obstacles(application: Application) -> list[str]:
    """Return what prevents an approval now, before anybody tries."""
    if application.status not in ApplicationStatus.WITH_DESK:
        return []
    return approval_obstacles(application)


def checklist_form(name: str, application: Application, data: Any) -> Form:
    """Return the form of one of FORMS, bound where there is data."""
    if name == "checklist":
        return ChecklistForm(data, checklist=checklist_of(application), prefix=name)
    return FlagForm(data, prefix=name) if name == "flag" else ReconsiderForm(data, prefix=name)


def carry_out(name: str, application: Application, form: Form, actor: Any) -> str:
    """Carry out the act of one of FORMS and return a sentence about it. Raises as the acts do."""
    cleaned = form.cleaned_data
    if isinstance(form, ChecklistForm):
        answer_checklist(application, actor=actor, answers=form.answers(), stamp=cleaned["stamp"])
        return _("The checklist is saved.")
    if name == "flag":
        raise_flag(application, actor=actor, kind=cleaned["kind"], text=cleaned["text"])
        return _("Noted. Only those who vet see it.")
    decide_reconsideration(application, actor=actor, outcome=cleaned["outcome"], note=cleaned["note"])
    return _("Decided. The applicant gets an e-mail with your note.")


@form_view()
def stakeholder_flags(request: SignedIn, pk: int) -> HttpResponse:
    """Show everything noted about a stakeholder; a POST notes more."""
    stakeholder = _stakeholder(request, pk)
    form = FlagForm(request.POST or None, prefix="flag")
    if request.method == "POST" and form.is_valid():
        try:
            raise_flag(
                stakeholder,
                actor=request.user,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Only those who vet see it."))
            return redirect("vetting:flags", pk)
    context = {
        "stakeholder": stakeholder,
        "flags": flags_on_stakeholder(stakeholder, request.user),
        "flag_form": form,
    }
    return render(request, "stakeholders/vetting/flags.html", context)


def _stakeholder(request: HttpRequest, pk: int) -> Stakeholder:
    """Return a stakeholder for those who vet and do not belong to it; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.view_flags"):
        raise Http404
    others = Stakeholder.objects.visible_to(request.user).exclude(memberships__user=request.user.pk)
    return get_object_or_404(others, pk=pk)


@form_view()
def flag_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    flag = get_object_or_404(
        Flag.objects.visible_to(request.user).select_related("application", "stakeholder", "raised_by"), pk=pk
    )
    back = (
        redirect("vetting:application", flag.application_id)
        if flag.application_id
        else redirect("vetting:flags", flag.stakeholder_id)
    )
    if not flag.is_standing:
        messages.info(request, _("This has already been withdrawn."))
        return back
    form = WithdrawFlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_as_warning(request):
            withdraw_flag(flag, actor=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Withdrawn. It stays on record."))
        return back
    context = {"flag": flag, "form": form, "back": back.url}
    return render(request, "stakeholders/vetting/flag_withdraw.html", context)


@form_view(permission="stakeholders.keep_checklist")
def checklist_questions(request: SignedIn) -> HttpResponse:
    """The questions that every application is judged by; for the head of desk and administrators."""
    forms = question_forms(request.POST or None)
    if request.method == "POST" and forms.is_valid():
        changed = forms.save(commit=False)
        for question in changed:
            save_question(question, actor=request.user)
        messages.success(request, _("The checklist is saved.") if changed else _("Nothing was changed."))
        return redirect("vetting:questions")
    return render(request, "stakeholders/vetting/questions.html", {"forms": forms})


@page_view(permission="stakeholders.read_vetting_statistics")
def statistics(request: SignedIn) -> HttpResponse:
    """Decisions by year and reason class, without small numbers."""
    context = {
        "years": [
            (decision_year.year, [(label, decision_year.cells[code]) for code, label in reason_columns()])
            for decision_year in decisions_by_year()
        ]
    }
    return render(request, "stakeholders/vetting/statistics.html", context)


# --- The applicant's page to ask, once, that somebody else looks at a refusal ------------------------


@form_view()
def reconsideration(request: SignedIn, pk: int) -> HttpResponse:
    """Show the form while it may be asked for, then lead to the page of the application."""
    mine = Application.objects.visible_to(request.user).filter(applicant=request.user.pk)
    application = get_object_or_404(mine, pk=pk)
    form = AskAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_reconsideration(application, actor=request.user, reason=form.cleaned_data["reason"])
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect("stakeholders:application", pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your request has been submitted. We have sent you an e-mail about it.")
            )
            return redirect("stakeholders:application", pk)
    if not may_still_ask(application):
        return redirect("stakeholders:application", pk)
    context = {"application": application, "form": form, "until": reconsider_until(application)}
    return render(request, "stakeholders/vetting/reconsideration.html", context)
