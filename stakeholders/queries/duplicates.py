"""Who might be the same as somebody who is already there."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper

from core.text import fold
from stakeholders.models import KEY_LENGTH, Described, OtherName, Stakeholder

ALIKE = 0.6  # share of common trigrams, from 0 to 1, from which two names are worth a look


@dataclass(frozen=True)
class Match:
    stakeholder: Stakeholder
    same_name: bool
    same_site: bool
    # Called so in another language, or formerly.
    same_other_name: bool = False


def likely(said: Described, among: QuerySet[Stakeholder], *, most: int = 5) -> list[Match]:
    """Stakeholders of `among` with the same or a like name, or the same site; the surest first.

    `among` decides who may learn of them: `visible_to(applicant)` on the applicant's pages, all at the desk.
    """
    said.keep_keys()
    names = {said.name_key, fold(said.name_latin)[:KEY_LENGTH]} - {""}
    if not names and not said.site_key:
        return []
    found = (
        among.filter(pk__in=_alike(said, names))
        .annotate(
            likeness=TrigramSimilarity("name_key", said.name_key),
            called_so=Exists(_other_names(said).filter(stakeholder=OuterRef("pk"))),
        )
        .select_related("country")
        .order_by("-likeness", "pk")[:most]
    )
    return [
        Match(
            one,
            one.name_key in names or one.sort_key in names,
            bool(said.site_key) and one.site_key == said.site_key,
            one.called_so,
        )
        for one in found
    ]


def _alike(said: Described, names: set[str]) -> QuerySet[Stakeholder, Any]:
    """Ids by each sign alone, united: every part has its index, which one OR over all would not use."""
    everyone = Stakeholder.objects.order_by()
    parts = [everyone.filter(name_key__in=names), everyone.filter(sort_key__in=names)]
    if said.acronym:
        short = everyone.exclude(acronym="").annotate(short=Upper("acronym"))
        parts += [
            everyone.filter(name_key=fold(said.acronym)[:KEY_LENGTH]),
            short.filter(short=said.acronym.upper()),
        ]
    parts.append(everyone.filter(pk__in=_other_names(said).values("stakeholder")))
    if said.site_key:
        parts.append(everyone.filter(site_key=said.site_key))
    if said.name_key:
        near = everyone.annotate(likeness=TrigramSimilarity("name_key", said.name_key))
        parts.append(near.filter(name_key__trigram_similar=said.name_key, likeness__gte=ALIKE))
    first, *others = [part.values("pk") for part in parts]
    return first.union(*others)


def _other_names(said: Described) -> QuerySet[OtherName]:
    """Other and former names of entries that are the name given, in whatever case."""
    given = {name.upper() for name in (said.name, said.name_latin) if name}
    rows = OtherName.objects.filter(stakeholder__isnull=False).order_by()
    return rows.alias(said=Upper("text")).filter(said__in=given)
