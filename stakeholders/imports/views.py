"""The desk's pages of imports: send a file, name its columns, look at the dry run, import, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.partial_pages import is_part
from core.spreadsheets import CSV, Table, columns_by_place, table_response
from core.views import act_page, refusal_as_error
from stakeholders.imports import actions
from stakeholders.imports.enums import ImportPurpose, ImportStatus, RowOutcome, TwinDecision
from stakeholders.imports.fields import FIELDS, template
from stakeholders.imports.forms import ColumnsForm, DecisionsForm, SendForm, TakeInForm
from stakeholders.imports.models import Import
from stakeholders.imports.queries import error_table, imports, preview, rows_done, rows_in_words, sources_for

PER_PAGE = 25
TARGET = "import"  # the part of the page that asks for itself while a worker is busy
_LABELS: dict[str, Any] = {
    "undecided": pgettext_lazy("outcome of a row", "May be there already"),
    **dict(RowOutcome.choices),
    "left": pgettext_lazy("outcome of a row", "Left, changed since"),
}
_LABELS_OF_MEMBERS = {
    RowOutcome.CLAIMED.value: pgettext_lazy(
        "outcome of a row", ("Left out, the profile has its own administrators")
    )
}
_TABS = tuple(_LABELS)


def _desk(request: HttpRequest) -> Any:
    """Return the person, who must be allowed to import; anybody else gets a 404."""
    if not request.user.has_perm("stakeholders.import_listed"):
        raise Http404
    return request.user


def _import(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(imports(_desk(request)), pk=pk)


@form_view()
def import_list(request: SignedIn) -> HttpResponse:
    """Show all imports and a form for one more, which a POST sends."""
    user = _desk(request)
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        of = actions.send(
            cleaned["file"],
            form.sheet,
            source=cleaned["source"],
            url=cleaned["url"],
            day=cleaned["day"],
            actor=user,
        )
        return redirect("vetting:import_columns", of.pk)
    listed_imports = imports(user)
    if request.GET.get("state") == "open":
        listed_imports = listed_imports.unfinished()
    page = Paginator(listed_imports, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "sources": sources_for(user, ImportPurpose.DIRECTORY),
        "fields": FIELDS,
    }
    return render(request, "stakeholders/imports/list.html", context)


@form_view()
def import_columns(request: SignedIn, pk: int) -> HttpResponse:
    """Ask what each column means; a POST begins the dry run."""
    of = _import(request, pk)
    if not of.is_open:
        return redirect(of)
    form = ColumnsForm(request.POST if request.method == "POST" else None, of=of)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        _do_or_explain(
            request,
            lambda: actions.check(
                of, columns=form.columns, kind=cleaned["kind"], country=cleaned["country"], actor=request.user
            ),
        )
        return redirect(of)
    return render(request, "stakeholders/imports/columns.html", {"of": of, "form": form})


@form_view(fresh=True)
def import_page(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far an import is and what each row comes to; a POST decides about likely duplicates."""
    of = _import(request, pk)
    if of.status == ImportStatus.SENT:
        return redirect("vetting:import_columns", pk)
    tab = tab_of(request, of)
    if request.method == "POST":
        form = DecisionsForm(request.POST, rows=[row.row for row in preview(of, "undecided")[:PER_PAGE]])
        if form.is_valid():
            actor: Any = request.user
            _do_or_explain(
                request,
                lambda: actions.decide(of, form.decisions(), actor=actor, rest=form.cleaned_data["rest"]),
            )
        return redirect(of)
    context = {
        **dry_run(request, of, tab),
        "choices": TwinDecision.choices,
        "to_write": of.counts.get("new", 0) + of.counts.get("changed", 0),
    }
    return answer(request, of, "stakeholders/imports/page.html", context)


def tab_of(request: HttpRequest, of: Import) -> str:
    """Return the code of the rows to show."""
    tab = request.GET.get("rows", "")
    if tab in _TABS:
        return tab
    return "undecided" if of.counts.get("undecided") else _first_tab(of)


def dry_run(request: HttpRequest, of: Import, tab: str) -> dict[str, Any]:
    """Return the context: how far it is, what becomes of how many rows, and those of one outcome."""
    page = Paginator(preview(of, tab), PER_PAGE).get_page(request.GET.get("page"))
    labels = _LABELS | _LABELS_OF_MEMBERS if of.is_of_members else _LABELS
    return {
        "of": of,
        "tab": tab,
        "tabs": [(code, labels[code], of.counts[code]) for code in _TABS if of.counts.get(code)],
        "page": page,
        "query": {"rows": tab},
        "rows": rows_in_words(page.object_list),
        "done": rows_done(of) if of.is_under_way else 0,
        "refused": of.counts.get("refused", 0),
    }


def answer(request: HttpRequest, of: Import, name: str, context: dict[str, Any]) -> HttpResponse:
    """Render the page, or only the part that reloads itself while a worker is busy."""
    part = is_part(request, TARGET)
    if part and not of.is_under_way:
        # The work has ended: the whole page is another one now.
        return HttpResponse(headers={"HX-Refresh": "true", "Vary": "HX-Request, HX-Target"})
    response = render(request, "stakeholders/imports/_state.html" if part else name, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _first_tab(of: Import) -> str:
    order = ("refused", "changed", "new", "to_claim", "claimed", "skipped", "unchanged", "known")
    return next((code for code in order if of.counts.get(code)), "new")


@act_view()
def import_take_in(request: SignedIn, pk: int) -> HttpResponse:
    of, form = _import(request, pk), TakeInForm(request.POST)
    without = form.is_valid() and form.cleaned_data["without_refused"]
    _do_or_explain(request, lambda: actions.take_in(of, without_refused=without, actor=request.user))
    return redirect(of)


@form_view()
def import_undo(request: SignedIn, pk: int) -> HttpResponse:
    """Show what undoing does; a POST has it undone."""
    of = _import(request, pk)
    if request.method == "POST":
        _do_or_explain(request, lambda: actions.undo(of, actor=request.user))
        return redirect(of)
    if not of.can_be_undone:
        return redirect(of)
    text = _(
        "New profiles to be removed: %(new)s. Changed profiles to be restored: %(changed)s. Profiles that "
        "were changed, claimed or used since stay as they are, and are listed afterwards."
    )
    counts = {name: intcomma(of.counts.get(name) or 0) for name in ("new", "changed")}
    return act_page(
        request,
        heading=_("Undo this import"),
        text=text % counts,
        steps=[("portal:desk", _("Desk")), (of, of.name)],
        button=_("Undo the whole import"),
        style="danger",
        back=of,
        back_text=_("Leave it as it is"),
    )


@act_view()
def import_discard(request: SignedIn, pk: int) -> HttpResponse:
    of = _import(request, pk)
    if _do_or_explain(request, lambda: actions.discard(of, actor=request.user)):
        messages.success(request, _("The file is deleted. Nothing was imported."))
        return redirect("vetting:imports")
    return redirect(of)


def _do_or_explain(request: HttpRequest, do: Callable[[], None]) -> bool:
    """Return whether it was done; where not, the page that follows says why."""
    with refusal_as_error(request):
        do()
        return True
    return False


@page_view()
def import_errors(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """Return the rows with errors as a file in their own columns, to be mended and sent again."""
    return errors_of(_import(request, pk), form)


def errors_of(of: Import, form: str) -> StreamingHttpResponse:
    rows = error_table(of)
    table = Table(
        f"errors-{of.pk}", _("Rows with errors"), columns_by_place(next(rows)), page=of.get_absolute_url()
    )
    return table_response(form, table, rows)


@page_view()
def import_template(request: SignedIn, form: str) -> StreamingHttpResponse:
    """Return the heads of a list, with an example; a workbook says what they mean."""
    _desk(request)
    heads, *rows = template()
    meanings = {field.code: field.meaning for field in FIELDS}
    columns = [column._replace(meaning=meanings.get(column.head, "")) for column in columns_by_place(heads)]
    return table_response(form, Table("import-template", _("Template of an import"), columns), rows)


@page_view()
def import_dictionary(request: SignedIn) -> StreamingHttpResponse:
    """Return what the columns of the template mean, in the reader's language.

    A workbook brings this along, so that it is CSV alone.
    """
    _desk(request)
    columns = columns_by_place(["column", "field", "meaning", "example"])
    rows = [[field.code, field.label, field.meaning, field.example] for field in FIELDS]
    return table_response(CSV, Table("import-dictionary", _("What the columns mean"), columns), rows)
