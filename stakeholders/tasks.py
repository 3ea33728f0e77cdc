from celery import shared_task
from django.contrib.auth.models import AnonymousUser

from accounts.people.models import User
from stakeholders.actions import (
    appointments,
    confirmations,
    dossiers,
    exports,
    importing,
    joining,
    screening,
    waves,
)
from stakeholders.models import DirectoryVersion
from stakeholders.queries.counts import Counts
from stakeholders.queries.exports import asked_of


@shared_task(name="stakeholders.care_for_confirmations")
def care_for_confirmations() -> None:
    """Remind of the yearly confirmation, and let lapse what nobody confirmed; twice is once."""
    confirmations.care_for_confirmations()


@shared_task(name="stakeholders.heavy_screen_all")
def heavy_screen_all() -> None:
    """Compare everybody with the list in use, from where the last worker stopped; twice is once."""
    screening.screen_all()


@shared_task(name="stakeholders.screening_sweep")
def screening_sweep() -> None:
    """Everybody again once a day, and what lost nudges left behind."""
    screening.sweep()


@shared_task(name="stakeholders.heavy_export")
def heavy_export(pk: int) -> None:
    """Make the file of this export; twice is once, and one that is gone is passed over."""
    exports.make_export(pk)


@shared_task(name="stakeholders.sweep_exports")
def sweep_exports() -> None:
    """Nudge the exports that were left behind, and clear those that have had their time."""
    exports.sweep_exports()


@shared_task(name="stakeholders.heavy_dossier")
def heavy_dossier(pk: int) -> None:
    """Make this dossier; twice is once, and one that is gone is passed over."""
    dossiers.make_dossier(pk)


@shared_task(name="stakeholders.sweep_dossiers")
def sweep_dossiers() -> None:
    """Nudge the dossiers that were left behind, and clear those that have had their time."""
    dossiers.sweep_dossiers()


@shared_task(name="stakeholders.end_appointments")
def end_appointments() -> None:
    """Write down which terms of regional focal points are over, and pass on what waited; twice is once."""
    appointments.end_terms()


@shared_task(name="stakeholders.heavy_send_wave")
def heavy_send_wave(pk: int) -> None:
    """Write the invitations of this wave that are not written yet; twice is once."""
    waves.send_wave(pk)


@shared_task(name="stakeholders.sweep_waves")
def sweep_waves() -> None:
    """Nudge the waves that were left behind."""
    waves.sweep_waves()


@shared_task(name="stakeholders.pass_on_requests")
def pass_on_requests() -> None:
    """Requests to join that nobody answers go to the desk; twice is once."""
    joining.pass_on()


@shared_task(name="stakeholders.heavy_import")
def heavy_import(pk: int) -> None:
    """Check, take in or undo this import, whatever it waits for; twice is once."""
    importing.work(pk)


@shared_task(name="stakeholders.sweep_imports")
def sweep_imports() -> None:
    """Nudge the imports that were left behind, and clear those that have had their time."""
    importing.sweep()


@shared_task(name="stakeholders.heavy_count")
def heavy_count(query: str = "", reader: int | None = None) -> None:
    """Count what a reader asked of the directory, where nobody has counted it since it changed last.

    By the clock the whole of it for visitors, so that after a change hardly anybody waits for the numbers.
    """
    user = AnonymousUser() if reader is None else User.objects.filter(pk=reader).first()
    counts = Counts(user or AnonymousUser(), DirectoryVersion.objects.current())
    asked = asked_of(query)
    if not counts.is_kept(asked):
        counts.count(asked)
