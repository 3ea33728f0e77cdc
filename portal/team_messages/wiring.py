"""Messages to the team, in the registries of the apps below."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Retained, Section, declare_erased, declare_kept, erasers, retained, sections
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from core.personal_data import DataField, data_fields
from notifications.hooks import kind
from portal.team_messages import queries
from portal.team_messages.actions import ANSWERED, ITEM, KIND, RECEIVED, erase, remove
from portal.team_messages.enums import MessageStatus, Suspicion
from portal.team_messages.models import TeamMessage
from portal.team_messages.queries import messages_of
from workflow.hooks import MyWork, desk_pages, my_work

desk_pages.register(KIND, "portal:desk_team_message")
my_work.register("portal.team_messages", MyWork(queries.my_rows, queries.my_work))
desk_card(
    "portal:team_messages",
    group="people",
    position=50,
    title=_("Messages to the team"),
    text=_("What people write by the contact form; what is held as spam."),
    permission="portal.view_team_messages",
    work=(ITEM,),
    do=_("Answer the message"),
)
kind(RECEIVED, label=_("Receipt for your message to the WhatsOn team"), group=_("Messages"), essential=True)
kind(ANSWERED, label=_("Answer of the WhatsOn team to your message"), group=_("Messages"), essential=True)

# Who wrote it is the team's alone, and the log keeps nobody.
for _name, _text in (
    ("team_message_sent", _("A message to the team came in")),
    ("team_message_held", _("A message to the team was held: %(why)s")),
    ("teammessage.answer", _("%(actor)s answered the message")),
    ("teammessage.close", _("%(actor)s closed the message without an answer")),
    ("teammessage.hold", _("%(actor)s marked the message as spam")),
    ("teammessage.reopen", _("%(actor)s opened the message again")),
):
    sentence(f"portal.{_name}", _text, labels={"why": dict(Suspicion.choices)})


def _data(user: Any) -> Iterator[list[DataField]]:
    for message in messages_of(user):
        yield data_fields(message, "reference", "purpose", "text", "at", "status", "answer", "answered_at")


sections.register(
    "team_messages",
    Section(
        _("Messages to the WhatsOn team"), _("What you wrote to it by the form, and its answers."), _data
    ),
)
erasers.register("portal.team_messages", erase)
declare_erased(_("Your messages to the WhatsOn team, with the answers"), "portal.teammessage.sender")
declare_kept(_("Work done at the desk"), "portal.teammessage.answered_by")


def _old_messages(before: datetime) -> QuerySet[Any]:
    return TeamMessage.objects.filter(updated_at__lt=before)


def _old_spam(before: datetime) -> QuerySet[Any]:
    return _old_messages(before).filter(status=MessageStatus.SPAM)


retained.register(
    "portal.team_message",
    Retained(
        label=_("Messages to the WhatsOn team"),
        about=_("Days after the message was last changed, with all e-mail about it."),
        days=365,
        least=30,
        most=1825,
        reason="As conversations with stakeholders; set by the portal's makers, 2026-12.",
        rows=_old_messages,
        remove=remove,
    ),
)
retained.register(
    "portal.team_spam",
    Retained(
        label=_("Messages to the WhatsOn team that are held as spam"),
        about=_("Days after they were held."),
        days=30,
        least=7,
        most=365,
        reason="Long enough to find one that was held in error; set by the portal's makers, 2026-12.",
        rows=_old_spam,
        remove=remove,
    ),
)

help_at("visitors#contact", "portal:write_to_team", "portal:team_message", "portal:desk_team_message")
help_at("#staff", "portal:team_messages")
