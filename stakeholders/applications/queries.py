"""What an application or an entry says, and who might be the same as somebody who is there."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import fold
from stakeholders.applications.enums import FIELDS, STEPS, ApplicationStatus, fields_of, label_of, steps_of
from stakeholders.applications.models import (
    Application,
    Contact,
    MissionText,
    Office,
    Officer,
    OtherName,
    Publication,
)
from stakeholders.entries.enums import CHOICES, LISTS, ROWS, Descriptor, NameKind
from stakeholders.entries.models import KEY_LENGTH, Described, Stakeholder
from stakeholders.entries.rules import ask_once


@dataclass(frozen=True)
class Answer:
    """One question and what was answered: a text, a list of texts, the papers themselves, or rows.

    A row is {text, detail, language}: what was said, what is quiet beside it, and in which language it is.
    """

    step: str
    field: str
    label: str | Promise
    value: Any
    language: str = ""

    @property
    def shape(self) -> str:
        """How a page shows it: "papers", "rows", "list" or "text"."""
        if self.field == "papers":
            return "papers"
        if self.field in ROWS:
            return "rows"
        return "list" if isinstance(self.value, list) else "text"


@dataclass(frozen=True)
class Section:
    step: str
    label: str | Promise
    answers: list[Answer]

    @property
    def answered(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.value]

    @property
    def unanswered(self) -> list[Answer]:
        """The page names these in one sentence, so that the given answers stand out."""
        return [answer for answer in self.answers if not answer.value]


GAP_TEXTS: dict[str, str | Promise] = {
    "name": _("Please give the name."),
    "country": _("Please choose the country or area."),
    "mission": _("Please describe in a few sentences what you work for."),
    "mission_language": _("Please choose the language of the text."),
    "topics": _("Please choose at least one topic."),
    "listing": _("Please choose who may find the profile."),
    "papers": _("Please add a registration document, or explain in writing why there is none."),
}


def for_page(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Return the applications with the related rows that a page about an application shows."""
    return applications.select_related("country", "mission_language", "applicant", "stakeholder")


def draft_of(user: Any) -> Application | None:
    return Application.objects.filter(applicant=user, status=ApplicationStatus.DRAFT).first()


def applications_of(user: Any) -> QuerySet[Application]:
    """Return a person's own applications, what is open first, then the newest."""
    return Application.objects.filter(applicant=user).order_by("decided_at", "-updated_at")


def sections(application: Application) -> list[Section]:
    """Return all answers by step, with only the questions of this kind."""
    return [
        Section(
            step, STEPS[step], [answer_of(application, field) for field in fields_of(application.kind, step)]
        )
        for step in steps_of(application.kind)
    ]


def answer_of(owner: Application | Stakeholder, field: str) -> Answer:
    """Return what an application or an entry answers to one question, in words; an entry has no papers."""
    language = ""
    if field in LISTS:
        value: Any = [term.name for term in getattr(owner, field).in_order()]
    elif field in ROWS:
        value = shown_rows(owner, field)
    elif field == "descriptors":
        value = [Descriptor(descriptor).label for descriptor in owner.descriptors]
    elif field in CHOICES:
        code = getattr(owner, field)
        value = CHOICES[field](code).label if code else ""
    elif field == "papers":
        value = list(getattr(owner, field).all())
    elif field == "listing":
        value = owner.get_listing_display()
    elif field in {"country", "mission_language"}:
        value = getattr(getattr(owner, field), "name", "")
    else:
        value = getattr(owner, field)
        language = (owner.mission_language_id or "") if field == "mission" else ""
    return Answer(FIELDS[field].step, field, label_of(field, owner.kind), value, language)


def whole_entry(stakeholder: Stakeholder) -> list[Section]:
    """Return all answers of the entry, by the steps of the registration."""
    sections = []
    for step in steps_of(stakeholder.kind):
        fields = fields_of(stakeholder.kind, step, of_entry=True)
        if fields:
            sections.append(Section(step, STEPS[step], [answer_of(stakeholder, name) for name in fields]))
    return sections


MODELS: dict[str, Any] = {
    "other_names": OtherName,
    "former_names": OtherName,
    "offices": Office,
    "contacts": Contact,
    "officers": Officer,
    "missions": MissionText,
    "publications": Publication,
}
KINDS = {"other_names": NameKind.OTHER, "former_names": NameKind.FORMER}


def rows_of(owner: Application | Stakeholder, field: str) -> Any:
    """Return all rows of a question, regardless of their readers: for acts, and for the owner's people."""
    rows = MODELS[field].objects.of(owner)
    if field in KINDS:
        rows = rows.filter(kind=KINDS[field])
    return rows


def value_of(owner: Application | Stakeholder, field: str) -> Any:
    """Return the answer as plain values: codes in order, dicts for rows, else the value of the column."""
    if field in LISTS:
        return sorted(getattr(owner, field).values_list("pk", flat=True))
    if field in ROWS:
        keys = ROWS[field]
        columns = [MODELS[field]._meta.get_field(key).attname for key in keys]
        rows = rows_of(owner, field).order_by("pk").values_list(*columns)
        return [dict(zip(keys, (value or "" for value in row), strict=True)) for row in rows]
    if field == "descriptors":
        return list(owner.descriptors)
    return getattr(owner, type(owner)._meta.get_field(field).attname)  # type: ignore[union-attr]


def shown_rows(owner: Application | Stakeholder, field: str) -> list[dict[str, Any]]:
    """Return the rows as a page shows them: {text, detail, language}."""
    related = _RELATED.get(field)
    rows = rows_of(owner, field).order_by("pk")
    return [_ROW_FORMATTERS[field](row) for row in (rows.select_related(related) if related else rows)]


def _format_name(row: OtherName) -> dict[str, Any]:
    return {
        "text": row.text,
        "detail": row.language.name if row.language else "",
        "language": row.language_id or "",
    }


def _format_contact(row: Contact) -> dict[str, Any]:
    detail = f"{row.get_kind_display()} · {row.get_audience_display()}"
    return {"text": row.value, "detail": detail, "language": ""}


_RELATED = {
    "other_names": "language",
    "former_names": "language",
    "offices": "country",
    "missions": "language",
}
_ROW_FORMATTERS: dict[str, Any] = {
    "other_names": _format_name,
    "former_names": _format_name,
    "offices": lambda row: {
        "text": row.city or row.country.name,
        "detail": row.country.name if row.city else "",
        "language": "",
    },
    "contacts": _format_contact,
    "officers": lambda row: {"text": row.name, "detail": row.position, "language": ""},
    "missions": lambda row: {"text": row.text, "detail": row.language.name, "language": row.language_id},
    "publications": lambda row: {
        "text": row.title,
        "detail": " · ".join(filter(None, (row.year, row.url))),
        "language": "",
    },
}

# --- Who might be the same as somebody who is already there ------------------------------------------

ALIKE = 0.6  # share of common trigrams, from 0 to 1, from which two names are worth a look


@dataclass(frozen=True)
class Match:
    stakeholder: Stakeholder
    same_name: bool
    same_site: bool
    # Called so in another language, or formerly.
    same_other_name: bool = False


def likely_matches(described: Described, among: QuerySet[Stakeholder], *, most: int = 5) -> list[Match]:
    """Return stakeholders of `among` with the same or a similar name, or the same site; most similar first.

    `among` decides who may learn of them: `visible_to(applicant)` on the applicant's pages, all at the desk.
    """
    described.keep_keys()
    names = {described.name_key, fold(described.name_latin)[:KEY_LENGTH]} - {""}
    if not names and not described.site_key:
        return []
    stakeholders = (
        among.filter(pk__in=_alike_ids(described, names))
        .annotate(
            likeness=TrigramSimilarity("name_key", described.name_key),
            called_so=Exists(_other_names(described).filter(stakeholder=OuterRef("pk"))),
        )
        .select_related("country")
        .order_by("-likeness", "pk")[:most]
    )
    return [
        Match(
            stakeholder,
            stakeholder.name_key in names or stakeholder.sort_key in names,
            bool(described.site_key) and stakeholder.site_key == described.site_key,
            stakeholder.called_so,
        )
        for stakeholder in stakeholders
    ]


def _alike_ids(described: Described, names: set[str]) -> QuerySet[Stakeholder, Any]:
    """Return the ids found by each sign, as a union: each part uses its index, which one OR would not."""
    everyone = Stakeholder.objects.order_by()
    parts = [everyone.filter(name_key__in=names), everyone.filter(sort_key__in=names)]
    if described.acronym:
        short = everyone.exclude(acronym="").annotate(short=Upper("acronym"))
        parts += [
            everyone.filter(name_key=fold(described.acronym)[:KEY_LENGTH]),
            short.filter(short=described.acronym.upper()),
        ]
    if described.site_key:
        parts.append(everyone.filter(site_key=described.site_key))
    if described.name_key:
        near = everyone.annotate(likeness=TrigramSimilarity("name_key", described.name_key))
        parts.append(near.filter(name_key__trigram_similar=described.name_key, likeness__gte=ALIKE))
    first, *others = [part.values("pk") for part in parts]
    return first.union(*others, _other_names(described).values("stakeholder"))


def _other_names(described: Described) -> QuerySet[OtherName]:
    """Return other and former names of entries that equal the name given, ignoring case."""
    given = {name.upper() for name in (described.name, described.name_latin) if name}
    rows = OtherName.objects.filter(stakeholder__isnull=False).order_by()
    return rows.alias(upper_text=Upper("text")).filter(upper_text__in=given)


def has_applied(user: Any) -> bool:
    return ask_once(user, "applied", lambda: Application.objects.filter(applicant=user).exists())
