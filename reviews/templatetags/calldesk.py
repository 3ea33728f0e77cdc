"""Small words and looks for the desk's pages of calls and contributions."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.time_display import by_both_clocks
from reviews.call_desk.queries import NAMES, state_of
from reviews.calls.models import Call
from taxonomy.law.models import Article

register = template.Library()
_CALL_LOOKS = {
    "open": "done",
    "upcoming": "info",
    "draft": "quiet",
    "closed": "quiet",
    "cancelled": "refused",
}
_LOOKS = {
    "published": "done",
    "desk_only": "done",
    "declined": "refused",
    "withdrawn": "quiet",
    "draft": "quiet",
    "returned": "info",
    "hidden": "refused",
    "removed": "refused",
}


@register.filter
def call_state(call: Call) -> str:
    """Draft, upcoming, open, closed or cancelled, in words."""
    return str(NAMES[state_of(call)])


@register.filter
def call_look(call: Call) -> str:
    return _CALL_LOOKS[state_of(call)]


@register.filter
def contribution_look(status: str) -> str:
    return _LOOKS.get(status, "waiting")


@register.filter
def article_called(article: Article) -> str:
    """Instrument, number and title: several articles bear one title."""
    return _("%(instrument)s, article %(number)d: %(title)s") % {
        "instrument": article.instrument.name,
        "number": article.number,
        "title": article.name,
    }


@register.simple_tag
def by_clock_of(call: Call, moment: datetime | None, *, ends: bool = False) -> SafeString | str:
    """An instant by Vienna's clock and, where it differs, by that of the call; see `by_both_clocks`."""
    if moment is None:
        return ""
    at, text = moment.isoformat(timespec="seconds"), by_both_clocks(moment, call.zone, ends=ends)
    return format_html('<time datetime="{}">{}</time>', at, text)


@register.filter
def in_language(text: tuple[str, str]) -> SafeString:
    """(text, its language) as a piece of the page that says which language it is in."""
    return format_html('<bdi lang="{}">{}</bdi>', text[1], text[0])
