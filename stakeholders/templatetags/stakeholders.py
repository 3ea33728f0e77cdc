"""Words for the codes that mail and pages carry."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.loops import render_loop
from notifications.templatetags.follows import follow_link
from stakeholders.applications.enums import FIELDS, RefusalReason, label_of
from stakeholders.appointments.enums import EndReason
from stakeholders.changes.enums import VETTED, entry_label
from stakeholders.directory.queries_coverage import CoverageLine
from stakeholders.entries.enums import MemberRole, StandingReason
from stakeholders.entries.models import Stakeholder
from stakeholders.moderation.enums import MessageOutcome, ReportOutcome, ThingOutcome
from stakeholders.recommendations.enums import View
from workflow.items.models import WorkItem
from workflow.items.queries import Holding
from workflow.items.queries import holding_of as workflow_holding_of

_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W_])")
register = template.Library()


@register.simple_tag(takes_context=True)
def entry_name(context: Mapping[str, Any], entry: Stakeholder) -> SafeString:
    """Return the name of an entry for the reader of the page, or the words in its place."""
    return format_html('<bdi dir="auto">{}</bdi>', entry.name_for(_reader(context)))


@register.simple_tag(takes_context=True)
def entry_link(context: Mapping[str, Any], entry: Stakeholder) -> SafeString:
    """As `entry_name`, leading to the profile where the reader finds it."""
    name = entry_name(context, entry)
    if not entry.is_found_by(_reader(context)):
        return name
    return format_html('<a href="{}">{}</a>', entry.get_absolute_url(), name)


@register.simple_tag(takes_context=True)
def entry_logo(context: Mapping[str, Any], entry: Stakeholder) -> SafeString | str:
    """Return the small logo to stand before `entry_link`; "" where there is none or the profile is hidden.

    The entry comes with it: `select_related("logo")`.
    """
    logo = getattr(entry, "logo", None)
    if logo is None or not logo.shown_url or not entry.is_found_by(_reader(context)):
        return ""
    return format_html(
        '<span class="avatar avatar-logo avatar-sm"><img src="{}" alt="" width="96" height="96"></span> ',
        logo.shown_url,
    )


@register.simple_tag(takes_context=True)
def is_named(context: Mapping[str, Any], entry: Stakeholder) -> bool:
    """Return whether the reader of the page may read the name of an entry."""
    return entry.is_named_to(_reader(context))


def _reader(context: Mapping[str, Any]) -> Any:
    """Whoever reads the page; a visitor where it is kept for all and knows nobody."""
    return context.get("user") or AnonymousUser()


@register.filter
def refusal_reason(code: str) -> str:
    """Return a coded reason in the language in use; an unknown code as it is."""
    return str(dict(RefusalReason.choices).get(code, code))


@register.filter
def question(field: str, kind: str) -> str:
    """What a question of the registration is called for this kind of applicant."""
    return str(label_of(field, kind)) if field in FIELDS else field


@register.filter
def holding_of(item: WorkItem) -> Holding:
    """Return which role holds a piece of work, since when, until when, and what happens then."""
    return workflow_holding_of(item)


@register.filter
def recommended_view(code: str) -> str:
    """What a regional focal point thinks, in the language in use; an unknown code as it is."""
    return str(dict(View.choices).get(code, code))


@register.filter
def end_reason(code: str) -> str:
    """Return why an appointment ended, in the language in use; an unknown code as it is."""
    return str(dict(EndReason.choices).get(code, code))


@register.filter
def day_of(iso: str) -> str:
    """Return a day, given as ISO text, in the reader's format."""
    return date_format(date.fromisoformat(iso))


# --- Members and changes ------------------------------------------------------------------------------
@register.filter
def member_role(code: str) -> str:
    """Return a member's role in the language in use; an unknown code as it is."""
    return str(dict(MemberRole.choices).get(code, code))


@register.filter
def entry_field(field: str, kind: str) -> str:
    """What a field of an entry is called."""
    return str(entry_label(field, kind)) if field in VETTED else field


@register.filter
def standing_reason(code: str) -> str:
    """Return why an entry was suspended or withdrawn, in the language in use; an unknown code as it is."""
    return str(dict(StandingReason.choices).get(code, code))


@register.filter
def report_outcome(code: str) -> str:
    """What came of a report, in the language in use; an unknown code as it is."""
    return str(dict([*ReportOutcome.choices, *MessageOutcome.choices, *ThingOutcome.choices]).get(code, code))


# --- Messages that the portal relays ------------------------------------------------------------------
@register.filter
def inert(text: str) -> str:
    """Text whose addresses no mail program turns into links: https[:]//example[.]org, me[@]example[.]org."""
    text = text.replace("://", "[:]//").replace("@", "[@]")
    return _DOT.sub("[.]", text)


@register.simple_tag
def coverage_lines(lines: Iterable[CoverageLine], list_url: str, nobody: str) -> SafeString:
    """The countries of a region in the table of where somebody is; `nobody` is said where there is no one."""
    return render_loop(
        "stakeholders/directory/coverage_lines.jinja",
        lines=lines,
        list_url=list_url,
        nobody=nobody,
        follow=follow_link,
    )
