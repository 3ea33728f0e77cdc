"""What the index of the whole portal holds about stakeholders."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models.expressions import RawSQL

from core.bulk import any_of
from search.enums import Audience
from search.hooks import Entry
from search.text import in_all_languages
from stakeholders.applications.models import MissionText, Office, OtherName, Publication
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.projects.queries import words_of

AUDIENCES = {
    Listing.PUBLIC: Audience.PUBLIC,
    Listing.MEMBERS_STATES: Audience.MEMBERS_STATES,
    Listing.MEMBERS: Audience.MEMBERS,
}
# Lists of terms in the order in which their names are read; those with a code are facets too.
FACETS = {
    "topic": "topics",
    "article": "articles",
    "area": "engagement_areas",
    "works_in": "works_in",
    "language": "languages",
}
_ROW = (
    "pk",
    "kind",
    "status",
    "listing",
    "name",
    "name_latin",
    "acronym",
    "country_id",
    "country__name_en",
    "city",
    "website",
    "mission",
    "mission_language_id",
    "references",
    "slug",
    "sort_key",
)


def audience_of(stakeholder: Any) -> int | None:
    """Return who may find an entry, or a row with its two columns, by words; None: the desk alone."""
    if stakeholder.status not in Status.SHOWN:
        return None
    return AUDIENCES.get(Listing(stakeholder.listing))


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield one document for each of these stakeholders that was not merged into another.

    Contacts and officers are never among the words: they have readers of their own. Rows are read as tuples,
    since an import writes some ten thousand of them and model instances cost most of that time.
    """
    these = any_of(ids)
    terms = {field: _terms(these, field) for field in FACETS.values()}
    names_beside = _rows(OtherName, these, "text")
    offices = _rows(Office, these, "city", "country__name_en")
    more = (
        _rows(MissionText, these, "text"),
        _group_rows(words_of(these)),
        _rows(Publication, these, "title"),
    )
    kinds = {kind.value: f"{kind.value} {in_all_languages(kind.label)}" for kind in Kind}
    standing = Stakeholder.objects.filter(pk__in=these).exclude(status=Status.MERGED)
    for row in standing.values_list(*_ROW, named=True):
        names = [row.name_latin, row.acronym, *(text for (text,) in names_beside[row.pk])]
        its = [(facet, *term) for facet, field in FACETS.items() for term in terms[field].get(row.pk, ())]
        topics = [name for facet, _code, name in its if facet == "topic"]
        other_names = [name for facet, _code, name in its if facet != "topic"]
        text = [
            row.mission,
            " · ".join(topics),
            ", ".join(filter(None, (row.city, row.country__name_en))),
            " · ".join(other_names),
            " · ".join(", ".join(filter(None, place)) for place in offices[row.pk]),
            row.references,
            *("\n".join(texts) for rows in more for texts in rows[row.pk]),
        ]
        yield Entry(
            object_id=row.pk,
            name=row.name,
            aliases=[name for name in names if name],
            text="\n".join(filter(None, text)),
            language=row.mission_language_id or "",
            audience=audience_of(row),
            country=row.country_id,
            facets=[f"kind:{row.kind}", *(f"{facet}:{code}" for facet, code, _name in its)],
            url_name="stakeholders:detail",
            url_args=[row.pk, row.slug],
            sort_key=row.sort_key,
            site=row.website,
            words=kinds[row.kind],
        )


type Grouped = defaultdict[int, list[tuple[Any, ...]]]


def _group_rows(rows: Iterable[tuple[Any, ...]]) -> Grouped:
    """Return rows by their first column, in their order."""
    grouped: Grouped = defaultdict(list)
    for first, *rest in rows:
        grouped[first].append(tuple(rest))
    return grouped


def _rows(model: Any, entries: RawSQL | tuple[()], *columns: str) -> Grouped:
    """Return entry → these columns of its rows."""
    return _group_rows(model.objects.filter(stakeholder__in=entries).values_list("stakeholder_id", *columns))


def _terms(entries: RawSQL | tuple[()], name: str) -> Grouped:
    """Return entry → (code, name in English) of the terms of one of its fields."""
    field: Any = Stakeholder._meta.get_field(name)
    entry, term = field.m2m_field_name(), field.m2m_reverse_field_name()
    links = field.remote_field.through._default_manager.filter(**{f"{entry}__in": entries}).order_by("pk")
    return _group_rows(links.values_list(f"{entry}_id", f"{term}_id", f"{term}__name_en"))


def audiences_of(user: Any) -> set[int]:
    """Return the audiences whose rows a person may find as a member, beyond what is public."""
    if user.has_perm("stakeholders.take_part"):
        return {int(Audience.MEMBERS_STATES), int(Audience.MEMBERS)}
    return set()
