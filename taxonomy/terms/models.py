"""The lists that people choose from and the desk curates: topics, engagement areas, languages."""

from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from taxonomy.names.models import Named, NamedQuerySet
from taxonomy.names.sorting import content_language
from taxonomy.terms.enums import TopicKind

term_code = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("A code consists of lower-case letters and digits, separated by single hyphens."),
)


class TermQuerySet[T: "Term"](NamedQuerySet[T]):
    def offered(self) -> Self:
        """Return living terms, as a merged one only redirects."""
        return self.filter(merged_into=None)

    def resolve(self, code: str) -> T | None:
        """Return the present term of `code`, also after a merge; None if unknown."""
        term: Any = self.select_related("merged_into").filter(pk=code).first()
        return (term.merged_into or term) if term else None

    def merged_codes(self, codes: Collection[str]) -> dict[str, str]:
        """Return old code → code of the term that it was merged into, of those among `codes`."""
        # Of what an address may hold, only a line without control characters can be asked of the database.
        rows = self.filter(pk__in={code for code in codes if code.isprintable()}).exclude(merged_into=None)
        return dict(rows.values_list("pk", "merged_into_id"))


class Term(Named):
    """A term with a code that never changes. Merging leaves the old code behind as a redirect."""

    code = models.CharField(_("code"), max_length=60, primary_key=True, validators=[term_code])
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_terms",
        verbose_name=_("merged into"),
    )

    class Meta:
        abstract = True

    @property
    def kind_key(self) -> str:
        """Return the kind, as only terms of one kind can be merged."""
        return ""


class Topic(Term):
    """A crime type as SHERLOC lists them, or a subject of a working group of the Conference, or both."""

    kind = models.CharField(_("kind"), max_length=10, choices=TopicKind)
    working_group = models.BooleanField(_("subject of a working group of the Conference"), default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader topic"),
    )

    objects = TermQuerySet["Topic"].as_manager()

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TopicKind.values), name="topic_kind_known"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("code")), name="topic_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("code")), name="topic_not_within_itself"
            ),
        ]

    @property
    def kind_key(self) -> str:
        return self.kind

    def clean(self) -> None:
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("This topic would become part of itself.")})
            above = above.parent


class EngagementArea(Term):
    """What a stakeholder does, as against what it works on."""

    objects = TermQuerySet["EngagementArea"].as_manager()

    class Meta(Term.Meta):
        verbose_name = _("engagement area")
        verbose_name_plural = _("engagement areas")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("code")), name="area_not_merged_into_itself"
            )
        ]


class LanguageQuerySet(TermQuerySet["Language"]):
    """The official languages of the United Nations come first, the others by name."""

    def in_order(self, language: str | None = None) -> Self:
        return self.order_by("-official", f"sort_{content_language(language)}", "pk")

    def key_in(self, language: str) -> Any:
        return Concat(
            Case(When(official=True, then=Value("0")), default=Value("1")), super().key_in(language)
        )


class Language(Term):
    """A language that people work in."""

    native_name = models.CharField(_("its own name"), max_length=120, blank=True)
    official = models.BooleanField(_("official language of the United Nations"), default=False)

    objects = LanguageQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("code")),
                name="language_not_merged_into_itself",
            )
        ]
