"""Sentences about mail that is sent once more, and the operator's numbers."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from prometheus_client.core import Metric

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.gauges import gauge
from core.metrics import gauges
from notifications.delivery.queries import mail_state

sentence("notifications.message_resent", _("%(actor)s had a message sent again (as number %(new)s)"))

desk_card(
    "desk_mail:list",
    group="system",
    position=30,
    title=_("Sent e-mail"),
    text=_("What arrived, what came back, and sending it again."),
    permission="notifications.see_mail",
)

desk_card(
    "sending:progress",
    group="system",
    position=40,
    title=_("Outgoing e-mail"),
    text=_("How many e-mails are pending, how fast they are sent, and a button to pause sending."),
    permission="notifications.steer_sending",
)


def mail_gauges() -> Iterator[Metric]:
    state = mail_state()
    yield gauge(
        "whatson_mail_waiting",
        "E-mails that have not left, by what they wait for",
        "state",
        rows=[((name,), count) for name, count in state.waiting.items()],
    )
    yield gauge(
        "whatson_mail_ended_last_day",
        "E-mails whose way ended within 24 hours, by how",
        "status",
        rows=[((name,), count) for name, count in state.ended.items()],
    )
    yield gauge("whatson_mail_oldest_seconds", "Since the first was due", rows=[((), state.oldest)])
    yield gauge(
        "whatson_mail_oldest_urgent_seconds",
        "Since the first of security and decisions was due",
        rows=[((), state.oldest_urgent)],
    )


gauges.register("mail", mail_gauges)
