"""Which rows an export holds: those that whoever asked sees in the directory, and no others."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet

from stakeholders.exporting.columns import READ, Names, labels, page
from stakeholders.models import Export, Stakeholder, StakeholderQuerySet
from stakeholders.queries.described import beside
from stakeholders.queries.directory import _ORDERS, CODES, NAME, Asked, narrowed, shown_to
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic


def asked_of(filters: str) -> Asked:
    """What a query string asked that was understood when it was kept.

    Read to the letter: a code that is gone since then finds nobody; leaving it out would find everybody.
    """
    said = parse_qs(filters)
    codes: dict[str, Any] = {name: tuple(said.get(name, ())) for name in CODES}
    return Asked(q=said.get("q", [""])[0], sort=said.get("sort", [""])[0], **codes)


def without_words(filters: str) -> str:
    """The filters for the log, which keeps codes and no words: somebody's name may have been looked for."""
    asked = asked_of(filters)
    said = asked.without("q").query()
    return "&".join(part for part in (urlencode({"q": "*"}) if asked.q else "", said) if part)


def entries(user: Any, asked: Asked) -> StakeholderQuerySet:
    """Those that `user` finds by what was asked, in no order."""
    return narrowed(shown_to(user), user, asked)


def lines(user: Any, asked: Asked) -> "QuerySet[Stakeholder, dict[str, Any]]":
    """What the columns are made of. The best match has no meaning in a table, so its order is the name."""
    through = Stakeholder.topics.through.objects.filter(stakeholder=OuterRef("pk"))
    order = _ORDERS.get(asked.order, _ORDERS[NAME])
    rows = entries(user, asked).order_by(*order)
    return rows.values(
        *READ,
        region_m49=F("country__region_id"),
        topic_codes=ArraySubquery(through.values("topic_id")),
        **beside(),
    )


def names() -> Names:
    """In the current language, in its order."""
    countries, topics = choices_of(Country, Topic)
    return Names(dict(countries), dict(topics), labels(), page())


def own(user: Any) -> QuerySet[Export]:
    """A person's exports that last still, the newest first."""
    return Export.objects.visible_to(user).lasting()
