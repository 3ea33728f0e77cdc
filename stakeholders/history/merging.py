"""Two entries that became one, as a sentence of the one that stays."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

sentence(
    "stakeholders.merged_in",
    _("%(actor)s merged entry no. %(merged)s into this one; what belonged to it came along"),
    audience=Audience.SUBJECT,
)
