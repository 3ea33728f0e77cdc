"""The words of OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html)."""

from typing import NamedTuple

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
DC = "http://purl.org/dc/elements/1.1/"


class Format(NamedTuple):
    schema: str
    namespace: str


OAI_DC, DATACITE = "oai_dc", "datacite"
FORMATS = {
    OAI_DC: Format(
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"
    ),
    DATACITE: Format(
        "http://schema.datacite.org/meta/kernel-4.4/metadata.xsd", "http://datacite.org/schema/kernel-4"
    ),
}


class Arguments(NamedTuple):
    """What a verb needs, and what it takes beside it."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


TOKEN = "resumptionToken"  # noqa: S105  the name of an argument, which stands alone where it is given
_LISTED = Arguments(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}))
VERBS = {
    "Identify": Arguments(),
    "ListMetadataFormats": Arguments(optional=frozenset({"identifier"})),
    "ListSets": Arguments(),
    "ListIdentifiers": _LISTED,
    "ListRecords": _LISTED,
    "GetRecord": Arguments(frozenset({"identifier", "metadataPrefix"})),
}
RESUMABLE = frozenset({"ListSets", "ListIdentifiers", "ListRecords"})

# What a set is of: the first part of its name, and what it is called.
KINDS_OF_SETS = {"topic": "Topic", "type": "Type of resource", "language": "Language"}
