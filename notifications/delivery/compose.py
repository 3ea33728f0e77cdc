"""Make the e-mail of a message: text and HTML, headers, and links to unsubscribe."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi, override

from notifications.delivery.mime import Mail
from notifications.happenings.words import Words, facts_of, render_text, template_of, words
from notifications.incoming.signed_addresses import REPLY, RETURN, signed_address
from notifications.outbox.models import Message
from notifications.preferences.signed_links import PREFERENCES, STOP, key_of
from notifications.providers import carried_headers


def compose(message: Message, prepared: Mapping[str, Any] | None = None) -> Mail:
    """Return the e-mail of a message, as text and HTML of equal content. Its user must have been loaded.

    `prepared` is context from the `prepare` of its kind; callables in it run in the recipient's language.
    """
    with override(message.language):
        reply_to = _reply_to(message)
        context = {
            **facts_of(message, message.user),
            "reply_person": reply_to if message.declared.answered else "",
            "reply_desk": "" if message.declared.answered else reply_to,
            **{name: value() if callable(value) else value for name, value in (prepared or {}).items()},
        }
        links = _unsubscribe_links(message)
        plain = words(message, context)
        text = _fill_frame(plain, context | links, html=False)
        context["preheader"] = preheader(message, plain, context.get("groups", ()))
        html = _fill_frame(words(message, context, html=True), context | links, html=True)
        files = message.declared.attach(message) if message.declared.attach else ()
    mail = Mail(
        subject=plain.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
            **({"Reply-To": reply_to} if reply_to else {}),
            **_list_headers(message, links),
            **carried_headers(settings.MAIL_PROVIDER, message.message_id),
        },
    )
    mail.return_path = signed_address(RETURN, message.pk)
    mail.attach_alternative(html, "text/html")
    for name, content, media_type in files:
        mail.attach(name, content, media_type)
    return mail


def preheader(message: Message, plain: Words, groups: Sequence[Any]) -> str:
    """Return the line that a list of e-mails shows beside the subject: what happened and what to do.

    For a digest these are its items. For a message with a secret it is only what happened, since locked
    screens show it.
    """
    if groups:
        text = " · ".join(item.text for group in groups for item in group.items)
    else:
        text = plain.happened if message.declared.secret else f"{plain.happened} {plain.todo}"
    return Truncator(" ".join(text.split())).chars(PREHEADER)


PREHEADER = 140  # characters; no list of e-mails shows more
# Follows a short preheader, so that the list does not continue with the text of the logo.
_FILLER = SafeString("&#847;&zwnj;&nbsp;" * 40)
# Outlook renders by Word, which inherits no style from the elements around: each cell has all of them.
_FACE = "font-family:'Noto Sans',system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
_STYLES = {
    "face": SafeString(_FACE),
    "type": SafeString(f"color:#1f2a37;font-size:17px;line-height:1.55;{_FACE}"),
    "mark": SafeString(f"font-size:17px;line-height:29px;font-weight:600;{_FACE}"),
    "filler": _FILLER,
}
_PARAGRAPH = '<p style="margin:0 0 12px">'  # Word sets other margins

# The variables of the frame that differ from one e-mail to the next.
_VARIABLES = (
    "subject",
    "preheader",
    "happened",
    "todo",
    "button",
    "why",
    "url",
    "code",
    "stop_url",
    "preferences_url",
    "reply_person",
    "reply_desk",
)
_MARK = "\ue000"  # a character of the private use area, which no text has


def _fill_frame(parts: Words, context: Mapping[str, Any], *, html: bool) -> str:
    """Return the words in the frame of all e-mails, rendered once for each language and set of variables."""
    fields = {**context, **vars(parts), "code": context["facts"].get("code")}
    values = {name: str(fields.get(name) or "") for name in _VARIABLES}
    if html:
        texts = ("happened", "todo", "why")
        values |= {
            name: SafeString(linebreaks(values[name]).replace("<p>", _PARAGRAPH))
            for name in texts
            if values[name]
        }
        values = {name: conditional_escape(value) for name, value in values.items()}
    name = "mail/frame.html" if html else "mail/frame.txt"
    if context.get("groups") or context.get("more"):
        return render_text(name, {**context, **values, **_frame_style()}, html=html)
    filled = tuple(name for name, value in values.items() if value)
    site = context["site_url"], context["desk_email"]
    pieces = _pieces(template_of(name), get_language(), filled, *site, html=html)
    # Every second piece is the name of a variable.
    return "".join(values[piece] if position % 2 else piece for position, piece in enumerate(pieces))


@lru_cache(128)
def _pieces(
    template: Any, language: str, filled: Sequence[str], site_url: str, desk_email: str, *, html: bool
) -> list[str]:
    """Return the frame cut at its variables: text, name of a variable, text, and so on."""
    marked = {name: SafeString(f"{_MARK}{name}{_MARK}") for name in filled}
    constants = {"site_url": site_url, "desk_email": desk_email, **_frame_style()}
    return str(template.render(Context(marked | constants, autoescape=html))).strip().split(_MARK)


def _frame_style() -> dict[str, Any]:
    """Return language, direction and styles of the frame. Word knows left and right, but not start."""
    side = {"dir": "rtl", "start": "right"} if get_language_bidi() else {"dir": "ltr", "start": "left"}
    return {"lang": get_language(), **side, **_STYLES}


def _unsubscribe_links(message: Message) -> dict[str, str]:
    """Return full addresses of pages where this kind of e-mail can be stopped; {} if it always arrives."""
    if not message.declared.is_optional:
        return {}
    own = message.declared.ways_out
    paths = (
        dict(own(message)) if own else {"stop_url": reverse("mail:stop", args=[key_of(message, salt=STOP)])}
    )
    if message.user_id and not own:
        paths["preferences_url"] = reverse("mail:preferences", args=[key_of(message, salt=PREFERENCES)])
    return {name: urljoin(f"{settings.SITE_URL}/", path) for name, path in paths.items()}


def _reply_to(message: Message) -> str:
    """Return the address for replies; none for a message with a secret, which a reply would repeat."""
    return "" if message.declared.secret else signed_address(REPLY, message.pk)


def _list_headers(message: Message, links: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that name the list (RFC 2919) and unsubscribe with one click (RFC 8058)."""
    if not links:
        return {}
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Id": f"<{message.kind.replace('_', '-')}.{host}>",
        "List-Unsubscribe": f"<{links['stop_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
