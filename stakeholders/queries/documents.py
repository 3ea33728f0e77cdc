"""What the index of the whole portal holds about stakeholders."""

from collections.abc import Iterator, Sequence
from typing import Any

from search.enums import Audience
from search.registry import Entry
from stakeholders.enums import Listing, Status
from stakeholders.models import Office, Stakeholder

AUDIENCES = {
    Listing.PUBLIC: Audience.PUBLIC,
    Listing.MEMBERS_STATES: Audience.MEMBERS_STATES,
    Listing.MEMBERS: Audience.MEMBERS,
}
# What is read beside the row, in one query each.
BESIDE = (
    "topics", "articles", "engagement_areas", "works_in", "languages", "other_names", "offices__country",
)  # fmt: skip
WORKS = ("articles", "engagement_areas", "works_in", "languages")
FACETS = {
    "topic": "topics",
    "article": "articles",
    "area": "engagement_areas",
    "works_in": "works_in",
    "language": "languages",
}


def _place_of(office: Office) -> str:
    return ", ".join(filter(None, (office.city, office.country.name_en)))


def audience_of(stakeholder: Stakeholder) -> int | None:
    """Who may find it by words; None where only the desk does."""
    if stakeholder.status not in Status.SHOWN:
        return None
    return AUDIENCES.get(Listing(stakeholder.listing))


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """One entry for each of these stakeholders that still stands for itself. A fixed number of queries.

    Contacts and officers are never among the words: they have readers of their own.
    """
    standing = Stakeholder.objects.filter(pk__in=ids).exclude(status=Status.MERGED)
    for one in standing.select_related("country").prefetch_related(*BESIDE):
        names = [one.name_latin, one.acronym, *(other.text for other in one.other_names.all())]
        topics = [topic.name_en for topic in one.topics.all()]
        place = [one.city, one.country.name_en]
        works = [term.name_en for field in WORKS for term in getattr(one, field).all()]
        offices = [_place_of(office) for office in one.offices.all()]
        yield Entry(
            object_id=one.pk,
            name=one.name,
            aliases=[name for name in names if name],
            text="\n".join(
                part
                for part in (
                    one.mission,
                    " · ".join(topics),
                    ", ".join(filter(None, place)),
                    " · ".join(works),
                    " · ".join(offices),
                    one.references,
                )
                if part
            ),
            language=one.mission_language_id or "",
            audience=audience_of(one),
            country=one.country_id,
            facets=[
                f"kind:{one.kind}",
                *(
                    f"{code}:{term.pk}"
                    for code, field in FACETS.items()
                    for term in getattr(one, field).all()
                ),
            ],
            url_name="stakeholders:detail",
            url_args=[one.pk, one.slug],
            sort_key=one.sort_key,
        )


def audiences_of(user: Any) -> set[int]:
    """What a person may find as a member, beyond what everybody may."""
    if user.has_perm("stakeholders.take_part"):
        return {int(Audience.MEMBERS_STATES), int(Audience.MEMBERS)}
    return set()
