import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import partial_dates
from core.loops import render_loop
from reviews.mechanism.enums import CorrectionOutcome, Silence, StepStatus
from reviews.mechanism.models import StepKind
from reviews.mechanism.queries import phase_name
from reviews.tracker.queries import TrackerLine
from taxonomy.law.enums import TreatyAction
from taxonomy.places.models import Country

register = template.Library()

LONGEST_SOURCE = 60


@register.filter
def spoken(text: str) -> str:
    """Return a partial date in the reader's format."""
    return partial_dates.date_text(text)


@register.filter
def phase(cluster: Any) -> str:
    """ "Phase I: …" for a cluster."""
    return phase_name(cluster.pk, cluster.name)


@register.filter
def treaty_act(code: str) -> str:
    """Return how a State became a party, as a word."""
    return str(TreatyAction(code).label)


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


@register.simple_tag
def tracker_lines(lines: Iterable[TrackerLine]) -> SafeString:
    """The rows of the table of all: for each phase a word, a date and a source, or why nothing is there."""
    labels = {code: str(label) for kind in (StepStatus, Silence) for code, label in kind.choices}
    return render_loop(
        "reviews/tracker/lines.jinja",
        lines=lines,
        address=reverse("reviews:review", args=["ISO"]),
        labels=labels,
        signs=SIGNS,
        spoken=lru_cache(spoken),
        cut=lambda text: text if len(text) <= LONGEST_SOURCE else Truncator(text).chars(LONGEST_SOURCE),
        phase=_("Phase %(code)s"),
        now=pgettext("a phase by the calendar", "now"),
        now_by_calendar=_("Now, by the calendar"),
        no_date=_("date not stated"),
        no_information=StepStatus.NO_INFORMATION,
        comma=pgettext("between a town and its country", ","),
        source=pgettext("heading of a column", "Source"),
        group=_("Review group"),
        no_group=pgettext("review group", "No public information"),
    )


@register.filter
def outcome_called(code: str) -> str:
    return str(dict(CorrectionOutcome.choices).get(code, code))


_ADDRESS = re.compile(r"https?://[^\s;()<>\"]+")


@register.filter
def linked(text: str, most: int = 60) -> SafeString:
    """Return a source as text, with its web addresses as links of at most `most` characters."""
    parts, at = [], 0
    for match in _ADDRESS.finditer(text):
        parts.append(conditional_escape(text[at : match.start()]))
        shown = Truncator(match[0].partition("//")[2]).chars(most)
        parts.append(format_html('<a class="long" href="{}" rel="nofollow noopener">{}</a>', match[0], shown))
        at = match.end()
    parts.append(conditional_escape(text[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))
