"""Which public sources unclaimed entries come from, and what the ECOSOC list says of a name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Exists, Max, OuterRef, Q

from core.text import fold
from stakeholders.applications.models import Application
from stakeholders.entries.enums import MOST_ROWS, EcosocStatus, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.registers.models import EcosocName, FurtherSource, ecosoc_key

ALIKE = 0.6  # share of common trigrams, from 0 to 1, from which two names are worth a look
MOST_ALIKE = 5


def further_names[N: Sequence[str]](names: Iterable[N], entry: Stakeholder) -> list[N]:
    """Return those of the names, each with its language, that the entry lacks and has room for."""
    names = list(names)
    if not names:
        return []
    present_names = list(entry.other_names.all())
    known = {fold(name.text) for name in present_names}
    return [name for name in names if fold(name[0]) not in known][: max(MOST_ROWS - len(present_names), 0)]


class ListedSource(NamedTuple):
    name: str
    entries: int
    alone: int  # of them those that no other source names
    newest: object  # the latest date of the source


def sources() -> list[ListedSource]:
    """Return the sources with their numbers of unclaimed entries, in the order of their names."""
    others = FurtherSource.objects.filter(stakeholder=OuterRef("pk")).exclude(name=OuterRef("source_name"))
    main = (
        Stakeholder.objects.filter(status=Status.LISTED)
        .alias(elsewhere=Exists(others))
        .values_list("source_name")
        .annotate(
            entries=Count("pk"), alone=Count("pk", filter=Q(elsewhere=False)), newest=Max("source_date")
        )
    )
    further = (
        FurtherSource.objects.filter(stakeholder__status=Status.LISTED)
        .values_list("name")
        .annotate(Count("pk"), Max("seen_on"))
    )
    by_name = {name: ListedSource(name, number, alone, newest) for name, number, alone, newest in main}
    for name, number, newest in further:
        listed_source = by_name.get(name, ListedSource(name, 0, 0, newest))
        latest = max(listed_source.newest, newest)
        by_name[name] = ListedSource(name, listed_source.entries + number, listed_source.alone, latest)
    return sorted(by_name.values(), key=lambda public_source: fold(public_source.name))


# --- What the published list of decisions on consultative status says of one ----------------------------
CLAIMS = (EcosocStatus.APPLIED, EcosocStatus.ROSTER, EcosocStatus.SPECIAL, EcosocStatus.GENERAL)


class EcosocAnswer(NamedTuple):
    """What the list says of one that claims a status; `as_of`: its latest decision."""

    as_of: object
    exact: list[EcosocName]
    alike: list[EcosocName]


def ecosoc_answer(subject: Application | Stakeholder) -> EcosocAnswer | None:
    """Return what the list says of an application or entry, for the desk alone.

    None where no status is claimed or no list is loaded.
    """
    if subject.ecosoc_status not in CLAIMS:
        return None
    as_of = EcosocName.objects.aggregate(latest=Max("decided_on"))["latest"]
    if as_of is None:
        return None
    names = {subject.name, subject.name_latin}
    names |= set(subject.other_names.values_list("text", flat=True))
    keys = {ecosoc_key(name) for name in names} - {""}
    exact = list(EcosocName.objects.filter(key__in=keys).order_by("key"))
    return EcosocAnswer(as_of, exact, [] if exact else _names_alike(ecosoc_key(subject.name)))


def _names_alike(key: str) -> list[EcosocName]:
    if not key:
        return []
    near = EcosocName.objects.annotate(likeness=TrigramSimilarity("key", key))
    near = near.filter(key__trigram_similar=key, likeness__gte=ALIKE)
    return list(near.order_by("-likeness", "key")[:MOST_ALIKE])
