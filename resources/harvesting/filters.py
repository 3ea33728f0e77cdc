"""The requests of harvesters, read or refused in the words of the protocol."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.timezone import now

from core.text import LONGEST_NUMBER
from resources.harvesting.enums import FORMATS, RESUMABLE, TOKEN, VERBS
from resources.harvesting.queries import Selection

_SALT = "resources.harvesting"
_SET = re.compile(r"[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*")
_FORMS = {  # of an instant: how long it lasts
    re.compile(r"\d{4}-\d\d-\d\d", re.ASCII): ("%Y-%m-%d", timedelta(days=1)),
    re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII): ("%Y-%m-%dT%H:%M:%SZ", timedelta(seconds=1)),
}


class Refusal(Exception):
    """`code` is one of the protocol's; the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Instant(NamedTuple):
    begins: datetime
    ends: datetime
    form: str


@dataclass(frozen=True, slots=True)
class HarvestRequest:
    verb: str
    identifier: str = ""
    prefix: str = ""
    selection: Selection | None = None


def read_request(query: QueryDict) -> HarvestRequest:
    """Return the request of an address. Raises Refusal."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refusal("badVerb", "Give one verb: " + ", ".join(VERBS) + ".")
    verb, takes = verbs[0], VERBS[verbs[0]]
    arguments = {name: str(query[name]) for name in query if name != "verb"}
    if repeated := [name for name in arguments if len(query.getlist(name)) > 1]:
        raise Refusal("badArgument", f"Given more than once: {', '.join(repeated)}.")
    if TOKEN in arguments and verb in RESUMABLE:
        if len(arguments) > 1:
            raise Refusal("badArgument", f"{TOKEN} stands alone.")
        return HarvestRequest(verb, selection=_selection_of_token(verb, arguments[TOKEN]))
    if unknown := sorted(set(arguments) - takes.required - takes.optional):
        raise Refusal("badArgument", f"{verb} does not take: {', '.join(map(repr, unknown))}.")
    if missing := sorted(takes.required - set(arguments)):
        raise Refusal("badArgument", f"{verb} needs: {', '.join(missing)}.")
    prefix = arguments.get("metadataPrefix", "")
    if "metadataPrefix" in arguments and prefix not in FORMATS:
        raise Refusal("cannotDisseminateFormat", f"There are: {', '.join(FORMATS)}.")
    listed = "until" in takes.optional
    return HarvestRequest(
        verb, arguments.get("identifier", ""), prefix, _selection(prefix, arguments) if listed else None
    )


def _selection(prefix: str, arguments: dict[str, str]) -> Selection:
    since, until = (
        _instant(name, arguments[name]) if name in arguments else None for name in ("from", "until")
    )
    if since and until:
        if since.form != until.form:
            raise Refusal("badArgument", "Give both from and until as days, or both as seconds.")
        if since.begins > until.begins:
            raise Refusal("badArgument", "from is later than until.")
    of_set = arguments.get("set", "")
    if "set" in arguments and not _SET.fullmatch(of_set):
        raise Refusal("badArgument", "This is not the name of a set.")
    return Selection(prefix, since.begins if since else None, until.ends if until else None, of_set)


def _instant(name: str, text: str) -> Instant:
    for pattern, (form, lasts) in _FORMS.items():
        if pattern.fullmatch(text):
            try:
                begins = datetime.strptime(text, form).replace(tzinfo=UTC)
                return Instant(begins, begins + lasts, form)
            except (ValueError, OverflowError):
                break
    raise Refusal("badArgument", f"Write {name} as 2026-11-29 or 2026-11-29T14:00:00Z, in UTC.")


# --- Where a list goes on: all that is needed stands in the token, which we have signed ---------------------
def token_of(verb: str, selection: Selection) -> str:
    data: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(selection).items()
        if value
    }
    at, number = selection.after or (now(), 0)
    return signing.dumps({**data, "after": [at.isoformat(), number], "verb": verb}, salt=_SALT)


def _selection_of_token(verb: str, token: str) -> Selection:
    try:
        data = signing.loads(token, salt=_SALT)
        of = data.pop("verb")
        at, number = data.pop("after")
        instants = [name for name in ("since", "before") if name in data]
        data |= {name: datetime.fromisoformat(data[name]) for name in instants}
        selection = Selection(**data, after=(datetime.fromisoformat(at), number))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        of, selection = "", None
    if of != verb or selection is None:
        raise Refusal("badResumptionToken", "This token is none of ours, or was of another verb.")
    return selection


def next_selection(selection: Selection, headers: list[Any], total: int) -> Selection:
    last = headers[-1]
    return replace(
        selection, after=(last.changed_at, last.number), sent=selection.sent + len(headers), total=total
    )


# --- Identifiers --------------------------------------------------------------------------------------------
def repository() -> str:
    """Return the host of the portal, by which its identifiers differ from others."""
    return settings.SITE_URL.partition("//")[2].partition(":")[0].partition("/")[0]


def identifier_of(number: int) -> str:
    return f"oai:{repository()}:resource/{number}"


def number_of(identifier: str) -> int | None:
    digits = identifier.removeprefix(f"oai:{repository()}:resource/")
    is_number = digits != identifier and digits.isascii() and digits.isdecimal()
    return int(digits) if is_number and len(digits) <= LONGEST_NUMBER and digits == str(int(digits)) else None
