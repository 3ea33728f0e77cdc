"""What an entry says beyond its plain columns, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

sentence(
    "stakeholders.officers_changed",
    _("%(actor)s changed the officers; they were compared with the list in use"),
    audience=Audience.DESK,
)
