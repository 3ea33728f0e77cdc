"""Instants in mail and notices: by the clock of Vienna, and by the reader's where it differs."""

from datetime import datetime

from django import template
from django.utils.dateparse import parse_datetime

from core.clocks import by_both_clocks

register = template.Library()


@register.simple_tag
def both_clocks(instant: datetime | str, zone: str = "") -> str:
    """An aware instant (datetime or ISO text) as "24 November 2026, 18:00 Vienna time (20:00 in Nairobi)".

    `zone` is the reader's, as "Africa/Nairobi"; empty or unknown, Vienna's stands alone. A naive instant
    raises ValueError, since nobody could say whose clock it meant.
    """
    moment = parse_datetime(instant) if isinstance(instant, str) else instant
    if moment is None:
        raise ValueError(f"{instant!r} is no instant.")
    return by_both_clocks(moment, zone)
