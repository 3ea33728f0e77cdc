"""Further names of what the lists hold, and of what else people ask for: the search finds by any of them."""

from collections.abc import Collection
from typing import Any
from zlib import crc32

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import fold
from search.thesaurus import key_of
from taxonomy.law.models import Instrument
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import Named, Sourced, Versioned
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic

# What is found under all its names, by the facet that it is the code of.
LISTS: dict[str, type[Named]] = {
    "country": Country,
    "region": Region,
    "topic": Topic,
    "instrument": Instrument,
}
means_something = RegexValidator(
    rf"\A({'|'.join(LISTS)}|kind|term):[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z",
    _("Give a list and a code, for example topic:firearms. For anything else give term: and a new code."),
)


class Synonym(Sourced, Versioned):
    """One more name of something, in one language. It never changes; it is only taken out of use."""

    code = models.CharField(_("code"), max_length=80, primary_key=True)
    means = models.CharField(
        _("stands for"),
        max_length=66,
        validators=[means_something],
        help_text=_("For example topic:firearms, country:KEN or term:mutual-legal-assistance."),
    )
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in UN_LANGUAGES])
    text = models.CharField(_("words"), max_length=120)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(fields=["means", "language", "text"], name="synonym_once"),
            models.CheckConstraint(condition=Q(language__in=UN_LANGUAGES), name="synonym_language_known"),
        ]

    def __str__(self) -> str:
        return self.text

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Derive the code of a new one from what it says, as in the file."""
        if self._state.adding:
            self.code = f"{self.means}-{self.language}-{crc32(fold(self.text).encode()):08x}"
        super().clean_fields(exclude)
        if not key_of(self.text):
            raise ValidationError({"text": _("These words are too common to be searched for.")})

    def clean(self) -> None:
        name, _colon, code = self.means.partition(":")
        if name in LISTS and not LISTS[name]._default_manager.filter(pk=code).exists():
            raise ValidationError({"means": _("The list has no such code.")})

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        self.touch()
