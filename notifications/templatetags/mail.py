from datetime import datetime

from django import template
from django.template import Context

from core.time_display import VIENNA, by_both_clocks, by_its_clock, day_of

register = template.Library()


@register.simple_tag(takes_context=True)
def both_clocks(
    context: Context, instant: datetime | str, zone: str | None = None, *, ends: bool = False
) -> str:
    """{% both_clocks facts.until ends=True %}: in mail by the recipient's zone, in a page by the reader's.

    A `zone` given by hand wins. See `core.time_display.by_both_clocks`.
    """
    if zone is None:
        request = context.get("request")
        user = getattr(request, "user", None)
        zone = context.get("time_zone") or getattr(user, "time_zone", "") or ""
    return by_both_clocks(instant, zone, ends=ends)


@register.simple_tag(takes_context=True)
def its_clock(
    context: Context, instant: datetime | str, zone: str, whole_days: bool = False, *, ends: bool = False
) -> str:
    """{% its_clock facts.starts facts.zone as starts %}: by the clock of `zone`, then by the recipient's own.

    What lasts whole days is told as a day, whatever the clock. Without a zone Vienna's clock is meant.
    """
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    if whole_days:
        return day_of(moment, zone or VIENNA.key, ends=ends)
    return by_its_clock(moment, zone or VIENNA.key, context.get("time_zone") or "", ends=ends)
