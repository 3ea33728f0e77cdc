"""Changes of vetted fields: those that wait, and what one of them would change."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from stakeholders.changes.enums import VETTED, entry_label
from stakeholders.entries.enums import CHOICES, Kind
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.hooks import published_by
from taxonomy.places.models import Country
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

KIND = "stakeholders.stakeholder"


class ChangeRow(NamedTuple):
    """One field before and after, as people read it."""

    field: str
    label: str | Promise
    before: Any
    after: Any


def changes_visible_to(user: Any) -> QuerySet[ChangeRequest]:
    """Return all changes for those who vet; for others those of the stakeholders that they act for."""
    about = ChangeRequest.objects.filter(subject_kind=KIND)
    if not (user.is_authenticated and user.is_active):
        return about.none()
    if user.has_perm("stakeholders.vet_application"):
        return about
    return about.filter(subject_id__in=Membership.objects.filter(user=user).values("stakeholder_id"))


def changes_of(stakeholder: Stakeholder, user: Any, *, most: int = 5) -> list[ChangeRequest]:
    """Return the latest changes of a stakeholder, the open one first."""
    mine = changes_visible_to(user).filter(subject_id=stakeholder.pk)
    return list(mine.select_related("proposed_by").order_by("-created_at", "-pk")[:most])


def published_of(user: Any, stakeholder: Stakeholder) -> dict[str, list[Any]]:
    """Return, by name of `published_by`, the public rows of an entry that this person can take down."""
    published = {
        name: [row for row in group.rows(stakeholder) if user.has_perm(group.permission, row)]
        for name, group in published_by.items()
    }
    return {name: rows for name, rows in published.items() if rows}


class ChangeInWords(NamedTuple):
    """A change as the people of the entry see it; `decision` with the desk's note, where there is one."""

    change: ChangeRequest
    rows: list[ChangeRow]
    is_own: bool
    decision: Decision | None


def shown_changes(
    changes: Iterable[ChangeRequest], stakeholder: Stakeholder, user: Any
) -> list[ChangeInWords]:
    """Return each change with the fields that it would change and its decision."""
    changes = list(changes)
    decisions = Decision.objects.filter(
        subject_kind="workflow.changerequest", subject_id__in=[change.pk for change in changes]
    )
    decided = {decision.subject_id: decision for decision in decisions}
    return [
        ChangeInWords(
            change,
            rows_of(change, stakeholder.kind),
            change.proposed_by_id == user.pk,
            decided.get(change.pk),
        )
        for change in changes
    ]


def waiting_changes(user: Any) -> QuerySet[ChangeRequest]:
    """Return the changes that are with the desk, the oldest first."""
    return (
        changes_visible_to(user).open().select_related("proposed_by").order_by("created_at", "pk")  # type: ignore[attr-defined]
    )


def with_stakeholders(
    changes: Iterable[ChangeRequest],
) -> list[tuple[ChangeRequest, Stakeholder, list[str | Promise], WorkItem | None]]:
    """Return each change with its stakeholder, the labels of its fields, and its open work item."""
    changes = list(changes)
    stakeholders = Stakeholder.objects.select_related("country").in_bulk(
        [change.subject_id for change in changes]
    )
    items = {
        item.subject_id: item
        for item in WorkItem.objects.open().filter(
            subject_kind="workflow.changerequest", subject_id__in=[change.pk for change in changes]
        )
    }
    return [
        (
            change,
            stakeholders[change.subject_id],
            [row.label for row in rows_of(change, "")],
            items.get(change.pk),
        )
        for change in changes
        if change.subject_id in stakeholders
    ]


def rows_of(change: ChangeRequest, kind: str) -> list[ChangeRow]:
    """Return the fields that the change would change, in the order of the form.

    `kind` is that of the stakeholder, "" where only the names of the fields are wanted.
    """
    countries: dict[str, Country] = {}
    if kind and "country" in change.after:
        countries = Country.objects.in_bulk({change.before["country"], change.after["country"]})

    def shown(field: str, value: Any) -> Any:
        if field == "country":
            return countries[value].name if value in countries else value
        coded = {"kind": Kind, **CHOICES}.get(field)
        return dict(coded.choices).get(value, value) if coded else value

    return [
        ChangeRow(
            field,
            entry_label(field, kind),
            shown(field, change.before[field]),
            shown(field, change.after[field]),
        )
        for field in VETTED
        if field in change.after
    ]


def proposed_entry(stakeholder: Stakeholder, change: ChangeRequest) -> Stakeholder:
    """Return the unsaved entry with the changes applied, to compare it with others."""
    codes = {"country": "country_id"}
    values = {
        field.attname: getattr(stakeholder, field.attname) for field in Stakeholder._meta.concrete_fields
    }
    values |= {codes.get(name, name): value for name, value in change.after.items()}
    return Stakeholder(**values)
