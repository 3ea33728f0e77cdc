"""Sentences about mail that is sent once more."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card

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
