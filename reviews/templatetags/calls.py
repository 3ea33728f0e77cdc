from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.time_display import by_its_clock, last_minute, readers_zone

register = template.Library()


@register.simple_tag(takes_context=True)
def call_clock(
    context: Context, moment: datetime | None, zone: str, *, ends: bool = False
) -> SafeString | str:
    """Return an instant in the time zone of the call and, where it differs, in the reader's own; "" for none.

    Of a visitor only the browser knows the clock: `portal.js` puts it behind. Midnight that `ends`
    something is told as 23:59.
    """
    if moment is None:
        return ""
    if ends:
        moment = last_minute(moment.astimezone(ZoneInfo(zone)))
    own = readers_zone(context)
    text = by_its_clock(moment, zone, own, ends=ends)
    if own:
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), text)
    return format_html(
        '<time datetime="{}" data-own-clock="{}" data-zone="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        _("%(time)s your time") % {"time": "{}"},
        zone,
        text,
    )
