"""Claims of listed entries, requests to join and handovers by the desk, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("claimed", _("%(actor)s gave the entry to those who claimed it; it came from: %(source)s, %(date)s")),
    ("join_asked", _("%(actor)s asked to join")),
    ("join_withdrawn", _("%(actor)s withdrew the request to join")),
    ("join_declined", _("%(actor)s declined a request to join")),
    ("join_passed_on", _("A request to join went to the desk, since nobody had answered it")),
    ("administrator_made", _("%(actor)s made a person administrator, for the desk")),
):
    sentence(f"stakeholders.{_name}", _text, audience=Audience.SUBJECT)
sentence("stakeholders.claim_proved", _("%(actor)s showed by mail at the entry's own domain to belong to it"))
