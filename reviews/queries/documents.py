"""What the index of the whole portal holds of calls, contributions, observations and country reviews.

Everything here is public or not in the index at all: a draft call, a contribution that waits, an observation
that is not published has no document, whoever searches.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Prefetch

from news.hooks import ItemText
from reviews.models import Answer, Contribution, CoSignature, CountryReview, Observation
from reviews.queries.calls import public_calls
from reviews.queries.contributions import printed_names
from search.enums import Audience
from search.hooks import Entry
from taxonomy.names.enums import UN_LANGUAGES

TITLE = 120


def item_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """For the newsletter: title and guidance of calls in each language that they have. One query."""
    return {
        call.pk: {
            call.language_id: ItemText(call.title, call.guidance),
            **{
                code: ItemText(said["title"], said.get("guidance", ""))
                for code, said in call.translations.items()
                if said.get("title")
            },
        }
        for call in public_calls().filter(pk__in=ids)
    }


def calls(ids: Sequence[int]) -> Iterator[Entry]:
    """Published and cancelled calls, by their words in every language. A fixed number of queries."""
    rows = public_calls().filter(pk__in=ids).prefetch_related("questions", "countries", "topics", "articles")
    for call in rows:
        countries = list(call.countries.all())
        translated = [said for said in call.translations.values() if isinstance(said, dict)]
        questions = [
            said
            for one in call.questions.all()
            for said in (one.text, *_translated(one.translations, "text"))
        ]
        text = [
            call.guidance,
            *(said.get("guidance", "") for said in translated),
            *questions,
            call.summary,
            " · ".join(one.name_en for one in (*countries, *call.topics.all(), *call.articles.all())),
        ]
        yield Entry(
            object_id=call.pk,
            name=call.title,
            url_name="calls:call",
            url_args=[call.pk],
            audience=Audience.PUBLIC,
            aliases=[said["title"] for said in translated if said.get("title")],
            text="\n".join(filter(None, text)),
            language=call.language_id,
            country=countries[0].pk if len(countries) == 1 else "",
            facets=[f"topic:{one.pk}" for one in call.topics.all()],
        )


def contributions(ids: Sequence[int]) -> Iterator[Entry]:
    """Published ones by what they answer; an unnamed one without author, country, links and files."""
    rows = (
        Contribution.objects.published()
        .filter(pk__in=ids)
        .select_related("call", "stakeholder")
        .prefetch_related(
            Prefetch("answers", Answer.objects.order_by("question__position", "question__pk")),
            Prefetch("signatures", CoSignature.objects.select_related("stakeholder")),
        )
    )
    for one in rows:
        names = [name for who in printed_names(one) for name in (who.name, who.name_latin, who.acronym)]
        yield Entry(
            object_id=one.pk,
            name=f"{one.stakeholder.name}: {one.call.title}" if one.shows_name else one.call.title,
            url_name="calls:contribution",
            url_args=[one.pk],
            audience=Audience.PUBLIC,
            aliases=[name for name in names if name],
            text="\n".join(answer.text for answer in one.answers.all()),
            language=one.language_id or "",
        )


def observations(ids: Sequence[int]) -> Iterator[Entry]:
    """Those that are shown to everybody: published, and not split into others."""
    rows = (
        Observation.objects.shown()
        .filter(pk__in=ids)
        .select_related("article", "country")
        .prefetch_related("topics")
    )
    for one in rows:
        about = (one.country.name_en, one.article.name_en, *(topic.name_en for topic in one.topics.all()))
        yield Entry(
            object_id=one.pk,
            name=one.text if len(one.text) <= TITLE else f"{one.text[:TITLE]}…",
            url_name="calls:observations",
            audience=Audience.PUBLIC,
            text="\n".join((one.text, one.source, " · ".join(about))),
            language=one.language_id,
            country=one.country_id,
            facets=[f"topic:{topic.pk}" for topic in one.topics.all()],
        )


def reviews(ids: Sequence[int]) -> Iterator[Entry]:
    """The reviews of all countries, by the country's names and codes and the symbols of their documents."""
    rows = CountryReview.objects.filter(pk__in=ids).select_related("country").prefetch_related("documents")
    for one in rows:
        country = one.country
        names = [getattr(country, f"name_{code}") for code in UN_LANGUAGES]
        papers = [f"{paper.symbol} {paper.title}".strip() for paper in one.documents.all()]
        yield Entry(
            object_id=one.pk,
            name=country.name_en,
            url_name="reviews:review",
            url_args=[country.pk],
            audience=Audience.PUBLIC,
            aliases=[name for name in (*names, country.pk) if name],
            text=" · ".join(paper for paper in papers if paper),
            language="en",
            country=country.pk,
            sort_key=country.sort_en,
        )


def _translated(translations: dict[str, dict[str, str]], field: str) -> list[str]:
    return [said[field] for said in translations.values() if said.get(field)]
