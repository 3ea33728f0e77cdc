"""The way from anything that may be reported to the form that tells the desk."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from stakeholders.hooks import reportable
from stakeholders.moderation.enums import Why
from stakeholders.moderation.models import ALL_WHAT, ENTRY
from workflow.moves.models import Decision

register = template.Library()


@register.inclusion_tag("stakeholders/moderation/_report.html")
def report_link(subject: Any) -> dict[str, Any]:
    """Link to the report form, if the kind is registered; the same for every reader, for cached pages."""
    kind = subject._meta.label_lower
    if kind not in reportable or not reportable[kind].by_link:
        return {}
    if kind == ENTRY:
        return {"url": reverse("stakeholders:report", args=[subject.pk]), "is_entry": True}
    return {"url": reverse("reporting:report", args=[kind, subject.pk])}


@register.filter
def reported_kind(kind: str) -> Any:
    """Return the name of a kind; for one that is no longer registered its code."""
    return reportable[kind].label if kind in reportable else kind


@register.filter
def report_what(code: str) -> Any:
    return dict(ALL_WHAT).get(code, code)


@register.filter
def moderation_reason(code: str) -> Any:
    """For which of the desk's reasons something was hidden or taken down, in words."""
    return dict(Why.choices).get(code, code)


@register.inclusion_tag("stakeholders/moderation/_notice.html")
def moderated(subject: Any) -> dict[str, Any]:
    """Say why the desk hid or removed the subject, where it did."""
    if subject.status not in ("hidden", "removed"):
        return {}
    decision = Decision.objects.about(subject).filter(move__in=("suspend", "remove")).first()
    return {"decision": decision, "is_hidden": subject.status == "hidden", "desk_email": settings.DESK_EMAIL}
