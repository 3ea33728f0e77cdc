"""One resource as its reader finds it, and the parts of the library on other pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.text import plain
from resources.files.queries import with_files
from resources.library.citing import Citation
from resources.library.queries import readable_resources
from resources.records.enums import (
    Audience,
    Licence,
    Relation,
    ResourceStatus,
    StakeholderRole,
    SuggestionStatus,
)
from resources.records.identifiers import official_address
from resources.records.models import (
    Author,
    Edition,
    LibraryVersion,
    Resource,
    ResourceQuerySet,
    ResourceRelation,
    ResourceStakeholder,
    SuggestedArticle,
)
from resources.records.queries_lines import ResourceLine, for_lines, lines
from stakeholders.entries.identifiers import REGISTRIES, linked_body
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from taxonomy.law.models import Article, Cluster, Instrument
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic

FEW = 5
MOST_SUGGESTED = 30  # for one article
_NEWEST = (F("published_on").desc(nulls_last=True), "-pk")


def _newest_lines(rows: ResourceQuerySet, most: int = FEW) -> tuple[list[ResourceLine], int]:
    """Return the newest lines by date of publication, and how many rows there are."""
    first = list(for_lines(rows).annotate(together=Window(Count("pk"))).order_by(*_NEWEST)[:most])
    newest = _lines(first)
    return newest, first[0].together if first else 0


def on_article(user: Any, article: Any) -> Mapping[str, Any]:
    """Return what is filed under the article, and what is suggested for it and not confirmed."""
    newest, total = _newest_lines(readable_resources(user).filter(articles=article))
    waiting = SuggestedArticle.objects.filter(article=article, status=SuggestionStatus.WAITING)
    unfiled = readable_resources(user).filter(pk__in=waiting.values("resource")).exclude(articles=article)
    suggested, _all = _newest_lines(unfiled, MOST_SUGGESTED)
    return {"lines": newest, "total": total, "article": article, "suggested": suggested}


def about_country(user: Any, country: Any) -> Mapping[str, Any] | None:
    newest, total = _newest_lines(readable_resources(user).filter(countries=country))
    return {"lines": newest, "total": total, "country": country} if newest else None


def of_stakeholder(user: Any, stakeholder: Any) -> Mapping[str, Any] | None:
    """Return what the stakeholder wrote or published, each resource once."""
    newest, total = _newest_lines(
        readable_resources(user).filter(pk__in=stakeholder.resource_links.values("resource"))
    )
    return {"lines": newest, "total": total} if newest else None


def among(user: Any, numbers: Any, *, most: int) -> list[ResourceLine]:
    """Return what the person reads of these records (a query of ids) and of those that they merged into."""
    into = Resource.objects.filter(pk__in=numbers, merged_into__isnull=False).values("merged_into")
    return _newest_lines(readable_resources(user).filter(Q(pk__in=numbers) | Q(pk__in=into)), most)[0]


def latest_of(user: Any) -> ResourceQuerySet:
    """Return what came last to the library, for the front page."""
    return for_lines(readable_resources(user)).order_by(F("published_at").desc(nulls_last=True), "-pk")[:FEW]


def _lines(rows: list[Any]) -> list[ResourceLine]:
    return lines(rows, language_names=dict(Language.objects.for_choices())) if rows else []


def version() -> tuple[str, Sequence[Any]]:
    """Return the expression of `LibraryVersion` as text, and no values."""
    return f"{LibraryVersion.function}()", ()


# --- One resource as its reader finds it: its page, its tombstone, how it is cited -------------------

# Licences that have a page of their own.
LICENCES = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        code: f"https://creativecommons.org/licenses/{code.removeprefix('cc_').replace('_', '-')}/4.0/"
        for code in ("cc_by", "cc_by_sa", "cc_by_nc", "cc_by_nc_sa", "cc_by_nd", "cc_by_nc_nd")
    },
}
MOST_RELATED = 6
# What the other is to this one, told from either side.
AS_IT_IS = {
    Relation.PART_OF: _("It is part of"),
    Relation.NEW_EDITION_OF: _("It is a new edition of"),
    Relation.TRANSLATION_OF: _("It is a translation of"),
    Relation.SEE_ALSO: _("See also"),
}
AS_SEEN_FROM = {
    Relation.NEW_EDITION_OF: _("There is a newer edition"),
    Relation.PART_OF: _("Its parts"),
    Relation.TRANSLATION_OF: _("Translations published apart"),
    Relation.SEE_ALSO: _("See also"),
}
# Field → the facet by which the list narrows to it.
FILED = {
    "topics": "topic",
    "instruments": "instrument",
    "articles": "article",
    "clusters": "",
    "countries": "country",
    "regions": "region",
}


@dataclass(frozen=True, slots=True)
class PageVersion:
    slug: str
    version: str


def page_version(user: Any, pk: int) -> PageVersion | None:
    """Return its slug, and a version that changes with all that the page shows; None where it is hidden."""
    rows = Resource.objects.visible_to(user).exclude(status=ResourceStatus.MERGED)
    # The page names stakeholders, as far as the directory shows them.
    directory = Subquery(DirectoryVersion.objects.filter(pk=1).values("n"))
    rows = rows.filter(pk=pk).annotate(library=LibraryVersion(), directory=directory)
    row = rows.only("title").first()
    return PageVersion(row.slug, f"{row.library}.{row.directory}") if row else None


def moved_to(user: Any, pk: int) -> Resource | None:
    """Return the resource into which this one was merged, if the person may see that."""
    into = Resource.objects.filter(pk=pk, status=ResourceStatus.MERGED).values("merged_into")
    return Resource.objects.visible_to(user).filter(pk__in=into).only("title").first()


def tombstone(user: Any, pk: int) -> Resource | None:
    return Resource.objects.tombstones_for(user).filter(pk=pk).prefetch_related("editions").first()


def page_row(user: Any, pk: int) -> Any:
    """Return the row with codes of all it is filed under or suggested for, authors, stakeholders, editions
    with files; None where it is hidden."""
    authors = Author.objects.filter(resource=OuterRef("pk"))
    links = ResourceStakeholder.objects.filter(
        resource=OuterRef("pk"),
        stakeholder__in=Stakeholder.objects.visible_to(user),
        stakeholder__merged_into=None,
    ).order_by("role", "stakeholder__sort_key")
    stakeholder_facts = JSONObject(
        role="role",
        pk="stakeholder_id",
        slug="stakeholder__slug",
        name="stakeholder__name",
        latin="stakeholder__name_latin",
        kind="stakeholder__kind",
        **{name: f"stakeholder__{name}" for name in REGISTRIES},
    )
    codes = {f"its_{name}": ArraySubquery(_codes(name)) for name in FILED}
    suggested = SuggestedArticle.objects.filter(resource=OuterRef("pk"), status=SuggestionStatus.WAITING)
    rows = (
        Resource.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("suggested_for")
        .annotate(
            **codes,
            its_suggested=ArraySubquery(suggested.values("article_id")),
            its_authors=ArraySubquery(authors.order_by("position", "pk").values("name")),
            its_stakeholders=ArraySubquery(links.values(json=stakeholder_facts)),
        )
    )
    row: Any = rows.first()
    if row is not None:
        row.its_editions = list(
            with_files(user, Edition.objects.filter(resource=row).order_by("-is_original", "pk"))
        )
    return row


def edition_in(editions: Sequence[Any], language: str) -> Any:
    """Return the edition in `language`, else in the language in use, else the original."""
    for wanted in (language, content_language()):
        for edition in editions:
            if edition.language_id == wanted:
                return edition
    return editions[0]


def _codes(name: str) -> QuerySet[Any, Any]:
    field: Any = Resource._meta.get_field(name)
    through = field.remote_field.through
    return through._default_manager.filter(resource=OuterRef("pk")).values(field.m2m_reverse_name())


def names() -> dict[str, dict[str, str]]:
    """Return the present name of every code under which a resource can be filed."""
    lists = (Topic, Instrument, Article, Cluster, Country, Region, Language)
    keys = (*FILED, "languages")
    return {key: dict(choices) for key, choices in zip(keys, choices_of(*lists), strict=True)}


def related_records(user: Any, resource: Resource) -> list[tuple[Any, list[Any]]]:
    """Return (relation, rows for lines) of the related resources that the reader may see."""
    links = ResourceRelation.objects.order_by("pk")
    forth = links.filter(resource=resource, other=OuterRef("pk")).values("kind")[:1]
    back = links.filter(other=resource, resource=OuterRef("pk")).values("kind")[:1]
    rows = readable_resources(user).annotate(forth=Subquery(forth), back=Subquery(back))
    near = rows.filter(Q(forth__isnull=False) | Q(back__isnull=False)).order_by("pk")
    grouped: dict[Any, list[Any]] = {}
    row: Any
    for row in for_lines(near):
        grouped.setdefault(AS_IT_IS[row.forth] if row.forth else AS_SEEN_FROM[row.back], []).append(row)
    order = [*AS_IT_IS.values(), *AS_SEEN_FROM.values()]
    return sorted(grouped.items(), key=lambda pair: order.index(pair[0]))


def alike(user: Any, resource: Resource, but: set[int]) -> list[Any]:
    """Return others that share most of its topics and articles, the newest first among equals."""
    topics = Resource.topics.through.objects.filter(topic__in=resource.its_topics)  # type: ignore[attr-defined]
    articles = Resource.articles.through.objects.filter(article__in=resource.its_articles)  # type: ignore[attr-defined]
    near = topics.values("resource_id").union(articles.values("resource_id"))
    rows = (
        readable_resources(user).filter(pk__in=near.values("resource_id")).exclude(pk__in=but | {resource.pk})
    )
    return list(for_lines(rows.order_by(F("published_on").desc(nulls_last=True), "-pk"))[:MOST_RELATED])


# --- How it is cited ----------------------------------------------------------------------------------------
def citation_of(resource: Any, edition: Edition, named: dict[str, dict[str, str]]) -> Citation:
    """Return one edition of a row by `page_row`, as `citing` takes it."""
    bodies = {
        role: [body for body in resource.its_stakeholders if body["role"] == role] for role in StakeholderRole
    }
    files = list(edition.opened[:1])  # type: ignore[attr-defined]
    return Citation(
        number=resource.pk,
        kind=resource.kind,
        language=edition.language_id,
        title=edition.title,
        url=settings.SITE_URL + resource.get_absolute_url(),
        abstract=plain(edition.abstract),
        people=tuple(resource.its_authors),
        organizations=tuple(body["name"] for body in bodies[StakeholderRole.AUTHOR]),
        linked_authors=_linked_bodies(bodies[StakeholderRole.AUTHOR]),
        linked_publishers=_linked_bodies(bodies[StakeholderRole.PUBLISHER]),
        publisher=resource.publisher,
        day=resource.published_on,
        precision=resource.precision,
        doi=resource.doi,
        isbn=resource.isbn,
        symbol=resource.symbol,
        licence=resource.licence_note or (resource.get_licence_display() if resource.licence else ""),
        licence_url=LICENCES.get(resource.licence, ""),
        link=edition.link or official_address(resource.symbol, edition.language_id),
        keywords=tuple(named["topics"][code] for code in resource.its_topics if code in named["topics"]),
        files=tuple((settings.SITE_URL + file.get_absolute_url(), file.media_type) for file in files),
    )


def _linked_bodies(bodies: list[dict[str, str]]) -> tuple[dict[str, Any], ...]:
    pages = (reverse("stakeholders:detail", args=[body["pk"], body["slug"]]) for body in bodies)
    return tuple(
        linked_body(body, settings.SITE_URL + page) for body, page in zip(bodies, pages, strict=True)
    )


def is_public(resource: Resource) -> bool:
    return (
        resource.is_shown
        and resource.audience == Audience.PUBLIC
        and resource.status == ResourceStatus.PUBLISHED
    )


def for_sitemap() -> QuerySet[Resource]:
    rows = readable_resources(AnonymousUser()).filter(is_demo=False)
    return rows.only("pk", "title", "updated_at").order_by("pk")
