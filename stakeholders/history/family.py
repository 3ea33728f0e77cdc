"""Links between branches and parents, as sentences. None names the other end: who reads may not know it."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums.family import Side

for _name, _text in (
    ("family_asked", _("A link with a parent organization or branch was asked for")),
    ("family_confirmed", _("A link with a parent organization or branch was confirmed")),
    ("family_ended", _("A link with a parent organization or branch was ended")),
):
    sentence(f"stakeholders.{_name}", _text, audience=Audience.SUBJECT, labels={"side": dict(Side.choices)})
sentence(
    "stakeholders.family_dropped",
    _("%(actor)s took out the parent organization that the application names"),
    audience=Audience.SUBJECT,
)
