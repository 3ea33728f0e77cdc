"""Who has which role, for which place, who gave it, and what happened to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from accounts.people.enums import Scope
from accounts.people.models import Grant, User
from audit.models import Entry, kind_of
from audit.queries import Line, log_lines
from core.time_display import VIENNA, day_of
from portal.roles.enums import Standing
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region

MOST_LINES = 50
ACTIONS = ("accounts.grant_given", "accounts.grant_confirmed", "accounts.grant_ended")


def grants_in(standing: str, words: str = "") -> QuerySet[Grant]:
    """Return the grants of a standing whose person has the words in name or address, open questions first."""
    rows = Grant.objects.select_related("user", "granted_by", "confirmed_by").filter(_condition(standing))
    if words:
        rows = rows.filter(_has_words(words, "user__"))
    if standing == Standing.ENDED:
        return rows.order_by("-ends_at", "-pk")
    rows = rows.alias(is_confirmed=Q(confirmed_at__isnull=False))
    return rows.order_by("is_confirmed", "user__name", "user_id", "pk")


def grants_of(person: User) -> QuerySet[Grant]:
    """Return the grants of one person that are not over."""
    return grants_in(Standing.CURRENT).filter(user=person)


def _condition(standing: str) -> Q:
    is_over = Q(ends_at__lte=now())
    if standing == Standing.ENDED:
        return is_over
    open_still = Q(ends_at=None) | Q(ends_at__gt=now())
    return open_still & Q(confirmed_at=None) if standing == Standing.WAITING else open_still


def _has_words(words: str, prefix: str = "") -> Q:
    """Each word stands in the name or in the address."""
    condition = Q()
    for word in words.split():
        condition &= Q(**{f"{prefix}name__icontains": word}) | Q(**{f"{prefix}email__icontains": word})
    return condition


def people_called(words: str) -> QuerySet[User]:
    """Return the open accounts with a confirmed address that the words may mean, by name."""
    people = User.objects.filter(is_active=True, emailaddress__verified=True).distinct()
    exact = people.filter(emailaddress__email__iexact=words)
    if "@" in words and exact.exists():
        return exact
    return people.filter(_has_words(words)).order_by("name", "pk")


def describe(grants: Iterable[Grant], user: Any) -> list[Grant]:
    """Set on each grant what a page shows of it: `place`, `last_day`, and what the reader may do."""
    names = _place_names()
    described: list[Any] = list(grants)
    moment = now()
    for grant in described:
        grant.place = names.get(grant.scope_code, grant.scope_code)
        grant.last_day = day_of(grant.ends_at, VIENNA.key, ends=True) if grant.ends_at else ""
        is_open = grant.ends_at is None or grant.ends_at > moment
        grant.is_waiting = is_open and grant.confirmed_at is None
        grant.may_confirm = grant.is_waiting and user.has_perm("accounts.confirm_grant", grant)
        grant.may_end = is_open and user.has_perm("accounts.end_grant", grant)
    return described


def _place_names() -> dict[str, str]:
    """Return the name of each region and country by its code."""
    return {code: name for choices in choices_of(Region, Country) for code, name in choices}


def history_of(person: User, user: Any) -> list[Line]:
    """Return what was done about the roles of a person, newest first."""
    rows = Entry.objects.filter(subject_kind=kind_of(person), subject_id=person.pk, action__in=ACTIONS)
    names = {Scope.GLOBAL.value: str(Scope.GLOBAL.label)} | _place_names()
    entries = list(rows.order_by("-pk")[:MOST_LINES])
    for entry in entries:
        # The log has the code of the place; people read its name.
        scope = entry.data.get("scope", "")
        entry.data["scope"] = names.get(scope, scope)
    return log_lines(entries, user)
