"""State accounts: for the desk, and for the person."""

from typing import Any

from django.db.models import QuerySet

from accounts.people.enums import Role
from stakeholders.invitations.models import proved_addresses
from stakeholders.state_accounts.models import StateAccount
from taxonomy.places.models import Country


def state_accounts(user: Any) -> QuerySet[StateAccount]:
    rows = StateAccount.objects.visible_to(user).select_related("country", "user", "grant", "invited_by")
    return rows.order_by("country_id", "-created_at", "-pk")


def state_invitations_to(user: Any) -> QuerySet[StateAccount]:
    """Return those that wait at the addresses that the person has proved to hold."""
    good = StateAccount.objects.good().filter(address__in=proved_addresses(user))
    return good.select_related("country").order_by("expires_at", "pk")


def states_of(user: Any) -> list[Country]:
    """Return the States for which the person is here."""
    codes = {grant.scope_code for grant in user.live_grants if grant.role == Role.STATE and grant.scope_code}
    return list(Country.objects.filter(pk__in=codes).order_by("pk")) if codes else []
