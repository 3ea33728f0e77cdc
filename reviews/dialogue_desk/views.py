"""The decision desk of dialogues: the call, the applications, their balance, drafts and their release."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.actions import record
from audit.queries import timeline
from core.errors import DomainError
from core.forms import blame, refusal_on
from core.spreadsheets import Table, filters_of, table_response
from core.views import act_page, refusal_as_error
from events.events.models import Event
from events.rounds.forms import TimeForm
from reviews.call_desk.queries import extensions_of
from reviews.dialogue_desk import actions, queries
from reviews.dialogue_desk.actions_release import release as release_decisions
from reviews.dialogue_desk.files import columns_of
from reviews.dialogue_desk.filters import LineFilter
from reviews.dialogue_desk.forms import (
    AgainForm,
    CallForm,
    DecisionForm,
    ObjectionForm,
    ReasonForm,
    TranslationForm,
    initial_of,
)
from reviews.dialogues import actions as dialogues_actions
from reviews.dialogues.models import Dialogue, DialogueLine
from taxonomy.names.enums import UN_LANGUAGES
from workflow.drafts.models import DraftDecision
from workflow.items.forms import assign_form
from workflow.items.queries import holding_of, item_of, next_case
from workflow.moves.enums import BarButton
from workflow.moves.queries import is_recused

PER_PAGE, BATCH = 50, 200


def for_desk(request: HttpRequest) -> Any:
    """Return the person if they run dialogues; raise Http404 otherwise."""
    if not request.user.has_perm("reviews.run_dialogues"):
        raise Http404
    return request.user


def the_dialogue(request: HttpRequest, pk: int) -> Dialogue:
    for_desk(request)
    return get_object_or_404(Dialogue.objects.visible_to(request.user).for_page(), pk=pk)


def the_line(request: HttpRequest, pk: int) -> DialogueLine:
    """Return an application that was sent."""
    for_desk(request)
    dialogue_id = get_object_or_404(DialogueLine.objects.visible_to(request.user).sent(), pk=pk).dialogue_id
    return queries.with_texts(queries.lines_of(Dialogue(pk=dialogue_id))).get(pk=pk)


@page_view()
def home(request: SignedIn) -> HttpResponse:
    for_desk(request)
    page = Paginator(queries.dialogues(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "without": list(queries.without_call()),
        "held": list(queries.held_without_call()),
    }
    return render(request, "reviews/dialogue_desk/home.html", context)


@form_view()
def write_call(request: SignedIn, event: int) -> HttpResponse:
    user = for_desk(request)
    dialogue_event = get_object_or_404(Event.objects.visible_to(user).filter(kind="dialogue"), pk=event)
    if (dialogue := Dialogue.objects.filter(event=dialogue_event).first()) is not None:
        return redirect("dialoguedesk:edit", dialogue.pk)
    if dialogue_event.is_over:
        messages.error(request, _("The dialogue has been held."))
        return redirect("dialoguedesk:home")
    initial = {"topics": list(dialogue_event.topics.values_list("pk", flat=True)), "language": user.language}
    form = CallForm(request.POST or None, initial={**initial, "zone": dialogue_event.zone})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            dialogue = dialogues_actions.write_call(
                dialogue_event, actor=user, values=form.values(), topics=form.cleaned_data["topics"]
            )
            messages.success(request, _("The call is saved. It is shown once the event is published."))
            return redirect("dialoguedesk:dialogue", dialogue.pk)
    return _call_page(request, form, dialogue_event)


@form_view()
def edit(request: SignedIn, pk: int) -> HttpResponse:
    dialogue = the_dialogue(request, pk)
    form = CallForm(request.POST or None, initial=initial_of(dialogue))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_on(form):
            dialogues_actions.change_call(
                dialogue,
                actor=for_desk(request),
                version=cleaned["version"],
                values=form.values(),
                topics=cleaned["topics"],
            )
            messages.success(request, _("Your changes are saved."))
            return redirect("dialoguedesk:dialogue", pk)
    return _call_page(request, form, dialogue.event, dialogue)


def _call_page(
    request: HttpRequest, form: CallForm, event: Event, dialogue: Dialogue | None = None
) -> HttpResponse:
    return act_page(
        request,
        form,
        heading=_("The call of a dialogue"),
        here=_("The call"),
        crumbs="reviews/dialogue_desk/_crumbs.html",
        dialogue=dialogue,
        about=event.title,
        language=event.language_id,
        back=reverse("dialoguedesk:dialogue", args=[dialogue.pk]) if dialogue else "dialoguedesk:home",
    )


@form_view()
def translate(request: SignedIn, pk: int, language: str) -> HttpResponse:
    dialogue = the_dialogue(request, pk)
    if language not in UN_LANGUAGES or language == dialogue.language_id:
        raise Http404
    initial = {**dialogue.translations.get(language, {}), "version": dialogue.version}
    form = TranslationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_on(form):
            dialogues_actions.translate_call(
                dialogue,
                actor=for_desk(request),
                version=cleaned["version"],
                language=language,
                texts=cleaned,
            )
            messages.success(request, _("The translation is saved."))
            return redirect("dialoguedesk:dialogue", pk)
    context = {"dialogue": dialogue, "form": form, "language": language}
    return render(request, "reviews/dialogue_desk/translate.html", context)


@page_view()
def page(request: SignedIn, pk: int) -> HttpResponse:
    """The applications with filters, and how balanced they are, before anything is released."""
    dialogue = the_dialogue(request, pk)
    every = list(queries.lines_of(dialogue))
    drafts = {draft.subject_id: draft for draft in DraftDecision.objects.waiting(dialogue.batch)}
    filters = LineFilter(request.GET, queryset=queries.lines_of(dialogue), request=request)
    lines_page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "dialogue": dialogue,
        "languages": [
            (code, bool(dialogue.translations.get(code)))
            for code in sorted(UN_LANGUAGES)
            if code != dialogue.language_id
        ],
        "page": lines_page,
        "rows": [(line, drafts.get(line.pk)) for line in lines_page],
        "filters": filters,
        "filtered": any(request.GET.get(name) for name in filters.filters),
        "balance": queries.balance_of(every, {pk: draft.move for pk, draft in drafts.items()}),
        "waiting": sorted(
            (line for line in every if line.status == "waiting"), key=lambda line: (line.queued_at, line.pk)
        ),
        "drafted": len(drafts),
        "lines_asking": [
            line
            for line in every
            if (line.reason_asked_at and line.reason == "not_stated")
            or (line.reconsider_asked_at and not line.reconsidered_at)
        ],
    }
    return render(request, "reviews/dialogue_desk/dialogue.html", context)


@page_view(fresh=True)
def file(request: SignedIn, pk: int, form: str) -> StreamingHttpResponse:
    """The applications that the filters show with all their answers, as CSV or as a workbook. Logged.

    With sensitive answers only where that is asked for.
    """
    dialogue = the_dialogue(request, pk)
    filters = LineFilter(request.GET, queryset=queries.lines_of(dialogue), request=request)
    lines = filters.qs
    sensitive = request.GET.get("sensitive") == "1"
    name = "export_sensitive" if sensitive else "export"
    record(dialogue, f"reviews.dialogue.{name}", actor=request.user)
    rows = queries.with_texts(lines.select_related("application__language")).iterator(chunk_size=BATCH)
    table = Table(
        f"dialogue-{dialogue.pk}-applications",
        _("Applications"),
        columns_of(lines, sensitive=sensitive),
        page=reverse("dialoguedesk:dialogue", args=[dialogue.pk]),
        filters=filters_of(filters.form),
        notes=[(_("Dialogue"), dialogue.event.told_title[0])],
    )
    return table_response(form, table, rows)


@act_view()
def move_lines(request: SignedIn, pk: int) -> HttpResponse:
    """Shortlist, take off, or send to the Extended Bureau, what is ticked."""
    dialogue = the_dialogue(request, pk)
    ticked = [
        number
        for number in request.POST.getlist("line")
        if number.isascii() and number.isdigit() and len(number) < 18
    ]
    name = request.POST.get("move", "")
    if name not in ("shortlist", "unlist", "pass"):
        raise Http404
    lines = list(queries.lines_of(dialogue).filter(pk__in=ticked))
    if not lines:
        messages.warning(request, _("Tick at least one application."))
        return redirect("dialoguedesk:dialogue", pk)
    batch = actions.move_lines(lines, name, actor=for_desk(request))
    if batch.moved:
        messages.success(request, _message_of_moved(name, batch.moved))
    if batch.unmoved:
        messages.warning(request, _message_of_unmoved(batch.unmoved))
    return redirect("dialoguedesk:lists" if name == "pass" and batch.moved else "dialoguedesk:dialogue", pk)


def _message_of_unmoved(unmoved: list[tuple[DialogueLine, str]]) -> str:
    """Return which applications a batch has left as they are, and why."""
    text = ngettext(
        "%(number)s application was left as it is: %(list)s.",
        "%(number)s applications were left as they are: %(list)s.",
        len(unmoved),
    )
    names = pgettext("between the parts of a list", ", ").join(
        f"{line.application.stakeholder} ({why})" for line, why in unmoved
    )
    return text % {"number": len(unmoved), "list": names}


def _message_of_moved(name: str, number: int) -> str:
    """Return the sentence that says where the ticked applications are now."""
    match name:
        case "shortlist":
            message = ngettext(
                "%(number)s application is now on the shortlist.",
                "%(number)s applications are now on the shortlist.",
                number,
            )
        case "unlist":
            message = ngettext(
                "%(number)s application is no longer on the shortlist.",
                "%(number)s applications are no longer on the shortlist.",
                number,
            )
        case _:
            message = ngettext(
                "%(number)s application is now marked for the Extended Bureau. Nothing has left the portal:"
                " make the list below, download it and give it to the Extended Bureau.",
                "%(number)s applications are now marked for the Extended Bureau. Nothing has left the portal:"
                " make the list below, download it and give it to the Extended Bureau.",
                number,
            )
    return message % {"number": number}


@form_view()
def line_page(request: SignedIn, pk: int) -> HttpResponse:
    """One application in full, what is drafted about it, and objections."""
    line = the_line(request, pk)
    user = for_desk(request)
    draft = DraftDecision.objects.about(line).filter(decision=None).first()
    initial = {"decision": draft.move, "reason": draft.reason, "note": draft.note} if draft else {}
    posted = request.POST.get("form") if request.method == "POST" else ""
    form = DecisionForm(request.POST if posted == "decision" else None, line=line, initial=initial)
    objection = ObjectionForm(request.POST if posted == "objection" else None, prefix="objection")
    reason = ReasonForm(request.POST if posted == "reason" else None, prefix="stated")
    again = AgainForm(request.POST if posted == "again" else None, prefix="again")
    item = item_of(line)
    assign = assign_form(item, request.POST if posted == "assign" else None)
    forms = {"decision": form, "objection": objection, "reason": reason, "again": again}
    if assign:
        forms["assign"] = assign
    try:
        if posted and _act_on_post(user, line, posted, forms):
            messages.success(request, _("It is saved."))
            return redirect("dialoguedesk:line", pk)
    except DomainError as refusal:
        if posted in forms:
            blame(forms[posted], refusal)
        else:
            messages.error(request, str(refusal))
    recused = is_recused(user, line)
    may_draft = bool(form.fields["decision"].choices) and not recused  # type: ignore[attr-defined]
    can_offer = line.status == "waiting" and not line.is_offered
    asks_for_reason = line.reason_asked_at and line.reason == "not_stated"
    asks_again = line.reconsider_asked_at and not line.reconsidered_at
    buttons = (
        (may_draft, BarButton("decision", _("Propose a decision"), "primary", leads_to="#decide")),
        (can_offer, BarButton("offer", _("Offer a place"), posts_to=reverse("dialoguedesk:line", args=[pk]))),
        (asks_for_reason, BarButton.to_form("reason", _("State the category of reason"))),
        (asks_again, BarButton.to_form("again", _("Answer the request for reconsideration"))),
    )
    context = {
        "bar": [button for is_open, button in buttons if is_open],
        "line": line,
        "application": line.application,
        "dialogue": line.dialogue,
        "draft": draft,
        "form": form,
        "objection": objection,
        "reason": reason if asks_for_reason else None,
        "again": again if asks_again else None,
        "may_draft": may_draft,
        "next_case": next_case(
            user, line, DialogueLine.objects.visible_to(user).filter(dialogue=line.dialogue_id)
        ),
        "can_offer": can_offer,
        "recused": recused,
        "item": item,
        "holding": holding_of(item) if item is not None else None,
        "assign_form": assign,
        "lines": timeline(line, user),
    }
    return render(request, "reviews/dialogue_desk/line.html", context)


def _act_on_post(user: Any, line: DialogueLine, act: str, forms: dict[str, Any]) -> bool:
    """Do what was posted; return whether it was done."""
    match act:
        case "decision" if forms[act].is_valid():
            cleaned = forms[act].cleaned_data
            actions.draft_decision(
                line, cleaned["decision"], actor=user, reason=cleaned["reason"], note=cleaned["note"]
            )
        case "objection" if forms[act].is_valid():
            actions.object_to(line, actor=user, text=forms[act].cleaned_data["text"])
        case "reason" if forms[act].is_valid():
            actions.state_reason(line, actor=user, reason=forms[act].cleaned_data["reason"])
        case "again" if forms[act].is_valid():
            cleaned = forms[act].cleaned_data
            actions.look_again(line, actor=user, reopen=cleaned["answer"] == "reopen", note=cleaned["note"])
        case "assign" if act in forms and forms[act].is_valid():
            actions.assign(line, actor=user, to=forms[act].cleaned_data["to"])
        case "take":
            actions.take(line, actor=user)
        case "release":
            actions.put_back(line, actor=user)
        case "drop":
            actions.drop_decision(line, actor=user)
        case "offer":
            actions.offer_place(line, actor=user)
        case _:
            return False
    return True


@form_view()
def give_time(request: SignedIn, pk: int) -> HttpResponse:
    """More time for one stakeholder, until when and why; below it who has been given some."""
    dialogue = the_dialogue(request, pk)
    form = TimeForm(request.POST or None, rules=dialogue)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_on(form):
            dialogues_actions.give_time(
                dialogue,
                cleaned["stakeholder"],
                actor=for_desk(request),
                until=cleaned["until"],
                reason=cleaned["reason"],
            )
            messages.success(request, _("More time is given; their administrators get an e-mail."))
            return redirect("dialoguedesk:extend", pk)
    context = {"dialogue": dialogue, "form": form, "extensions": extensions_of(dialogue)}
    return render(request, "reviews/dialogue_desk/extend.html", context)


@form_view()
def release(request: SignedIn, pk: int) -> HttpResponse:
    """Show the mails in each language; the button names their number."""
    dialogue = the_dialogue(request, pk)
    waiting = queries.drafted_decisions(dialogue)
    if request.method == "POST":
        text = request.POST.get("mails", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        with refusal_as_error(request):
            decisions = release_decisions(dialogue, actor=for_desk(request), mails=number)
            messages.success(
                request,
                ngettext(
                    "%(number)s decision was released.", "%(number)s decisions were released.", len(decisions)
                )
                % {"number": len(decisions)},
            )
            return redirect("dialoguedesk:dialogue", pk)
        return redirect("dialoguedesk:release", pk)
    every = list(queries.lines_of(dialogue))
    context = {
        "dialogue": dialogue,
        "waiting": waiting,
        "mails": queries.mails_of(waiting),
        "previews": queries.previews(dialogue, waiting),
        "balance": queries.balance_of(every, {decision.line.pk: decision.draft.move for decision in waiting}),
        "left": sum(line.status == "with_bureau" for line in every)
        - sum(decision.line.status == "with_bureau" for decision in waiting),
    }
    return render(request, "reviews/dialogue_desk/release.html", context)
