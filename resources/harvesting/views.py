"""The library for harvesters, by OAI-PMH 2.0: the same for everybody, whoever asks."""

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from accounts.people.decorators import form_view
from core.database import on_primary
from core.limits import spend, visitor_of
from core.text import printable
from resources.harvesting import queries
from resources.harvesting.enums import DATACITE, FORMATS, KINDS_OF_SETS, OAI, OAI_SCHEMA, TOKEN, XSI
from resources.harvesting.filters import (
    Asked,
    Refusal,
    going_on,
    identifier_of,
    number_of,
    repository,
    token_of,
    understood,
)
from resources.harvesting.formats import WRITERS
from resources.records.enums import ResourceKind

PAGE_SIZE = 250
# Of one visitor in a minute: a harvester that takes page after page stays far below it.
MOST, SECONDS = 1200, 60
_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
# What the schema of identifiers takes for the name of a repository.
_REPOSITORY = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")


@csrf_exempt  # it only reads, whichever way it is asked
@form_view(public=True, fresh=True)
@on_primary()  # a replica does not know which transactions are open: `complete_until` would promise too much
def oai(request: HttpRequest) -> HttpResponse:
    spend("resources.oai", visitor_of(request), most=MOST, seconds=SECONDS)
    # One language for all: an answer must not depend on the headers of whoever asks.
    with override("en"):
        body = answer(request.POST if request.method == "POST" else request.GET)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def answer(query: Any) -> bytes:
    until = queries.complete_until()
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI_SCHEMA}")
    # Not later than up to when the answer is complete: harvesters go on from there the next time.
    _say(root, "responseDate", _instant(until))
    repeated = _say(root, "request", settings.SITE_URL + reverse("oai"))
    repeats = True
    try:
        asked = understood(query)
        _ANSWERS[asked.verb](root, asked, until)
    except Refusal as why:
        _say(root, "error", str(why)).set("code", why.code)
        repeats = why.code not in ("badVerb", "badArgument")
    for name in query if repeats else ():
        repeated.set(name, printable(query[name]))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _say(parent: Any, name: str, text: str) -> Any:
    element = etree.SubElement(parent, f"{{{OAI}}}{name}")
    element.text = printable(text)
    return element


def _under(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, f"{{{OAI}}}{name}")


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- What there is ------------------------------------------------------------------------------------------
def _identify(root: Any, _asked: Asked, _until: datetime) -> None:
    told = _under(root, "Identify")
    for name, text in (
        ("repositoryName", "WhatsOn"),
        ("baseURL", settings.SITE_URL + reverse("oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.DESK_EMAIL),
        ("earliestDatestamp", _instant(queries.earliest())),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ("compression", "gzip"),
    ):
        _say(told, name, text)
    if not _REPOSITORY.fullmatch(repository()):
        return
    form = etree.SubElement(
        _under(told, "description"), f"{{{_IDENTIFIER}}}oai-identifier", nsmap={None: _IDENTIFIER}
    )
    form.set(f"{{{XSI}}}schemaLocation", f"{_IDENTIFIER} {_IDENTIFIER}.xsd")
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", repository()),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of(1)),
    ):
        etree.SubElement(form, f"{{{_IDENTIFIER}}}{name}").text = text


def _formats(root: Any, asked: Asked, _until: datetime) -> None:
    prefixes = [*FORMATS]
    if asked.identifier:
        header = _header(asked.identifier)
        prefixes = [prefix for prefix in FORMATS if queries.told([header], prefix, whole=False)[0].row]
        if not prefixes:
            raise Refusal("noMetadataFormats", "What it was is known, but it is no longer public.")
    listed = _under(root, "ListMetadataFormats")
    for prefix in prefixes:
        told = _under(listed, "metadataFormat")
        _say(told, "metadataPrefix", prefix)
        _say(told, "schema", FORMATS[prefix].schema)
        _say(told, "metadataNamespace", FORMATS[prefix].namespace)


def _sets(root: Any, _asked: Asked, _until: datetime) -> None:
    names = queries.names_of_sets() | {"type": {kind.value: str(kind.label) for kind in ResourceKind}}
    listed = _under(root, "ListSets")
    # Those of kinds stand also where the library is empty: a list of sets is never.
    for name in sorted({*KINDS_OF_SETS, *queries.sets_in_use()}):
        of, _colon, code = name.partition(":")
        told = _under(listed, "set")
        _say(told, "setSpec", name)
        called = names[of].get(code, code) if code else ""
        _say(told, "setName", f"{KINDS_OF_SETS[of]}: {called}" if code else KINDS_OF_SETS[of])


# --- Records ------------------------------------------------------------------------------------------------
def _header(identifier: str) -> Any:
    number = number_of(identifier)
    header = queries.header_of(number) if number is not None else None
    if header is None:
        raise Refusal("idDoesNotExist", "There is no record of this identifier.")
    return header


def _record(root: Any, asked: Asked, _until: datetime) -> None:
    header = _header(asked.identifier)
    if asked.prefix == DATACITE and not header.had_datacite:
        raise Refusal("cannotDisseminateFormat", "It lacks the DOI, publisher or year that DataCite needs.")
    [told] = queries.told([header], asked.prefix)
    _write_record(_under(root, "GetRecord"), told, asked.prefix)


def _list(root: Any, asked: Asked, until: datetime) -> None:
    selection: Any = asked.selection
    found = queries.page(selection, until, PAGE_SIZE)
    if not found:
        raise Refusal("noRecordsMatch", "Nothing is, or remains, of what was asked.")
    headers, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    whole = asked.verb == "ListRecords"
    listed = _under(root, asked.verb)
    for told in queries.told(headers, selection.prefix, whole=whole):
        if whole:
            _write_record(listed, told, selection.prefix)
        else:
            _write_header(listed, told)
    total = selection.total or found[0].total
    if more or selection.after:
        token = token_of(asked.verb, going_on(selection, headers, total)) if more else ""
        told_token = _say(listed, TOKEN, token)
        told_token.set("completeListSize", str(total))
        told_token.set("cursor", str(selection.sent))


def _write_record(parent: Any, told: queries.Told, prefix: str) -> None:
    record = _under(parent, "record")
    _write_header(record, told)
    if told.row is not None:
        WRITERS[prefix](_under(record, "metadata"), told.row)


def _write_header(parent: Any, told: queries.Told) -> None:
    header = _under(parent, "header")
    if told.row is None:
        header.set("status", "deleted")
    _say(header, "identifier", identifier_of(told.header.number))
    _say(header, "datestamp", _instant(told.header.changed_at))
    for name in told.header.sets:
        if ":" in name:  # what is above it goes without saying
            _say(header, "setSpec", name)


_ANSWERS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _record,
}
