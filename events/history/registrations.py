"""What happened to registrations, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("hold", _("The registration was received and waits for approval")),
    ("queue", _("The registration was put on the waiting list")),
    ("confirm", _("The registration was confirmed")),
    ("admit", _("%(actor)s gave a place without the form")),
    ("offer", _("A place that became free was offered")),
    ("lapse", _("The registration ran out")),
    ("remove", _("The registration ended with the account or the entry of its stakeholder")),
    ("approve", _("%(actor)s approved the registration")),
    ("approve_to_wait", _("%(actor)s approved the registration for the waiting list")),
    ("accept", _("%(actor)s accepted the place")),
    ("refuse", _("%(actor)s declined the registration")),
    ("cancel", _("%(actor)s gave up the place")),
    ("ask_again", _("%(actor)s changed answers that had been approved, and asked for approval again")),
    ("take_change", _("%(actor)s approved the changed answers")),
    ("leave_change", _("%(actor)s did not approve the changed answers")),
    ("count", _("%(actor)s counted the person in")),
    ("uncount", _("%(actor)s took back the counting")),
):
    sentence(f"events.registration.{_name}", _text, audience=Audience.SUBJECT)
sentence("events.registrationrules.change", _("%(actor)s changed how one registers (%(fields)s)"))
sentence("events.registrationrules.questions", _("%(actor)s changed the questions on registering"))
sentence(
    "events.registrationrules.invite", _("%(actor)s put %(number)s addresses on the list of invitations")
)
sentence("events.registrationrules.export", _("%(actor)s exported the list of registrations"))
sentence(
    "events.registrationrules.export_sensitive",
    _("%(actor)s exported the list of registrations with the sensitive answers"),
)
sentence("events.registrationrules.remind", _("Those who take part were reminded"))
sentence("events.registrationrules.erase", _("%(number)s sensitive answers were erased after the event"))
