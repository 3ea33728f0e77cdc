"""Articles as the index of the whole portal holds them."""

from collections.abc import Iterator, Sequence
from zlib import crc32

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from search.enums import Audience
from search.hooks import Entry
from search.text import in_all_languages
from taxonomy.law.models import Article
from taxonomy.names.enums import UN_LANGUAGES

ARTICLE = "taxonomy.article"
TEXT = gettext_lazy("Text of the article")


def number_of(code: str) -> int:
    """Return the number of an article in the index, as its key is its code."""
    return crc32(code.encode())


def numbers() -> list[int]:
    """Return the articles that have a page."""
    return sorted(number_of(code) for code in _with_pages().values_list("pk", flat=True))


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield each article under its number and title in all languages, with its text."""
    wanted = set(ids)
    for article in _with_pages().select_related("instrument", "cluster").prefetch_related("texts"):
        if number_of(article.pk) not in wanted:
            continue
        titles = []
        for code in UN_LANGUAGES:
            with override(code):
                titles.append(title_of(article))
        instrument = article.instrument
        texts = [text.text for text in article.texts.all()]
        yield Entry(
            object_id=number_of(article.pk),
            name=titles[UN_LANGUAGES.index("en")],
            aliases=[*dict.fromkeys(titles), article.pk],
            text="\n".join(texts),
            language="en",
            audience=Audience.PUBLIC,
            facets=[f"article:{article.pk}"],
            url_name="portal:article",
            url_args=[article.instrument_id, article.number],
            words=" ".join(
                (in_all_languages(TEXT), *filter(None, instrument.names), str(article.cluster or ""))
            ),
        )


def title_of(article: Article) -> str:
    """Return "Article 5: …", in the language in use as far as it has a name there."""
    return _("Article %(number)s: %(title)s") % {"number": article.number, "title": article.name}


def _with_pages() -> QuerySet[Article]:
    return Article.objects.filter(instrument__reviewed=True)
