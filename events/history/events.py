"""What happened to events, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.hooks import sentences_of

sentence("events.event.write", _("%(actor)s wrote the event"))
sentence("events.event.change", _("%(actor)s changed the event (%(fields)s)"))
for _name, _text in (
    ("submit", _("%(actor)s sent the event to the desk")),
    ("return", _("%(actor)s returned the event with questions")),
    ("refuse", _("%(actor)s did not take the event")),
    ("withdraw", _("%(actor)s withdrew the event")),
):
    sentence(f"events.event.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("publish", _("%(actor)s published the event")),
    ("cancel", _("%(actor)s cancelled the event")),
    ("reschedule", _("%(actor)s moved the event to %(starts)s")),
):
    sentence(f"events.event.{_name}", _text, audience=Audience.PUBLIC)
sentences_of("events.event")
