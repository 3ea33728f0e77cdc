"""The results of a survey as files: for spreadsheets, and as PDF."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from coordination.surveys.models import Survey
from coordination.surveys.queries_results import QuestionResult, number_text, results_of
from core.pdf import typeset
from core.small_numbers import FEWEST
from core.spreadsheets import Column, Table, columns_by_place
from core.text import reads_from_right


def results_table(survey: Survey) -> Table:
    heads = [_("Question"), _("Row or group"), _("Answer"), _("Answers"), _("Mean"), _("Fewer than")]
    names = ("question", "row", "answer", "answers", "mean", "fewer_than")
    columns = [
        Column(column.head, column.value, "", name)
        for column, name in zip(columns_by_place(heads), names, strict=True)
    ]
    return Table(
        f"survey-{survey.pk}-results",
        survey.label[0],
        columns,
        page=survey.get_absolute_url(),
        notes=[(_("Answers"), number_text(survey)), (_("Set"), survey.question_set.name)],
    )


def results_rows(survey: Survey, *, for_team: bool) -> Iterator[tuple[Any, ...]]:
    for result in results_of(survey, for_team=for_team):
        text = result.question.label[0]
        for table in result.tables:
            row_text = table.title if table.title != text else ""
            for row in table.rows:
                number = row.numbers[0]
                yield text, row_text, row.label, number, None, FEWEST if number is None else None
        if result.mean is not None:
            yield text, "", "", result.number, result.mean, None
        for label, groups in result.groups:
            for group in groups:
                few = FEWEST if group.number is None else None
                yield text, f"{label}: {group.label}", "", group.number, group.mean, few
        for written in result.texts:
            yield text, written.themes, written.words, None, None, None


def results_pdf(survey: Survey, *, for_team: bool) -> bytes:
    """Return the results as a tagged PDF, in the reader's language."""
    results = results_of(survey, for_team=for_team)
    changes = survey.changes_text[0]
    return typeset(
        "report",
        {
            "language": get_language() or "en",
            "rtl": get_language_bidi(),
            "name": _("Results of a survey"),
            "title": survey.label[0],
            "about": [number_text(survey)],
            "narrative": [_heading(_("What you said, what we change")), *_paragraphs(changes)]
            if changes
            else [],
            "activities": [],
            "activities_title": "",
            "follow_ups_title": "",
            "figures_title": _("Answers by question"),
            "note": _("Fewer than five answers are not shown, and neither is what would reveal them."),
            "tables": [table for result in results for table in _tables(result)],
            "footer": f"WhatsOn · {settings.SITE_URL}{survey.get_absolute_url()}",
        },
    )


def _heading(text: str) -> dict[str, Any]:
    return {**_block("heading", text), "level": 2}


def _paragraphs(text: str) -> list[dict[str, Any]]:
    return [_block("paragraph", line) for line in text.splitlines() if line.strip()]


def _block(kind: str, text: str) -> dict[str, Any]:
    run = {"text": text, "bold": False, "italic": False, "href": ""}
    rtl = reads_from_right(text, get_language_bidi())
    return {"kind": kind, "runs": [run], "level": 0, "number": 0, "rtl": rtl}


def _tables(result: QuestionResult) -> Iterator[dict[str, Any]]:
    text = result.question.label[0]
    for table in result.tables:
        title = table.title if table.title == text else f"{text} {table.title}"
        if result.mean is not None:
            title = f"{title} ({_('mean')} {number_format(result.mean, 1)})"
        rows = [
            {
                "label": row.label,
                "bars": [
                    {
                        "share": row.shares[0],
                        "hollow": False,
                        "text": table.suppressed if row.numbers[0] is None else number_format(row.numbers[0]),
                    }
                ],
            }
            for row in table.rows
        ]
        yield {"title": title, "heads": [table.row_heading, table.counted], "rows": rows}
