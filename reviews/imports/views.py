"""Published lists as files: sent, looked at, and applied or discarded."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.errors import DomainError, WrongState
from core.spreadsheets import CSV, Table, book_response, columns_by_place, table_response
from core.views import refusal_as_warning
from reviews.imports.actions import apply_list, discard_list, send_list, undo_list
from reviews.imports.codes import COLUMNS
from reviews.imports.files import fill_template
from reviews.imports.forms import ApplyForm, ImportForm
from reviews.imports.models import ReviewImport
from reviews.imports.reading import imports_at_desk, look
from reviews.mechanism.enums import ImportKind, ImportStatus

PER_PAGE = 25


@form_view(permission="reviews.keep_reviews")
def import_list(request: SignedIn) -> HttpResponse:
    """What was sent; a POST sends another file."""
    chosen_kind = request.GET.get("kind", "")
    form = ImportForm(request.POST or None, request.FILES or None, initial={"kind": chosen_kind})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        sent = send_list(
            actor=request.user,
            kind=cleaned["kind"],
            name=form.file_name,
            text=cleaned["file"],
            source=cleaned["source"],
            source_date=cleaned["source_date"],
        )
        return redirect(sent)
    page = Paginator(imports_at_desk(request.user), PER_PAGE).get_page(request.GET.get("page"))
    kinds = [(kind, ",".join(columns)) for kind, columns in COLUMNS.items()]
    return render(request, "reviews/imports/imports.html", {"page": page, "form": form, "kinds": kinds})


@form_view(permission="reviews.keep_reviews")
def import_page(request: SignedIn, pk: int) -> HttpResponse:
    """What a file would change; a POST applies it."""
    sent = get_object_or_404(ReviewImport.objects.visible_to(request.user), pk=pk)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            apply_list(sent, actor=request.user, **form.cleaned_data)
        except WrongState as late:
            messages.warning(request, str(late))
            return redirect(sent)
        except DomainError as refusal:
            for name, text in refusal.fields.items():
                form.add_error(name, text)
            if not refusal.fields:
                form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list is applied."))
            return redirect(sent)
    waits = sent.status == ImportStatus.CHECKED
    report = look(sent.kind, sent.text) if waits else None
    context = {
        "sent": sent,
        "form": form,
        "report": report,
        "waits": waits,
        "rows": None if waits else _rows_of_import(request, sent),
    }
    return render(request, "reviews/imports/import.html", context)


def _rows_of_import(request: SignedIn, sent: ReviewImport) -> Page[Any] | None:
    """Return a page of the observations or documents that the import made."""
    rows: Any
    if sent.kind == ImportKind.OBSERVATIONS:
        rows = sent.observations.select_related("country", "article__instrument")
    elif sent.kind == ImportKind.DOCUMENTS:
        rows = sent.documents.select_related("review__country", "kind")
    else:
        return None
    return Paginator(rows.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))


@page_view(permission="reviews.keep_reviews")
def template(request: SignedIn, kind: str, form: str) -> StreamingHttpResponse:
    """An empty file to fill in: its heading, as a workbook with the codes to choose from."""
    if kind not in ImportKind.values:
        raise Http404
    if form == CSV:
        return table_response(CSV, Table(kind, kind, columns_by_place(COLUMNS[ImportKind(kind)])), [])
    return book_response(kind, partial(fill_template, kind=ImportKind(kind)))


@act_view(permission="reviews.keep_reviews")
def discard(request: SignedIn, pk: int) -> HttpResponse:
    sent = get_object_or_404(ReviewImport.objects.visible_to(request.user), pk=pk)
    with refusal_as_warning(request):
        discard_list(sent, actor=request.user)
    return redirect(sent)


@act_view(permission="reviews.keep_reviews")
def undo(request: SignedIn, pk: int) -> HttpResponse:
    sent = get_object_or_404(ReviewImport.objects.visible_to(request.user), pk=pk)
    with refusal_as_warning(request):
        back, stays = undo_list(sent, actor=request.user)
        text = _("%(count)s rows are as they were before. Changed since, and left alone: %(others)s.")
        messages.success(request, text % {"count": back, "others": stays})
    return redirect(sent)
