"""What happened to reports of meetings, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("begin", _("%(actor)s began the report")),
    ("change", _("%(actor)s changed the report (%(fields)s)")),
    ("add_file", _("%(actor)s added a file or link to the report")),
    ("remove_file", _("%(actor)s removed a file or link from the report")),
    ("submit", _("%(actor)s sent the report to the desk")),
    ("publish", _("%(actor)s published the report")),
    ("return", _("%(actor)s sent the report back")),
):
    sentence(f"events.report.{_name}", _text, audience=Audience.SUBJECT)
