"""The columns of each published list, and the codes that a cell of them may hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.mechanism.enums import ImportKind, Publicity
from reviews.mechanism.models import DocumentKind, ReviewGroup
from reviews.observations.enums import ObservationKind
from reviews.observations.queries import article_called
from reviews.tracker.models import CountryReview
from taxonomy.law.enums import TreatyAction
from taxonomy.law.models import Article, Cluster, Instrument
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic

Codes = dict[str, dict[str, str]]
COLUMNS = {
    ImportKind.GROUPS: ("iso3", "group"),
    ImportKind.PAIRINGS: ("iso3", "instrument", "reviewer"),
    ImportKind.PARTICIPATIONS: ("iso3", "instrument", "is_party", "action", "date"),
    ImportKind.DOCUMENTS: (
        "iso3",
        "kind",
        "phase",
        "symbol",
        "title",
        "date",
        "publicity",
        *(f"url_{language}" for language in UN_LANGUAGES),
        "note",
    ),
    ImportKind.OBSERVATIONS: (
        "iso3",
        "kind",
        "article",
        "topics",
        "text",
        "language",
        "source",
        "source_url",
        "source_date",
    ),
}
# Further columns that the file of a kind may have at its end; `unread` is told, and nothing of its row saved.
OPTIONAL: Mapping[ImportKind, tuple[str, ...]] = {ImportKind.PARTICIPATIONS: ("signed_on", "note", "unread")}
# What a heading alone does not say.
MEANINGS: Mapping[str, str | Promise] = {
    "iso3": _(
        "Country or area, by its three-letter code. Leave empty for a document that serves all reviews."
    ),
    "is_party": _("Whether the State is a party. Empty means not known, never no."),
    "reviewer": _("Reviewing State. For one country and instrument the file is the complete list."),
    "topics": _("Codes, joined with a semicolon. May be empty."),
    "text": _("In the words of the document, one observation a row."),
    "source": _("The document that contains it, with its symbol where it has one."),
    "source_date": _("Date of the document, as 2026-11-25."),
    "date": _("As 2026-11-25. For a document, also 2026-11 or 2026."),
    "symbol": _(
        "Symbol of the document. An existing document with the same symbol is updated; an "
        "empty cell changes nothing."
    ),
    "note": _("Everybody reads it on the page."),
}


def codes_of(kind: str) -> Codes:
    """Return column → code → its name in the language in use."""
    match ImportKind(kind):
        case ImportKind.GROUPS:
            return {"iso3": _reviewed_countries(), "group": _names_by_key(ReviewGroup.objects.all())}
        case ImportKind.PAIRINGS:
            return {"iso3": _reviewed_countries(), "instrument": _instruments(), "reviewer": _countries()}
        case ImportKind.PARTICIPATIONS:
            return {
                "iso3": _countries(),
                "instrument": _instruments(),
                "is_party": _words((("y", _("Yes")), ("n", _("No")))),
                "action": _words(TreatyAction.choices),
            }
        case ImportKind.DOCUMENTS:
            return {
                "iso3": _reviewed_countries(),
                "kind": dict(DocumentKind.objects.for_choices()),
                "phase": _names_by_key(Cluster.objects.all().in_order()),
                "publicity": _words(Publicity.choices),
            }
        case ImportKind.OBSERVATIONS:
            articles = Article.objects.all().offered().in_order().select_related("instrument")
            return {
                "iso3": _countries(),
                "kind": _words(ObservationKind.choices),
                "article": {article.pk: article_called(article) for article in articles},
                "topics": dict(Topic.objects.for_choices()),
                "language": dict(Language.objects.for_choices()),
            }


def _words(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {code: str(label) for code, label in choices}


def _names_by_key(rows: Iterable[Any]) -> dict[str, str]:
    return {row.pk: str(row) for row in rows}


def _reviewed_countries() -> dict[str, str]:
    """Return the countries that have a review."""
    rows = CountryReview.objects.select_related("country")
    return {review.country_id: review.country.name for review in rows}


def _countries() -> dict[str, str]:
    return {country.pk: country.name for country in Country.objects.all()}


def _instruments() -> dict[str, str]:
    return {row.pk: row.name for row in Instrument.objects.filter(reviewed=True)}
