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


class Row(NamedTuple):
    """One field before and after, as people read it."""

    field: str
    label: str | Promise
    before: Any
    after: Any


def changes_visible_to(user: Any) -> QuerySet[ChangeRequest]:
    """All about stakeholders for those who vet; for others those of the stakeholders that they act for."""
    about = ChangeRequest.objects.filter(subject_kind=KIND)
    if not (user.is_authenticated and user.is_active):
        return about.none()
    if user.has_perm("stakeholders.vet_application"):
        return about
    return about.filter(subject_id__in=Membership.objects.filter(user=user).values("stakeholder_id"))


def changes_of(stakeholder: Stakeholder, user: Any, *, most: int = 5) -> list[ChangeRequest]:
    """The last ones of one stakeholder, the open one first."""
    mine = changes_visible_to(user).filter(subject_id=stakeholder.pk)
    return list(mine.select_related("proposed_by").order_by("-created_at", "-pk")[:most])


def published_of(user: Any, stakeholder: Stakeholder) -> dict[str, list[Any]]:
    """By name of `published_by`: what is public of an entry and this person can take down."""
    published = {
        name: [row for row in group.rows(stakeholder) if user.has_perm(group.permission, row)]
        for name, group in published_by.items()
    }
    return {name: rows for name, rows in published.items() if rows}


class ChangeInWords(NamedTuple):
    """A change as the people of the entry see it; `decision` with the desk's note, where there is one."""

    change: ChangeRequest
    rows: list[Row]
    is_own: bool
    decision: Decision | None


def shown_changes(
    changes: Iterable[ChangeRequest], stakeholder: Stakeholder, user: Any
) -> list[ChangeInWords]:
    """Each change with what it would change and how it was decided. One statement, and one per country."""
    changes = list(changes)
    made = Decision.objects.filter(
        subject_kind="workflow.changerequest", subject_id__in=[one.pk for one in changes]
    )
    decided = {decision.subject_id: decision for decision in made}
    return [
        ChangeInWords(one, rows_of(one, stakeholder.kind), one.proposed_by_id == user.pk, decided.get(one.pk))
        for one in changes
    ]


def waiting_changes(user: Any) -> QuerySet[ChangeRequest]:
    """What waits for the desk, the oldest first."""
    return (
        changes_visible_to(user).open().select_related("proposed_by").order_by("created_at", "pk")  # type: ignore[attr-defined]
    )


def with_stakeholders(
    changes: Iterable[ChangeRequest],
) -> list[tuple[ChangeRequest, Stakeholder, list[str | Promise], WorkItem | None]]:
    """Each with its stakeholder, the names of the fields, and the open work. Two statements for all."""
    changes = list(changes)
    found = Stakeholder.objects.select_related("country").in_bulk([one.subject_id for one in changes])
    items = {
        item.subject_id: item
        for item in WorkItem.objects.open().filter(
            subject_kind="workflow.changerequest", subject_id__in=[one.pk for one in changes]
        )
    }
    return [
        (one, found[one.subject_id], [row.label for row in rows_of(one, "")], items.get(one.pk))
        for one in changes
        if one.subject_id in found
    ]


def rows_of(change: ChangeRequest, kind: str) -> list[Row]:
    """What it would change, in the order of the form; one statement where the country is among it.

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
        Row(
            field,
            entry_label(field, kind),
            shown(field, change.before[field]),
            shown(field, change.after[field]),
        )
        for field in VETTED
        if field in change.after
    ]


def proposed_entry(stakeholder: Stakeholder, change: ChangeRequest) -> Stakeholder:
    """The entry as it would be, unsaved: for comparing with others."""
    codes = {"country": "country_id"}
    values = {
        field.attname: getattr(stakeholder, field.attname) for field in Stakeholder._meta.concrete_fields
    }
    values |= {codes.get(name, name): value for name, value in change.after.items()}
    return Stakeholder(**values)
