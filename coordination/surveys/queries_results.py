"""What a survey came to, by question. Fewer than five answers are never told, in all or to one question."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.period_reports.queries_numbers import ReportRow, ReportTable
from coordination.surveys.enums import Attribute, QuestionKind
from coordination.surveys.models import Survey, SurveyAnswer, SurveyQuestion, SurveyTheme
from coordination.surveys.queries import questions_of
from core.small_numbers import FEWEST, groups_to_hide, suppress_if_small
from stakeholders.entries.enums import Kind
from taxonomy.places.models import Region

MOST_EARLIER = 4  # surveys of the same set beside which results are shown


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was written, for the team: `key` of its answer, `themes`, and who wrote it, if named."""

    key: str
    words: str
    themes: str
    writer: str = ""


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of one group beside the answers, None where it is hidden."""

    label: str
    number: int | None
    mean: float | None


@dataclass(slots=True)
class QuestionResult:
    question: SurveyQuestion
    number: int | None
    tables: list[ReportTable] = field(default_factory=list)
    # Of a scale: its mean, of earlier surveys (title, mean), by attribute (its label, groups).
    mean: float | None = None
    earlier: list[tuple[str, float]] = field(default_factory=list)
    groups: list[tuple[str, list[GroupMean]]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def results_of(survey: Survey, *, for_team: bool) -> list[QuestionResult]:
    """Return the results of a closed survey by question; texts themselves for the team alone."""
    answers = list(survey.answers.select_related("user").order_by("pk"))
    if not survey.is_closed or len(answers) < FEWEST:
        return []
    earlier = _earlier(survey)
    themes = list(survey.themes.prefetch_related("answers"))
    return [
        _result(survey, question, answers, earlier, themes, for_team=for_team)
        for question in questions_of(survey)
    ]


def _result(
    survey: Survey,
    question: SurveyQuestion,
    answers: Sequence[SurveyAnswer],
    earlier: Sequence[tuple[Survey, list[SurveyAnswer]]],
    themes: Iterable[SurveyTheme],
    *,
    for_team: bool,
) -> QuestionResult:
    key = str(question.pk)
    given = [row for row in answers if row.values.get(key)]
    result = QuestionResult(question, suppress_if_small(len(given)))
    text = question.label[0]
    match question.kind:
        case QuestionKind.MATRIX:
            for number, row_text in enumerate(question.lines("rows"), 1):
                marks = [row.values[key][str(number)] for row in given if row.values[key].get(str(number))]
                result.tables.append(_table(f"{key}-{number}", row_text, question.choices, marks))
        case QuestionKind.TEXT:
            own_themes = [theme for theme in themes if theme.question_id == question.pk]
            counts = {theme.name: len(theme.answers.all()) for theme in own_themes}
            if counts:
                rows = [
                    ReportRow(name, name, [number], [_share(number, len(given))])
                    for name, number in counts.items()
                ]
                result.tables.append(ReportTable(key, text, _("Theme"), _("Answers"), rows))
            if for_team and len(given) >= FEWEST:
                result.texts = [_text(row, key, own_themes) for row in given]
        case QuestionKind.CHOICES:
            marks = [mark for row in given for mark in row.values[key]]
            result.tables.append(_table(key, text, question.choices, marks, of=len(given)))
        case _:
            marks = [row.values[key] for row in given]
            result.tables.append(_table(key, text, question.choices, marks))
            if question.kind == QuestionKind.SCALE:
                result.mean = _mean(marks)
                result.groups = _groups(survey, given, key)
                for before, rows_before in earlier:
                    mean = _mean([row.values[key] for row in rows_before if row.values.get(key)])
                    if mean is not None:
                        result.earlier.append((before.label[0], mean))
    return result


def _text(row: SurveyAnswer, key: str, themes: Iterable[SurveyTheme]) -> Text:
    names = [theme.name for theme in themes if row in theme.answers.all()]
    return Text(str(row.pk), row.values[key], ", ".join(names), row.user.name if row.user else "")


def _table(
    name: str, title: str, choices: Iterable[tuple[str, str]], marks: Sequence[str], of: int | None = None
) -> ReportTable:
    counts, number = Counter(marks), len(marks) if of is None else of
    is_few = number < FEWEST
    rows = [
        ReportRow(
            code, label, [None if is_few else counts[code]], [0 if is_few else _share(counts[code], number)]
        )
        for code, label in choices
    ]
    return ReportTable(name, title, _("Answer"), _("Answers"), rows)


def _share(number: int, of: int) -> int:
    return round(100 * number / of) if of else 0


def _mean(marks: Sequence[str]) -> float | None:
    return round(fmean(map(int, marks)), 1) if len(marks) >= FEWEST else None


def _groups(survey: Survey, given: Sequence[SurveyAnswer], key: str) -> list[tuple[str, list[GroupMean]]]:
    """Return the mean by region and kind; with a group that is too small another is hidden."""
    labels: dict[str, dict[Any, Any]] = {
        Attribute.REGION.value: dict(Region.objects.for_choices()),
        Attribute.KIND.value: dict(Kind.choices),
    }
    by_attribute = []
    for name in survey.attributes:
        marks: dict[str, list[str]] = {}
        for row in given:
            marks.setdefault(getattr(row, name), []).append(row.values[key])
        hidden = groups_to_hide({code: len(group) for code, group in marks.items()})
        groups = [
            GroupMean(
                str(labels[name].get(code, _("Not shown"))),
                None if code in hidden else len(marks[code]),
                None if code in hidden else _mean(marks[code]),
            )
            for code in sorted(marks, key=lambda code: (not code, str(labels[name].get(code, ""))))
        ]
        if any(group.mean is not None for group in groups):
            by_attribute.append((str(Attribute(name).label), groups))
    return by_attribute


def _earlier(survey: Survey) -> list[tuple[Survey, list[SurveyAnswer]]]:
    """Return the closed surveys with the same set before this one, the last first."""
    rows = Survey.objects.filter(
        question_set=survey.question_set_id, closed_at__isnull=False, opens_at__lt=survey.opens_at
    )
    if survey.published_at:
        rows = rows.visible_to(AnonymousUser())
    pairs = [(row, list(row.answers.all())) for row in rows.select_related("event")[:MOST_EARLIER]]
    return [(row, answers) for row, answers in pairs if len(answers) >= FEWEST]


def number_text(survey: Survey) -> str:
    """Return how many have answered of how many invited, as a sentence."""
    number: Any = survey.answers.count()
    text = ngettext(
        "%(number)s of %(invited)s person invited has answered.",
        "%(number)s of %(invited)s people invited have answered.",
        survey.invited,
    )
    return text % {"number": number, "invited": survey.invited}
