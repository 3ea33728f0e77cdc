"""What a mail that arrived is: a report, a complaint, an automatic reply, or words of a person.

Whatever arrives may be broken, huge or forged: reading never fails for its form, and nothing in it is
believed but addresses that bear our signature.
"""

import hashlib
import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Mime
from email.utils import parseaddr
from html.parser import HTMLParser
from typing import Any, NamedTuple

from django.conf import settings

from core.text import clean_block, clean_line
from notifications.incoming.enums import Sort
from notifications.incoming.signed_addresses import MOST_READ, RETURN, Signed, signed_in
from notifications.outbox.enums import Outcome

MOST_TEXT = 5_000
MOST_PARTS = 200
CUT = " […]"
# Where servers write to which address of ours a mail came.
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
# In the returned mail: to which address of ours it was to return.
OURS = ("Return-Path", "Original-Mail-From")
ROBOTS = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|(do-?)?no-?t?-?reply)@", re.IGNORECASE)
# RFC 3463, class 5: the mail or the way is to blame, not the address; the address may take mail later.
OF_THE_MAIL, FOR_NOW = re.compile(r"5\.([3567]\.|2\.3$)"), re.compile(r"5\.(2\.2|4\.7)$")
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
BASIC = re.compile(r"\b([45])\d\d\b")
# RFC 8601: what a server found out of the sender, as "mx.example.org 1; spf=pass …; dmarc=fail (p=none) …".
_COMMENT, _DMARC_FAILED = re.compile(r"\([^()]*\)"), re.compile(r";\s*dmarc\s*=\s*fail\b", re.IGNORECASE)
COMPLAINTS = {"abuse", "fraud", "opt-out", "virus"}


class Returned(NamedTuple):
    """`named` are the addresses of ours to which it came, or which the mail bore that it returns.

    `is_forged`: the server of the mailbox says that its sender did not send it.
    """

    sort: Sort
    digest: str
    named: list[Signed]
    sender: str = ""
    subject: str = ""
    text: str = ""
    note: str = ""
    outcome: Outcome | None = None
    is_forged: bool = False


def read_mail(raw: bytes) -> Returned:
    """Return what a mail is; `raw` may be only its beginning."""
    digest = hashlib.sha256(raw).hexdigest()
    try:
        return _classify_mail(message_from_bytes(raw), digest)
    except Exception as fault:  # noqa: BLE001  whatever a stranger wrote: the mails behind it are read
        return Returned(Sort.UNMATCHED, digest, [], note=f"Unreadable: {type(fault).__name__}")


def _classify_mail(mail: Mime, digest: str) -> Returned:
    named = signed_in(" ".join(_header(mail, *RECIPIENTS)))
    known: dict[str, Any] = {
        "digest": digest,
        "named": named,
        "sender": clean_line(parseaddr(_first(mail, "From"))[1])[:254],
        "subject": clean_line(_first(mail, "Subject"))[:200],
    }
    parts = _parts(mail)
    is_report = mail.get_content_type() == "multipart/report"
    of_type = {part.get_content_type(): part for part in reversed(parts)} if is_report else {}
    if report := of_type.get("message/delivery-status"):
        outcome, note = _delivery(report)
        return Returned(Sort.BOUNCE, **_with_returned(known, parts), outcome=outcome, note=note)
    if report := of_type.get("message/feedback-report"):
        feedback_type = (_field(report, "Feedback-Type") or "").lower()
        sort = Sort.COMPLAINT if feedback_type in COMPLAINTS else Sort.AUTOMATIC
        outcome = Outcome.COMPLAINED if sort == Sort.COMPLAINT else None
        return Returned(
            sort, **_with_returned(known, parts), outcome=outcome, note=clean_line(feedback_type)[:300]
        )
    if why := _by_machine(mail, known["sender"], returns=any(signed.purpose == RETURN for signed in named)):
        return Returned(why, **known)
    return Returned(Sort.LETTER, **known, text=_words(parts), is_forged=_is_forged(mail))


def _is_forged(mail: Mime) -> bool:
    """Only the server that the settings name is believed: it removes what others wrote under its name."""
    for header in _header(mail, "Authentication-Results"):
        text, before = header, ""
        while text != before:  # one comment may stand in another
            text, before = _COMMENT.sub(" ", text), text
        server = text.split(";")[0].split()
        if server and server[0].lower() == settings.MAILBOX_AUTHSERV_ID and _DMARC_FAILED.search(text):
            return True
    return False


def _with_returned(known: dict[str, Any], parts: list[Mime]) -> dict[str, Any]:
    """Also the addresses of ours in what was returned: its headers, whole or as text.

    Only where a mail returns counts. Everybody who gets a copy of an answer sees where the mail is answered.
    """
    texts = [value for part in parts[1:] for value in _header(part, *OURS)]
    texts += [_decode(part)[:MOST_READ] for part in parts if part.get_content_type() == "text/rfc822-headers"]
    addresses = dict.fromkeys([*known["named"], *signed_in(" ".join(texts))])
    return {**known, "named": [address for address in addresses if address.purpose == RETURN]}


# --- Reports ------------------------------------------------------------------------------------------
def _delivery(report: Mime) -> tuple[Outcome | None, str]:
    """RFC 3464: what became of the one address to which the mail went, and what its server said."""
    action, status, diagnosis = (_field(report, name) for name in ("Action", "Status", "Diagnostic-Code"))
    note = clean_line(f"{status} {diagnosis.partition(';')[2] or diagnosis}")[:300]
    match action.lower().split(" ")[0]:
        case "failed":
            return _failure(status, diagnosis), note
        case "delayed":
            return Outcome.DEFERRED, note
        case "delivered":
            return Outcome.DELIVERED, note
    return None, note


def _failure(status: str, diagnosis: str) -> Outcome:
    """Return the outcome by the most exact code of a report; without a code the failure is temporary."""
    codes = [*ENHANCED.findall(status), *ENHANCED.findall(diagnosis)]
    code = next((enhanced for enhanced in codes if not enhanced.endswith(".0.0")), codes[0] if codes else "")
    if not code:
        basic = BASIC.search(diagnosis)
        return Outcome.HARD if basic and basic[1] == "5" else Outcome.SOFT
    if not code.startswith("5") or FOR_NOW.match(code):
        return Outcome.SOFT
    return Outcome.REFUSED if OF_THE_MAIL.match(code) else Outcome.HARD


def _field(report: Mime, name: str) -> str:
    """A field of a report, which is blocks of fields: of each address, or of all."""
    blocks = report.get_payload()
    values = [_first(block, name) for block in blocks if isinstance(block, Mime)] if _is_list(blocks) else []
    return next((value for value in values if value), _first(report, name))


# --- Machines -----------------------------------------------------------------------------------------
def _by_machine(mail: Mime, sender: str, *, returns: bool) -> Sort | None:
    """RFC 3834, and what programs did before it. What else robots write stays for somebody to look at."""
    is_robot = _first(mail, "Return-Path").strip() == "<>" or bool(ROBOTS.match(sender)) or not sender
    submitted = _first(mail, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = _first(mail, "Precedence").strip().lower().replace("-", "_")
    is_automatic = (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(name in mail for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id"))
        or "disposition-notification" in str(mail.get("Content-Type", ""))
    )
    if is_automatic and (submitted or not (returns and is_robot)):
        return Sort.AUTOMATIC
    if is_robot or _first(mail, "X-Spam-Flag").strip().lower() == "yes":
        return Sort.UNMATCHED
    # People answer where an answer goes: what comes back to the sender of the envelope is a program's.
    return Sort.AUTOMATIC if returns else None


# --- Words of people ----------------------------------------------------------------------------------
def _words(parts: list[Mime]) -> str:
    """Return what the person wrote, without quotations; plain text is preferred to HTML."""
    texts = [part for part in parts if part.get_content_maintype() == "text" and not part.get_filename()]
    for kind in ("text/plain", "text/html"):
        for part in texts:
            if part.get_content_type() == kind:
                raw_text = _decode(part)
                text = clean_block(_without_quotes(_as_plain(raw_text) if kind == "text/html" else raw_text))
                if text:
                    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - len(CUT)] + CUT
    return ""


_DIVIDER = re.compile(r"^\s*(-{3,}.*-{3,}|_{10,}|-- ?)\s*$")
_HEADS = re.compile(r"^\W*(from|de|von|от|من|发件人)\s*[::]\s*.+@", re.IGNORECASE)


def _without_quotes(text: str) -> str:
    """Until the mail that is answered begins: quoted lines with the line that leads them in, a divider, or
    the headers as some programs repeat them."""
    lines = text.replace("\r\n", "\n").split("\n")
    own_lines: list[str] = []
    for at, line in enumerate(lines):
        if _DIVIDER.match(line) or _HEADS.match(line):
            break
        if line.lstrip("\u200e\u200f\u202a\u202b ").startswith(">"):
            if _is_quote_to_the_end(lines[at:]):
                return "\n".join(_without_lead(own_lines))
            continue
        own_lines.append(line)
    return "\n".join(own_lines)


def _is_quote_to_the_end(lines: list[str]) -> bool:
    return all(not line.strip() or line.lstrip("\u200e\u200f\u202a\u202b ").startswith(">") for line in lines)


def _without_lead(own_lines: list[str]) -> list[str]:
    """Return the lines without "On 3 December … wrote:", which may take several lines."""
    while own_lines and not own_lines[-1].strip():
        own_lines.pop()
    if own_lines and own_lines[-1].rstrip("\u200e\u200f\u202c ").endswith((":", "︰", ":")):
        while own_lines and own_lines[-1].strip():
            own_lines.pop()
    return own_lines


class _Words(HTMLParser):
    unseen, blocks = {"script", "style", "head", "blockquote"}, {"p", "div", "br", "li", "tr", "h1", "h2"}

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.unseen:
            self.depth += 1
        elif tag in self.blocks:
            self.texts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.texts.append(" ".join(data.split()) + " " if data.strip() else "")


def _as_plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(words.texts))


# --- What the library leaves to us ----------------------------------------------------------------------
def _parts(mail: Mime) -> list[Mime]:
    return [part for part, _number in zip(mail.walk(), range(MOST_PARTS), strict=False)]


def _is_list(payload: Any) -> bool:
    return isinstance(payload, list)


def _decode(part: Mime) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    for charset in (str(part.get_content_charset() or "utf-8"), "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _header(mail: Mime, *names: str) -> list[str]:
    return [str(value)[:MOST_READ] for name in names for value in mail.get_all(name, [])]


def _first(mail: Mime, name: str) -> str:
    """The value of a header as people read it; empty without one. Line breaks and NUL are none of it."""
    values = _header(mail, name)
    if not values:
        return ""
    pieces = []
    try:
        for text, charset in decode_header(values[0]):
            raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
            try:
                pieces.append(raw.decode(charset or "utf-8", "replace"))
            except LookupError:
                pieces.append(raw.decode("utf-8", "replace"))
    except (MessageError, ValueError):
        pieces = [values[0].encode("utf-8", "replace").decode("utf-8")]
    return clean_line("".join(pieces))
