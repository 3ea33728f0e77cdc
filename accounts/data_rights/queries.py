"""What becomes of what when a person leaves, how long what is kept, and what would go tonight."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.data_rights.models import RetentionRule
from accounts.hooks import Blocker, End, Retained, blockers_elsewhere, fates, retained
from accounts.people.models import User
from accounts.people.queries import administrators
from core.text import fold


class DataPart(NamedTuple):
    """One line of the page: what it is, and how many rows of it there are."""

    label: str
    rows: int


def blockers_of(user: User) -> list[Blocker]:
    """Everything that stands in the way of deleting the account."""
    return [*_last_administrator(user), *blockers_elsewhere(user)]


def _last_administrator(user: User) -> list[Blocker]:
    holders = administrators()
    if not holders.filter(pk=user.pk).exists() or holders.exclude(pk=user.pk).exists():
        return []
    return [
        Blocker(
            _("You are the last administrator of the portal. Give the role to another person first."),
            reverse("portal:roles"),
            _("Open the roles"),
        )
    ]


def addresses_of(user: User) -> set[str]:
    """Every address that the person has proved, in lower case: what others hold under it is theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {address.lower() for address in proved}


def relations_to_people() -> dict[str, Any]:
    """Every relation that points to a person, hidden ones too, as {"app.model.field": relation}."""
    fields: list[Any] = [*User._meta.get_fields(include_hidden=True)]
    return {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}": relation
        for relation in fields
        if relation.auto_created and not relation.concrete
    }


def parts_of(user: User) -> dict[str, list[DataPart]]:
    """Return what there is of a person, as {"erased": […], "kept": […]}, each sorted by its labels."""
    relations = {name: relation for name, relation in relations_to_people().items() if name in fates}
    counts: dict[str, Any] = {
        f"n{place}": _count(relation) for place, relation in enumerate(relations.values())
    }
    numbers: Any = User.objects.filter(pk=user.pk).values(**counts).get() if counts else {}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for place, name in enumerate(relations):
        sums[fates[name].end, str(fates[name].label)] += numbers[f"n{place}"]
    return {
        end: sorted(
            (
                DataPart(label, count)
                for (part_end, label), count in sums.items()
                if part_end == end and count
            ),
            key=lambda part: fold(part.label),
        )
        for end in End.values
    }


def _count(relation: Any) -> Coalesce:
    rows: QuerySet[Any] = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
    counted = rows.order_by().values(relation.field.name).values(n=Count("*"))
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


# --- How long what is kept, and what would go tonight ------------------------------------------------


class DueRemoval(NamedTuple):
    """What one rule would remove now."""

    rule: RetentionRule
    rows: int


def days_of(subject: str) -> int:
    """How many days rows of the subject are kept: what the rule says, or what it begins with."""
    days = RetentionRule.objects.filter(subject=subject).values_list("days", flat=True).first()
    return retained[subject].days if days is None else days


def rows_of(rule: RetentionRule, declared: Retained, moment: datetime) -> QuerySet[Any]:
    """What the rule lets go at `moment`."""
    return declared.rows(moment - timedelta(days=rule.days)).order_by("pk")


def would_go(rule: RetentionRule) -> int:
    return rows_of(rule, rule.declared, now()).count() if rule.declared else 0


def due_removals() -> list[DueRemoval]:
    """A dry run of tonight: what each rule would remove."""
    return [DueRemoval(rule, would_go(rule)) for rule in RetentionRule.objects.all() if rule.declared]
