"""Observations and published contributions as readers see them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.subqueries import non_empty
from reviews.calls.models import Call, CallQuerySet
from reviews.contributions.enums import ContributionStatus, Signing, Visibility
from reviews.contributions.models import Answer, Contribution, ContributionQuerySet, CoSignature
from reviews.observations.models import Observation, ObservationQuerySet
from reviews.tracker.queries import ListQuery
from search.enums import Audience
from search.hooks import Entry
from taxonomy.law.models import Article
from taxonomy.names.models import names_of
from taxonomy.terms.queries import topics_in_order

DATE = "date"
FEW = 5
CODES = ("country", "kind", "article", "topic")


@dataclass(frozen=True, slots=True)
class PublishedContribution:
    """A published contribution. `names`: lead and whoever signed; none where it is shown without."""

    url: str
    call: str
    call_language: str
    names: tuple[str, ...]
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObservationQuery(ListQuery):
    facets = CODES

    country: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()


# --- Contributions ----------------------------------------------------------------------------------------
def published_among(
    contributions: ContributionQuerySet, *, most: int | None = None
) -> list[PublishedContribution]:
    """Return the published ones among `contributions`, the first `most` of them."""
    rows = with_signers(contributions.published()).only(*_OF_A_CONTRIBUTION)[:most]
    return [_as_published(contribution) for contribution in rows]


_OF_A_CONTRIBUTION = (
    *("visibility", "published_at", "call__title", "call__language", "call__translations"),
    *("stakeholder__name", "stakeholder__status", "stakeholder__listing"),
)


def with_signers(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return the rows with `signers`: the names, as everybody may read them, of who signed this text."""
    signed = (
        CoSignature.objects.named_to(AnonymousUser())
        .filter(contribution=OuterRef("pk"), status=Signing.CONFIRMED, digest=OuterRef("digest"))
        .order_by("pk")
    )
    names = ArraySubquery(signed.values("stakeholder__name"))
    return contributions.select_related("call", "stakeholder").annotate(signers=names)


def _as_published(contribution: Any) -> PublishedContribution:
    title, language = contribution.call.told_title
    is_named = contribution.shows_name and contribution.stakeholder.is_named_publicly
    names = (contribution.stakeholder.name, *contribution.signers) if is_named else ()
    return PublishedContribution(
        contribution.get_absolute_url(), title, language, names, contribution.published_at
    )


def about_country(iso3: str) -> ContributionQuerySet:
    """Return the contributions that name the country, or name none while their call names it."""
    named = Contribution.countries.through.objects.filter(contribution=OuterRef("pk"))
    named_by_call = Call.countries.through.objects.filter(call=OuterRef("call"), country=iso3)
    about = Exists(named.filter(country=iso3)) | (~Exists(named) & Exists(named_by_call))
    return Contribution.objects.filter(about).order_by("-published_at", "-pk")


def about_article(article: Any) -> ContributionQuerySet:
    """Return the contributions that answer a question which names the article."""
    answered = Answer.objects.filter(contribution=OuterRef("pk"), question__article=article)
    return Contribution.objects.filter(Exists(answered.exclude(text=""))).order_by("-published_at", "-pk")


def contributions_by(stakeholder: Any) -> ContributionQuerySet:
    """Return what is published with its name: as lead, or as signatory of the present text."""
    signed = CoSignature.objects.filter(
        stakeholder=stakeholder, status=Signing.CONFIRMED, digest=F("contribution__digest")
    )
    rows = Contribution.objects.published().filter(visibility=Visibility.PUBLIC)
    return rows.filter(Q(stakeholder=stakeholder) | Q(pk__in=signed.values("contribution_id"))).order_by(
        "-published_at", "-pk"
    )


# --- Observations -----------------------------------------------------------------------------------------
def find_observations(user: Any, query: ObservationQuery, *, published: bool = True) -> ObservationQuerySet:
    """Return the rows that match the query; with `published` False those that wait, too, for the desk."""
    rows = Observation.objects.visible_to(user)
    if published:
        rows = rows.shown()
    for name, field in (("country", "country"), ("kind", "kind"), ("article", "article")):
        if codes := getattr(query, name):
            rows = rows.filter(**{f"{field}__in": codes})
    if query.topic:
        linked = Observation.topics.through.objects.filter(topic__in=query.topic)
        rows = rows.filter(pk__in=linked.values("observation_id"))
    ordered = rows.in_order()
    return ordered.order_by("-source_date", *ordered.query.order_by) if query.sort == DATE else ordered


def for_page(rows: ObservationQuerySet) -> ObservationQuerySet:
    """Return the rows with all that a page shows of each."""
    published = with_signers(Contribution.objects.published())
    return rows.select_related("country", "article__instrument", "language").prefetch_related(
        topics_in_order(), Prefetch("contributions", published, to_attr="heard_rows")
    )


def contributions_behind(observation: Any) -> list[PublishedContribution]:
    """Return the published contributions of a row of `for_page`."""
    return [_as_published(contribution) for contribution in observation.heard_rows]


def codes_offered(user: Any) -> dict[str, set[str]]:
    """Return the codes that occur in what everybody sees."""
    rows = Observation.objects.visible_to(user).shown().order_by()
    linked = Observation.topics.through.objects.filter(observation__in=rows.values("pk"))
    return {
        "country": set(rows.values_list("country_id", flat=True).distinct()),
        "article": set(rows.values_list("article_id", flat=True).distinct()),
        "topic": set(linked.values_list("topic_id", flat=True).distinct()),
    }


def article_called(article: Article, *, short: bool = False) -> str:
    """Return "Article 5 of the Convention …: title"; `short`: without the instrument."""
    if short:
        return _("Article %(number)s: %(title)s") % {"number": article.number, "title": article.name}
    return _("%(instrument)s, article %(number)s: %(title)s") % {
        "instrument": article.instrument.name,
        "number": article.number,
        "title": article.name,
    }


# --- For the desk -----------------------------------------------------------------------------------------
STATES: dict[str, str | Promise] = {
    "waiting": pgettext_lazy("observations", "Not published"),
    "published": pgettext_lazy("observations", "Published"),
    "split": pgettext_lazy("observations", "Split"),
}


def at_desk(user: Any, state: str, query: ObservationQuery) -> ObservationQuerySet:
    """Return the rows in one of `STATES`, the newest first."""
    rows = find_observations(user, query, published=False)
    if state == "split":
        rows = rows.filter(Exists(Observation.objects.filter(split_from=OuterRef("pk"))))
    else:
        rows = rows.waiting() if state == "waiting" else rows.shown()
    return rows.select_related("country", "article__instrument").order_by("-recorded_at", "-pk")


def desk_row(user: Any) -> ObservationQuerySet:
    return (
        Observation.objects.visible_to(user)
        .select_related("country", "article__instrument", "language", "split_from", "recorded_by")
        .prefetch_related(topics_in_order())
    )


def linkable(user: Any, observation: Observation) -> ContributionQuerySet:
    """Return the contributions about the country, and those linked already; the newest first."""
    linked = observation.contributions.values("pk")
    about = about_country(observation.country_id).order_by().values("pk")
    rows = Contribution.objects.visible_to(user).exclude(status=ContributionStatus.DRAFT)
    return (
        rows.filter(Q(pk__in=about) | Q(pk__in=linked))
        .select_related("call", "stakeholder")
        .order_by("-submitted_at", "-pk")
    )


# --- The parts of the pages about one country or article, and of a profile ---------------------------------
def calls_panel(user: Any, country: Any) -> Mapping[str, Any] | None:
    """Return the calls that are open now and ask about the country."""
    return _first_calls(Call.objects.visible_to(user).about_country(country.pk))


def calls_on_article(user: Any, article: Any) -> Mapping[str, Any] | None:
    """Return the calls that are open now and name the article."""
    return _first_calls(Call.objects.visible_to(user).filter(articles=article))


def _first_calls(rows: CallQuerySet) -> Mapping[str, Any] | None:
    calls = list(rows.open_at().order_by("closes_at", "pk")[: FEW + 1])
    return {"calls": calls[:FEW], "more": len(calls) > FEW} if calls else None


def contributions_panel(_user: Any, country: Any) -> Mapping[str, Any] | None:
    """Return the newest contributions that everybody may read; None where there are none."""
    newest = published_among(about_country(country.pk), most=FEW + 1)
    return {"heard": newest[:FEW], "more": len(newest) > FEW, "country": country} if newest else None


def published_panel(user: Any, country: Any) -> Mapping[str, Any] | None:
    """Return which of both the page of the country's review has; None where it has neither."""
    parts = non_empty(
        {
            "contributions": about_country(country.pk).published(),
            "observations": Observation.objects.visible_to(user).about(country.pk).shown(),
        }
    )
    return {"parts": parts, "country": country} if parts else None


def article_panel(_user: Any, article: Any) -> Mapping[str, Any] | None:
    """Return the panel of contributions about an article; None without any."""
    newest = published_among(about_article(article), most=FEW + 1)
    return {"heard": newest[:FEW], "more": len(newest) > FEW} if newest else None


def observations_panel(user: Any, country: Any) -> Mapping[str, Any] | None:
    """Return the first observations in the order of the articles; None where there are none."""
    rows = Observation.objects.visible_to(user).about(country.pk)
    return _first_observations(_first(rows), country.name, f"country={country.pk}")


def observations_on_article(user: Any, article: Any) -> Mapping[str, Any] | None:
    """Return the first observations on the article, by country."""
    rows = Observation.objects.visible_to(user).filter(article=article)
    panel = _first_observations(_first(rows), article_called(article), f"article={article.pk}")
    return {**panel, "shows_country": True} if panel else None


def _first(rows: ObservationQuerySet) -> ObservationQuerySet:
    columns = (
        *_OF_AN_OBSERVATION,
        *names_of("article"),
        *names_of("article__instrument"),
        *names_of("country"),
    )
    rows = rows.shown().in_order().select_related("article__instrument", "country")
    return rows.only(*columns)[: FEW + 1]


_OF_AN_OBSERVATION = ("kind", "text", "language", "source", "source_url", "source_date", "article__number")


def _first_observations(rows: QuerySet[Observation], about: str, query: str) -> Mapping[str, Any] | None:
    if not (first := list(rows)):
        return None
    return {"observations": first[:FEW], "more": len(first) > FEW, "about": about, "query": query}


def profile_panel(_user: Any, stakeholder: Any) -> Mapping[str, Any] | None:
    """Return the contributions under the stakeholder's name, for readers of its profile."""
    contributions = published_among(contributions_by(stakeholder))
    return {"heard": contributions} if contributions else None


TITLE = 120


def observation_documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield the observations that everybody sees: published, and not split."""
    rows = (
        Observation.objects.shown()
        .filter(pk__in=ids)
        .select_related("article", "country")
        .prefetch_related("topics")
    )
    for observation in rows:
        about = (
            observation.country.name_en,
            observation.article.name_en,
            *(topic.name_en for topic in observation.topics.all()),
        )
        yield Entry(
            object_id=observation.pk,
            name=observation.text if len(observation.text) <= TITLE else f"{observation.text[:TITLE]}…",
            url_name="calls:observations",
            audience=Audience.PUBLIC,
            text="\n".join((observation.text, observation.source, " · ".join(about))),
            language=observation.language_id,
            country=observation.country_id,
            facets=[f"topic:{topic.pk}" for topic in observation.topics.all()],
        )
