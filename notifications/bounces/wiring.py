"""Sentences about addresses. An address is in the row that the sentence is about, not in the log."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from notifications.bounces.enums import Why

sentence(
    "notifications.address_held",
    _("E-mail to an address is held back (%(why)s)"),
    labels={"why": dict(Why.choices)},
)
sentence("notifications.address_noted", _("%(actor)s noted that an address does not work"))
sentence("notifications.address_lifted", _("%(actor)s lets e-mail through to an address again"))
sentence("notifications.address_works", _("%(actor)s showed that e-mail to their address arrives again"))
