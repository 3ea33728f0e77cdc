"""Messages that the portal relays, in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.hooks import sign_in_for
from audit.enums import Audience
from audit.hooks import sentence
from core.help_places import help_at
from notifications.hooks import asks_for_answer, kind
from stakeholders.contact.actions import answer
from stakeholders.contact.models import Conversation
from stakeholders.contact.queries import has_written, name_of_public_entry
from stakeholders.entries.enums import ContactFrom
from stakeholders.entries.rules import acts_for_somebody

for _name, _text in (
    ("stakeholders.contact_chosen", _("%(actor)s changed who may write to the profile: %(contact_from)s")),
    ("stakeholders.sender_blocked", _("%(actor)s blocked a sender of messages")),
    ("stakeholders.sender_unblocked", _("%(actor)s unblocked a sender of messages")),
):
    sentence(_name, _text, audience=Audience.SUBJECT, labels={"contact_from": dict(ContactFrom.choices)})


def _writes_to(pk: int) -> str | None:
    """For an entry that everybody sees; of another nothing is said."""
    name = name_of_public_entry(pk)
    return gettext("Sign in to write to %(name)s.") % {"name": name} if name else None


sign_in_for.register("stakeholders:contact", _writes_to)


def _answer_by_mail(user: Any, pk: int, text: str) -> None:
    """Answer a conversation by mail, as on its page."""
    answer(Conversation.objects.visible_to(user).get(pk=pk), actor=user, text=text)


for _name, _label, _concerns in (
    ("stakeholders.contact_received", _("A message to your profile"), acts_for_somebody),
    ("stakeholders.contact_answered", _("A stakeholder answers your message"), has_written),
):
    kind(
        _name,
        label=_label,
        group=_("Messages"),
        among=Conversation.objects.visible_to,
        concerns=_concerns,
        answered=_answer_by_mail,
    )
asks_for_answer("stakeholders.contact_received")

help_at("visitors#contact", "stakeholders.contact")
help_at("profile#contact", "stakeholders:contact_settings", "stakeholders:unblock")
