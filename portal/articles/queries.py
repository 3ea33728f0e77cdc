"""Articles of the Convention and its Protocols, by instrument."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from resources.records.identifiers import official_address
from taxonomy.law.models import Article, ArticleText, Instrument, Paragraph
from taxonomy.names.sorting import content_language

FEW, FEW_MORE = 10, 5  # paragraphs of a text that are open; so few more are not worth folding


# --- Articles -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Law:
    instrument: Instrument
    articles: list[Article]

    @property
    def official_address(self) -> str:
        return official_address_of(self.instrument)


def articles_by_instrument() -> list[Law]:
    """Return every article of the instruments under review, by instrument, in their order."""
    laws: dict[str, Law] = {}
    rows = Article.objects.filter(instrument__reviewed=True).select_related("instrument", "cluster")
    for article in rows.in_order():
        laws.setdefault(article.instrument_id, Law(article.instrument, [])).articles.append(article)
    return list(laws.values())


def article_of(user: Any, instrument: str, number: int) -> Article | None:
    rows = Article.objects.visible_to(user).filter(instrument__reviewed=True)
    return rows.select_related("instrument", "cluster").filter(instrument=instrument, number=number).first()


def text_of(article: Article) -> ArticleText | None:
    """Return the text in the reader's language, else in English; None where no source was found."""
    texts = {text.language: text for text in article.texts.all()}
    return texts.get(content_language()) or texts.get("en")


def official_address_of(instrument: Instrument) -> str:
    """Return where the resolution with the official text is in the reader's language; "" where unknown."""
    return official_address(instrument.resolution, content_language())


def split_text(text: ArticleText) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the paragraphs that are open and those that are folded, which a numbered one begins."""
    paragraphs = text.paragraphs
    first = next(
        (at for at, paragraph in enumerate(paragraphs) if at >= FEW and paragraph.number), len(paragraphs)
    )
    if len(paragraphs) - first < FEW_MORE:
        return paragraphs, []
    return paragraphs[:first], paragraphs[first:]


def beside(article: Article) -> list[Article]:
    """Return the articles before and after this one in its instrument, as far as there are any."""
    near = (article.number - 1, article.number + 1)
    rows = Article.objects.filter(instrument=article.instrument_id, number__in=near)
    return list(rows.select_related("instrument").order_by("number"))


def articles_for_sitemap() -> QuerySet[Article]:
    return Article.objects.filter(instrument__reviewed=True).in_order()
