"""Exports of the directory, and dossiers: ask for one, see how far it is, get the file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.partial_pages import is_part, render_state
from core.spreadsheets import CSV, table_response
from stakeholders.directory.filters import DirectoryFilter
from stakeholders.directory.queries import DirectoryQuery
from stakeholders.entries.queries import entry_of
from stakeholders.exports.actions import ask_export
from stakeholders.exports.actions_dossiers import ask_dossier
from stakeholders.exports.columns import COLUMNS, dictionary
from stakeholders.exports.forms import ExportForm
from stakeholders.exports.models import Dossier
from stakeholders.exports.queries import filters_in_words, own_exports
from stakeholders.hooks import dossier_sections

TARGET = "export"  # the part of the page that asks for itself while the file is being made


@form_view(permission="stakeholders.export_directory")
def export_list(request: SignedIn) -> HttpResponse:
    """One's own exports; a POST asks for one more."""
    if request.method == "POST":
        return _ask(request)
    return render(request, "stakeholders/exports/list.html", {"exports": own_exports(request.user)})


def _ask(request: HttpRequest) -> HttpResponse:
    form = ExportForm(request.POST)
    question = _question_of(request, form.cleaned_data["filters"]) if form.is_valid() else None
    if question is None:
        messages.error(
            request,
            _("These filters could not be understood. Please set them again in the directory, then export."),
        )
        return redirect("stakeholders:list")
    export = ask_export(
        actor=request.user,
        question=question,
        kind=form.cleaned_data["format"],
        language=get_language() or "en",
    )
    return redirect(export)


def _question_of(request: HttpRequest, filters: str) -> DirectoryQuery | None:
    """Return the question, or None where a filter is not understood, since a file could not say so."""
    directory_filter = DirectoryFilter(QueryDict(filters), request=request)
    return None if directory_filter.not_understood else directory_filter.question


@page_view(permission="stakeholders.export_directory", fresh=True)
def export_page(request: SignedIn, pk: int) -> HttpResponse:
    """How far an export is, and its file; htmx asks the same address for the part that changes."""
    export = get_object_or_404(own_exports(request.user), pk=pk)
    context: dict[str, Any] = {"export": export}
    if not is_part(request, TARGET):
        context |= {"filters": filters_in_words(export.filters), "columns": COLUMNS}
    return render_state(request, "stakeholders/exports/page.html", context, target=TARGET)


@page_view(permission="stakeholders.export_directory")
def export_dictionary(request: SignedIn) -> HttpResponseBase:
    """What the columns mean, as a file in the reader's language. A workbook brings it along."""
    return table_response(CSV, dictionary(), COLUMNS)


# --- The dossier of a stakeholder: ask for it, see how far it is, get the file -----------------------


@form_view(fresh=True)
def dossier(request: SignedIn, pk: int, by_desk: bool = False) -> HttpResponse:
    """The dossiers that the reader asked for; a POST asks for one more.

    Two addresses: where its administrators look after the entry, and the desk's.
    """
    entry = entry_of(request.user, pk)
    may = entry is not None and request.user.has_perm("stakeholders.ask_dossier", entry)
    if entry is None or not may or (by_desk and not request.user.is_desk):
        raise Http404
    if request.method == "POST":
        ask_dossier(entry, actor=request.user, language=get_language() or "en")
        return redirect(request.path)
    dossiers = list(Dossier.objects.visible_to(request.user).lasting().filter(stakeholder=entry))
    context = {
        "stakeholder": entry,
        "dossiers": dossiers,
        "by_desk": by_desk,
        "parts": dossier_sections.values(),
        "total": sum(1 for _section in dossier_sections),
        "waits": any(dossier.is_under_way for dossier in dossiers),
    }
    return render_state(request, "stakeholders/exports/dossier.html", context, target="dossier")
