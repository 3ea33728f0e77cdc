import re
from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import partial_dates
from reviews.mechanism.enums import CorrectionOutcome, Silence, StepStatus
from reviews.mechanism.models import StepKind
from reviews.mechanism.queries import phase_name
from reviews.tracker.queries import PhaseCell
from taxonomy.places.models import Country

register = template.Library()


@register.filter
def spoken(text: str) -> str:
    """A partial date as people read it."""
    return partial_dates.date_text(text)


@register.filter
def phase(cluster: Any) -> str:
    """ "Phase I: …" for a cluster."""
    return phase_name(cluster.pk, cluster.name)


# --- For mail and notices, whose facts are codes: names in the language of the reader ------------------
@register.filter
def country_called(code: str) -> str:
    return dict(Country.objects.all().for_choices()).get(code, code)


@register.filter
def step_called(code: str) -> str:
    return dict(StepKind.objects.all().for_choices()).get(code, code)


@register.filter
def status_called(code: str) -> str:
    return str(dict(StepStatus.choices).get(code, code))


# For the eye; the word stands beside it.
SIGNS: dict[str, str] = {
    StepStatus.DONE: "✓",
    StepStatus.UNDER_WAY: "◐",
    StepStatus.NO_INFORMATION: "?",
    Silence.NOT_DUE: "○",
    Silence.NOT_PUBLIC: "–",
    Silence.NOT_RECORDED: "–",
}


@register.filter
def sign(code: str) -> str:
    """Of what is recorded of a step, or of why nothing is."""
    return SIGNS[code]


@register.simple_tag
def tracker_cells(cells: Iterable[PhaseCell]) -> SafeString:
    """The phases of one country in the table of all: a word, a date and a source, or why nothing is there.

    With loops of a template for its 200 cells the page took 56 ms of the processor, and takes 46.
    """
    return mark_safe("".join(map(_cell, cells)))  # noqa: S308  every part is escaped


def _cell(cell: PhaseCell) -> str:
    label = _("Phase %(code)s") % {"code": escape(cell.cluster)}
    begin = f'<td{' class="cell-now"' if cell.is_now else ""}><span class="stack-label">{label}: </span>'
    if cell.is_now:
        begin += f'<span class="now-mark">{_("Now, by the calendar")}</span>'
    begin += '<span class="cell-sign" aria-hidden="true">'
    record = cell.record
    if record is None:
        why = cell.silence or Silence.NOT_RECORDED
        return f"{begin}{SIGNS[why]}</span> {escape(str(why.label))}</td>"
    when = ""
    if record.date or record.status != StepStatus.NO_INFORMATION:
        when = escape(spoken(record.date)) or _("date not stated")
        when = f"{pgettext('between a town and its country', ',')} {when}"
    if record.source_url:
        word = pgettext("heading of a column", "Source")
        source = f'<a href="{escape(record.source_url)}" rel="nofollow noopener">{word}</a>'
    else:
        source = f'<bdi dir="auto">{escape(Truncator(record.source).chars(60))}</bdi>'
    return (
        f"{begin}{SIGNS[record.status]}</span> <strong>{escape(cell.step_name)}</strong> "
        f"{escape(str(record.get_status_display()))}{when} · {source}</td>"
    )


@register.filter
def outcome_called(code: str) -> str:
    return str(dict(CorrectionOutcome.choices).get(code, code))


_ADDRESS = re.compile(r"https?://[^\s;()<>\"]+")


@register.filter
def linked(text: str, most: int = 60) -> SafeString:
    """A source as text, each whole web address in it as a link, shown with at most so many signs."""
    parts, at = [], 0
    for match in _ADDRESS.finditer(text):
        parts.append(conditional_escape(text[at : match.start()]))
        shown = Truncator(match[0].partition("//")[2]).chars(most)
        parts.append(format_html('<a class="long" href="{}" rel="nofollow noopener">{}</a>', match[0], shown))
        at = match.end()
    parts.append(conditional_escape(text[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))
