"""Messages that the portal relays, in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.registry import kind
from stakeholders.models import Conversation


def _still_theirs(user: Any, pk: int | None) -> bool:
    return bool(user) and pk is not None and Conversation.objects.visible_to(user).filter(pk=pk).exists()


for _name, _label in (
    ("contact_received", _("Somebody writes to your entry")),
    ("contact_answered", _("A stakeholder answers your message")),
):
    kind(f"stakeholders.{_name}", label=_label, group=_("Messages"), still_visible=_still_theirs)
