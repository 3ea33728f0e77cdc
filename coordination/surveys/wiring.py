"""Surveys in the registries of the apps below."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Retained, Section, declare_erased, declare_kept, retained, sections
from audit.hooks import sentence
from coordination.surveys.actions_clock import INVITED, REMINDED
from coordination.surveys.enums import WORK
from coordination.surveys.models import Survey, SurveyAnswer, SurveyInvitation
from coordination.surveys.queries import event_part
from coordination.surveys.rules import RUN_BY
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from events.events.enums import EventKind
from events.hooks import EventPart, event_parts
from notifications.hooks import kind
from workflow.hooks import desk_pages, desk_roles

KIND = Survey._meta.label_lower

for _name, _text in (
    ("surveys_on", _("%(actor)s took on the task of surveys")),
    ("surveys_off", _("%(actor)s ended the invitations to surveys")),
    ("surveyrule.save", _("%(actor)s has events of a kind followed by a survey: %(kind)s")),
    ("surveyrule.remove", _("%(actor)s removed the rule about surveys after events of a kind: %(kind)s")),
    ("questionset.begin", _("%(actor)s began a question set")),
    ("survey.begin", _("%(actor)s planned the survey")),
    ("survey.follow", _("The survey was planned by the rule for events of this kind")),
    ("survey.close", _("%(actor)s closed the survey")),
    ("survey.remove", _("%(actor)s removed the survey before anybody was invited")),
    ("survey.changes", _("%(actor)s wrote what changes after the survey")),
    ("survey.publish", _("%(actor)s published the results of the survey")),
    ("survey.unpublish", _("%(actor)s showed the results of the survey to the team alone")),
):
    sentence(f"coordination.{_name}", _text, labels={"kind": dict(EventKind.choices)})


def _still_open(_user: Any, pk: int | None) -> bool:
    return pk is not None and Survey.objects.taking().filter(pk=pk).exists()


# The link lets its holder answer, so it is erased once the mail has left.
for _name, _label in ((INVITED, _("Invitation to a survey")), (REMINDED, _("Reminder of a survey"))):
    kind(_name, label=_label, group=_("Events"), secret=True, still_visible=_still_open)


def _data(user: Any) -> Iterator[list[DataField]]:
    """Return where the person is invited now, and what they answered under their name."""
    for invitation in SurveyInvitation.objects.filter(user=user).select_related("survey"):
        yield data_fields(invitation, "survey")
    for answer in SurveyAnswer.objects.filter(user=user).select_related("survey"):
        questions = answer.survey.question_set.questions.all()
        given = [
            data_field(f"question_{question.pk}", question.text, answer.values[str(question.pk)])
            for question in questions
            if str(question.pk) in answer.values
        ]
        yield [*data_fields(answer, "survey"), *given]


sections.register(
    "surveys",
    Section(
        _("Surveys"),
        _("Open invitations, and answers that are not anonymous. Anonymous answers lead to no person."),
        _data,
    ),
)
declare_erased(
    _("Invitations to surveys, and answers to surveys that are not anonymous"),
    "coordination.surveyinvitation.user",
    "coordination.surveyoptout.user",
    "coordination.surveyanswer.user",
)
declare_kept(_("Work done at the desk"), "coordination.surveytask.holder")


def _old_named(before: datetime) -> "QuerySet[SurveyAnswer]":
    return SurveyAnswer.objects.filter(survey__closed_at__lt=before, user__isnull=False)


def _old_answers(before: datetime) -> "QuerySet[SurveyAnswer]":
    return SurveyAnswer.objects.filter(survey__closed_at__lt=before, user__isnull=True)


retained.register(
    "coordination.survey_named",
    Retained(
        label=_("Answers with names to surveys"),
        about=_("Days since the survey was closed."),
        days=365,
        least=30,
        most=1095,
        rows=_old_named,
        reason="A year to act on them; set by the portal's makers, 2026-12.",
    ),
)
retained.register(
    "coordination.survey_answer",
    Retained(
        label=_("Anonymous answers to surveys"),
        about=_("Days since the survey was closed."),
        days=3650,
        least=365,
        most=7300,
        rows=_old_answers,
        reason="So that results compare over the years; set by the portal's makers, 2026-12.",
    ),
)

event_parts.register("surveys", EventPart(45, event_part, "coordination/surveys/_part.html"))

desk_card(
    "surveydesk:home",
    group="events",
    position=50,
    title=_("Surveys"),
    text=_("Feedback after events, question sets, results and what changes."),
    permission="coordination.run_surveys",
    work=(WORK,),
    do=_("Write what you change"),
)
desk_pages.register(KIND, "surveydesk:changes")
desk_roles.register(KIND, RUN_BY)

help_at("visitors#surveys", "surveys")
help_at("events#surveys", "surveydesk")
