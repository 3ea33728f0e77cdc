"""The logo beside a row of stakeholders.

Where the rows are entries, `select_related("logo")` brings it: `entry.logo.shown_url` in a template.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Subquery

from core.personal_data import DataField, data_fields
from stakeholders.entries.models import Stakeholder
from stakeholders.logos.models import Logo, logo_url


def shown_logo() -> Subquery:
    """Return, for a query of profiles, the number of the logo that readers see with each (`logo_url`)."""
    return Subquery(Logo.objects.shown().filter(stakeholder=OuterRef("pk")).values("pk")[:1])


def logos_among(user: Any, ids: Collection[int]) -> dict[int, str]:
    """Return id → address of the logo, of those of these entries that the reader finds and that have one."""
    if not ids:
        return {}
    rows = Logo.objects.visible_to(user).shown().filter(stakeholder__in=ids)
    return {entry: logo_url(pk) for entry, pk in rows.values_list("stakeholder_id", "pk")}


def own_logo(stakeholder: Stakeholder, user: Any) -> Logo | None:
    """Return the logo for whoever looks after the profile."""
    return Logo.objects.visible_to(user).filter(stakeholder=stakeholder).first()


def logo_data(stakeholder: Stakeholder) -> list[DataField]:
    """Return the logo for the dossier; nothing where there is none."""
    logo = Logo.objects.filter(stakeholder=stakeholder).first()
    return data_fields(logo, "name", "alt", "status", "uploaded_at") if logo else []
