"""What the desk has said on an application: to its applicant last, and over all rounds."""

from stakeholders.models import Application
from workflow.items.models import ItemRequest
from workflow.moves.models import Decision


def decision_on(application: Application) -> Decision | None:
    """The latest decision whose note the applicant reads: a return, an approval or a refusal."""
    return (
        Decision.objects.about(application)
        .filter(move__in=("return", "approve", "refuse"))
        .order_by("-at", "-pk")
        .first()
    )


def notes_on(application: Application) -> list[Decision]:
    """Every decision that came with a reason or a note, oldest first."""
    said = Decision.objects.about(application).exclude(note="", reason="")
    return list(said.select_related("actor").order_by("at", "pk"))


def answered_requests(application: Application) -> list[ItemRequest]:
    """What was asked in earlier rounds and has been answered since, oldest first."""
    return list(
        ItemRequest.objects.about(application).filter(answered_at__isnull=False).order_by("asked_at", "pk")
    )
