"""A record of the library in Dublin Core and in DataCite's words, as elements of XML.

`row` is one of `queries.harvest_records`: only what every visitor sees. All text passes `_add`, which
leaves out what XML cannot hold; lxml escapes the rest.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from lxml import etree

from core.text import plain_block, printable
from resources.harvesting.enums import DATACITE, DC, FORMATS, OAI_DC, XML, XSI
from resources.harvesting.queries import of_role
from resources.library.queries_pages import LICENCES
from resources.records.enums import Licence, ResourceKind, StakeholderRole
from resources.records.identifiers import partial_date_text
from stakeholders.entries.enums import Kind

_LANG, _LOCATION = f"{{{XML}}}lang", f"{{{XSI}}}schemaLocation"
_GENERAL = {
    "report": "Report",
    "dataset": "Dataset",
    "video": "Audiovisual",
    "course": "InteractiveResource",
    "sherloc": "InteractiveResource",
}


@cache
def _page() -> tuple[str, str]:
    """Return what stands before and after the number in the address of a record."""
    with override("en"):
        before, after = reverse("resources:by_number", args=[0]).split("0")
    return before, after


def page_of(number: int) -> str:
    """Return the address of its page that stays when its title changes."""
    return f"{settings.SITE_URL}{str(number).join(_page())}"


def _add(parent: Any, name: str, text: str, language: str = "", **attributes: str) -> None:
    """Add an element with its text, unless the text is empty."""
    if printable_text := printable(text).strip():
        element = etree.SubElement(parent, name, attributes)
        if language:
            element.set(_LANG, language)
        element.text = printable_text


def _root(parent: Any, prefix: str, name: str, spaces: dict[str | None, str]) -> Any:
    schema, namespace = FORMATS[prefix]
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", nsmap=spaces)
    element.set(_LOCATION, f"{namespace} {schema}")
    return element


# In English, as all answers are: a translation looked up for each record took a third of its time.
@cache
def _licence(code: str) -> str:
    with override("en"):
        return str(Licence(code).label)


@cache
def _kind(code: str) -> str:
    with override("en"):
        return str(ResourceKind(code).label)


def _rights(row: Any) -> str:
    return row.licence_note or (_licence(row.licence) if row.licence else "")


def _identifiers(row: Any) -> list[str]:
    links = dict.fromkeys(edition["link"] for edition in row.its_editions)
    return [
        page_of(row.pk),
        f"https://doi.org/{row.doi}" if row.doi else "",
        f"urn:isbn:{row.isbn}" if row.isbn else "",
        row.symbol,
        *links,
    ]


def dublin_core(parent: Any, row: Any) -> None:
    namespace = FORMATS[OAI_DC].namespace
    element = _root(parent, OAI_DC, "dc", {"oai_dc": namespace, "dc": DC})

    def say(name: str, text: str, language: str = "") -> None:
        _add(element, f"{{{DC}}}{name}", text, language)

    editions = row.its_editions
    for edition in editions:
        say("title", edition["title"], edition["language"])
    for name in (*row.its_authors, *(author["name"] for author in of_role(row, StakeholderRole.AUTHOR))):
        say("creator", name)
    for name in row.its_topics:
        say("subject", name, "en")
    for edition in editions:
        say("description", plain_block(edition["abstract"]), edition["language"])
    publishers = [
        row.publisher,
        *(publisher["name"] for publisher in of_role(row, StakeholderRole.PUBLISHER)),
    ]
    for name in dict.fromkeys(publishers):
        say("publisher", name)
    say("date", partial_date_text(row.published_on, row.precision))
    say("type", _kind(row.kind), "en")
    for identifier in _identifiers(row):
        say("identifier", identifier)
    for edition in editions:
        say("language", edition["language"])
    for name in (*row.its_countries, *row.its_regions):
        say("coverage", name, "en")
    say("rights", _rights(row))
    say("rights", LICENCES.get(row.licence, ""))


def datacite(parent: Any, row: Any) -> None:
    """Write a record that has a DOI, a publisher and a year, which the format asks for."""
    namespace = FORMATS[DATACITE].namespace
    element = _root(parent, DATACITE, "resource", {None: namespace})

    def under(name: str, among: Any = element) -> Any:
        return etree.SubElement(among, f"{{{namespace}}}{name}")

    def say(among: Any, name: str, text: str, language: str = "", **attributes: str) -> None:
        _add(among, f"{{{namespace}}}{name}", text, language, **attributes)

    say(element, "identifier", row.doi, identifierType="DOI")
    creators = under("creators")
    for name in row.its_authors:  # people or bodies, as the title page has them
        say(under("creator", creators), "creatorName", name)
    bodies = of_role(row, StakeholderRole.AUTHOR)
    for body in bodies:
        person = body["kind"] == Kind.EXPERT
        creator = under("creator", creators)
        say(creator, "creatorName", body["name"], nameType="Personal" if person else "Organizational")
        for scheme, home, identifier in (
            ("ROR", "https://ror.org", body["ror"]),
            ("ORCID", "https://orcid.org", body["orcid"]),
        ):
            say(creator, "nameIdentifier", identifier, nameIdentifierScheme=scheme, schemeURI=home)
    if not row.its_authors and not bodies:  # then it is who issued it, as on its page
        say(under("creator", creators), "creatorName", row.publisher, nameType="Organizational")
    titles = under("titles")
    for edition in row.its_editions:
        say(titles, "title", edition["title"], edition["language"])
    say(element, "publisher", row.publisher)
    say(element, "publicationYear", f"{row.published_on:%Y}")
    say(element, "resourceType", _kind(row.kind), resourceTypeGeneral=_GENERAL.get(row.kind, "Text"))
    say(element, "language", row.language_id)
    say(under("dates"), "date", partial_date_text(row.published_on, row.precision), dateType="Issued")
    alternate = under("alternateIdentifiers")
    for kind, other_identifier in (
        ("URL", page_of(row.pk)),
        ("ISBN", row.isbn),
        ("Document symbol", row.symbol),
    ):
        say(alternate, "alternateIdentifier", other_identifier, alternateIdentifierType=kind)
    if row.its_topics:
        subjects = under("subjects")
        for name in row.its_topics:
            say(subjects, "subject", name, "en")
    if _rights(row):
        address = LICENCES.get(row.licence, "")
        say(under("rightsList"), "rights", _rights(row), **({"rightsURI": address} if address else {}))
    abstracts = [
        (plain_block(edition["abstract"]), edition["language"])
        for edition in row.its_editions
        if edition["abstract"]
    ]
    if abstracts:
        descriptions = under("descriptions")
        for text, language in abstracts:
            say(descriptions, "description", text, language, descriptionType="Abstract")


WRITERS: dict[str, Callable[[Any, Any], None]] = {OAI_DC: dublin_core, DATACITE: datacite}
