"""Answering a survey by a link of one's own, without signing in; and the results that everybody may read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.people.decorators import act_view, form_view, page_view
from coordination.surveys import actions_answers, files, queries
from coordination.surveys.enums import Attribute
from coordination.surveys.forms import AnswerForm
from coordination.surveys.models import Survey, SurveyInvitation
from coordination.surveys.queries_results import number_text, results_of
from core.database import on_primary
from core.errors import WrongState
from core.pdf import TYPE
from core.small_numbers import FEWEST
from core.spreadsheets import table_response

PAGE = 30


@form_view(public=True, fresh=True)
@on_primary()  # a replica has no waiting answers
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions on one page; a POST hands the answers in. Nothing is stored before."""
    invitation = queries.invitation_by(token)
    if invitation is None:
        return render(request, "coordination/surveys/closed.html", status=410)
    survey = invitation.survey
    form = AnswerForm(request.POST or None, questions=queries.questions_of(survey))
    is_answered = queries.has_answered(invitation)
    if request.method == "POST" and form.is_valid():
        try:
            actions_answers.answer(invitation, form.values())
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("surveys:thanks")
    context = {
        "survey": survey,
        "form": form,
        "token": token,
        "is_answered": is_answered and not form.is_bound,
        "groups": [label for code, label in Attribute.choices if code in survey.attributes],
        "fewest": FEWEST,
    }
    return render(request, "coordination/surveys/answer.html", context)


@page_view(public=True)
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "coordination/surveys/thanks.html")


@act_view(public=True)
@on_primary()
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Invite the person whose link it is to no further survey."""
    invitation: SurveyInvitation | None = queries.invitation_by(token)
    if invitation is None:
        raise Http404
    actions_answers.stop_surveys(invitation)
    messages.success(request, _("You are invited to no further survey."))
    return redirect("surveys:answer", token)


# --- Results --------------------------------------------------------------------------------------------
@page_view(public=True)
def survey_list(request: HttpRequest) -> HttpResponse:
    """The surveys whose results are published, the last first."""
    rows = Survey.objects.visible_to(request.user).filter(published_at__isnull=False).select_related("event")
    page = Paginator(rows.order_by("-published_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "coordination/surveys/list.html", {"page": page})


@page_view(public=True)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    survey, runs = _survey(request, pk)
    context = {
        "survey": survey,
        "runs": runs,
        "results": results_of(survey, for_team=runs),
        "number": number_text(survey),
        "changes": survey.changes_text,
        "fewest": FEWEST,
    }
    return render(request, "coordination/surveys/results.html", context)


@page_view(public=True)
def results_table(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    survey, runs = _survey(request, pk)
    rows = list(files.results_rows(survey, for_team=runs))
    return table_response(form, files.results_table(survey), rows)


@page_view(public=True)
def results_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    survey, runs = _survey(request, pk)
    response = HttpResponse(files.results_pdf(survey, for_team=runs), content_type=TYPE)
    response["Content-Disposition"] = f'inline; filename="survey-{survey.pk}-results.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _survey(request: HttpRequest, pk: int) -> tuple[Survey, bool]:
    """Return a closed survey whose results the reader may see, and whether they run surveys."""
    rows = Survey.objects.visible_to(request.user).filter(closed_at__isnull=False)
    survey = get_object_or_404(rows.select_related("event", "question_set"), pk=pk)
    return survey, request.user.has_perm("coordination.run_surveys")
