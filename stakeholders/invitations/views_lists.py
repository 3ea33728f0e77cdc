"""Lists of members: sent, their columns named, checked by a dry run, decided, made a wave."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import refusal_as_warning
from stakeholders.imports import actions as imports_actions
from stakeholders.imports.enums import ImportPurpose, ImportStatus
from stakeholders.imports.models import Import
from stakeholders.imports.queries import files_for, sources_for
from stakeholders.imports.views import answer, dry_run, errors_of, tab_of
from stakeholders.invitations import actions_lists
from stakeholders.invitations.enums import MemberDecision
from stakeholders.invitations.forms import ListForm, MemberColumnsForm, MemberDecisionsForm, WaveForm
from stakeholders.invitations.queries import waiting_by_reason, with_earlier
from stakeholders.invitations.views import inviting_user


def _list(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(files_for(inviting_user(request), ImportPurpose.MEMBERS), pk=pk)


@form_view(fresh=True)
def take_in_list(request: SignedIn) -> HttpResponse:
    """Take a list; nobody is written to yet, and no entry is made."""
    user = inviting_user(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        of = imports_actions.send(
            cleaned["file"],
            form.sheet,
            source=cleaned["source"],
            day=cleaned["day"],
            actor=user,
            purpose=ImportPurpose.MEMBERS,
        )
        return redirect("vetting:list_columns", of.pk)
    context = {"form": form, "sources": sources_for(user, ImportPurpose.MEMBERS)}
    return render(request, "stakeholders/invitations/take_in.html", context)


@form_view(fresh=True)
def list_columns(request: SignedIn, pk: int) -> HttpResponse:
    """Ask what each column means; a POST begins the dry run."""
    of = _list(request, pk)
    if not of.is_open:
        return redirect(of)
    form = MemberColumnsForm(request.POST if request.method == "POST" else None, of=of)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_as_warning(request):
            imports_actions.check(
                of,
                columns=form.columns,
                kind=cleaned["kind"],
                country=cleaned["country"],
                language=cleaned["language"],
                actor=request.user,
            )
        return redirect(of)
    return render(request, "stakeholders/invitations/list_columns.html", {"of": of, "form": form})


@form_view(fresh=True)
def member_list(request: SignedIn, pk: int) -> HttpResponse:
    """Show what becomes of each row; a POST decides about rows that look like an entry."""
    of = _list(request, pk)
    if of.status == ImportStatus.SENT:
        return redirect("vetting:list_columns", pk)
    tab = tab_of(request, of)
    context = dry_run(request, of, tab)
    if request.method == "POST":
        twins = [shown_row.row.row for shown_row in context["rows"] if shown_row.row.twin_id]
        reasons = [code for code, _label, _number in waiting_by_reason(of)]
        decisions_form = MemberDecisionsForm(request.POST, rows=twins, reasons=reasons)
        if decisions_form.is_valid():
            with refusal_as_warning(request):
                actions_lists.decide(
                    of, decisions_form.decisions(), by_reason=decisions_form.by_reason(), actor=request.user
                )
                messages.success(request, _("The decisions are kept."))
        return redirect(of)
    return _page(request, of, WaveForm(initial={"name": of.source.name[:120]}), context)


@form_view(fresh=True)
def list_wave(request: SignedIn, pk: int) -> HttpResponse:
    """Have a wave made of the rows that are to be invited."""
    of = _list(request, pk)
    if request.method != "POST":  # a tab or a page of the rows, from where the form had errors
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{of.get_absolute_url()}{query}")
    form = WaveForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            actions_lists.invite_all(of, form.origin(), actor=request.user)
            return redirect(of)
    return _page(request, of, form, dry_run(request, of, tab_of(request, of)))


def _page(request: HttpRequest, of: Import, form: WaveForm, context: dict[str, Any]) -> HttpResponse:
    with_earlier([shown_row.row for shown_row in context["rows"]])
    context |= {
        "form": form,
        "reasons": waiting_by_reason(of),
        "choices": MemberDecision.choices,
        "to_write": sum(of.counts.get(outcome, 0) for outcome in actions_lists.INVITED),
        "waiting": of.counts.get("undecided", 0),
        "has_twins": any(shown_row.row.twin_id for shown_row in context["rows"]),
    }
    return answer(request, of, "stakeholders/invitations/member_list.html", context)


@page_view()
def list_errors(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """Return the rows with errors as a file in their own columns, to be mended and sent again."""
    return errors_of(_list(request, pk), form)


@act_view()
def list_discard(request: SignedIn, pk: int) -> HttpResponse:
    of = _list(request, pk)
    with refusal_as_warning(request):
        imports_actions.discard(of, actor=request.user)
        messages.success(request, _("The list is deleted. No invitation was sent."))
        return redirect("vetting:invitations")
    return redirect(of)
