"""The mail that a message stands for: text and HTML, headers, ways out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override

from notifications.delivery.mime import Mail
from notifications.happenings.words import facts_of, render_text, words
from notifications.outbox.models import Message
from notifications.preferences.signed_links import PREFERENCES, STOP, key_of
from notifications.providers import carried_headers


def compose(message: Message, prepared: Mapping[str, Any] | None = None) -> Mail:
    """The mail that `message` stands for: text and HTML of equal content. Needs its user loaded.

    `prepared` is what its kind prepared; what can be called in it is called in the recipient's language.
    """
    with override(message.language):
        context = {
            **facts_of(message, message.user),
            **{name: value() if callable(value) else value for name, value in (prepared or {}).items()},
        }
        direction = "rtl" if get_language_bidi() else "ltr"
        ways_out = _ways_out(message)
        frame = {**context, **ways_out, "lang": get_language(), "dir": direction, "to": message.address}
        plain = words(message, context)
        text = render_text("mail/frame.txt", {**frame, "parts": plain}, html=False)
        html = render_text(
            "mail/frame.html", {**frame, "parts": words(message, context, html=True)}, html=True
        )
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
            **_list_headers(message, ways_out),
            **carried_headers(settings.MAIL_PROVIDER, message.message_id),
        },
    )
    mail.attach_alternative(html, "text/html")
    for name, content, media_type in files:
        mail.attach(name, content, media_type)
    return mail


def _ways_out(message: Message) -> dict[str, str]:
    """Full addresses of the pages where mail of this kind can be stopped; none for what always arrives."""
    if not message.declared.is_optional:
        return {}
    own = message.declared.ways_out
    ways = (
        dict(own(message)) if own else {"stop_url": reverse("mail:stop", args=[key_of(message, salt=STOP)])}
    )
    if message.user_id and not own:
        ways["preferences_url"] = reverse("mail:preferences", args=[key_of(message, salt=PREFERENCES)])
    return {name: urljoin(f"{settings.SITE_URL}/", path) for name, path in ways.items()}


def _list_headers(message: Message, ways_out: Mapping[str, str]) -> dict[str, str]:
    """RFC 2919 and RFC 8058: which list it is, and one click to leave it."""
    if not ways_out:
        return {}
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Id": f"<{message.kind.replace('_', '-')}.{host}>",
        "List-Unsubscribe": f"<{ways_out['stop_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
