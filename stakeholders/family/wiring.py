"""Parents and branches in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from notifications.hooks import asks_for_answer, kind
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.family.enums import Side

for _name, _text in (
    ("stakeholders.family_asked", _("A link with a parent organization or branch was asked for")),
    ("stakeholders.family_confirmed", _("A link with a parent organization or branch was confirmed")),
    ("stakeholders.family_ended", _("A link with a parent organization or branch was ended")),
):
    sentence(_name, _text, audience=Audience.SUBJECT, labels={"side": dict(Side.choices)})
sentence(
    "stakeholders.family_dropped",
    _("%(actor)s removed the parent organization that the application names"),
    audience=Audience.SUBJECT,
)


for _name, _label in (
    ("stakeholders.family_asked", _("An organization asks to be linked as branch or parent")),
    ("stakeholders.family_confirmed", _("A link with a branch or parent was confirmed")),
    ("stakeholders.family_ended", _("A link with a branch or parent was ended")),
):
    kind(
        _name,
        label=_label,
        group=_("Your organizations"),
        among=Stakeholder.objects.of_person,
        concerns=acts_for_somebody,
    )
asks_for_answer("stakeholders.family_asked")
