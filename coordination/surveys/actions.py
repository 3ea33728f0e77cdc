"""The team writes question sets, opens and closes surveys, and publishes what they came to."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from coordination.surveys.actions_answers import ask_for_changes, close, lock_survey
from coordination.surveys.enums import MOST_QUESTIONS
from coordination.surveys.models import (
    QuestionSet,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyRule,
    SurveyTask,
    SurveyTheme,
)
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from workflow.held_tasks import actions as held_tasks


def refuse_unless_runs(actor: Any) -> None:
    if not actor.has_perm("coordination.run_surveys"):
        raise PermissionDenied


# --- The task, and the rules ----------------------------------------------------------------------------
def hold_task(*, actor: User) -> None:
    """Take the task of surveys: from then on invitations leave. Events that ended before are left alone."""
    refuse_unless_runs(actor)
    held_tasks.take_task(SurveyTask, actor=actor, action="coordination.surveys_on")


def end_task(*, actor: User) -> None:
    """Send no more invitations. Open surveys are still answered, and closed on their day.

    It may be called twice.
    """
    refuse_unless_runs(actor)
    held_tasks.end_task(SurveyTask, actor=actor, action="coordination.surveys_off")


def save_rule(*, actor: User, kind: str, values: Mapping[str, Any]) -> SurveyRule:
    """Have each event of a kind followed by a survey, from now on."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        rule, _new = SurveyRule.objects.update_or_create(kind=kind, defaults=values)
        record(rule, "coordination.surveyrule.save", actor=actor, kind=kind)
    return rule


def remove_rule(rule: SurveyRule, *, actor: User) -> None:
    refuse_unless_runs(actor)
    with transaction.atomic():
        record(rule, "coordination.surveyrule.remove", actor=actor, kind=rule.kind)
        rule.delete()


# --- Question sets --------------------------------------------------------------------------------------
def begin_set(*, actor: User, name: str, copied: QuestionSet | None = None) -> QuestionSet:
    """Begin a set, with the questions of another where that is given."""
    refuse_unless_runs(actor)
    try:
        with transaction.atomic():
            question_set = QuestionSet.objects.create(name=clean_line(name))
            record(question_set, "coordination.questionset.begin", actor=actor)
            for question in copied.questions.all() if copied else ():
                question.pk, question.question_set = None, question_set
                question._state.adding = True
                question.save()
    except IntegrityError:
        text = _("Another set has this name.")
        raise DomainError(text, fields={"name": text}) from None
    return question_set


def save_question(
    question_set: QuestionSet,
    *,
    actor: User,
    values: Mapping[str, Any],
    question: SurveyQuestion | None = None,
) -> SurveyQuestion:
    """Add or change a question. Once people were asked only its translations change."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        QuestionSet.objects.select_for_update(no_key=True).get(pk=question_set.pk)
        row = question or SurveyQuestion(question_set=question_set, position=question_set.questions.count())
        is_same = question is not None and all(getattr(row, name) == values[name] for name in _FIXED)
        if question_set.is_fixed and not is_same:
            raise WrongState(
                _("People were asked these questions: only translations change. Copy the set to change it.")
            )
        for name, value in values.items():
            setattr(row, name, value)
        others = question_set.questions.exclude(pk=row.pk)
        if sum(each.controls for each in others) + row.controls > MOST_QUESTIONS:
            text = _("A survey has at most %(most)s questions; each row of a matrix is one.")
            raise DomainError(
                text % {"most": MOST_QUESTIONS}, fields={"text_en": text % {"most": MOST_QUESTIONS}}
            )
        row.save()
    return row


_FIXED = ("kind", "text", "options", "rows", "is_required")


def remove_question(question: SurveyQuestion, *, actor: User) -> None:
    refuse_unless_runs(actor)
    if question.question_set.is_fixed:
        raise WrongState(_("People were asked this question. Copy the set to leave it out."))
    question.delete()


# --- Surveys --------------------------------------------------------------------------------------------
def begin_survey(*, actor: User, values: Mapping[str, Any]) -> Survey:
    """Plan a survey; its invitations leave when it opens, if the task is held."""
    refuse_unless_runs(actor)
    if not values["question_set"].questions.exists():
        text = _("This set has no questions yet.")
        raise DomainError(text, fields={"question_set": text})
    try:
        with transaction.atomic():
            survey = Survey.objects.create(is_demo=actor.is_demo, **values)
            record(survey, "coordination.survey.begin", actor=actor)
    except IntegrityError:
        text = _("This event has a survey with this set already.")
        raise DomainError(text, fields={"event": text}) from None
    return survey


def close_survey(survey: Survey, *, actor: User) -> None:
    """Close a survey before its time."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.is_closed:
            raise WrongState(_("This survey is closed."))
        survey.closes_at = max(now(), (survey.opens_at or now()) + timedelta(seconds=1))
        survey.save(update_fields=["closes_at"])
        close(survey)
        record(survey, "coordination.survey.close", actor=actor)


def remove_survey(survey: Survey, *, actor: User) -> None:
    """Take back a survey to which no person is invited yet."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if survey.invited:
            raise WrongState(_("People are invited already. Close the survey instead."))
        record(survey, "coordination.survey.remove", actor=actor)
        survey.delete()


def save_changes(survey: Survey, *, actor: User, changes: str, translations: Mapping[str, str]) -> None:
    """Write what the team changes after a survey."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        survey.changes = clean_block(changes)
        by_language = {code: dict(texts) for code, texts in survey.translations.items()}
        for code, text in translations.items():
            by_language.setdefault(code, {})["changes"] = clean_block(text)
        survey.translations = by_language
        survey.save(update_fields=["changes", "translations"])
        record(survey, "coordination.survey.changes", actor=actor)
        ask_for_changes(survey)


def publish(survey: Survey, *, actor: User, is_public: bool) -> None:
    """Show the results to everybody, or to the team alone."""
    refuse_unless_runs(actor)
    with transaction.atomic():
        survey = lock_survey(survey.pk)
        if not survey.is_closed or not survey.answers.exists():
            raise WrongState(_("There are results once the survey is closed and five people have answered."))
        survey.published_at = now() if is_public else None
        survey.save(update_fields=["published_at"])
        record(survey, f"coordination.survey.{'publish' if is_public else 'unpublish'}", actor=actor)


def save_themes(survey: Survey, question: SurveyQuestion, *, actor: User, names: Mapping[str, str]) -> None:
    """Set the themes of the texts of a question; `names` is {key of the answer: "theme, theme"}."""
    refuse_unless_runs(actor)
    if not survey.is_closed:
        raise WrongState(_("Themes are set once the survey is closed."))
    with transaction.atomic():
        lock_survey(survey.pk)
        answers = {str(row.pk): row for row in SurveyAnswer.objects.filter(survey=survey)}
        by_theme: dict[str, list[SurveyAnswer]] = {}
        for key, text in names.items():
            for name in filter(None, map(clean_line, text.replace("،", ",").replace("，", ",").split(","))):
                by_theme.setdefault(name[:120], []).append(answers[key])
        SurveyTheme.objects.filter(survey=survey, question=question).exclude(name__in=by_theme).delete()
        for name, rows in by_theme.items():
            theme, _new = SurveyTheme.objects.get_or_create(survey=survey, question=question, name=name)
            theme.answers.set(rows)
