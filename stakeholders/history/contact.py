"""Who may write to an entry, as sentences. What is written is nobody's to read here."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums.contact import ContactFrom

for _name, _text in (
    ("contact_chosen", _("%(actor)s changed who may write to the entry: %(contact_from)s")),
    ("sender_blocked", _("%(actor)s blocked a sender of messages")),
    ("sender_unblocked", _("%(actor)s takes messages of a blocked sender again")),
):
    sentence(
        f"stakeholders.{_name}",
        _text,
        audience=Audience.SUBJECT,
        labels={"contact_from": dict(ContactFrom.choices)},
    )
