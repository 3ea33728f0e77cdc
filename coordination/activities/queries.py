"""What pages of activities read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from coordination.absences.models import acts_as
from coordination.activities.models import Activity, ActivityFile, ActivityNote, ActivityQuerySet, FollowUp
from core import ics
from core.text import fold
from events.events.files import host
from stakeholders.appointments.models import today
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country

MOST_FOUND = 10
MOST_ON_CALENDAR = 1000


def activities(user: Any) -> ActivityQuerySet:
    """Those that the person may read, the latest first, with what a line shows."""
    rows = Activity.objects.visible_to(user).select_related("author")
    return rows.prefetch_related("countries").order_by("-starts_at", "-pk")


def own_places(user: Any) -> list[tuple[str, str]]:
    """The countries (ISO3, name) that the person may plan for: all for the desk, else those they cover."""
    (countries,) = choices_of(Country)
    places = None if user.is_desk else user.places_of(Role.REGIONAL)
    return countries if places is None else [pair for pair in countries if pair[0] in places]


def involved_stakeholders(one: Activity, user: Any) -> list[Stakeholder]:
    """The stakeholders of an activity that the reader may find, by name."""
    seen = Stakeholder.objects.visible_to(user).filter(activities=one)
    return list(seen.select_related("country").order_by("sort_key", "pk"))


def names_of_involved(rows: Iterable[Activity], user: Any) -> dict[int, list[str]]:
    """Activity → the names of the stakeholders involved that the reader may find. One statement."""
    seen = Stakeholder.objects.visible_to(user).filter(activities__in=[one.pk for one in rows])
    names: dict[int, list[str]] = {}
    for activity, name in seen.order_by("sort_key", "pk").values_list("activities", "name"):
        names.setdefault(activity, []).append(name)
    return names


def to_involve(user: Any, one: Activity, words: str) -> list[Stakeholder]:
    """Stakeholders that the person may see and that are not named yet, by a part of a name."""
    if len(words.strip()) < 2:
        return []
    there = one.stakeholders.values("pk")
    named = Q(name__icontains=words) | Q(acronym__icontains=words) | Q(name_latin__icontains=words)
    found = Stakeholder.objects.visible_to(user).filter(named).exclude(status="merged").exclude(pk__in=there)
    return list(found.select_related("country").distinct().order_by("sort_key", "pk")[:MOST_FOUND])


def notes_on(one: Activity, user: Any) -> QuerySet[ActivityNote]:
    return ActivityNote.objects.visible_to(user).filter(activity=one).select_related("author")


def files_of(one: Activity, user: Any) -> QuerySet[ActivityFile]:
    return ActivityFile.objects.visible_to(user).filter(activity=one)


def follow_ups_of(one: Activity) -> QuerySet[FollowUp]:
    return one.follow_ups.select_related("owner", "done_by").order_by("done_at", "due_on", "pk")


def to_do_of(user: Any) -> QuerySet[FollowUp]:
    """What follows from activities and is theirs to do, the earliest first."""
    if not (user.is_desk or user.has_role(Role.REGIONAL)):
        return FollowUp.objects.none()
    rows = FollowUp.objects.waiting().filter(owner__in=acts_as(user)).exclude(activity__status="cancelled")
    return rows.select_related("activity").order_by("due_on", "pk")


def owners_for(user: Any) -> list[User]:
    """Who may be given something to do: the desk and the regional focal points, oneself first."""
    people = holders_of(*Role.DESK, Role.REGIONAL)
    return sorted(people, key=lambda one: (one.pk != user.pk, fold(one.name), one.pk))


def calendar_of(rows: Iterable[Activity], *, name: str, site: str) -> str:
    """Activities as a calendar file; cancelled ones say so, so that they leave calendars."""
    return ics.calendar([_entry(one, site) for one in rows], name=name)


def _entry(one: Activity, site: str) -> ics.Entry:
    countries = ", ".join(country.name for country in one.countries.all())
    return ics.Entry(
        uid=f"activity-{one.pk}@{host()}",
        title=one.title,
        starts=one.starts_at,
        ends=one.ends_at,
        zone=one.zone,
        whole_days=one.whole_days,
        changed=one.updated_at,
        sequence=one.sequence,
        cancelled=one.is_cancelled,
        about=one.purpose,
        place=", ".join(part for part in (one.venue, one.city, countries) if part),
        url=site + one.get_absolute_url(),
        categories=(one.get_kind_display(),),
    )


def coming_activities(user: Any, most: int = 5) -> list[Activity]:
    """The next ones that are planned, for a front page. At most two statements."""
    rows = Activity.objects.visible_to(user).filter(status="planned", ends_at__date__gte=today())
    countries: Any = Prefetch("countries", Country.objects.only("pk"))
    return list(rows.prefetch_related(countries).order_by("starts_at", "pk")[:most])
