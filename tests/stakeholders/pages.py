"""Where an application is read: by the desk, and by who wrote it."""

from stakeholders.applications.models import Application


def desk_page(application: Application, move: str = "") -> str:
    return f"/en/desk/vetting/{application.pk}/{move + '/' if move else ''}"


def applicant_page(application: Application, step: str = "") -> str:
    return f"/en/stakeholders/applications/{application.pk}/{step + '/' if step else ''}"
