"""Mails as a mail program with a browser's engine draws them: on a phone, in both schemes and directions."""

from types import SimpleNamespace

import pytest

from notifications.delivery.compose import compose
from notifications.outbox.models import Message

DUE = "2025-12-15T23:00:00+00:00"
ITEMS = [SimpleNamespace(text="A call closes", html="A call closes", url="https://a.example/")]
OVERVIEW = {"groups": [SimpleNamespace(label="Calls", items=ITEMS)], "count": 1, "more": 2}
MAILS = {
    "accounts.login_code": ({"code": "ABC-123", "until": DUE}, None),
    "events.arrived": ({"title": "Courts by the coast", "organizer": "Coastal Watch", "due": DUE}, None),
    "notifications.digest": ({"until": DUE, "rhythm": "weekly"}, OVERVIEW),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_has_no_barrier_and_fetches_nothing(page, axe, kind, language):
    facts, prepared = MAILS[kind]
    address = {"address": "a@b.example", "url": "/en/x/", "message_id": "<1@x>"}
    mail = compose(Message(kind=kind, language=language, facts=facts, **address), prepared)
    page.set_viewport_size({"width": 360, "height": 640})
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_content(mail.alternatives[0].content)
        axe(page)
    assert addresses == []
