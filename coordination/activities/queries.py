"""What pages of activities read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from coordination.absences.models import acts_as
from coordination.activities.models import Activity, ActivityFile, ActivityNote, ActivityQuerySet, FollowUp
from core import ics
from core.text import fold
from events.events.files import host
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country

MOST_FOUND = 10
MOST_ON_CALENDAR = 1000


def activities(user: Any) -> ActivityQuerySet:
    """Return the activities that the person may read, the latest first."""
    rows = Activity.objects.visible_to(user).select_related("author")
    return rows.prefetch_related("countries").order_by("-starts_at", "-pk")


def own_places(user: Any) -> list[tuple[str, str]]:
    """The countries (ISO3, name) that the person may plan for: all for the desk, else those they cover."""
    (countries,) = choices_of(Country)
    places = None if user.is_desk else user.places_of(Role.REGIONAL)
    return countries if places is None else [pair for pair in countries if pair[0] in places]


def involved_stakeholders(activity: Activity, user: Any) -> list[Stakeholder]:
    """Return the stakeholders of an activity that the reader may find, by name."""
    stakeholders = Stakeholder.objects.visible_to(user).filter(activities=activity)
    return list(stakeholders.select_related("country").order_by("sort_key", "pk"))


def names_of_involved(rows: Iterable[Activity], user: Any) -> dict[int, list[str]]:
    """Map activities to the names of their stakeholders that the reader may find."""
    stakeholders = Stakeholder.objects.visible_to(user).filter(
        activities__in=[activity.pk for activity in rows]
    )
    names: dict[int, list[str]] = {}
    for activity_id, name in stakeholders.order_by("sort_key", "pk").values_list("activities", "name"):
        names.setdefault(activity_id, []).append(name)
    return names


def to_involve(user: Any, activity: Activity, words: str) -> list[Stakeholder]:
    """Return stakeholders that the person may see and that are not named yet, by a part of a name."""
    if len(words.strip()) < 2:
        return []
    involved = activity.stakeholders.values("pk")
    matches = Q(name__icontains=words) | Q(acronym__icontains=words) | Q(name_latin__icontains=words)
    rows = (
        Stakeholder.objects.visible_to(user).filter(matches).exclude(status="merged").exclude(pk__in=involved)
    )
    return list(rows.select_related("country").distinct().order_by("sort_key", "pk")[:MOST_FOUND])


def notes_on(activity: Activity, user: Any) -> QuerySet[ActivityNote]:
    return ActivityNote.objects.visible_to(user).filter(activity=activity).select_related("author")


def files_of(activity: Activity, user: Any) -> QuerySet[ActivityFile]:
    return ActivityFile.objects.visible_to(user).filter(activity=activity)


def follow_ups_of(activity: Activity) -> QuerySet[FollowUp]:
    return activity.follow_ups.select_related("owner", "done_by").order_by("done_at", "due_on", "pk")


def to_do_of(user: Any) -> QuerySet[FollowUp]:
    """Return the person's follow-ups that are open, the earliest first."""
    if not (user.is_desk or user.has_role(Role.REGIONAL)):
        return FollowUp.objects.none()
    rows = FollowUp.objects.waiting().filter(owner__in=acts_as(user)).exclude(activity__status="cancelled")
    return rows.select_related("activity").order_by("due_on", "pk")


def owners_for(user: Any) -> list[User]:
    """Return who may own a follow-up: the desk and regional focal points, oneself first."""
    people = holders_of(*Role.DESK, Role.REGIONAL)
    return sorted(people, key=lambda person: (person.pk != user.pk, fold(person.name), person.pk))


def calendar_of(rows: Iterable[Activity], *, name: str, site: str) -> str:
    """Return activities as a calendar file; cancelled ones say so, so that they leave calendars."""
    return ics.calendar([_entry(activity, site) for activity in rows], name=name)


def _entry(activity: Activity, site: str) -> ics.Entry:
    countries = ", ".join(country.name for country in activity.countries.all())
    return ics.Entry(
        uid=f"activity-{activity.pk}@{host()}",
        title=activity.title,
        starts=activity.starts_at,
        ends=activity.ends_at,
        zone=activity.zone,
        whole_days=activity.whole_days,
        changed=activity.updated_at,
        sequence=activity.sequence,
        cancelled=activity.is_cancelled,
        about=activity.purpose,
        place=", ".join(part for part in (activity.venue, activity.city, countries) if part),
        url=site + activity.get_absolute_url(),
        categories=(activity.get_kind_display(),),
    )
