"""What happened to letters to many, as sentences; never a name of who got one."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from coordination.enums.letters import Hat

for _name, _text in (
    ("made", _("%(actor)s began a message to many")),
    ("changed", _("%(actor)s changed the message")),
    ("discarded", _("%(actor)s threw the draft away")),
    ("release_asked", _("%(actor)s asked the desk to let it leave beyond the limit")),
    ("taken_back", _("%(actor)s took it back")),
    ("released", _("%(actor)s let it leave beyond the limit")),
    ("returned", _("%(actor)s gave it back to its writer")),
    ("started", _("%(actor)s sent the message (stakeholders: %(number)s)")),
    ("paused", _("%(actor)s paused the sending")),
    ("resumed", _("%(actor)s let the sending go on")),
    ("stopped", _("%(actor)s stopped the sending for good")),
    ("sent", _("The message has left")),
):
    sentence(f"coordination.letter.{_name}", _text, audience=Audience.SUBJECT)
sentence(
    "coordination.letter.limit",
    _("%(actor)s set the limit for messages to many: %(hat)s, %(day)s in 24 hours, %(month)s in 30 days"),
    labels={"hat": dict(Hat.choices)},
)
