"""Sentences about mail that is sent once more."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence("notifications.message_resent", _("%(actor)s had a message sent again (as number %(new)s)"))
