"""How a stakeholder stands, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums import StandingReason

STANDING_REASONS = {"reason": dict(StandingReason.choices)}
for _name, _text in (
    ("lapse", _("Nobody had confirmed the entry in time, and it left the directory")),
    ("return", _("%(actor)s brought the entry back by confirming it")),
    ("suspend", _("%(actor)s suspended the entry: %(reason)s")),
    ("lift", _("%(actor)s lifted the suspension")),
    ("withdraw", _("%(actor)s withdrew the entry")),
    ("merge", _("%(actor)s merged the entry into another")),
):
    sentence(f"stakeholders.stakeholder.{_name}", _text, audience=Audience.SUBJECT, labels=STANDING_REASONS)
sentence(
    "stakeholders.confirmed", _("%(actor)s confirmed that the entry is right"), audience=Audience.SUBJECT
)
