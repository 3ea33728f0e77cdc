"""Which rows an export holds: those that whoever asked sees in the directory, and no others."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from stakeholders.applications.models import Contact, Office, OtherName
from stakeholders.directory.enums import FRESHNESS, SAYS, STANDINGS
from stakeholders.directory.queries import (
    CODES,
    NAME,
    ORDERS,
    DirectoryQuery,
    matching_entries,
    query_of,
    shown_to,
)
from stakeholders.entries.enums import ContactAudience, Kind, NameKind
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.exports.columns import READ, Names, labels, page
from stakeholders.exports.models import Export
from stakeholders.projects.models import Project, ProjectText
from taxonomy.law.models import Article
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import EngagementArea, Language, Topic


def entries(user: Any, question: DirectoryQuery) -> StakeholderQuerySet:
    """Return the entries that `user` finds by the question, in no order."""
    return matching_entries(shown_to(user), user, question)


def lines(user: Any, question: DirectoryQuery) -> "QuerySet[Stakeholder, dict[str, Any]]":
    """Return the values of the columns. A table has no order by best match; it is then by name."""
    through = Stakeholder.topics.through.objects.filter(stakeholder=OuterRef("pk"))
    order = ORDERS.get(question.order, ORDERS[NAME])
    rows = entries(user, question).order_by(*order)
    return rows.values(
        *READ,
        region_m49=F("country__region_id"),
        topic_codes=ArraySubquery(through.values("topic_id")),
        **columns_beside(),
    )


def column_names() -> Names:
    """Return the names in the current language, sorted by its rules."""
    countries, topics = choices_of(Country, Topic)
    return Names(dict(countries), dict(topics), labels(), page())


def filters_in_words(filters: str) -> list[tuple[str, str]]:
    """Return label and values of each filter of a stored query string."""
    lists: dict[str, Any] = {
        "country": Country,
        "region": Region,
        "topic": Topic,
        "article": Article,
        "area": EngagementArea,
        "language": Language,
    }
    words: dict[str, Any] = dict(zip(lists, map(dict, choices_of(*lists.values())), strict=True))
    words |= {"kind": dict(Kind.choices), "offers": SAYS, "standing": STANDINGS, "fresh": FRESHNESS}
    question = query_of(filters)
    keywords = [(_("Keywords"), question.q)] if question.q else []
    return keywords + [
        (str(_LABELS[name]), ", ".join(str(words[name].get(code, code)) for code in codes))
        for name in CODES
        if (codes := question.codes(name))
    ]


_LABELS = {
    "kind": gettext_lazy("Kind"),
    "country": gettext_lazy("Country or area"),
    "region": gettext_lazy("Region"),
    "topic": gettext_lazy("Topic"),
    "article": gettext_lazy("Article"),
    "area": gettext_lazy("Engagement area"),
    "language": gettext_lazy("Working language"),
    "offers": gettext_lazy("Offers and needs"),
    "standing": pgettext_lazy("of an entry", "Verification status"),
    "fresh": gettext_lazy("Last confirmed"),
}


def own_exports(user: Any) -> QuerySet[Export]:
    """Return a person's exports that have not expired, the newest first."""
    return Export.objects.visible_to(user).lasting()


def columns_beside() -> dict[str, ArraySubquery]:
    """Return the public related rows for the columns of an export, as lists of texts."""
    names = OtherName.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    offices = Office.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    contacts = Contact.objects.filter(stakeholder=OuterRef("pk"), audience=ContactAudience.PUBLIC)
    projects = Project.objects.shown().filter(stakeholder=OuterRef("pk")).in_order()
    titles = ProjectText.objects.filter(project=OuterRef("pk")).order_by("pk")
    where = Trim(Concat("country_id", Value(" "), "city"))
    return {
        "its_other_names": ArraySubquery(names.filter(kind=NameKind.OTHER).values("text")),
        "its_former_names": ArraySubquery(names.filter(kind=NameKind.FORMER).values("text")),
        "its_offices": ArraySubquery(offices.values(label=where)),
        "its_public_contacts": ArraySubquery(
            contacts.order_by("pk").values(label=Concat("kind", Value(":"), "value"))
        ),
        "its_projects": ArraySubquery(projects.values(label=Subquery(titles.values("title")[:1]))),
        "its_engagement_areas": _codes("engagement_areas", "engagementarea"),
        "its_articles": _codes("articles", "article"),
        "its_works_in": _codes("works_in", "country"),
        "its_languages": _codes("languages", "language"),
    }


def _codes(field: str, term: str) -> ArraySubquery:
    through: Any = getattr(Stakeholder, field).through
    rows = through.objects.filter(stakeholder=OuterRef("pk")).order_by(f"{term}_id")
    return ArraySubquery(rows.values(f"{term}_id"))
