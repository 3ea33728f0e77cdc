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
    HarvestRequest,
    Refusal,
    identifier_of,
    next_selection,
    number_of,
    read_request,
    repository,
    token_of,
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
        request = read_request(query)
        _ANSWERS[request.verb](root, request, until)
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
def _identify(root: Any, _request: HarvestRequest, _until: datetime) -> None:
    identity = _under(root, "Identify")
    for name, text in (
        ("repositoryName", "WhatsOn"),
        ("baseURL", settings.SITE_URL + reverse("oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.DESK_EMAIL),
        ("earliestDatestamp", _instant(queries.earliest_change())),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ("compression", "gzip"),
    ):
        _say(identity, name, text)
    if not _REPOSITORY.fullmatch(repository()):
        return
    form = etree.SubElement(
        _under(identity, "description"), f"{{{_IDENTIFIER}}}oai-identifier", nsmap={None: _IDENTIFIER}
    )
    form.set(f"{{{XSI}}}schemaLocation", f"{_IDENTIFIER} {_IDENTIFIER}.xsd")
    for name, text in (
        ("scheme", "oai"),
        ("repositoryIdentifier", repository()),
        ("delimiter", ":"),
        ("sampleIdentifier", identifier_of(1)),
    ):
        etree.SubElement(form, f"{{{_IDENTIFIER}}}{name}").text = text


def _formats(root: Any, request: HarvestRequest, _until: datetime) -> None:
    prefixes = [*FORMATS]
    if request.identifier:
        header = _header(request.identifier)
        prefixes = [
            prefix for prefix in FORMATS if queries.harvest_records([header], prefix, whole=False)[0].row
        ]
        if not prefixes:
            raise Refusal("noMetadataFormats", "What it was is known, but it is no longer public.")
    listed = _under(root, "ListMetadataFormats")
    for prefix in prefixes:
        format_element = _under(listed, "metadataFormat")
        _say(format_element, "metadataPrefix", prefix)
        _say(format_element, "schema", FORMATS[prefix].schema)
        _say(format_element, "metadataNamespace", FORMATS[prefix].namespace)


def _sets(root: Any, _request: HarvestRequest, _until: datetime) -> None:
    names = queries.names_of_sets() | {"type": {kind.value: str(kind.label) for kind in ResourceKind}}
    listed = _under(root, "ListSets")
    # Those of kinds stand also where the library is empty: a list of sets is never.
    for name in sorted({*KINDS_OF_SETS, *queries.sets_in_use()}):
        of, _colon, code = name.partition(":")
        set_element = _under(listed, "set")
        _say(set_element, "setSpec", name)
        called = names[of].get(code, code) if code else ""
        _say(set_element, "setName", f"{KINDS_OF_SETS[of]}: {called}" if code else KINDS_OF_SETS[of])


# --- Records ------------------------------------------------------------------------------------------------
def _header(identifier: str) -> Any:
    number = number_of(identifier)
    header = queries.header_of(number) if number is not None else None
    if header is None:
        raise Refusal("idDoesNotExist", "There is no record of this identifier.")
    return header


def _record(root: Any, request: HarvestRequest, _until: datetime) -> None:
    header = _header(request.identifier)
    if request.prefix == DATACITE and not header.had_datacite:
        raise Refusal("cannotDisseminateFormat", "It lacks the DOI, publisher or year that DataCite needs.")
    [record] = queries.harvest_records([header], request.prefix)
    _write_record(_under(root, "GetRecord"), record, request.prefix)


def _list(root: Any, request: HarvestRequest, until: datetime) -> None:
    selection: Any = request.selection
    rows = queries.page(selection, until, PAGE_SIZE)
    if not rows:
        raise Refusal("noRecordsMatch", "Nothing is, or remains, of what was asked.")
    headers, more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    whole = request.verb == "ListRecords"
    listed = _under(root, request.verb)
    for record in queries.harvest_records(headers, selection.prefix, whole=whole):
        if whole:
            _write_record(listed, record, selection.prefix)
        else:
            _write_header(listed, record)
    total = selection.total or rows[0].total
    if more or selection.after:
        token = token_of(request.verb, next_selection(selection, headers, total)) if more else ""
        token_element = _say(listed, TOKEN, token)
        token_element.set("completeListSize", str(total))
        token_element.set("cursor", str(selection.sent))


def _write_record(parent: Any, record: queries.HarvestRecord, prefix: str) -> None:
    element = _under(parent, "record")
    _write_header(element, record)
    if record.row is not None:
        WRITERS[prefix](_under(element, "metadata"), record.row)


def _write_header(parent: Any, record: queries.HarvestRecord) -> None:
    header = _under(parent, "header")
    if record.row is None:
        header.set("status", "deleted")
    _say(header, "identifier", identifier_of(record.header.number))
    _say(header, "datestamp", _instant(record.header.changed_at))
    for name in record.header.sets:
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
