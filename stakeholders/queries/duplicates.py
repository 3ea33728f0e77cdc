"""Who might be the same as somebody who is already there."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from core.text import fold
from stakeholders.models import KEY_LENGTH, Described, Stakeholder

ALIKE = 0.55  # share of common trigrams, from 0 to 1, from which two names are worth a look


@dataclass(frozen=True)
class Match:
    stakeholder: Stakeholder
    same_name: bool
    same_site: bool


def likely(said: Described, among: QuerySet[Stakeholder], *, most: int = 5) -> list[Match]:
    """Stakeholders of `among` with the same or a like name, or the same site; the surest first.

    `among` decides who may learn of them: `visible_to(applicant)` on the applicant's pages, all at the desk.
    """
    said.keep_keys()
    names = {said.name_key, fold(said.name_latin)[:KEY_LENGTH]} - {""}
    if said.acronym:
        names.add(fold(said.acronym)[:KEY_LENGTH])
    alike = Q(name_key__in=names) | Q(sort_key__in=names)
    if said.acronym:
        alike |= Q(acronym__iexact=said.acronym)
    if said.site_key:
        alike |= Q(site_key=said.site_key)
    if said.name_key:
        alike |= Q(name_key__trigram_similar=said.name_key, likeness__gte=ALIKE)
    if not names and not said.site_key:
        return []
    found = (
        among.annotate(likeness=TrigramSimilarity("name_key", said.name_key))
        .filter(alike)
        .select_related("country")
        .order_by("-likeness", "pk")[:most]
    )
    return [
        Match(
            one,
            one.name_key in names or one.sort_key in names,
            bool(said.site_key) and one.site_key == said.site_key,
        )
        for one in found
    ]
