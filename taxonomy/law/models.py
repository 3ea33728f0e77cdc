"""The Convention, its Protocols, their articles, the clusters of the review, and who is a party to what."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, LPad
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taxonomy.law.enums import TreatyAction
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import Named, NamedQuerySet, Sourced
from taxonomy.places.models import Country


class InstrumentQuerySet(NamedQuerySet["Instrument"]):
    def in_order(self, language: str | None = None) -> "InstrumentQuerySet":
        """Sort the Convention first, its Protocols by date, then others."""
        return self.order_by("position", "pk")


class Instrument(Named):
    code = models.CharField(_("code"), max_length=12, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    full_title = models.TextField(_("full title in English"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="protocols", verbose_name=_("supplements")
    )
    reviewed = models.BooleanField(
        _("reviewed"), default=False, help_text=_("Part of the review mechanism of the Convention.")
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    resolution = models.CharField(_("adopting resolution"), max_length=40, blank=True)
    text_url = models.URLField(
        _("address of the text"),
        max_length=300,
        blank=True,
        help_text=_("With the depositary, the Secretary-General of the United Nations."),
    )
    text_source = models.TextField(_("source of that address"), blank=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            models.CheckConstraint(
                condition=Q(text_url="") | ~Q(text_source=""),
                name="instrument_text_has_source",
                violation_error_message=_("Enter where the address of the text was found."),
            )
        ]


class ClusterQuerySet(NamedQuerySet["Cluster"]):
    def in_order(self, language: str | None = None) -> "ClusterQuerySet":
        return self.order_by("position", "pk")


class Cluster(Named):
    """One of the four groups of articles that are reviewed together. A title is empty until evidenced."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name_en = models.CharField(_("name in English"), max_length=240, blank=True)
    verified = models.BooleanField(
        _("verified"),
        default=False,
        help_text=_("The title was read in an official or well supported source."),
    )

    objects = ClusterQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = [
            models.CheckConstraint(
                condition=Q(verified=False) | ~Q(name_en=""),
                name="cluster_verified_has_title",
                violation_error_message=_("A verified cluster needs its title."),
            )
        ]

    def __str__(self) -> str:
        if not self.name:
            return str(_("Cluster %(code)s") % {"code": self.code})
        return str(_("Cluster %(code)s: %(title)s") % {"code": self.code, "title": self.name})


_IN_ORDER = ("instrument__position", "number")


class ArticleQuerySet(NamedQuerySet["Article"]):
    def in_order(self, language: str | None = None) -> "ArticleQuerySet":
        """Sort by instrument, then by number."""
        return self.order_by(*_IN_ORDER)

    def key_in(self, language: str) -> Any:
        """Return the key by which `for_choices` sorts: the same order, as text."""
        parts = (LPad(Cast(name, models.CharField()), 4, Value("0")) for name in _IN_ORDER)
        return Concat(*parts, output_field=models.CharField())


class Article(Named):
    code = models.CharField(_("code"), max_length=20, primary_key=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="articles", verbose_name=_("instrument")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    cluster = models.ForeignKey(
        Cluster,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("cluster"),
        help_text=_("Empty means that no source was found, not that the article is in no cluster."),
    )
    cluster_source = models.TextField(_("source of the cluster"), blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="one_article_per_number"),
            models.CheckConstraint(
                condition=Q(cluster=None) | ~Q(cluster_source=""),
                name="article_cluster_has_source",
                violation_error_message=_(
                    "Enter where it is published that this article is in this cluster."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("portal:article", args=[self.instrument_id, self.number])

    @property
    def title(self) -> str:
        return self.name


_web_address = URLValidator(
    ["http", "https"], message=_("This is not an address that begins with http:// or https://.")
)


class ArticleText(Sourced):
    """The wording of one article in one of the six authentic languages, as its source prints it."""

    code = models.CharField(_("code"), max_length=24, primary_key=True)
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="texts", verbose_name=_("article of the Convention")
    )
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in UN_LANGUAGES])
    text = models.TextField(
        _("text"), help_text=_("An empty line between paragraphs; each begins with its number or letter.")
    )

    class Meta:
        verbose_name = _("text of an article")
        verbose_name_plural = _("texts of articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="one_text_per_language"),
            models.CheckConstraint(
                condition=Q(language__in=UN_LANGUAGES), name="article_text_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Derive the code of a new text from article and language, and check the address of its source."""
        if self._state.adding:
            self.code = f"{self.article_id}-{self.language}"
        super().clean_fields(exclude)
        try:
            if self.source and "source" not in (exclude or ()):
                _web_address(self.source)
        except ValidationError as problem:
            raise ValidationError({"source": problem}) from problem

    @property
    def paragraphs(self) -> list["Paragraph"]:
        """Return the text as paragraphs, one below the other.

        (a) is one step in, (i) two, a. three. A letter that is also a Roman number, such as (i) after (h), is
        the next letter where the one before it was the last.
        """
        paragraphs, number, letter = [], "", ""
        for text in filter(None, (part.strip() for part in self.text.split("\n\n"))):
            label = PROVISION.match(text)
            if label is None:
                level = 0
            elif label["number"]:
                level, number, letter = 0, label["number"], ""
            elif label["letter"] and _follows(letter, label["letter"]):
                level, letter = 1, label["letter"]
            else:
                level = 2 if label["letter"] else 3
            paragraphs.append(Paragraph(text, level, number if label and label["number"] else ""))
        return paragraphs


PROVISION = re.compile(r"(?P<number>\d+)\. |\((?P<letter>[a-z]+)\) |(?P<small>[a-z])\. ")
ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of an article: how far in it stands, and its number where it has one."""

    text: str
    level: int
    number: str


def _follows(before: str, letter: str) -> bool:
    """Return whether this is the letter after `before`, or one that cannot be a Roman number."""
    return letter not in ROMAN or (len(letter) == 1 and bool(before) and ord(letter) == ord(before) + 1)


class Participation(Sourced):
    """What the depositary's list said about one State (or organization) and one instrument on `source_date`.

    Empty means that nothing was found, never "no".
    """

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("country"),
    )
    organization = models.CharField(
        _("organization"),
        max_length=120,
        blank=True,
        help_text=_("For a party that is not a State, such as the European Union."),
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="participations", verbose_name=_("instrument")
    )
    # Translators: Whether a State is bound by a treaty (État partie), not somebody who takes part.
    is_party = models.BooleanField(_("party"), null=True, blank=True)
    # Translators: How a State became a party: ratification, accession …
    action = models.CharField(_("act"), max_length=16, choices=TreatyAction, blank=True)
    date = models.DateField(_("date of deposit"), null=True, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("treaty participation")
        verbose_name_plural = _("treaty participations")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "organization", "instrument"],
                name="one_participation_each",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=False, organization="") | (Q(country=None) & ~Q(organization="")),
                name="participation_of_one_party",
                violation_error_message=_("Name a country or an organization, not both."),
            ),
            models.CheckConstraint(
                condition=Q(date=None) | Q(is_party=True, is_party__isnull=False),
                name="participation_deposit_makes_party",
                violation_error_message=_("States that have deposited an instrument are parties."),
            ),
            models.CheckConstraint(
                condition=Q(date=None) | Q(signed_on=None) | Q(signed_on__lte=F("date")),
                name="participation_signed_before_deposit",
            ),
        ]

    def __str__(self) -> str:
        return self.code
