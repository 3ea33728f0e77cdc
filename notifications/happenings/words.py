"""From a kind and its facts to words, in the reader's language."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from notifications.happenings.models import FactsRow


@dataclass(frozen=True)
class Words:
    """The parts of one message, as plain text or, in mail of two parts, already escaped for HTML."""

    subject: str
    happened: str
    todo: str
    button: str
    why: str


def words(facts_row: FactsRow, context: dict[str, Any], *, html: bool = False) -> Words:
    """Return the words of a row in the active language; `html` says whether facts must be escaped."""
    return Words(
        **{
            part: _part(facts_row, part, context, html=html)
            for part in ("subject", "happened", "todo", "button", "why")
        }
    )


def headline(facts_row: FactsRow, context: dict[str, Any]) -> SafeString:
    """Return what happened, escaped, as a line of the inbox."""
    return SafeString(_part(facts_row, "happened", context, html=True))


def headline_plain(facts_row: FactsRow, context: dict[str, Any]) -> str:
    """Return what happened as plain text in one line."""
    return " ".join(_part(facts_row, "happened", context, html=False).split())


def path_of(facts_row: FactsRow) -> str:
    """Return its page, as a path in the active language or a full address; an empty text without one."""
    return reverse(facts_row.url_name, args=facts_row.url_args) if facts_row.url_name else facts_row.url


def address_of(facts_row: FactsRow) -> str:
    """Return its page as a full address; an empty text without one."""
    path = path_of(facts_row)
    return urljoin(f"{settings.SITE_URL}/", path) if path else ""


def facts_of(facts_row: FactsRow, user: Any) -> dict[str, Any]:
    """Return what the words of a kind may use."""
    return {
        "facts": facts_row.facts,
        "recipient_name": user.name if user else "",
        "time_zone": user.time_zone if user else "",
        "url": address_of(facts_row),
        "address": getattr(facts_row, "address", ""),
        "site_url": settings.SITE_URL,
        "desk_email": settings.DESK_EMAIL,
    }


def _part(facts_row: FactsRow, part: str, context: dict[str, Any], *, html: bool) -> str:
    text = render_text(f"{facts_row.declared.template}#{part}", context, html=html)
    if part in {"todo", "why", "happened"}:
        return SafeString(text) if html else text
    line = " ".join(text.split())
    return SafeString(line) if html else line


def render_text(name: str, context: dict[str, Any], *, html: bool) -> str:
    # Plain text holds an apostrophe as it is; Django's own `render` would escape it.
    return str(template_of(name).render(Context(context, autoescape=html))).strip()


def template_of(name: str) -> Any:
    """The compiled template, which the loader keeps."""
    return get_template(name).template  # type: ignore[attr-defined]
