"""Writing a report for a period, and letting everybody read it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import freeze_tables, places_for, tables_of
from core.errors import DomainError, WrongState
from search.actions import index
from workflow.moves.actions import lock, move, refuse_changed


def write(*, actor: User, values: Mapping[str, Any]) -> PeriodReport:
    """Begin a draft for a place that the person covers; the desk, for any."""
    if not actor.has_perm("coordination.write_reports"):
        raise PermissionDenied
    _refuse_foreign(actor, values)
    with transaction.atomic():
        one = PeriodReport.objects.create(author=actor, **values)
        record(one, "coordination.periodreport.write", actor=actor)
    return one


def save(one: PeriodReport, *, actor: User, version: int, values: Mapping[str, Any]) -> PeriodReport:
    """Change a draft; of two who write, the second is told."""
    with transaction.atomic():
        kept = lock(one, actor, "coordination.change_periodreport")
        if not kept.is_draft:
            raise WrongState(_("It is public. It has to be taken from public view before it is changed."))
        refuse_changed(kept, version)
        _refuse_foreign(actor, values)
        changed = [name for name, value in values.items() if getattr(kept, name) != value]
        for name in changed:
            setattr(kept, name, values[name])
        kept.version += 1
        kept.updated_at = now()
        kept.save()
        if changed:
            record(kept, "coordination.periodreport.change", actor=actor, fields=", ".join(sorted(changed)))
    return kept


def publish(one: PeriodReport, *, actor: User, version: int) -> PeriodReport:
    """Keep the numbers as they are now, in the language of the report, with no cell under five."""
    with transaction.atomic():
        kept = PeriodReport.objects.select_for_update(no_key=True).get(pk=one.pk)
        with override(kept.language_id):
            figures = freeze_tables(tables_of(kept, actor, public=True))
        move(kept, "publish", actor=actor, version=version, published_at=now(), figures=figures)
        index(kept)
    return kept


def withdraw(one: PeriodReport, *, actor: User, version: int, note: str) -> PeriodReport:
    with transaction.atomic():
        kept = PeriodReport.objects.select_for_update(no_key=True).get(pk=one.pk)
        move(kept, "withdraw", actor=actor, version=version, note=note, published_at=None, figures=[])
        index(kept)
    return kept


def _refuse_foreign(actor: User, values: Mapping[str, Any]) -> None:
    if values["place"] not in dict(places_for(actor)):
        message = _("Choose a place from the list.")
        raise DomainError(message, fields={"place": message})
