"""What happened to programmes, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("plan", _("%(actor)s changed how the programme is planned (%(fields)s)")),
    ("add_room", _("%(actor)s added a room to the programme")),
    ("change_room", _("%(actor)s changed a room of the programme (%(fields)s)")),
    ("remove_room", _("%(actor)s removed a room from the programme")),
    ("close_room", _("%(actor)s closed a room for some hours")),
    ("reopen_room", _("%(actor)s opened a room again")),
    ("add_official", _("%(actor)s added an official item to the programme")),
    ("change_official", _("%(actor)s changed an official item of the programme (%(fields)s)")),
    ("remove_official", _("%(actor)s removed an official item from the programme")),
    ("load_programme", _("%(actor)s placed meetings by a file (%(number)s)")),
):
    sentence(f"events.event.{_name}", _text)
for _name, _text in (
    ("place", _("%(actor)s placed the meeting")),
    ("unplace", _("%(actor)s took the meeting off the board")),
):
    sentence(f"events.proposal.{_name}", _text)
sentence(
    "events.event.release_programme",
    _("%(actor)s released version %(number)s of the programme"),
    audience=Audience.PUBLIC,
)
for _name, _text in (
    ("add_link", _("%(actor)s added a document, recording or report")),
    ("remove_link", _("%(actor)s removed a document, recording or report")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
