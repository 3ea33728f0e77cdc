"""What every list has: a source and a date, names in six languages, translations, revisions."""

from typing import Any, Self
from uuid import uuid4

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Coalesce, Now, NullIf
from django.utils.translation import gettext_lazy as _

from core.caching import Nearby
from core.database import on_primary
from core.reading import once
from taxonomy.names.enums import UN_LANGUAGES, Confidence, TranslationStatus
from taxonomy.names.sorting import SORT_LENGTH, content_language, sort_key

KEPT_SECONDS = 600
# Of lists, under keys that name their version.
nearby = Nearby(KEPT_SECONDS)


def _name(label: Any, *, blank: bool = True) -> models.CharField:
    return models.CharField(label, max_length=240, blank=blank)


def _sort() -> models.CharField:
    return models.CharField(max_length=SORT_LENGTH, blank=True, editable=False, db_collation="C")


class Sourced(models.Model):
    """A fact that others published: it says where it was read and when."""

    source = models.TextField(_("source"), blank=True)
    source_date = models.DateField(_("state of"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    edited_by_hand = models.BooleanField(
        _("edited by the desk"),
        default=False,
        editable=False,
        help_text=_("Loading the reference data again leaves this row as it is."),
    )
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class ContentRow(Sourced):
    """A row that began in content/: how sure it is, and since when its file no longer has it."""

    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, default=Confidence.HIGH)
    gone_since = models.DateField(_("no longer in its file since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A list that is kept: what was made of it hangs on its version."""

    class Meta:
        abstract = True

    @classmethod
    def version(cls) -> str:
        """Return a text that changes whenever a row of the list does."""
        key = cls._version_key()
        return once(key, lambda: cache.get_or_set(key, lambda: uuid4().hex, None) or "")

    @classmethod
    def touch(cls) -> None:
        """Delete what is cached of the list: now for this transaction, after the commit for others."""
        cls._forget()
        transaction.on_commit(cls._forget, robust=True)

    @classmethod
    def _forget(cls) -> None:
        cache.set(cls._version_key(), uuid4().hex, None)

    @classmethod
    def _version_key(cls) -> str:
        return f"taxonomy:version:{cls._meta.label_lower}"


def name_of(term: str = "", language: str | None = None) -> Coalesce:
    """Return for a query the name of what `term` leads to ("country"), in the language in use or English."""
    before = f"{term}__" if term else ""
    own = NullIf(f"{before}name_{content_language(language)}", Value(""))
    return Coalesce(own, F(f"{before}name_en"))


def names_of(term: str = "") -> list[str]:
    """Return for `only()` the columns of what `term` leads to that its `name` reads."""
    before = f"{term}__" if term else ""
    return [f"{before}name_{language}" for language in sorted({content_language(), "en"})]


class NamedQuerySet[N: "Named"](models.QuerySet[N]):
    def visible_to(self, user: Any) -> Self:
        """Return all rows: reference lists are public."""
        return self

    def in_order(self, language: str | None = None) -> Self:
        """Sort by name in `language`, or in the language in use."""
        return self.order_by(f"sort_{content_language(language)}", "pk")

    def offered(self) -> Self:
        """Return what a choice may offer."""
        return self

    def for_choices(self) -> list[tuple[str, str]]:
        """Return (code, name) of everything on offer, named and sorted in the language in use.

        Kept in the cache until any row of the list changes.
        """
        return choices_of(self.model)[0]

    def key_in(self, language: str) -> Any:
        """Return the key by which `for_choices` sorts."""
        return F(f"sort_{language}")

    def named_in(self, language: str) -> Any:
        """Return for `choices_of` what is on offer, as (list, code, name, sort key)."""
        return (
            self.offered()
            .order_by()
            .annotate(
                its_list=Value(self.model._meta.label_lower),
                its_code=Cast("pk", models.CharField()),
                its_name=name_of(language=language),
                its_key=self.key_in(language),
            )
            .values_list("its_list", "its_code", "its_name", "its_key")
        )


@on_primary()
def choices_of(*lists: type["Named"]) -> list[list[tuple[str, str]]]:
    """Return for each of the lists what `for_choices` gives, read together."""
    language = content_language()
    versions = cache.get_many([model._version_key() for model in lists])
    keys = {
        model: f"taxonomy:choices:{model._meta.label_lower}:"
        f"{versions.get(model._version_key()) or model.version()}:{language}"
        for model in lists
    }
    choices_by_key = nearby.get_many(keys.values())
    missing = [model for model in lists if keys[model] not in choices_by_key]
    if missing:
        first, *others = (model._default_manager.all().named_in(language) for model in missing)  # type: ignore[attr-defined]
        rows_by_list: dict[str, list[tuple[str, str, str]]] = {
            model._meta.label_lower: [] for model in missing
        }
        for name_of_list, code, name, key in first.union(*others, all=True) if others else first:
            rows_by_list[name_of_list].append((key, code, name))
        fresh = {
            keys[model]: [(code, name) for _key, code, name in sorted(rows_by_list[model._meta.label_lower])]
            for model in missing
        }
        nearby.set_many(fresh)
        choices_by_key |= fresh
    return [list(choices_by_key[keys[model]]) for model in lists]


class Named(Sourced, Versioned):
    """Names in the six languages. English is always there; the others may fall back on it, visibly."""

    name_ar = _name(_("name in Arabic"))
    name_zh = _name(_("name in Chinese"))
    name_en = _name(_("name in English"), blank=False)
    name_fr = _name(_("name in French"))
    name_ru = _name(_("name in Russian"))
    name_es = _name(_("name in Spanish"))
    sort_ar = _sort()
    sort_zh = _sort()
    sort_en = _sort()
    sort_fr = _sort()
    sort_ru = _sort()
    sort_es = _sort()
    translation_status = models.CharField(
        _("translations"), max_length=10, choices=TranslationStatus, default=TranslationStatus.DRAFT
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name or str(self.pk)

    def save(self, **kwargs: Any) -> None:
        self.set_sort_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *(f"sort_{code}" for code in UN_LANGUAGES)}
        super().save(**kwargs)
        self.touch()

    @property
    def names(self) -> list[str]:
        """Return the names in all six languages, each once."""
        all_names = (getattr(self, f"name_{code}") for code in UN_LANGUAGES)
        return list(dict.fromkeys(name for name in all_names if name))

    @property
    def name(self) -> str:
        """Return the name in the language in use, else in English; `name_language` says which."""
        return getattr(self, f"name_{self.name_language}")

    @property
    def name_language(self) -> str:
        language = content_language()
        return language if getattr(self, f"name_{language}") else "en"

    def set_sort_keys(self) -> None:
        """Set the keys by which names sort; a missing name sorts as its English one."""
        for code in UN_LANGUAGES:
            setattr(self, f"sort_{code}", sort_key(code, getattr(self, f"name_{code}") or self.name_en))


class Revision(models.Model):
    """What one act changed in one row of a list. Who did it stands in the audit entry about this revision."""

    kind = models.CharField(_("list"), max_length=80)
    code = models.CharField(_("code"), max_length=80)
    at = models.DateTimeField(_("at"), db_default=Now())
    # field → [before, after]
    changes = models.JSONField(_("changes"), default=dict)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "code", "-at"], name="revisions_of_term")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


# --- Text that somebody wrote in one language and the desk translates into others --------------------

_TRANSLATIONS = _("{language code: {field: text}}, for languages beside the one of the text")


class Translated(models.Model):
    """Text in its own language, and what the desk has translated of it."""

    translations: Any = models.JSONField(_("translations"), default=dict, blank=True, help_text=_TRANSLATIONS)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.translations = self.translations or {}  # an emptied field
        if not _is_by_language(self.translations):
            message = _("Write {language code: {field: text}}, or leave it empty.")
            raise ValidationError({"translations": message})

    def text_for_reader(self, field: str, own_language: str) -> tuple[str, str]:
        """Return (text, its language), in the reader's language where it is translated, else as written."""
        language = content_language()
        translated = (self.translations or {}).get(language) or {}  # what is stored may be null
        text = translated.get(field, "") if language != own_language else ""
        return (text, language) if text else (getattr(self, field), own_language)


def _is_by_language(translations: Any) -> bool:
    return isinstance(translations, dict) and all(
        isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())
        for texts in translations.values()
    )
