"""What the index of the whole portal holds about stakeholders."""

from collections.abc import Iterator, Sequence
from typing import Any

from search.enums import Audience
from search.registry import Entry
from stakeholders.enums import Listing, Status
from stakeholders.models import Stakeholder

AUDIENCES = {
    Listing.PUBLIC: Audience.PUBLIC,
    Listing.MEMBERS_STATES: Audience.MEMBERS_STATES,
    Listing.MEMBERS: Audience.MEMBERS,
}


def audience_of(stakeholder: Stakeholder) -> int | None:
    """Who may find it by words; None where only the desk does."""
    if stakeholder.status not in Status.SHOWN:
        return None
    return AUDIENCES.get(Listing(stakeholder.listing))


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """One entry for each of these stakeholders that still stands for itself. Two queries."""
    standing = Stakeholder.objects.filter(pk__in=ids).exclude(status=Status.MERGED)
    for one in standing.select_related("country").prefetch_related("topics"):
        names = [one.name_latin, one.acronym]
        topics = [topic.name_en for topic in one.topics.all()]
        place = [one.city, one.country.name_en]
        yield Entry(
            object_id=one.pk,
            name=one.name,
            aliases=[name for name in names if name],
            text="\n".join(
                part for part in (one.mission, " · ".join(topics), ", ".join(filter(None, place))) if part
            ),
            language=one.mission_language_id or "",
            audience=audience_of(one),
            country=one.country_id,
            facets=[f"kind:{one.kind}", *(f"topic:{topic.pk}" for topic in one.topics.all())],
            url_name="stakeholders:detail",
            url_args=[one.pk, one.slug],
            sort_key=one.sort_key,
        )


def audiences_of(user: Any) -> set[int]:
    """What a person may find as a member, beyond what everybody may."""
    if user.has_perm("stakeholders.take_part"):
        return {int(Audience.MEMBERS_STATES), int(Audience.MEMBERS)}
    return set()
