"""What happened to a person's calendar address, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence("events.address_made", _("%(actor)s made an address for a calendar"))
sentence("events.address_revoked", _("%(actor)s revoked the address of a calendar"))
