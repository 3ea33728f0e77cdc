"""Writing an event in steps: a stakeholder its own, the desk one of the house or of a stakeholder.

Once an event is published, the desk still writes its text, each step saved on its own; time and place are
moved by `events.rescheduling`.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.autosaves import refusal_answer
from core.drafts import Gap
from events.events import actions
from events.events.enums import EventStatus
from events.events.forms import COLUMNS, DESK_EVENT, OWN_EVENT, DeskEventForm, OwnEventForm
from events.events.models import Event
from events.events.views import the_event
from stakeholders.entries.enums import Listing
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import labelled_requests, open_requests
from workflow.writing.views import FormSteps


class EventPages(FormSteps):
    folder = "events/events"
    is_sent = gettext_lazy("This event has been sent.")
    desk: ClassVar[bool]
    written: ClassVar[tuple[str, ...]]

    def own(self, request: HttpRequest, pk: int) -> Event:
        return the_event(request, pk, "events.change_event", desk=self.desk)

    def is_open(self, request: HttpRequest, row: Event) -> bool:
        return row.status in self.written

    def write_context(self, request: HttpRequest, row: Event) -> dict[str, Any]:
        return {
            **super().write_context(request, row),
            "event": row,
            "desk": self.desk,
            "questions": [] if self.desk else labelled_requests(row),
            "is_hidden": _is_hidden(row.organizer),
        }

    def asked_fields(self, row: Event) -> list[str]:
        return [COLUMNS.get(column, column) for column in open_requests(row)]

    def check_context(self, request: HttpRequest, row: Event, gaps: list[Gap]) -> dict[str, Any]:
        return {
            "event": row,
            "desk": self.desk,
            "language": row.language_id,
            "may_publish": self.desk and row.is_draft and request.user.has_perm("events.publish_event", row),
        }


class OwnEventPages(EventPages):
    draft, form_class = OWN_EVENT, OwnEventForm
    name = "event"
    desk = False
    page_at, step_at, check_at = "events:own", "events:own_step", "events:own_check"
    written = EventStatus.WRITTEN


class DeskEventPages(EventPages):
    draft, form_class = DESK_EVENT, DeskEventForm
    name = "deskevent"
    desk = True
    page_at, step_at, check_at = "eventdesk:event", "eventdesk:step", "eventdesk:check"
    written = (EventStatus.DRAFT, EventStatus.SUBMITTED, EventStatus.PUBLISHED)

    def labels(self, row: Event | None) -> dict[str, Any]:
        labels = super().labels(row)
        if row is not None and row.status == EventStatus.PUBLISHED:
            del labels["when"], labels["where"]
        return labels

    def write_context(self, request: HttpRequest, row: Event) -> dict[str, Any]:
        context = super().write_context(request, row)
        if row.status != EventStatus.PUBLISHED:
            return context
        return {**context, "autosave_url": "", "saved_at_once": True}

    def autosave(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Refuse it once everybody reads the event: half a sentence is not for them."""
        if request.user.is_authenticated and self.own(request, pk).status == EventStatus.PUBLISHED:
            return refusal_answer(_("Press “Save and continue” to save it."))
        return super().autosave(request, pk)

    def after_saving(self, request: HttpRequest, row: Event, form: Any) -> HttpResponse:
        if row.status != EventStatus.PUBLISHED or "later" not in request.POST:
            return super().after_saving(request, row, form)
        messages.success(request, _("The event is saved."))
        return self.page_of(row)


def _pages(desk: bool) -> type[EventPages]:
    return DeskEventPages if desk else OwnEventPages


def _is_hidden(organizer: Any) -> bool:
    return organizer is not None and organizer.listing != Listing.PUBLIC


@form_view()
def propose_event(request: SignedIn) -> HttpResponse:
    """Begin an event of a stakeholder; who acts for none is told what to do instead."""
    user: Any = request.user
    acting = {str(stakeholder.pk): stakeholder for stakeholder in written_for_by(user)}
    if not acting:
        return render(request, "events/events/own_nobody.html", status=200)
    chosen = acting.get(request.POST.get("organizer", "")) or (
        next(iter(acting.values())) if len(acting) == 1 else None
    )
    form = OwnEventForm(
        request.POST if request.method == "POST" else None, step="what", initial={"language": user.language}
    )
    if request.method == "POST":
        valid = form.is_valid()
        if chosen is None:
            form.add_error(None, _("Choose for which stakeholder you put it on the calendar."))
        elif valid:
            values = {"zone": user.time_zone, "mode": "online", **form.values()}
            event = actions.draft_event(actor=user, values=values, organizer=chosen)
            messages.success(request, _("The draft is saved. Only your organization sees it."))
            return OwnEventPages("what").go_on(request, event, form)
    context = {
        **OwnEventPages("what").begin_context(),
        "form": form,
        "event": None,
        "desk": False,
        "acting": list(acting.values()),
        "chosen": chosen,
        "back": reverse("events:own_list"),
        "is_hidden": any(_is_hidden(stakeholder) for stakeholder in acting.values()),
    }
    return render(request, "events/events/write.html", context)


@form_view(permission="events.run_events")
def new(request: SignedIn) -> HttpResponse:
    user: Any = request.user
    form = DeskEventForm(
        request.POST if request.method == "POST" else None, step="what", initial={"language": user.language}
    )
    if request.method == "POST" and form.is_valid():
        event = actions.draft_event(actor=user, values=form.values())
        messages.success(request, _("The draft is saved. Only people who run events see it."))
        return DeskEventPages("what").go_on(request, event, form)
    context = {
        **DeskEventPages("what").begin_context(),
        "form": form,
        "event": None,
        "desk": True,
        "back": reverse("eventdesk:home"),
    }
    return render(request, "events/events/write.html", context)


@page_view()
def edit(request: SignedIn, pk: int, *, desk: bool) -> HttpResponse:
    pages = _pages(desk)()
    return pages.resumed_at(request, pages.own(request, pk))


@form_view(public=True, fresh=True)
def step(request: HttpRequest, pk: int, step: str, *, desk: bool) -> HttpResponse:
    return _pages(desk).at(step).write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request: HttpRequest, pk: int, step: str, *, desk: bool) -> JsonResponse:
    return _pages(desk).at(step).autosave(request, pk)


@page_view(fresh=True)
def check(request: SignedIn, pk: int, *, desk: bool) -> HttpResponse:
    pages = _pages(desk)()
    return pages.check_page(request, pages.own(request, pk))
