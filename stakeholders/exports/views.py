"""Exports of the directory, and dossiers: ask for one, see how far it is, get the file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people.decorators import form_view, page_view
from accounts.people.requests import SignedIn
from core.partial_pages import is_part, render_state
from stakeholders.directory.filters import DirectoryFilter
from stakeholders.directory.queries import CODES, DirectoryQuery, query_of
from stakeholders.entries.enums import Kind
from stakeholders.entries.queries import entry_of
from stakeholders.exports.actions import ask_export
from stakeholders.exports.actions_dossiers import ask_dossier
from stakeholders.exports.columns import COLUMNS
from stakeholders.exports.forms import ExportForm
from stakeholders.exports.models import Dossier, Export
from stakeholders.exports.queries import own_exports
from stakeholders.exports.writers import dictionary_csv
from stakeholders.hooks import dossier_sections
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic

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
        context |= {"filters": _filters(export), "columns": COLUMNS}
    return render_state(request, "stakeholders/exports/page.html", context, target=TARGET)


def _filters(export: Export) -> list[str]:
    """Return the labels of the filters of an export."""
    question = query_of(export.filters)
    if not question.narrows:
        return []
    countries, regions, topics = choices_of(Country, Region, Topic)
    called: dict[str, dict[str, Any]] = {
        "kind": dict(Kind.choices),
        "country": dict(countries),
        "region": dict(regions),
        "topic": dict(topics),
    }
    words = [f"“{question.q}”"] if question.q else []
    return words + [str(called[name].get(code, code)) for name in CODES for code in getattr(question, name)]


@page_view(permission="stakeholders.export_directory")
def export_dictionary(request: SignedIn) -> HttpResponse:
    """What the columns mean, as a file in the reader's language."""
    return HttpResponse(
        dictionary_csv(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="stakeholders-dictionary.csv"'},
    )


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
