"""What waits, as sentences, and the mail when it waited too long."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import page_of, sentence
from notifications.hooks import kind
from workflow.items.queries import desk_page_for

page_of.fill(desk_page_for)

LEVELS = {"level": {1: _("the WhatsOn team"), 2: _("the head of the WhatsOn team")}}

sentence(
    "workflow.workitem.escalate",
    _("It had waited for %(days)s days and was passed to %(level)s"),
    labels=LEVELS,
)
sentence("workflow.workitem.reassign", _("%(actor)s reassigned the work to a colleague"))
sentence("workflow.workitem.hand_over", _("The regional focal point passed it to the WhatsOn team"))

kind(
    "workflow.escalated",
    label=_("Something has waited too long"),
    group=_("Work of the desk"),
    still_visible=lambda user, _subject: user.is_desk,
    concerns=lambda user: user.belongs_to_desk,
)
