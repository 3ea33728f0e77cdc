"""What happened to issues and subscribers, as sentences; never an address."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("made", _("%(actor)s began an issue of the newsletter")),
    ("changed", _("%(actor)s changed the issue")),
    ("scheduled", _("%(actor)s set the issue to leave at %(at)s")),
    ("unscheduled", _("%(actor)s took the time back")),
    ("started", _("The issue began to leave")),
    ("left_out", _("%(number)s items were left out, since they are no longer public")),
    ("paused", _("%(actor)s paused the sending")),
    ("resumed", _("%(actor)s let the sending go on")),
    ("sent", _("The issue has left")),
    ("tested", _("%(actor)s sent a test")),
    ("discarded", _("%(actor)s threw the draft away")),
):
    sentence(f"news.issue.{_name}", _text)
for _name, _text in (
    ("confirmed", _("The subscription was confirmed (text of consent: %(version)s)")),
    ("changed", _("The subscriber chose anew")),
    ("left", _("The subscriber left, and the address was deleted")),
):
    sentence(f"news.subscriber.{_name}", _text, audience=Audience.SUBJECT)
