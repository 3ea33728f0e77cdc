"""What everything is called: the names of the lists in six languages, and the synonyms."""

import time

from django.core.cache import cache
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat

from core.database import on_primary
from core.reading import once
from search.thesaurus import CODE, Name, Thesaurus
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import KEPT_SECONDS, Versioned, nearby
from taxonomy.places.models import Country
from taxonomy.synonyms.models import LISTS, Synonym
from taxonomy.terms.models import Term

_VERSIONED: tuple[type[Versioned], ...] = (*LISTS.values(), Synonym)
# The last one that was made, when, and of which versions.
_cached_thesaurus: tuple[Thesaurus, float, tuple[str, ...]] | None = None


@on_primary()
def thesaurus() -> Thesaurus:
    """Return the thesaurus of the present lists, built once in a process for each of their versions.

    A page reads its words a dozen times, each by the thesaurus that it began with. Where the shared cache is
    away, the last one is good for a while.
    """
    return once("thesaurus", _thesaurus)


def _thesaurus() -> Thesaurus:
    global _cached_thesaurus  # noqa: PLW0603  one for the process
    versions = _versions()
    at = time.monotonic()
    if _cached_thesaurus is not None and (
        _cached_thesaurus[2] == versions or (not versions and _cached_thesaurus[1] + KEPT_SECONDS > at)
    ):
        return _cached_thesaurus[0]
    key = f"taxonomy:names:{':'.join(versions)}"
    names = nearby.get_many([key]).get(key) if versions else None
    if names is None:
        names = list(_names())
        nearby.set_many({key: names})
    _cached_thesaurus = Thesaurus(map(Name._make, names)), at, versions
    return _cached_thesaurus[0]


def _versions() -> tuple[str, ...]:
    """Return the versions of all lists; () where the shared cache is away."""
    keys = [model._version_key() for model in _VERSIONED]
    versions_by_key = cache.get_many(keys)
    if len(versions_by_key) < len(keys):
        for model in _VERSIONED:
            model.version()
        versions_by_key = cache.get_many(keys)
    return tuple(versions_by_key[key] for key in keys) if len(versions_by_key) == len(keys) else ()


def _names() -> "models.QuerySet[models.Model, tuple[str, str, str]]":
    """Return (code, language, name) of all; a merged term under its new code; codes of countries."""
    first, *others = (_names_of_list(name, language) for name in LISTS for language in UN_LANGUAGES)
    more = Synonym.objects.filter(in_use=True).order_by().values_list("means", "language", "text")
    return first.union(*others, more, *map(_codes_of_countries, ("iso2", "iso3")), all=True)


def _codes_of_countries(column: str) -> "models.QuerySet[models.Model, tuple[str, str, str]]":
    """Return (meaning, CODE, code) of countries, by one of their codes: "KE", "KEN"."""
    meaning = Concat(Value("country:"), F("pk"), output_field=models.CharField())
    rows: models.QuerySet[models.Model] = Country.objects.exclude(**{column: ""}).order_by()
    return rows.values_list(meaning, Value(CODE), column)


def _names_of_list(name: str, language: str) -> "models.QuerySet[models.Model, tuple[str, str, str]]":
    model = LISTS[name]
    code = Coalesce("merged_into_id", "pk") if issubclass(model, Term) else F("pk")
    rows = model._default_manager.exclude(**{f"name_{language}": ""}).order_by()
    meaning = Concat(Value(f"{name}:"), code, output_field=models.CharField())
    return rows.values_list(meaning, Value(language), f"name_{language}")
