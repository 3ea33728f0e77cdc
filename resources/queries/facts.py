"""A record as plain data: what forms give, revisions compare and change requests propose.

    {"kind": "guide", "published_on": "2024-05", "countries": ["KEN"], "authors": ["A. Writer"],
     "edition_fr": {"title": …, "abstract": …, "link": …, …}, …}

A date is as much of it as is known; an edition that is not there is {}.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resources.identifiers import told_partial
from resources.models import Edition, Resource, ResourceFile
from taxonomy.terms.models import Language

PLAIN = ("kind", "audience", "publisher", "symbol", "doi", "isbn", "licence", "licence_note")
OF_DESK = ("source", "source_url", "source_date", "embargo_until", "embargo_zone")
LISTS = ("topics", "instruments", "articles", "clusters", "countries", "regions")
OF_EDITION = ("title", "abstract", "short_form", "full_form", "link", "translated_by")
EDITION = "edition_"
FILE = "file_"

Facts = Mapping[str, Any]


def facts_of(resource: Resource) -> dict[str, Any]:
    """What a person may change in the record. One query for each list, for authors and for editions."""
    said: dict[str, Any] = {name: str(getattr(resource, name)) for name in PLAIN}
    said["language"] = resource.language_id
    said["published_on"] = told_partial(resource.published_on, resource.precision)
    said |= {name: sorted(str(one.pk) for one in getattr(resource, name).all()) for name in LISTS}
    said["authors"] = [one.name for one in resource.authors.all()]
    for edition in resource.editions.all():
        said[f"{EDITION}{edition.language_id}"] = edition_facts(edition)
    for name in OF_DESK:
        value = getattr(resource, name)
        said[name] = value.isoformat() if hasattr(value, "isoformat") else value or ""
    return said


def present_of(resource: Resource) -> dict[str, Any]:
    """As `facts_of`, with the newest file of each language: what change requests compare."""
    said = facts_of(resource)
    files = ResourceFile.objects.current().filter(edition__resource=resource)
    newest = {one.edition_id: {"name": one.name, "number": one.number} for one in files}
    for edition in resource.editions.all():
        said[f"{FILE}{edition.language_id}"] = newest.get(edition.pk, {})
    return said


def edition_facts(edition: Edition) -> dict[str, str]:
    return {name: getattr(edition, name) for name in OF_EDITION if getattr(edition, name)}


def differences(before: Facts, after: Facts) -> dict[str, list[Any]]:
    """Field → [before, after], of what `after` names and is another; editions by "edition_fr.title"."""
    found: dict[str, list[Any]] = {}
    for name, value in after.items():
        if not name.startswith(EDITION):
            was = before.get(name, [] if isinstance(value, list) else "")
            if was != value:
                found[name] = [was, value]
            continue
        was, now = before.get(name) or {}, value or {}
        for part in OF_EDITION:
            if was.get(part, "") != now.get(part, ""):
                found[f"{name}.{part}"] = [was.get(part, ""), now.get(part, "")]
    return found


class Difference(NamedTuple):
    """One field before and after, as people read it; `language` where it is text of an edition, `url` where
    what is proposed can be opened."""

    label: str
    before: str
    after: str
    language: str
    url: str = ""


def told(changes: Mapping[str, list[Any]]) -> list[Difference]:
    """`differences` with labels and names in the language in use. One query for each list that is in it."""
    return [_told(name, before, after) for name, (before, after) in changes.items()]


def _told(name: str, before: Any, after: Any) -> Difference:
    if name.startswith(EDITION):
        language, _dot, part = name.removeprefix(EDITION).partition(".")
        label = _("%(field)s (%(language)s)") % {
            "field": Edition._meta.get_field(part).verbose_name,  # type: ignore[union-attr]
            "language": dict(Language.objects.for_choices()).get(language, language),
        }
        return Difference(str(label), before, after, language)
    if name.startswith(FILE):
        language = name.removeprefix(FILE)
        label = _("%(field)s (%(language)s)") % {
            "field": ResourceFile._meta.get_field("file").verbose_name,
            "language": dict(Language.objects.for_choices()).get(language, language),
        }
        said = " · ".join(filter(None, (after["name"], after.get("label", ""))))
        url = reverse("core:file", args=["proposed-file", after["proposed"]])
        return Difference(str(label), before.get("name", ""), said, "", url)
    label = str(_("authors") if name == "authors" else Resource._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Difference(label, _value(name, before), _value(name, after), "")


def _value(name: str, value: Any) -> str:
    if name in LISTS:
        names = dict(Resource._meta.get_field(name).related_model.objects.for_choices())  # type: ignore[union-attr]
        return " · ".join(names.get(code, code) for code in value)
    if name == "language":
        return dict(Language.objects.for_choices()).get(value, value)
    if name == "authors":
        return " · ".join(value)
    choices = getattr(Resource._meta.get_field(name), "flatchoices", ())
    return str(dict(choices).get(value, value))
