"""A report for a period as a file: for spreadsheets, as PDF, and for Word.

PDF and Word speak the language of the report, whoever asks for them: one document, one language.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi, ngettext, override
from django.utils.translation import gettext as _

from coordination.activities.models import Activity
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import activities_of, frozen_tables, place_name, spans_of, tables_of
from coordination.period_reports.queries_numbers import Row, Span, Table
from core.pdf import draw, typeset
from core.small_numbers import FEWEST
from core.spreadsheet_cells import harmless
from core.text import reads_from_right
from core.text_blocks import HEADING, Block, blocks_of, plain_blocks
from core.time_display import VIENNA
from events.events.dates import when

KEPT_SECONDS = 24 * 3600
MOST_BARS = 25  # of one picture, which has to fit on a page


def tables_for(one: PeriodReport, user: Any) -> list[Table]:
    """As published; a draft is counted anew for each who reads it."""
    return frozen_tables(one) if one.is_published else tables_of(one, user)


def report_pdf(one: PeriodReport, user: Any, *, desk: bool) -> bytes:
    return _kept("pdf", one, desk, lambda: typeset("report", _as_data(_paper(one, user, desk=desk))))


def report_docx(one: PeriodReport, user: Any, *, desk: bool) -> bytes:
    return _kept("docx", one, desk, lambda: _word(_paper(one, user, desk=desk)))


def _kept(kind: str, one: PeriodReport, desk: bool, make: Callable[[], bytes]) -> bytes:
    """What everybody reads is made once for each publication: it takes a second."""
    with override(one.language_id):
        if desk:
            return make()
        key = f"period-report:{settings.RELEASE}:{one.pk}:{one.version}:{kind}"
        made: Any = cache.get_or_set(key, make, KEPT_SECONDS)
        return bytes(made)


# --- What both kinds of paper say ---------------------------------------------------------------------
def _paper(one: PeriodReport, user: Any, *, desk: bool) -> dict[str, Any]:
    tables, spans = tables_for(one, user), spans_of(one)
    name = _("Activity report")
    url = one.public_url if one.is_published else one.get_absolute_url()
    activities = activities_of(one, user) if desk else []
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "name": name,
        "title": one.title,
        "about": list(_about(one, spans)),
        "narrative": list(_under_the_title(blocks_of(one.narrative))),
        "activities_title": _("Activities of the period"),
        "follow_ups_title": _("Follow-up actions"),
        "activities": [_activity(activity) for activity in activities],
        "figures_title": _("Figures"),
        "note": note_on(tables, spans) if tables else "",
        "tables": [_table(table, spans) for table in tables],
        "footer": f"WhatsOn · {settings.SITE_URL}{url}",
    }


def _about(one: PeriodReport, spans: list[Span]) -> Iterator[str]:
    yield f"{place_name(one.place)} · {_days(spans[0])}"
    if len(spans) > 1:
        yield _("compared with %(first)s to %(last)s") % _ends(spans[1])
    if one.published_at:
        day = date_format(one.published_at.astimezone(VIENNA))
        yield _("Published by UNODC on %(date)s; the numbers are those of that day.") % {"date": day}
    else:
        yield one.get_status_display()


def note_on(tables: Iterable[Table], spans: Sequence[Span]) -> str:
    """What the numbers count, why some are not told, and how the bars are read."""
    said = [
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
        said.append(why % {"fewest": FEWEST})
    if len(spans) > 1:
        said.append(_("Full bars show the period, hollow bars the one that it is compared with."))
    return " ".join(said)


def _ends(span: Span) -> dict[str, str]:
    return {"first": date_format(span.first), "last": date_format(span.last)}


def _days(span: Span) -> str:
    return _("%(first)s to %(last)s") % _ends(span)


def _under_the_title(blocks: list[Block]) -> Iterator[Block]:
    """The headings of somebody's text, none of which skips a level."""
    level = 1
    for block in blocks:
        if block.kind == HEADING:
            level = min(block.level + 1, level + 1, 4)
            yield Block(HEADING, block.runs, level)
        else:
            yield block


def _as_data(value: Any) -> Any:
    """As JSON can hold it; a piece of text says in which direction it is read."""
    match value:
        case Block():
            words = "".join(run.text for run in value.runs)
            return {**asdict(value), "rtl": reads_from_right(words, get_language_bidi())}
        case list():
            return [_as_data(one) for one in value]
        case dict():
            return {key: _as_data(one) for key, one in value.items()}
    return value


def _activity(one: Activity) -> dict[str, Any]:
    told: Any = one
    return {
        "title": one.title,
        "about": " · ".join(_about_activity(one, when(told).told)),
        "outcome": plain_blocks(one.outcome or _("No outcome has been reported yet.")),
        "follow_ups": [follow_up_line(each) for each in one.follow_ups.all()],
    }


def _about_activity(one: Activity, day: str) -> Iterator[str]:
    yield day
    yield str(one.get_kind_display())
    if place := place_of(one):
        yield place
    yield ", ".join(country.name for country in one.countries.all())
    if one.took_part is not None:
        said = ngettext("%(number)s person took part.", "%(number)s people took part.", one.took_part)
        yield said % {"number": _number(one.took_part)}


def place_of(one: Activity) -> str:
    return ", ".join(part for part in (one.venue, one.city) if part)


def follow_up_line(one: Any) -> str:
    """What is to be done, by whom and until when; or that it is done."""
    day = one.done_at.astimezone(VIENNA) if one.done_at else one.due_on
    said = _("done on %(date)s") if one.done_at else _("due by %(date)s")
    parts = (one.text, one.owner.name if one.owner else "", said % {"date": date_format(day)})
    return " · ".join(filter(None, parts))


def _table(table: Table, spans: list[Span]) -> dict[str, Any]:
    heads = [_days(span) for span in spans] if len(spans) > 1 else [table.counted]
    return {
        "title": table.title,
        "heads": [table.what, *heads],
        "rows": [{"label": row.label, "bars": _bars(table, row)} for row in table.rows],
    }


def _bars(table: Table, row: Row) -> list[dict[str, Any]]:
    return [
        {"share": share, "hollow": at > 0, "told": table.suppressed if number is None else _number(number)}
        for at, (number, share) in enumerate(zip(row.numbers, row.shares, strict=True))
    ]


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


# --- Word -----------------------------------------------------------------------------------------------
def _word(paper: dict[str, Any]) -> bytes:
    # It brings 5 MB of libraries, which a process that nobody asks for it never needs.
    from core.word import WordDocument  # noqa: PLC0415

    made = WordDocument(paper["title"], language=paper["language"], rtl=paper["rtl"])
    made.paragraph(paper["name"])
    made.heading(paper["title"], 1)
    for line in paper["about"]:
        made.paragraph(line)
    for block in paper["narrative"]:
        made.block(block)
    if paper["activities"]:
        made.heading(paper["activities_title"], 2)
    for activity in paper["activities"]:
        made.heading(activity["title"], 3)
        made.paragraph(activity["about"])
        for block in activity["outcome"]:
            made.block(block)
        if activity["follow_ups"]:
            made.heading(paper["follow_ups_title"], 4)
        for line in activity["follow_ups"]:
            made.paragraph(line, style="List Bullet")
    if paper["tables"]:
        made.heading(paper["figures_title"], 2)
        made.paragraph(paper["note"])
    pictures = _pictures(paper)
    for at, table in enumerate(paper["tables"]):
        made.heading(table["title"], 3)
        for picture in pictures.get(at, ()):
            made.picture(picture, instead=_instead(table))
        rows = [[row["label"], *(bar["told"] for bar in row["bars"])] for row in table["rows"]]
        made.table(table["heads"], rows, title=table["title"])
    made.footer(paper["footer"])
    return made.as_bytes()


def _pictures(paper: dict[str, Any]) -> dict[int, list[bytes]]:
    """The bars of each table in which there is something to compare, by its place. All are drawn at once."""
    charts: list[tuple[int, list[Any]]] = [
        (at, list(some))
        for at, table in enumerate(paper["tables"])
        if len(table["rows"]) > 1 and any(bar["share"] for row in table["rows"] for bar in row["bars"])
        for some in batched(table["rows"], MOST_BARS, strict=False)
    ]
    if not charts:
        return {}
    said = {"language": paper["language"], "rtl": paper["rtl"], "charts": [rows for _at, rows in charts]}
    found: dict[int, list[bytes]] = {}
    for (at, _rows), picture in zip(charts, draw("charts", said), strict=True):
        found.setdefault(at, []).append(picture)
    return found


def _instead(table: dict[str, Any]) -> str:
    said = _("Bar chart: %(title)s. The same numbers are in the table below.") % {"title": table["title"]}
    return Truncator(said).chars(250)


# --- Spreadsheets ---------------------------------------------------------------------------------------
def fill_workbook(book: Any, one: PeriodReport, user: Any, *, desk: bool) -> None:
    """The report itself on the first sheet, a sheet for each table, and for the desk the activities."""
    about = book.create_sheet("report")
    for line in _facts(one):
        about.append([harmless(str(cell)) for cell in line])
    heads = [f"{span.first.isoformat()} – {span.last.isoformat()}" for span in spans_of(one)]
    for number, table in enumerate(tables_for(one, user), 1):
        sheet = book.create_sheet(f"{number} {table.name}"[:31])
        sheet.append([harmless(table.title)])
        sheet.append([harmless(str(cell)) for cell in ("code", table.what, *heads)])
        for row in table.rows:
            cells = [table.suppressed if cell is None else cell for cell in row.numbers]
            sheet.append([harmless(row.code), harmless(row.label), *cells])
    if desk:
        sheet = book.create_sheet("activities")
        sheet.append(
            [
                _("Title"),
                _("Date"),
                _("Kind"),
                _("Status"),
                _("Outcome"),
                _("Place"),
                _("Countries or areas"),
                _("People who took part"),
                _("Follow-up actions"),
            ]
        )
        activities: Any = activities_of(one, user)
        for held in activities:
            texts = (
                held.title,
                when(held).told,
                held.get_kind_display(),
                held.get_status_display(),
                held.outcome,
                place_of(held),
                ", ".join(country.name for country in held.countries.all()),
            )
            follows = "\n".join(follow_up_line(each) for each in held.follow_ups.all())
            sheet.append([*(harmless(str(cell)) for cell in texts), held.took_part, harmless(follows)])


def _facts(one: PeriodReport) -> list[tuple[object, object]]:
    return [
        (_("Title"), one.title),
        (_("For which place"), place_name(one.place)),
        (_("First day"), one.first_day.isoformat()),
        (_("Last day"), one.last_day.isoformat()),
        *(
            [
                (_("Compared with, first day"), one.other_first_day.isoformat()),
                (_("Compared with, last day"), one.other_last_day.isoformat()),
            ]
            if one.other_first_day and one.other_last_day
            else []
        ),
        (_("Status"), one.get_status_display()),
        (_("Address"), settings.SITE_URL + (one.public_url if one.is_published else one.get_absolute_url())),
        (_("Narrative"), one.narrative),
    ]
