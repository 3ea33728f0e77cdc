"""How a resource is cited: BibTeX, RIS and CSL-JSON, and what its page tells programs about it.

Everything here is made of `Citation`, which holds only what the reader of the page may see. Names are given
as their bearers write them: which part of a name is the family's differs between cultures, so nothing is cut.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from core.text import in_script, printable

# For each kind: the type of BibTeX, of RIS, of CSL and of schema.org. A kind that is not named is a document.
TYPES = {
    "toolkit": ("techreport", "RPRT", "report", "Report"),
    "guide": ("techreport", "RPRT", "report", "Report"),
    "report": ("techreport", "RPRT", "report", "Report"),
    "sherloc": ("misc", "ELEC", "webpage", "WebPage"),
    "course": ("misc", "ELEC", "webpage", "Course"),
    "dataset": ("misc", "DATA", "dataset", "Dataset"),
    "presentation": ("misc", "SLIDE", "speech", "PresentationDigitalDocument"),
    "video": ("misc", "VIDEO", "motion_picture", "VideoObject"),
}
OTHERWISE = ("misc", "GEN", "document", "CreativeWork")
# BibTeX counts braces even where a backslash stands before them, so that each needs its own name.
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIBTEX_SPECIAL = re.compile("|".join(re.escape(sign) for sign in _BIBTEX))


@dataclass(frozen=True, slots=True)
class Citation:
    """One resource in one language. `day` is exact to `precision`: "year", "month" or "day".

    `url` is its page and `link` where it lies elsewhere, both whole addresses; `files` are (address, type).
    """

    number: int
    kind: str
    language: str
    title: str
    url: str
    abstract: str = ""
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    publisher: str = ""
    day: date | None = None
    precision: str = "day"
    doi: str = ""
    isbn: str = ""
    symbol: str = ""
    licence: str = ""
    licence_url: str = ""
    link: str = ""
    keywords: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    # Stakeholders of the directory among those, as JSON-LD names them.
    linked_authors: tuple[dict[str, Any], ...] = ()
    linked_publishers: tuple[dict[str, Any], ...] = ()

    @property
    def key(self) -> str:
        return f"whatson-{self.number}-{self.language}"

    @property
    def date_parts(self) -> list[int]:
        """Return [year], [year, month] or [year, month, day]; [] where no date is known."""
        if self.day is None:
            return []
        parts = [self.day.year, self.day.month, self.day.day]
        return parts[: {"year": 1, "month": 2}.get(self.precision, 3)]

    @property
    def authors(self) -> tuple[str, ...]:
        return (*self.people, *self.organizations)

    @property
    def types(self) -> tuple[str, str, str, str]:
        return TYPES.get(self.kind, OTHERWISE)

    def date_text(self, separator: str = "-") -> str:
        """Return the date as 2024, 2024-05 or 2024-05-17."""
        return separator.join(f"{part:02}" for part in self.date_parts)


def bibtex(cited: Citation) -> str:
    """Return one entry. Names and title stand in double braces, so that BibTeX changes nothing in them."""
    kind = "book" if cited.isbn and cited.types[0] == "techreport" else cited.types[0]
    issuer = {"techreport": "institution", "book": "publisher"}.get(kind, "howpublished")
    fields = [
        ("title", f"{{{_tex(cited.title)}}}"),
        ("author", " and ".join(f"{{{_tex(name)}}}" for name in cited.authors)),
        (issuer, _tex(cited.publisher)),
        ("year", str(cited.date_parts[0]) if cited.date_parts else ""),
        ("month", str(cited.date_parts[1]) if len(cited.date_parts) > 1 else ""),
        ("day", str(cited.date_parts[2]) if len(cited.date_parts) > 2 else ""),
        ("number", _tex(cited.symbol)),
        ("isbn", cited.isbn),
        ("doi", _tex(cited.doi)),
        ("language", cited.language),
        ("abstract", _tex(cited.abstract)),
        ("keywords", _tex(", ".join(cited.keywords))),
        ("url", _tex_url(cited.url)),
    ]
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{kind}{{{cited.key},\n{body}\n}}\n"


def ris(cited: Citation) -> str:
    """Return one record of lines, each ended as the format asks."""
    parts = cited.date_parts
    padded = [f"{part:02}" for part in parts] + [""] * (3 - len(parts))
    lines = [
        ("TY", "BOOK" if cited.isbn and cited.types[1] == "RPRT" else cited.types[1]),
        ("ID", cited.key),
        ("TI", cited.title),
        *(("AU", name) for name in cited.authors),
        ("PB", cited.publisher),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join((*padded, "")) if parts else ""),
        ("SN", cited.isbn),
        ("DO", cited.doi),
        ("M1", cited.symbol),
        ("LA", cited.language),
        ("AB", cited.abstract),
        *(("KW", word) for word in cited.keywords),
        ("UR", cited.url),
        ("L2", cited.link),
    ]
    # A line break inside a value would begin a line of its own, and with it another field.
    written_lines = [f"{tag}  - {_in_a_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*written_lines, "ER  - ", ""])


def csl_json(cited: Citation) -> str:
    """Return a list of one item, as citation processors read it."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "book" if cited.isbn and cited.types[2] == "report" else cited.types[2],
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "publisher": cited.publisher,
        "issued": {"date-parts": [cited.date_parts]} if cited.date_parts else None,
        "number": cited.symbol,
        "ISBN": cited.isbn,
        "DOI": cited.doi,
        "language": cited.language,
        "abstract": cited.abstract,
        "keyword": ", ".join(cited.keywords),
        "URL": cited.url,
    }
    return json.dumps([_without_blanks(item)], ensure_ascii=False, indent=2) + "\n"


class Form(NamedTuple):
    """A way to cite: what people call it, its ending, its media type, and who makes it."""

    label: str
    ending: str
    media_type: str
    make: Callable[[Citation], str]


FORMS = {
    "bibtex": Form("BibTeX", "bib", "application/x-bibtex", bibtex),
    "ris": Form("RIS", "ris", "application/x-research-info-systems", ris),
    "csl-json": Form("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
}


def meta_tags(cited: Citation) -> list[tuple[str, str]]:
    """Return (name, content) of the meta elements that Highwire and Dublin Core define."""
    pdfs = [address for address, media_type in cited.files if media_type == "application/pdf"]
    tags = [
        ("citation_title", cited.title),
        # Catalogues pass over what has no author; of a report without named ones it is who issued it.
        *(("citation_author", name) for name in cited.authors or (cited.publisher,)),
        ("citation_publication_date", cited.date_text("/")),
        ("citation_publisher", cited.publisher),
        ("citation_technical_report_institution", cited.publisher if cited.types[2] == "report" else ""),
        ("citation_technical_report_number", cited.symbol),
        ("citation_isbn", cited.isbn),
        ("citation_doi", cited.doi),
        ("citation_language", cited.language),
        ("citation_keywords", "; ".join(cited.keywords)),
        ("citation_public_url", cited.url),
        *(("citation_pdf_url", address) for address in pdfs[:1]),
        ("DC.title", cited.title),
        *(("DC.creator", name) for name in cited.authors),
        ("DC.publisher", cited.publisher),
        ("DC.date", cited.date_text()),
        ("DC.type", cited.types[3]),
        ("DC.language", cited.language),
        ("DC.description", cited.abstract),
        *(("DC.subject", word) for word in cited.keywords),
        ("DC.rights", cited.licence),
        *(("DC.identifier", identifier) for identifier in identifiers(cited)),
        ("DC.identifier", cited.url),
    ]
    return [(name, _in_a_line(value)) for name, value in tags if value]


def identifiers(cited: Citation) -> list[str]:
    """Return the identifiers that it has beside its address here."""
    return [
        *([f"https://doi.org/{cited.doi}"] if cited.doi else []),
        *([f"urn:isbn:{cited.isbn.replace('-', '')}"] if cited.isbn else []),
        *([cited.symbol] if cited.symbol else []),
    ]


def linked_data(cited: Citation) -> SafeString:
    """Return JSON-LD in the words of schema.org, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": cited.types[3],
        "@id": cited.url,
        "url": cited.url,
        "name": cited.title,
        "inLanguage": cited.language,
        "description": cited.abstract,
        "author": [
            *({"@type": "Person", "name": name} for name in cited.people),
            *_bodies(cited.linked_authors, cited.organizations),
        ],
        "publisher": _bodies(cited.linked_publishers, (cited.publisher,) if cited.publisher else ()),
        "datePublished": cited.date_text(),
        "identifier": identifiers(cited),
        "isbn": cited.isbn if cited.types[3] == "Report" else "",
        "keywords": list(cited.keywords),
        "license": cited.licence_url or cited.licence,
        "sameAs": [
            address
            for address in (f"https://doi.org/{cited.doi}" if cited.doi else "", cited.link)
            if address
        ],
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address, "encodingFormat": media_type}
            for address, media_type in cited.files
        ],
    }
    return in_script(_without_blanks(data))


def _bodies(linked: tuple[dict[str, Any], ...], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the bodies of the directory, then those of which only the name is known."""
    known = {body["name"] for body in linked}
    return [*linked, *({"@type": "Organization", "name": name} for name in names if name not in known)]


def link_header(cited: Citation, forms: dict[str, str]) -> str:
    """Return the Link header by which programs find their way (RFC 8288, FAIR signposting).

    `forms`: form → the whole address of the citation in it.
    """
    links = [f'<{_in_header(cited.url)}>; rel="cite-as"']
    if cited.doi:
        links = [f'<{_in_header(f"https://doi.org/{cited.doi}")}>; rel="cite-as"']
    links += [f'<https://schema.org/{cited.types[3]}>; rel="type"']
    if cited.licence_url:
        links.append(f'<{_in_header(cited.licence_url)}>; rel="license"')
    links += [
        f'<{_in_header(address)}>; rel="describedby"; type="{FORMS[form].media_type}"'
        for form, address in forms.items()
    ]
    links += [
        f'<{_in_header(address)}>; rel="item"; type="{media_type}"' for address, media_type in cited.files
    ]
    return ", ".join(links)


def sentence(cited: Citation) -> str:
    """Return one line for people to copy, in the language of the resource."""
    parts = [
        ", ".join(cited.authors),
        cited.title,
        cited.publisher,
        cited.symbol,
        cited.date_text(),
        f"https://doi.org/{cited.doi}" if cited.doi else cited.url,
    ]
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Return the facts that are known."""
    return {name: value for name, value in data.items() if value}


def _in_a_line(text: str) -> str:
    return " ".join(printable(text).split())


def _tex(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda sign: _BIBTEX[sign.group()], _in_a_line(text))


def _tex_url(address: str) -> str:
    """Return an address for BibTeX: only what would break the braces is written as a code."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _in_header(address: str) -> str:
    """Return an address in which what could end the target, or the header, is written as a code."""
    return (
        re.sub(r'[<>"\s,;]', lambda sign: f"%{ord(sign.group()):02X}", address)
        .encode("ascii", "ignore")
        .decode()
    )
