from celery import shared_task

from stakeholders.appointments import actions as appointments_actions
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.directory import actions as directory_actions
from stakeholders.exports import actions as exports_actions
from stakeholders.exports import actions_dossiers as exports_actions_dossiers
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.enums import ImportPurpose
from stakeholders.introductions import actions as introductions_actions
from stakeholders.invitations import actions_lists as invitations_actions_lists
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.screening import actions as screening_actions
from stakeholders.standing import actions as standing_actions


@shared_task(name="stakeholders.care_for_confirmations")
def care_for_confirmations() -> None:
    """Remind of the yearly confirmation, and let lapse what nobody confirmed; twice is once."""
    standing_actions.care_for_confirmations()


@shared_task(name="stakeholders.heavy_screen_all")
def heavy_screen_all() -> None:
    """Compare everybody with the list in use, from where the last worker stopped; twice is once."""
    screening_actions.screen_all()


@shared_task(name="stakeholders.screening_sweep")
def screening_sweep() -> None:
    """Everybody again once a day, and what lost nudges left behind."""
    screening_actions.sweep()


@shared_task(name="stakeholders.heavy_export")
def heavy_export(pk: int) -> None:
    """Make the file of this export; twice is once, and one that is gone is passed over."""
    exports_actions.make_export(pk)


@shared_task(name="stakeholders.sweep_exports")
def sweep_exports() -> None:
    """Nudge the exports that were left behind, and clear those that have had their time."""
    exports_actions.sweep_exports()


@shared_task(name="stakeholders.heavy_dossier")
def heavy_dossier(pk: int) -> None:
    """Make this dossier; twice is once, and one that is gone is passed over."""
    exports_actions_dossiers.make_dossier(pk)


@shared_task(name="stakeholders.sweep_dossiers")
def sweep_dossiers() -> None:
    """Nudge the dossiers that were left behind, and clear those that have had their time."""
    exports_actions_dossiers.sweep_dossiers()


@shared_task(name="stakeholders.end_appointments")
def end_appointments() -> None:
    """Write down which terms of regional focal points are over, and pass on what waited; twice is once."""
    appointments_actions.end_terms()


@shared_task(name="stakeholders.heavy_send_wave")
def heavy_send_wave(pk: int) -> None:
    """Write the invitations of this wave that are not written yet; twice is once."""
    invitations_actions_waves.send_wave(pk)


@shared_task(name="stakeholders.sweep_waves")
def sweep_waves() -> None:
    """Nudge the waves that were left behind."""
    invitations_actions_waves.sweep_waves()


@shared_task(name="stakeholders.pass_on_requests")
def pass_on_requests() -> None:
    """Requests to join that nobody answers go to the desk; twice is once."""
    claims_actions_joining.pass_on()


@shared_task(name="stakeholders.close_introductions")
def close_introductions() -> None:
    """Close introductions that nobody answered in time, and tell who asked; twice is once."""
    introductions_actions.close_due()


@shared_task(name="stakeholders.heavy_import")
def heavy_import(pk: int) -> None:
    """Check, take in or undo this import, whatever it waits for; twice is once."""
    imports_actions_worker.work(pk, {ImportPurpose.MEMBERS: invitations_actions_lists.MEMBERS})


@shared_task(name="stakeholders.sweep_imports")
def sweep_imports() -> None:
    """Nudge the imports that were left behind, and clear those that have had their time."""
    imports_actions_worker.sweep()


@shared_task(name="stakeholders.take_up_changes", ignore_result=True)
def take_up_changes() -> None:
    """Bring the sets that the directory is counted from in line; twice is once."""
    directory_actions.take_up_changes()
