from datetime import datetime

from django import template
from django.template import Context

from core.clocks import by_both_clocks

register = template.Library()


@register.simple_tag(takes_context=True)
def both_clocks(context: Context, instant: datetime | str, zone: str | None = None) -> str:
    """{% both_clocks facts.until %}: in mail by the recipient's zone, in a page by the reader's.

    A `zone` given by hand wins. See `core.clocks.by_both_clocks`.
    """
    if zone is None:
        request = context.get("request")
        user = getattr(request, "user", None)
        zone = context.get("time_zone") or getattr(user, "time_zone", "") or ""
    return by_both_clocks(instant, zone)
