"""The team's pages about surveys: the task, rules, question sets, surveys, themes and what is changed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.decorators import act_view, form_view, page_view
from accounts.people.requests import SignedIn
from audit.queries import timeline
from coordination.surveys import actions, actions_clock, queries
from coordination.surveys.enums import MOST_QUESTIONS, QuestionKind
from coordination.surveys.forms import (
    ChangesForm,
    QuestionForm,
    RuleForm,
    SetForm,
    SurveyForm,
    ThemesForm,
    WaveForm,
)
from coordination.surveys.models import QuestionSet, Survey, SurveyQuestion, SurveyRule, SurveyTask
from coordination.surveys.queries_results import results_of
from core.forms import refusal_on
from core.views import act_page, refusal_as_warning

PAGE = 30
RUN = "coordination.run_surveys"


def _steps(*more: tuple[Any, Any]) -> list[tuple[Any, Any]]:
    return [("portal:desk", _("Desk")), ("surveydesk:home", _("Surveys")), *more]


@form_view(permission=RUN, fresh=True)
def home(request: SignedIn) -> HttpResponse:
    """All surveys, the rules, what they add to the work; a POST takes the task or ends it."""
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_task(actor=request.user)
            messages.success(request, _("No more invitations to surveys are sent."))
        else:
            actions.hold_task(actor=request.user)
            messages.success(request, _("You hold the task: invitations to surveys are sent from now on."))
        return redirect("surveydesk:home")
    context = {
        "page": Paginator(queries.surveys_for(request.user), PAGE).get_page(request.GET.get("page")),
        "task": SurveyTask.objects.held().select_related("holder").first(),
        "rules": queries.rules(),
        "work": queries.workload(),
    }
    return render(request, "coordination/surveys/desk.html", context)


@form_view(permission=RUN, fresh=True)
def rule(request: SignedIn) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            kind = form.cleaned_data["event_kind"]
            actions.save_rule(actor=request.user, kind=kind, values=form.values())
            messages.success(request, _("Saved. It holds for events that end from now on."))
            return redirect("surveydesk:home")
    return act_page(
        request,
        form,
        heading=_("Survey after each event of a kind"),
        steps=_steps(),
        back="surveydesk:home",
        lead=_("Participants are invited the day after the event. A rule replaces the one of the same kind."),
    )


@act_view(permission=RUN)
def remove_rule(request: SignedIn, pk: int) -> HttpResponse:
    actions.remove_rule(get_object_or_404(SurveyRule, pk=pk), actor=request.user)
    messages.success(request, _("The rule is removed."))
    return redirect("surveydesk:home")


# --- Question sets --------------------------------------------------------------------------------------
@form_view(permission=RUN, fresh=True)
def sets(request: SignedIn) -> HttpResponse:
    """All sets; a POST begins one."""
    return _begin_set(request, None)


@form_view(permission=RUN, fresh=True)
def copy_set(request: SignedIn, pk: int) -> HttpResponse:
    """The same questions under another name, which may be changed."""
    return _begin_set(request, get_object_or_404(QuestionSet, pk=pk))


def _begin_set(request: SignedIn, copied: QuestionSet | None) -> HttpResponse:
    form = SetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            name = form.cleaned_data["name"]
            return redirect(actions.begin_set(actor=request.user, name=name, copied=copied))
    return act_page(
        request,
        form,
        heading=_("Copy a question set") if copied else _("Question sets"),
        steps=_steps(),
        back="surveydesk:home",
        template="coordination/surveys/sets.html",
        about=copied.name if copied else "",
        sets=None if copied else queries.question_sets(),
        button=_("Copy the set") if copied else _("Begin a set"),
    )


@page_view(permission=RUN, fresh=True)
def question_set(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(QuestionSet, pk=pk)
    questions = list(row.questions.all())
    context = {
        "question_set": row,
        "questions": questions,
        "left": MOST_QUESTIONS - sum(question.controls for question in questions),
    }
    return render(request, "coordination/surveys/set.html", context)


@form_view(permission=RUN, fresh=True)
def new_question(request: SignedIn, pk: int) -> HttpResponse:
    return _edit_question(request, get_object_or_404(QuestionSet, pk=pk), None)


@form_view(permission=RUN, fresh=True)
def question(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(SurveyQuestion.objects.select_related("question_set"), pk=pk)
    return _edit_question(request, row.question_set, row)


def _edit_question(request: SignedIn, row: QuestionSet, current: SurveyQuestion | None) -> HttpResponse:
    form = QuestionForm(request.POST or None, question=current)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.save_question(row, actor=request.user, values=form.values(), question=current)
            messages.success(request, _("The question is saved."))
            return redirect(row)
    return act_page(
        request,
        form,
        heading=_("Edit the question") if current else _("Add a question"),
        steps=_steps((row, row.name)),
        back=row,
        text=_("People were asked these questions: only translations can change.") if row.is_fixed else "",
    )


@act_view(permission=RUN)
def remove_question(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(SurveyQuestion.objects.select_related("question_set"), pk=pk)
    with refusal_as_warning(request):
        actions.remove_question(row, actor=request.user)
        messages.success(request, _("The question is removed."))
    return redirect(row.question_set)


# --- Surveys --------------------------------------------------------------------------------------------
@form_view(permission=RUN, fresh=True)
def new(request: SignedIn) -> HttpResponse:
    form = SurveyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            survey = actions.begin_survey(actor=request.user, values=form.values())
            messages.success(request, _("The survey is planned. Invitations are sent when it opens."))
            return redirect("surveydesk:survey", survey.pk)
    return act_page(
        request,
        form,
        heading=_("Plan a survey"),
        steps=_steps(),
        back="surveydesk:home",
        button=_("Plan survey"),
    )


@page_view(permission=RUN, fresh=True)
def survey(request: SignedIn, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    texts = row.question_set.questions.filter(kind=QuestionKind.TEXT) if row.is_closed else ()
    context = {
        "survey": row,
        "answered": queries.number_answered(row),
        "has_results": row.is_closed and bool(results_of(row, for_team=False)),
        "texts": texts,
        "is_on": queries.is_on(),
        "lines": timeline(row, request.user),
    }
    return render(request, "coordination/surveys/survey.html", context)


@form_view(permission=RUN, fresh=True)
def wave(request: SignedIn, pk: int) -> HttpResponse:
    """Invite a next wave to a survey that stands alone."""
    row = _survey(request, pk)
    if not row.is_alone or not row.takes_answers or not queries.is_on():
        raise Http404
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = actions_clock.invite(row, most=form.cleaned_data["most"])
        text = ngettext("%(number)s person is invited.", "%(number)s people are invited.", number)
        messages.success(request, text % {"number": number})
        return redirect("surveydesk:survey", pk)
    return act_page(
        request,
        form,
        heading=_("Invite a wave"),
        steps=_steps((row.desk_url, row.title)),
        back=row.desk_url,
        button=_("Invite them"),
    )


@form_view(permission=RUN, fresh=True)
def close(request: SignedIn, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    if request.method == "POST":
        with refusal_as_warning(request):
            actions.close_survey(row, actor=request.user)
            messages.success(request, _("The survey is closed, and its invitations are deleted."))
        return redirect("surveydesk:survey", pk)
    return act_page(
        request,
        Form(),
        heading=_("Close the survey"),
        steps=_steps((row.desk_url, row.title)),
        back=row.desk_url,
        text=_("Links stop working, and the survey cannot be opened again."),
        button=_("Close survey"),
        style="danger",
    )


@act_view(permission=RUN)
def act(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Take a survey back, publish its results, or show them to the team alone again."""
    row = _survey(request, pk)
    with refusal_as_warning(request):
        if name == "remove":
            actions.remove_survey(row, actor=request.user)
            messages.success(request, _("The survey is removed."))
            return redirect("surveydesk:home")
        actions.publish(row, actor=request.user, is_public=name == "publish")
        if name == "publish":
            messages.success(request, _("Everybody can read the results now."))
        else:
            messages.success(request, _("Only the team reads the results now."))
    return redirect("surveydesk:survey", pk)


@form_view(permission=RUN, fresh=True)
def changes(request: SignedIn, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    form = ChangesForm(request.POST or None, survey=row)
    if request.method == "POST" and form.is_valid():
        actions.save_changes(row, actor=request.user, **form.values())
        messages.success(request, _("Saved. It is shown on the page with the results."))
        return redirect("surveydesk:survey", pk)
    return act_page(
        request,
        form,
        heading=_("What you said, what we change"),
        steps=_steps((row.desk_url, row.title)),
        back=row.desk_url,
    )


@form_view(permission=RUN, fresh=True)
def themes(request: SignedIn, pk: int, question: int) -> HttpResponse:
    """The texts of a question, each with its themes."""
    row = _survey(request, pk)
    result = next(
        (each for each in results_of(row, for_team=True) if each.question.pk == question and each.texts), None
    )
    if result is None:
        raise Http404
    page = Paginator(result.texts, PAGE).get_page(request.GET.get("page"))
    form = ThemesForm(request.POST or None, texts=list(page.object_list))
    if request.method == "POST" and form.is_valid():
        names = {text.key: text.themes for text in result.texts} | form.cleaned_data
        actions.save_themes(row, result.question, actor=request.user, names=names)
        messages.success(request, _("The themes are saved."))
        return redirect("surveydesk:survey", pk)
    context = {
        "survey": row,
        "question": result.question,
        "page": page,
        "form": form,
        "pairs": [(text, form[text.key]) for text in page.object_list],
    }
    return render(request, "coordination/surveys/themes.html", context)


def _survey(request: SignedIn, pk: int) -> Survey:
    return get_object_or_404(queries.surveys_for(request.user), pk=pk)
