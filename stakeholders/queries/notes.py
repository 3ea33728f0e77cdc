"""The last word of the desk on an application, as its applicant may read it."""

from stakeholders.models import Application
from workflow.models import Decision


def decision_on(application: Application) -> Decision | None:
    """The latest decision whose note the applicant reads: a return, an approval or a refusal."""
    return (
        Decision.objects.about(application)
        .filter(move__in=("return", "approve", "refuse"))
        .order_by("-at", "-pk")
        .first()
    )
