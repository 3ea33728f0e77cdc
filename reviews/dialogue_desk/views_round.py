"""The round trip to the Extended Bureau; speakers, statements, the summary, who attended."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from core.forms import refusal_on
from core.spreadsheets import BOM, CSV, MEDIA_TYPES, XLSX, book_response
from core.views import act_page, refusal_as_error
from events.events.forms_sources import AttendanceForm
from events.events.models_sources import Attendance
from reviews.dialogue_desk import actions, actions_bureau
from reviews.dialogue_desk.bureau_files import MOST_BYTES, fill_book
from reviews.dialogue_desk.forms import FileForm, StatementCheckForm, SummaryForm
from reviews.dialogue_desk.models import BureauAnswer, BureauList
from reviews.dialogue_desk.views import for_desk, the_dialogue
from reviews.dialogues import actions as dialogues_actions
from reviews.dialogues.models import DialogueLine, DialogueStatement


@page_view()
def lists(request: SignedIn, pk: int) -> HttpResponse:
    dialogue = the_dialogue(request, pk)
    context = {
        "dialogue": dialogue,
        "lists": dialogue.bureau_lists.defer("text").select_related("made_by").prefetch_related("answers"),
        "passed": dialogue.lines.filter(status="with_bureau").count(),
        "form": FileForm(),
    }
    return render(request, "reviews/dialogue_desk/lists.html", context)


@act_view()
def make_list(request: SignedIn, pk: int) -> HttpResponse:
    dialogue = the_dialogue(request, pk)
    with refusal_as_error(request):
        actions_bureau.make_list(dialogue, actor=for_desk(request))
        messages.success(request, _("The list is made. Download it for the Extended Bureau."))
    return redirect("dialoguedesk:lists", pk)


@page_view()
def list_file(request: SignedIn, pk: int, form: str) -> HttpResponseBase:
    """One list as it was made, as CSV or as a workbook to fill in."""
    for_desk(request)
    bureau_list = get_object_or_404(BureauList.objects.select_related("dialogue__event"), pk=pk)
    name = f"dialogue-{bureau_list.dialogue_id}-list-{bureau_list.pk}"
    if form == XLSX:
        return book_response(name, partial(fill_book, bureau_list=bureau_list))
    response = HttpResponse(BOM + bureau_list.text, content_type=MEDIA_TYPES[CSV])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@form_view()
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Send the file of one list. It is tried; nothing is decided by it yet."""
    for_desk(request)
    bureau_list = get_object_or_404(BureauList.objects.select_related("dialogue__event"), pk=pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with refusal_on(form):
            tried = actions_bureau.read_answer(
                bureau_list, upload.name, upload.read(MOST_BYTES + 1), actor=for_desk(request)
            )
            return redirect("dialoguedesk:tried", tried.pk)
    lead = _(
        "For list %(number)s, filled in as a workbook (XLSX) or as CSV. Nothing is decided yet: you see a "
        "preview first. Rows left blank remain undecided."
    )
    return act_page(
        request,
        form,
        heading=_("The answer of the Extended Bureau"),
        here=pgettext("of the Extended Bureau", "Answer"),
        lead=lead % {"number": bureau_list.pk},
        crumbs="reviews/dialogue_desk/_crumbs.html",
        dialogue=bureau_list.dialogue,
        button=_("Try the file"),
        back=reverse("dialoguedesk:lists", args=[bureau_list.dialogue_id]),
        back_text=_("Back"),
    )


@form_view()
def answer_preview(request: SignedIn, pk: int) -> HttpResponse:
    """What the file would decide, and what is wrong with it. A POST drafts it."""
    for_desk(request)
    rows = BureauAnswer.objects.select_related("bureau_list__dialogue__event")
    answer = get_object_or_404(rows, pk=pk)
    dialogue = answer.bureau_list.dialogue
    if request.method == "POST":
        with refusal_as_error(request):
            number = actions_bureau.take_over(answer, actor=for_desk(request))
            messages.success(
                request,
                ngettext("%(number)s decision is drafted.", "%(number)s decisions are drafted.", number)
                % {"number": number},
            )
            return redirect("dialoguedesk:release", dialogue.pk)
        return redirect("dialoguedesk:tried", pk)
    decided_ids = {str(row["line"]) for row in answer.rows}
    context = {
        "dialogue": dialogue,
        "answer": answer,
        "silent": len(set(answer.bureau_list.rows) - decided_ids) if not answer.faults else 0,
    }
    return render(request, "reviews/dialogue_desk/tried.html", context)


@form_view()
def speakers(request: SignedIn, pk: int) -> HttpResponse:
    """The order of speakers by numbers: works without script, and by keyboard."""
    dialogue = the_dialogue(request, pk)
    lines = list(
        DialogueLine.objects.filter(dialogue=dialogue, status="accepted")
        .select_related("application__stakeholder", "statement__language", "dialogue")
        .order_by("speaks_at", "pk")
    )
    problem, typed = "", {line.pk: line.speaks_at or "" for line in lines}
    if request.method == "POST":
        typed = {line.pk: request.POST.get(f"place_{line.pk}", "").strip() for line in lines}
        places = {pk: text for pk, text in typed.items() if text}
        if not all(str(text).isascii() and str(text).isdigit() for text in places.values()):
            problem = _("Enter whole numbers, or leave it empty for participants who do not speak.")
        elif len(set(map(int, places.values()))) != len(places):
            problem = _("Two speakers have the same number.")
        else:
            order = sorted(places, key=lambda pk_of_line: int(places[pk_of_line]))
            actions.order_speakers(dialogue, order, actor=for_desk(request))
            messages.success(request, _("The order of speakers is saved."))
            return redirect("dialoguedesk:speakers", pk)
    context = {
        "dialogue": dialogue,
        "rows": [(line, typed[line.pk], getattr(line, "statement", None)) for line in lines],
        "problem": problem,
    }
    return render(request, "reviews/dialogue_desk/speakers.html", context)


@form_view()
def statement(request: SignedIn, pk: int) -> HttpResponse:
    """A statement beside the term, to be checked by a person."""
    for_desk(request)
    rows = DialogueStatement.objects.select_related(
        "line__dialogue__event", "line__application__stakeholder", "language", "checked_by"
    )
    statement = get_object_or_404(rows, pk=pk)
    form = StatementCheckForm(request.POST or None, initial={"sent_at": statement.sent_at.isoformat()})
    if request.method == "POST" and form.is_valid():
        returns = "return" in request.POST
        note = form.cleaned_data["note"]
        if returns and not note:
            form.add_error("note", _("Describe what the author should change."))
        else:
            with refusal_on(form):
                actions.check_statement(
                    statement,
                    actor=for_desk(request),
                    version_sent=form.cleaned_data["sent_at"],
                    note=note if returns else "",
                )
                messages.success(request, _("It is saved."))
                return redirect("dialoguedesk:speakers", statement.line.dialogue_id)
    context = {
        "statement": statement,
        "line": statement.line,
        "dialogue": statement.line.dialogue,
        "form": form,
    }
    return render(request, "reviews/dialogue_desk/statement.html", context)


@form_view()
def after(request: SignedIn, pk: int) -> HttpResponse:
    """The chair's summary, the outcomes, and how many attended as counted by whom."""
    dialogue = the_dialogue(request, pk)
    posted = request.POST.get("form") if request.method == "POST" else ""
    initial = {"summary": dialogue.summary, "outcomes": dialogue.outcomes, "url": dialogue.summary_url}
    summary = SummaryForm(request.POST if posted == "summary" else None, initial=initial)
    attendance = AttendanceForm(request.POST if posted == "attendance" else None)
    if _save_post(request, dialogue, posted, summary, attendance):
        messages.success(request, _("It is saved."))
        return redirect("dialoguedesk:after", pk)
    context = {
        "dialogue": dialogue,
        "summary": summary,
        "attendance": attendance,
        "counted": dialogue.event.attendance.all(),
    }
    return render(request, "reviews/dialogue_desk/after.html", context)


def _save_post(
    request: HttpRequest, dialogue: Any, posted: str | None, summary: Any, attendance: Any
) -> bool:
    user = for_desk(request)
    form = summary if posted == "summary" else attendance
    with refusal_on(form):
        if posted == "summary" and summary.is_valid():
            dialogues_actions.summarize(dialogue, actor=user, **summary.cleaned_data)
            return True
        if posted == "attendance" and attendance.is_valid():
            dialogues_actions.count_attendance(dialogue, actor=user, **attendance.cleaned_data)
            return True
        if posted == "forget":
            number = request.POST.get("one", "")
            if not (number.isascii() and number.isdigit()):
                raise Http404
            attendance_count = get_object_or_404(Attendance, pk=int(number), event=dialogue.event_id)
            dialogues_actions.forget_attendance(attendance_count, actor=user)
            return True
    return False
