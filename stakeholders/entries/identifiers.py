"""Identifiers that public registries give: as they are kept, checked, and where they lead."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import clean_line
from stakeholders.entries.enums import Kind

# Of a column: what the registry is called, and the address of the page there.
REGISTRIES = {
    "ror_id": ("ROR", "{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "lei": ("LEI", "https://search.gleif.org/#/record/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
}
# https://schema.org has these words for stakeholders.
TYPES = {Kind.ACADEMIA: "EducationalOrganization", Kind.NGO: "NGO", Kind.EXPERT: "Person"}
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_ORCID = re.compile(r"[0-9]{15}[0-9X]")


def wikidata(text: str) -> str:
    """ "Q42" of an item however written. Raises ValidationError."""
    bare = re.sub(r"^https?://(www\.|m\.)?wikidata\.org/(wiki|entity)/", "", clean_line(text)).upper()
    if bare and not _WIKIDATA.fullmatch(bare):
        raise ValidationError(_("Give the number of the Wikidata item, such as Q1065."), code="invalid")
    return bare


def lei(text: str) -> str:
    """Return the twenty characters of a Legal Entity Identifier (ISO 17442). Raises ValidationError."""
    bare = re.sub(r"[\s\-]", "", clean_line(text)).upper()
    if not bare:
        return ""
    if not _LEI.fullmatch(bare):
        raise ValidationError(_("An LEI has 20 letters and digits and ends with two digits."), code="invalid")
    if int("".join(str(int(sign, 36)) for sign in bare)) % 97 != 1:
        raise ValidationError(
            _("The last two digits do not fit the others. Compare it with your LEI."), code="checksum"
        )
    return bare


def orcid(text: str) -> str:
    """ "0000-0002-1825-0097" of an ORCID iD however written (ISO 7064, MOD 11-2). Raises ValidationError."""
    bare = re.sub(r"^https?://(www\.)?orcid\.org/", "", clean_line(text))
    bare = re.sub(r"[\s\-‐‑–]", "", bare).upper()
    if not bare:
        return ""
    if not _ORCID.fullmatch(bare):
        raise ValidationError(
            _("An ORCID iD has 16 digits, such as 0000-0002-1825-0097; the last one may be X."),
            code="invalid",
        )
    total = 0
    for sign in bare[:15]:
        total = (total + int(sign)) * 2
    last = (12 - total % 11) % 11
    if bare[15] != ("X" if last == 10 else str(last)):
        raise ValidationError(
            _("The last sign does not fit the others. Compare it with your ORCID record."), code="checksum"
        )
    return "-".join(bare[start : start + 4] for start in range(0, 16, 4))


# --- What programs are told ---------------------------------------------------------------------------------
def same_as(numbers: Mapping[str, str]) -> list[str]:
    """Return the addresses of a stakeholder in public registries; a LEI has none."""
    registries = {name: form for name, (_label, form) in REGISTRIES.items() if name != "lei"}
    return [form.format(numbers[name]) for name, form in registries.items() if numbers.get(name)]


def linked_body(facts: Mapping[str, str], page: str) -> dict[str, Any]:
    """Return how other objects name a stakeholder in JSON-LD: by kind, name, page and registries."""
    body = {
        "@type": TYPES.get(Kind(facts["kind"]), "Organization"),
        "name": facts["name"],
        "url": page,
        "sameAs": same_as(facts),
    }
    return {name: value for name, value in body.items() if value}
