"""What an application or an entry says beyond plain columns: lists, rows, and who may read them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, NullIf, Trim
from django.utils.dateparse import parse_datetime

from stakeholders.enums import ScreenedKind, ScreenedName
from stakeholders.enums.described import (
    LISTS,
    ROWS,
    ContactAudience,
    ContactKind,
    CopObserver,
    Descriptor,
    EcosocStatus,
    NameKind,
)
from stakeholders.models import Application, Contact, Office, Officer, OtherName, Stakeholder
from stakeholders.queries.screening import Name
from taxonomy.names.sorting import content_language
from workflow.changes.enums import ChangeStatus
from workflow.changes.models import ChangeRequest

MODELS: dict[str, Any] = {
    "other_names": OtherName,
    "former_names": OtherName,
    "offices": Office,
    "contacts": Contact,
    "officers": Officer,
}
KINDS = {"other_names": NameKind.OTHER, "former_names": NameKind.FORMER}


def rows_of(owner: Application | Stakeholder, field: str) -> Any:
    """All rows of one question, whoever may read them: for the acts, and for who looks after the owner."""
    rows = MODELS[field].objects.of(owner)
    if field in KINDS:
        rows = rows.filter(kind=KINDS[field])
    return rows


def value_of(owner: Application | Stakeholder, field: str) -> Any:
    """What was answered, as plain values: codes in order, dicts for rows, else what the column holds."""
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
    """The rows as a page says them: {text, detail, language}."""
    related = {"other_names": "language", "former_names": "language", "offices": "country"}.get(field)
    rows = rows_of(owner, field).order_by("pk")
    return [_SAID[field](row) for row in (rows.select_related(related) if related else rows)]


def _said_name(row: OtherName) -> dict[str, Any]:
    return {
        "text": row.text,
        "detail": row.language.name if row.language else "",
        "language": row.language_id or "",
    }


def _said_contact(row: Contact) -> dict[str, Any]:
    detail = f"{row.get_kind_display()} · {row.get_audience_display()}"
    return {"text": row.value, "detail": detail, "language": ""}


_SAID: dict[str, Any] = {
    "other_names": _said_name,
    "former_names": _said_name,
    "offices": lambda row: {
        "text": row.city or row.country.name,
        "detail": row.country.name if row.city else "",
        "language": "",
    },
    "contacts": _said_contact,
    "officers": lambda row: {"text": row.name, "detail": row.position, "language": ""},
}


def names_to_screen(kind: str, ids: Sequence[int]) -> Iterable[Name]:
    """Other and former names and officers, for the comparison with lists of sanctions. One statement."""
    owner = "application_id" if kind == ScreenedKind.APPLICATION else "stakeholder_id"
    named = OtherName.objects.filter(**{f"{owner}__in": ids}).order_by()
    led = Officer.objects.filter(**{f"{owner}__in": ids}).order_by()
    which = {NameKind.OTHER.value: ScreenedName.OTHER, NameKind.FORMER.value: ScreenedName.FORMER}
    said = named.values_list(owner, "kind", "text").union(
        led.annotate(what=Value("officer", CharField())).values_list(owner, "what", "name"), all=True
    )
    said = said.order_by()
    return [Name(pk, which.get(what, ScreenedName.OFFICER), text) for pk, what, text in sorted(said)]


# --- For the page of an entry ------------------------------------------------------------------------------
class Told(NamedTuple):
    """What the page of an entry says beyond its own columns, for one reader.

    Names: {text, language}, of former ones also {until}: the day of an approved change, or None. Terms:
    {code, name, language}, `language` where the name is a stand-in's. Offices: {country, name, city}.
    Contacts: {kind, value, audience, label, href}: those of this reader only.
    """

    other_names: list[dict[str, str]]
    former_names: list[dict[str, Any]]
    offices: list[dict[str, str]]
    contacts: list[dict[str, Any]]
    articles: list[dict[str, str]]
    engagement_areas: list[dict[str, str]]
    works_in: list[dict[str, str]]
    languages: list[dict[str, str]]
    descriptors: list[Any]
    ecosoc_status: Any
    cop_observer: Any


def told(user: Any, stakeholder: Stakeholder) -> Told:
    """What `user`, who sees this entry, may read there. One statement, and what tells who the user is."""
    names = OtherName.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    said = JSONObject(text="text", language=Coalesce("language_id", Value("")))
    renamed = (
        ChangeRequest.objects.filter(
            subject_kind=Stakeholder._meta.label_lower,
            subject_id=OuterRef("stakeholder_id"),
            status=ChangeStatus.APPROVED,
        )
        .alias(was=KT("before__name"))
        .filter(was=OuterRef("text"))
    )
    until = Subquery(renamed.order_by("-pk").values("updated_at")[:1])
    said_until = JSONObject(text="text", language=Coalesce("language_id", Value("")), until=until)
    contacts = Contact.objects.visible_to(user).filter(stakeholder=OuterRef("pk")).order_by("pk")
    offices = Office.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    row = (
        Stakeholder.objects.filter(pk=stakeholder.pk)
        .values(
            its_other=ArraySubquery(names.filter(kind=NameKind.OTHER).values(json=said)),
            its_former=ArraySubquery(names.filter(kind=NameKind.FORMER).values(json=said_until)),
            its_offices=ArraySubquery(
                offices.values(json=JSONObject(country="country_id", city="city", name=_named("country")))
            ),
            its_contacts=ArraySubquery(
                contacts.values(json=JSONObject(kind="kind", value="value", audience="audience"))
            ),
            its_articles=_terms("articles", "article", "instrument__position", "number"),
            its_areas=_terms("engagement_areas", "engagementarea"),
            its_works_in=_terms("works_in", "country"),
            its_languages=_terms("languages", "language"),
        )
        .get()
    )
    return Told(
        row["its_other"],
        [{**one, "until": parse_datetime(one["until"] or "")} for one in row["its_former"]],
        row["its_offices"],
        [shown_contact(one) for one in row["its_contacts"]],
        row["its_articles"],
        row["its_areas"],
        row["its_works_in"],
        row["its_languages"],
        [Descriptor(one).label for one in Descriptor if one in stakeholder.descriptors],
        EcosocStatus(stakeholder.ecosoc_status).label if stakeholder.ecosoc_status else "",
        CopObserver(stakeholder.cop_observer).label if stakeholder.cop_observer else "",
    )


def _named(term: str) -> Coalesce:
    return Coalesce(NullIf(f"{term}__name_{content_language()}", Value("")), F(f"{term}__name_en"))


def _terms(field: str, term: str, *order: str) -> ArraySubquery:
    """The terms of a list, named in the language in use; `language` is "en" where that has no name."""
    through: Any = getattr(Stakeholder, field).through
    language = content_language()
    keys = [f"{term}__{name}" for name in order] or [f"{term}__sort_{language}"]
    own = NullIf(f"{term}__name_{language}", Value(""))
    rows = through.objects.filter(stakeholder=OuterRef("pk")).order_by(*keys)
    return ArraySubquery(
        rows.values(
            json=JSONObject(
                code=Cast(f"{term}_id", CharField()), name=_named(term), own=Coalesce(own, Value(""))
            )
        )
    )


def beside() -> dict[str, ArraySubquery]:
    """For the columns of an export: what stands outside the row and everybody may read, as lists of texts."""
    names = OtherName.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    offices = Office.objects.filter(stakeholder=OuterRef("pk")).order_by("pk")
    contacts = Contact.objects.filter(stakeholder=OuterRef("pk"), audience=ContactAudience.PUBLIC)
    where = Trim(Concat("country_id", Value(" "), "city"))
    return {
        "its_other_names": ArraySubquery(names.filter(kind=NameKind.OTHER).values("text")),
        "its_former_names": ArraySubquery(names.filter(kind=NameKind.FORMER).values("text")),
        "its_offices": ArraySubquery(offices.values(said=where)),
        "its_public_contacts": ArraySubquery(
            contacts.order_by("pk").values(said=Concat("kind", Value(":"), "value"))
        ),
        "its_engagement_areas": _codes("engagement_areas", "engagementarea"),
        "its_articles": _codes("articles", "article"),
        "its_works_in": _codes("works_in", "country"),
        "its_languages": _codes("languages", "language"),
    }


def _codes(field: str, term: str) -> ArraySubquery:
    through: Any = getattr(Stakeholder, field).through
    rows = through.objects.filter(stakeholder=OuterRef("pk")).order_by(f"{term}_id")
    return ArraySubquery(rows.values(f"{term}_id"))


def shown_contact(contact: dict[str, str]) -> dict[str, Any]:
    """With the words for its kind and readers, and an address to follow where its kind has one."""
    kind, value = contact["kind"], contact["value"]
    href = {
        ContactKind.EMAIL: f"mailto:{value}",
        ContactKind.PHONE: "tel:" + "".join(sign for sign in value if sign.isdigit() or sign == "+"),
        ContactKind.WEB: value,
    }.get(ContactKind(kind), "")
    return {
        **contact,
        "label": ContactKind(kind).label,
        "readers": ContactAudience(contact["audience"]).label,
        "href": href,
        "is_public": contact["audience"] == ContactAudience.PUBLIC,
    }
