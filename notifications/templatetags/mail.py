from datetime import datetime

from django import template
from django.apps import apps
from django.template import Context
from django.utils.translation import gettext as _

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


@register.filter
def model_called(label: str) -> str:
    """Return what a row of "app.model" is called in the language in use; an empty text without a label."""
    return str(apps.get_model(label)._meta.verbose_name) if label else ""


@register.simple_tag
def who_and_due(name: str = "", due: str = "") -> str:
    """{% who_and_due facts.stakeholder facts.due %}: the end of a subject of a mail to the team.

    "· Coastal Watch · due 15 December 2026": who sent it, and the last day on which the team decides, by
    Vienna's clock. What is empty is left out.
    """
    day = day_of(datetime.fromisoformat(due), VIENNA.key, ends=True) if due else ""
    return " ".join(f"· {part}" for part in (name, day and _("due %(day)s") % {"day": day}) if part)


@register.simple_tag(takes_context=True)
def passed_on(context: Context, due: str = "") -> str:
    """{% passed_on facts.due %}: until when the desk decides, where nothing else was promised to people."""
    if not due:
        return ""
    return _("If it is not decided by %(due)s, it is passed to the head of desk.") % {
        "due": both_clocks(context, due, ends=True)
    }
