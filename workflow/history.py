from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence

LEVELS = {"level": {1: _("the desk"), 2: _("the head of desk")}}

sentence(
    "workflow.workitem.escalate",
    _("It had waited for %(days)s days and was passed to %(level)s"),
    labels=LEVELS,
)
sentence("workflow.workitem.hand_over", _("It was passed from the regional focal point to the desk"))
sentence(
    "workflow.changerequest.propose", _("%(actor)s proposed a change (%(fields)s)"), audience=Audience.SUBJECT
)
sentence(
    "workflow.changerequest.approve", _("%(actor)s approved the proposed change"), audience=Audience.SUBJECT
)
sentence(
    "workflow.changerequest.refuse", _("%(actor)s refused the proposed change"), audience=Audience.SUBJECT
)
sentence(
    "workflow.changerequest.withdraw", _("%(actor)s withdrew the proposed change"), audience=Audience.SUBJECT
)
sentence("workflow.extension.give", _("%(actor)s gave one party more time, until %(until)s"))
