"""What happened to activities and to reports of a period, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

for _name, _text in (
    ("plan", _("%(actor)s planned the activity")),
    ("change", _("%(actor)s changed the activity (%(fields)s)")),
    ("hold", _("%(actor)s said that the activity was held")),
    ("report", _("%(actor)s reported what came of the activity")),
    ("cancel", _("%(actor)s cancelled the activity")),
    ("resume", _("%(actor)s put the activity back into the plan")),
    ("correct", _("%(actor)s opened the report of the activity again")),
    ("involve", _("%(actor)s added stakeholders to the activity")),
    ("leave_out", _("%(actor)s took a stakeholder out of the activity")),
    ("add_file", _("%(actor)s added a file to the activity")),
    ("remove_file", _("%(actor)s removed a file from the activity")),
    ("follow_up", _("%(actor)s wrote down what follows from the activity")),
    ("finish", _("%(actor)s did what followed from the activity")),
    ("hand_over", _("%(actor)s passed the activity on to somebody else")),
):
    sentence(f"coordination.activity.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("write", _("%(actor)s began the report")),
    ("change", _("%(actor)s changed the report (%(fields)s)")),
    ("publish", _("%(actor)s published the report")),
    ("withdraw", _("%(actor)s took the report from public view")),
):
    sentence(f"coordination.periodreport.{_name}", _text, audience=Audience.SUBJECT)
