"""A report for a period as a file: for spreadsheets, as PDF, and for Word.

PDF and Word speak the language of the report, whoever asks for them: one document, one language.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi, ngettext, override
from django.utils.translation import gettext as _

from coordination.activities.models import Activity
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import activities_of, frozen_tables, place_name, spans_of, tables_of
from coordination.period_reports.queries_numbers import ReportRow, ReportTable, Span
from core.pdf import draw, typeset
from core.small_numbers import FEWEST
from core.spreadsheets import Column, add_about, add_sheet, choice_column, field_column, instant_column
from core.text import reads_from_right
from core.text_blocks import HEADING, Block, blocks_of, plain_blocks
from core.time_display import VIENNA
from events.events.dates import when

KEPT_SECONDS = 24 * 3600
MOST_BARS = 25  # of one picture, which has to fit on a page


def tables_for(report: PeriodReport, user: Any) -> list[ReportTable]:
    """Return the published tables, or those of a draft counted for this reader."""
    return frozen_tables(report) if report.is_published or report.is_frozen else tables_of(report, user)


def report_pdf(report: PeriodReport, user: Any, *, desk: bool) -> bytes:
    return _cached_document(
        "pdf", report, desk, lambda: typeset("report", _as_data(_paper(report, user, desk=desk)))
    )


def report_docx(report: PeriodReport, user: Any, *, desk: bool) -> bytes:
    return _cached_document("docx", report, desk, lambda: _word(_paper(report, user, desk=desk)))


def _cached_document(kind: str, report: PeriodReport, desk: bool, make: Callable[[], bytes]) -> bytes:
    """Return a document; a public one is made once for each publication, since that takes a second."""
    with override(report.language_id):
        if desk:
            return make()
        key = f"period-report:{settings.RELEASE}:{report.pk}:{report.version}:{kind}"
        content: Any = cache.get_or_set(key, make, KEPT_SECONDS)
        return bytes(content)


# --- What both kinds of paper say ---------------------------------------------------------------------
def _paper(report: PeriodReport, user: Any, *, desk: bool) -> dict[str, Any]:
    tables, spans = tables_for(report, user), spans_of(report)
    name = _("Activity report")
    url = report.public_url if report.is_published else report.get_absolute_url()
    activities = activities_of(report, user) if desk and not report.is_frozen else []
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": name,
        "title": report.title,
        "about": list(_about(report, spans)),
        "narrative": list(_under_the_title(blocks_of(report.narrative))),
        "activities_title": _("Activities of the period"),
        "follow_ups_title": _("Follow-up actions"),
        "activities": [_activity(activity) for activity in activities],
        "figures_title": _("Figures"),
        "note": note_on(tables, spans) if tables else "",
        "tables": [_table(table, spans) for table in tables],
        "footer": f"WhatsOn · {settings.SITE_URL}{url}",
    }


def _about(report: PeriodReport, spans: list[Span]) -> Iterator[str]:
    yield f"{place_name(report.place)} · {_days(spans[0])}"
    if len(spans) > 1:
        yield _("compared with %(first)s to %(last)s") % _ends(spans[1])
    if report.published_at:
        day = date_format(report.published_at.astimezone(VIENNA))
        yield _("Published by UNODC on %(date)s; the numbers are those of that day.") % {"date": day}
    else:
        yield report.get_status_display()
    if report.counted_at:
        yield citation(report)


def citation(report: PeriodReport) -> str:
    """Return how frozen figures are cited."""
    return _("UNODC, WhatsOn: %(title)s. Figures of %(date)s. %(url)s") % {
        "title": report.title,
        "date": date_format((report.counted_at or now()).astimezone(VIENNA)),
        "url": f"{settings.SITE_URL}{report.public_url}",
    }


def note_on(tables: Sequence[ReportTable], spans: Sequence[Span]) -> str:
    """Return what the numbers count, why some are suppressed, and how to read the bars."""
    if tables and tables[0].heads:
        return tables[0].about
    sentences = [
        _(
            "Figures on public profiles, on contributions published by name and on events are exact, because "
            "every visitor can count them; so are those on activities held. A profile counts if it was "
            "approved before the end of the period and is in the directory today."
        )
    ]
    if any(None in row.numbers for table in tables for row in table.rows):
        why = ngettext(
            "A figure is suppressed if it would reveal fewer than %(fewest)s stakeholder or person who is "
            "not public, by itself or by subtraction.",
            "A figure is suppressed if it would reveal fewer than %(fewest)s stakeholders or people who are "
            "not public, by itself or by subtraction.",
            FEWEST,
        )
        sentences.append(why % {"fewest": FEWEST})
    if len(spans) > 1:
        sentences.append(_("Full bars show the period, hollow bars the one that it is compared with."))
    return " ".join(sentences)


def _ends(span: Span) -> dict[str, str]:
    return {"first": date_format(span.first), "last": date_format(span.last)}


def _days(span: Span) -> str:
    return _("%(first)s to %(last)s") % _ends(span)


def _under_the_title(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks of a text with headings that skip no level."""
    level = 1
    for block in blocks:
        if block.kind == HEADING:
            level = min(block.level + 1, level + 1, 4)
            yield Block(HEADING, block.runs, level)
        else:
            yield block


def _as_data(value: Any) -> Any:
    """Return a value as JSON, with the direction of each piece of text."""
    match value:
        case Block():
            words = "".join(run.text for run in value.runs)
            return {**asdict(value), "rtl": reads_from_right(words, get_language_bidi())}
        case list():
            return [_as_data(child) for child in value]
        case dict():
            return {key: _as_data(child) for key, child in value.items()}
    return value


def _activity(activity: Activity) -> dict[str, Any]:
    with_dates: Any = activity
    return {
        "title": activity.title,
        "about": " · ".join(_about_activity(activity, when(with_dates).text)),
        "outcome": plain_blocks(activity.outcome or _("No outcome has been reported yet.")),
        "follow_ups": [follow_up_line(each) for each in activity.follow_ups.all()],
    }


def _about_activity(activity: Activity, day: str) -> Iterator[str]:
    yield day
    yield str(activity.get_kind_display())
    if place := place_of(activity):
        yield place
    yield ", ".join(country.name for country in activity.countries.all())
    if activity.took_part is not None:
        text = ngettext("%(number)s person took part.", "%(number)s people took part.", activity.took_part)
        yield text % {"number": _number(activity.took_part)}


def place_of(activity: Activity) -> str:
    return ", ".join(part for part in (activity.venue, activity.city) if part)


def follow_up_line(follow_up: Any) -> str:
    """Return what is to be done, by whom and until when; or that it is done."""
    day = follow_up.done_at.astimezone(VIENNA) if follow_up.done_at else follow_up.due_on
    due_text = _("done on %(date)s") if follow_up.done_at else _("due by %(date)s")
    parts = (
        follow_up.text,
        follow_up.owner.name if follow_up.owner else "",
        due_text % {"date": date_format(day)},
    )
    return " · ".join(filter(None, parts))


def _table(table: ReportTable, spans: list[Span]) -> dict[str, Any]:
    heads = table.heads or ([_days(span) for span in spans] if len(spans) > 1 else [table.counted])
    return {
        "title": table.title,
        "about": table.about,
        "heads": [table.row_heading, *heads],
        "rows": [{"label": row.label, "about": row.about, "bars": _bars(table, row)} for row in table.rows],
    }


def _bars(table: ReportTable, row: ReportRow) -> list[dict[str, Any]]:
    return [
        {"share": share, "hollow": at > 0, "text": table.suppressed if number is None else _number(number)}
        for at, (number, share) in enumerate(zip(row.numbers, row.shares, strict=True))
    ]


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


# --- Word -----------------------------------------------------------------------------------------------
def _word(paper: dict[str, Any]) -> bytes:
    # It brings 5 MB of libraries, which a process that nobody asks for it never needs.
    from core.word import WordDocument  # noqa: PLC0415

    document = WordDocument(paper["title"], language=paper["language"], rtl=paper["rtl"])
    document.paragraph(paper["name"])
    document.heading(paper["title"], 1)
    for line in paper["about"]:
        document.paragraph(line)
    for block in paper["narrative"]:
        document.block(block)
    if paper["activities"]:
        document.heading(paper["activities_title"], 2)
    for activity in paper["activities"]:
        document.heading(activity["title"], 3)
        document.paragraph(activity["about"])
        for block in activity["outcome"]:
            document.block(block)
        if activity["follow_ups"]:
            document.heading(paper["follow_ups_title"], 4)
        for line in activity["follow_ups"]:
            document.paragraph(line, style="List Bullet")
    if paper["tables"]:
        document.heading(paper["figures_title"], 2)
        document.paragraph(paper["note"])
    pictures = _pictures(paper)
    for at, table in enumerate(paper["tables"]):
        document.heading(table["title"], 3)
        for picture in pictures.get(at, ()):
            document.picture(picture, instead=_chart_description(table))
        rows = [
            [": ".join(filter(None, (row["label"], row["about"]))), *(bar["text"] for bar in row["bars"])]
            for row in table["rows"]
        ]
        document.table(table["heads"], rows, title=table["title"])
    document.footer(paper["footer"])
    return document.as_bytes()


def _pictures(paper: dict[str, Any]) -> dict[int, list[bytes]]:
    """Return the charts of tables that have something to compare, by their index. All are drawn at once."""
    charts: list[tuple[int, list[Any]]] = [
        (at, list(some))
        for at, table in enumerate(paper["tables"])
        if len(table["rows"]) > 1 and any(bar["share"] for row in table["rows"] for bar in row["bars"])
        for some in batched(table["rows"], MOST_BARS, strict=False)
    ]
    if not charts:
        return {}
    chart_data = {
        "language": paper["language"],
        "rtl": paper["rtl"],
        "charts": [rows for _at, rows in charts],
    }
    pictures: dict[int, list[bytes]] = {}
    for (at, _rows), picture in zip(charts, draw("charts", chart_data), strict=True):
        pictures.setdefault(at, []).append(picture)
    return pictures


def _chart_description(table: dict[str, Any]) -> str:
    description = _("Bar chart: %(title)s. The same numbers are in the table below.") % {
        "title": table["title"]
    }
    return Truncator(description).chars(250)


# --- Spreadsheets ---------------------------------------------------------------------------------------
def fill_workbook(book: Any, report: PeriodReport, user: Any, *, desk: bool) -> None:
    """Fill in a sheet for each table, for the desk the activities, and what the report is."""
    lines, spans = list(_facts(report)), spans_of(report)
    heads = [f"{span.first.isoformat()} – {span.last.isoformat()}" for span in spans]
    tables = tables_for(report, user)
    for number, table in enumerate(tables, 1):
        name = f"{number} {table.name}"[:31]
        rows = [
            (
                row.code,
                row.label,
                *(table.suppressed if cell is None else cell for cell in row.numbers),
                *([row.about] if table.heads else []),
            )
            for row in table.rows
        ]
        headings = [*table.heads, _("Definition")] if table.heads else heads
        add_sheet(book, name, [_("Code"), table.row_heading, *headings], rows)
        lines.append((name, " ".join(filter(None, (f"{table.title} ({table.counted})", table.about)))))
    if tables:
        lines.append((_("Figures"), note_on(tables, spans[:1])))
    if desk and not report.is_frozen:
        columns = _activity_columns()
        rows_of_columns = ([column.value(held) for column in columns] for held in activities_of(report, user))
        add_sheet(book, _("Activities"), [column.head for column in columns], rows_of_columns)
    page = report.public_url if report.is_published else report.get_absolute_url()
    add_about(book, report.title, lines, page=page)


def _activity_columns() -> list[Column]:
    return [
        field_column(Activity, "title"),
        instant_column(Activity, "starts_at"),
        instant_column(Activity, "ends_at"),
        choice_column(Activity, "kind"),
        choice_column(Activity, "status"),
        field_column(Activity, "outcome"),
        Column(_("Place"), place_of),
        Column(
            _("Countries or areas"), lambda held: ", ".join(country.name for country in held.countries.all())
        ),
        field_column(Activity, "took_part"),
        Column(_("Follow-up actions"), lambda held: "\n".join(map(follow_up_line, held.follow_ups.all()))),
    ]


def _facts(report: PeriodReport) -> Iterator[tuple[object, object]]:
    yield _("For which place"), place_name(report.place)
    yield _("First day"), report.first_day
    yield _("Last day"), report.last_day
    if report.other_first_day and report.other_last_day:
        yield _("Compared with, first day"), report.other_first_day
        yield _("Compared with, last day"), report.other_last_day
    yield _("Status"), report.get_status_display()
    yield _("Narrative"), report.narrative
