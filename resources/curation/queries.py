"""What stands at the desk of the library: the queue, changes and revisions in words, dossiers."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.models import User
from audit.models import Entry
from core.personal_data import DataField, data_field, data_fields
from core.text import clean_line
from resources.curation.models import Guidance
from resources.files.models import ResourceFile
from resources.records.enums import ResourceStatus
from resources.records.models import Edition, Resource
from resources.records.queries import EDITION, FILE, LISTS, differences, facts_of
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import decisions_on
from taxonomy.names.models import Revision
from taxonomy.terms.models import Language
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.moves.models import Decision


def facts_with_files(resource: Resource) -> dict[str, Any]:
    """Return `facts_of` with the newest file of each language, as change requests compare them."""
    facts = facts_of(resource)
    files = ResourceFile.objects.current().filter(edition__resource=resource)
    newest = {file.edition_id: {"name": file.name, "number": file.number} for file in files}
    for edition in resource.editions.all():
        facts[f"{FILE}{edition.language_id}"] = newest.get(edition.pk, {})
    return facts


class Difference(NamedTuple):
    """One field before and after, as people read it; `language` where it is text of an edition, `url` where
    what is proposed can be opened."""

    label: str
    before: str
    after: str
    language: str
    url: str = ""


def readable_differences(changes: Mapping[str, list[Any]]) -> list[Difference]:
    """Return `differences` with labels and names in the language in use."""
    return [_readable_difference(name, before, after) for name, (before, after) in changes.items()]


def _readable_difference(name: str, before: Any, after: Any) -> Difference:
    if name.startswith(EDITION):
        language, _dot, part = name.removeprefix(EDITION).partition(".")
        label = _("%(field)s (%(language)s)") % {
            "field": Edition._meta.get_field(part).verbose_name,  # type: ignore[union-attr]
            "language": dict(Language.objects.for_choices()).get(language, language),
        }
        return Difference(str(label), before, after, language)
    if name.startswith(FILE):
        language = name.removeprefix(FILE)
        label = _("%(field)s (%(language)s)") % {
            "field": ResourceFile._meta.get_field("file").verbose_name,
            "language": dict(Language.objects.for_choices()).get(language, language),
        }
        file_label = " · ".join(filter(None, (after["name"], after.get("label", ""))))
        url = reverse("core:file", args=["proposed-file", after["proposed"]])
        return Difference(str(label), before.get("name", ""), file_label, "", url)
    label = str(_("authors") if name == "authors" else Resource._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Difference(label, _value(name, before), _value(name, after), "")


def _value(name: str, value: Any) -> str:
    if name in LISTS:
        names = dict(Resource._meta.get_field(name).related_model.objects.for_choices())  # type: ignore[union-attr]
        return " · ".join(names.get(code, code) for code in value)
    if name == "language":
        return dict(Language.objects.for_choices()).get(value, value)
    if name == "authors":
        return " · ".join(value)
    choices = getattr(Resource._meta.get_field(name), "flatchoices", ())
    return str(dict(choices).get(value, value))


S = ResourceStatus
KIND = "resources.resource"
REVIEW = "review"

STATES: dict[str, Any] = {
    "pending": pgettext_lazy("records of the library", "For review"),
    "hold": pgettext_lazy("records of the library", "On hold"),
    "after": pgettext_lazy("records of the library", "Published at once, to be read"),
    "draft": pgettext_lazy("records of the library", "Drafts"),
    "published": pgettext_lazy("records of the library", "Published"),
    "embargoed": pgettext_lazy("records of the library", "Under embargo"),
    "archived": pgettext_lazy("records of the library", "Archived"),
    "refused": pgettext_lazy("records of the library", "Declined"),
    "withdrawn": pgettext_lazy("records of the library", "Withdrawn"),
    "gone": pgettext_lazy("records of the library", "No longer in the content file"),
}
HOLDERS = {"": _("Assigned to anyone"), "me": _("Assigned to me"), "nobody": _("Unassigned")}
ORIGINS = {"": _("From everybody"), "suggestion": _("Suggested"), "desk": _("By the desk")}


def _items() -> QuerySet[WorkItem]:
    return WorkItem.objects.open().filter(subject_kind=KIND, subject_id=OuterRef("pk"))


def _in_state(state: str) -> Q:
    """Return the condition of one of the STATES."""
    coming = Q(status=S.PUBLISHED, embargo_until__gt=now())
    match state:
        case "after":
            return Q(Exists(_items().filter(what=REVIEW)))
        case "embargoed":
            return coming
        case "gone":
            return Q(gone_since__isnull=False) & ~Q(status=S.MERGED)
        case "published":
            return Q(status=S.PUBLISHED) & ~coming
        case _:
            return Q(status=state)


def queue(
    user: Any, state: str, *, holder: str = "", origin: str = "", words: str = ""
) -> QuerySet[Resource]:
    """Return the records of one state with the names of their files.

    What waited longest comes first where it waits for the desk, else the latest.
    """
    rows = Resource.objects.visible_to(user).filter(_in_state(state))
    if holder == "me":
        rows = rows.filter(Exists(_items().filter(holder=user)))
    elif holder == "nobody":
        rows = rows.exclude(Exists(_items().filter(holder__isnull=False)))
    if origin:
        rows = rows.filter(suggested_for__isnull=origin == "desk")
    if words:
        rows = rows.filter(by_words(words))
    order = ("submitted_at", "pk") if state in ("pending", "hold") else ("-updated_at", "-pk")
    return rows.with_file_name().select_related("suggested_for").order_by(*order)


def by_words(words: str) -> Q:
    line = clean_line(words)
    condition = Q(title__icontains=line) | Q(editions__title__icontains=line) | Q(symbol__iexact=line)
    if line.isascii() and line.isdigit() and len(line) < 15:
        condition |= Q(pk=int(line))
    return Q(pk__in=Resource.objects.filter(condition).values("pk"))


def counts(user: Any) -> dict[str, int]:
    """Return how many records are in each state."""
    numbers = {state: Count("pk", filter=_in_state(state)) for state in STATES}
    return Resource.objects.visible_to(user).aggregate(**numbers)


def holders_of(resources: list[Resource]) -> dict[int, WorkItem]:
    """Return key of the record → its open work item, with its holder."""
    items = WorkItem.objects.open().filter(
        subject_kind=KIND, subject_id__in=[resource.pk for resource in resources]
    )
    return {item.subject_id: item for item in items.select_related("holder")}


def other_records(user: Any, words: str, *, but: int) -> list[Resource]:
    """Return at most ten records that the person may see with these words in title, symbol or number."""
    if not clean_line(words):
        return []
    rows = Resource.objects.visible_to(user).exclude(pk=but).exclude(status=S.MERGED)
    return list(rows.filter(by_words(words)).order_by("-updated_at", "pk")[:10])


# --- Changes that are proposed (K-18) -----------------------------------------------------------------------
def changes_visible_to(user: Any) -> QuerySet[ChangeRequest]:
    """Return all changes of resources for curators, and for others those of their suggestions."""
    about = ChangeRequest.objects.filter(subject_kind=KIND)
    if not (user.is_authenticated and user.is_active):
        return about.none()
    if user.has_perm("resources.curate_resources"):
        return about
    return about.filter(subject_id__in=Resource.objects.of_people(user).values("pk"))


def open_changes(user: Any) -> list[tuple[ChangeRequest, Resource]]:
    """Return the proposed changes that are not decided, the oldest first, each with its record."""
    rows = changes_visible_to(user).filter(status="proposed").select_related("proposed_by").order_by("pk")
    changes = list(rows)
    resources = Resource.objects.visible_to(user).in_bulk([change.subject_id for change in changes])
    return [(change, resources[change.subject_id]) for change in changes if change.subject_id in resources]


def rows_of(change: ChangeRequest) -> list[Difference]:
    rows = readable_differences(differences(change.before, change.after))
    # A file that was proposed is gone by itself once that is decided.
    return rows if change.status == "proposed" else [row._replace(url="") for row in rows]


def last_changes(resource: Resource, user: Any) -> list[tuple[ChangeRequest, Decision | None]]:
    """Return the last five changes that the person may see, each with its decision or None."""
    rows = list(changes_visible_to(user).filter(subject_id=resource.pk).order_by("-pk")[:5])
    decisions = Decision.objects.filter(
        subject_kind="workflow.changerequest", subject_id__in=[change.pk for change in rows]
    )
    decision_of_change = {decision.subject_id: decision for decision in decisions}
    return [(change, decision_of_change.get(change.pk)) for change in rows]


# --- What was changed ---------------------------------------------------------------------------------------
class Revised(NamedTuple):
    revision: Revision
    who: User | None
    rows: list[Difference]


def revisions(resource: Resource, most: int = 30) -> list[Revised]:
    """Return what was changed in a record and by whom, the latest first."""
    rows = list(Revision.objects.filter(kind=KIND, code=str(resource.pk))[:most])
    entries = Entry.objects.filter(
        subject_kind=KIND,
        subject_id=resource.pk,
        action="resources.resource.edit",
        data__revision__in=[revision.pk for revision in rows],
    )
    actors = {entry.data["revision"]: entry.actor_id for entry in entries}
    people = User.objects.in_bulk({pk for pk in actors.values() if pk})
    return [
        Revised(revision, people.get(actors.get(revision.pk) or 0), readable_differences(revision.changes))
        for revision in rows
    ]


def guidance() -> Mapping[str, tuple[str, str]]:
    """Return field → (guidance, its language), translated for the reader where the desk has done so."""
    return {row.field: row.text_for_reader("text", "en") for row in Guidance.objects.all()}


# --- What a stakeholder suggested for the library, as far as its own people may read it --------------


def dossier_resources(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = Resource.objects.filter(suggested_for=stakeholder).select_related("language")
    resources = list(rows.prefetch_related("editions").order_by("pk"))
    for resource in resources:
        yield [
            data_field("id", _("number"), resource.pk),
            *data_fields(
                resource, "title", "kind", "status", "audience", "language", "publisher", "published_on"
            ),
            *data_fields(resource, "symbol", "doi", "isbn", "licence", "published_at"),
            *(
                data_field(f"edition_{each.language_id}", each.title, [each.abstract, each.link])
                for each in resource.editions.all()
            ),
        ]
    yield from decisions_on(resources)


def same_symbol(user: Any, resource: Resource) -> list[Resource]:
    """Return the other records of the same document symbol that the person sees, five at most."""
    if not resource.symbol:
        return []
    others = Resource.objects.visible_to(user).filter(symbol__iexact=resource.symbol, merged_into=None)
    return list(others.exclude(pk=resource.pk).order_by("pk")[:5])
