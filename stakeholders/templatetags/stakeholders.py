"""Words for the codes that mail and pages carry."""

from django import template

from stakeholders.enums import FIELDS, RefusalReason, ReportOutcome, label_of

register = template.Library()


@register.filter
def refusal_reason(code: str) -> str:
    """A coded reason in the language in use; an unknown code as it is."""
    return str(dict(RefusalReason.choices).get(code, code))


@register.filter
def question(field: str, kind: str) -> str:
    """What a question of the registration is called for this kind of applicant."""
    return str(label_of(field, kind)) if field in FIELDS else field


@register.filter
def state_kind(status: str) -> str:
    """The look of an application's state: which badge it gets."""
    return {"approved": "done", "refused": "refused", "withdrawn": "quiet", "draft": "quiet"}.get(
        status, "waiting"
    )


@register.filter
def report_outcome(code: str) -> str:
    """What came of a report, in the language in use; an unknown code as it is."""
    return str(dict(ReportOutcome.choices).get(code, code))
