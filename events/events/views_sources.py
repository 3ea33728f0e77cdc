"""Where the desk writes documents and numbers of an event."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.views import act_page, refusal_as_warning
from events.events.actions_sources import remove_source_row, save_source_row
from events.events.forms_sources import AttendanceForm, DocumentForm
from events.events.models_sources import Attendance, EventDocument
from events.events.views import the_event, version_of, words_about

# Part of the address → what is written there.
ROWS: dict[str, tuple[type[EventDocument | Attendance], type[Form]]] = {
    "documents": (EventDocument, DocumentForm),
    "numbers": (Attendance, AttendanceForm),
}


@form_view()
def edit(request: SignedIn, pk: int, list_name: str, row_id: int | None = None) -> HttpResponse:
    """Edit a document or a number of the event; without `row_id` a new one."""
    event = the_event(request, pk, "events.change_event", desk=True)
    model, form_class = ROWS[list_name]
    row: Any = get_object_or_404(model, pk=row_id, event=event) if row_id else model(event=event)
    initial = {name: getattr(row, name) for name in form_class.base_fields} if row_id else None
    form: Any = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            save_source_row(
                row, actor=request.user, version=version_of(request, event), values=form.cleaned_data
            )
            messages.success(request, _("It is saved."))
            return redirect("eventdesk:event", pk)
    if list_name == "documents":
        heading, button = _("Edit the document") if row_id else _("Add a document"), _("Save the document")
    else:
        heading, button = _("Edit the number") if row_id else _("Add a number"), _("Save the number")
    words = words_about(request, event, desk=True)
    return act_page(request, form, heading=heading, button=button, **words)


@act_view()
def remove(request: SignedIn, pk: int, list_name: str, row_id: int) -> HttpResponse:
    event = the_event(request, pk, "events.change_event", desk=True)
    row: Any = get_object_or_404(ROWS[list_name][0], pk=row_id, event=event)
    with refusal_as_warning(request):
        remove_source_row(row, actor=request.user)
        messages.success(request, _("It is removed."))
    return redirect("eventdesk:event", pk)
