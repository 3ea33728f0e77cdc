"""The checklist, flags, trusted domains and reconsiderations, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums import FlagKind

sentence(
    "stakeholders.application.reopen",
    _("%(actor)s reopened the application after a reconsideration; it is in review again"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_asked",
    _("%(actor)s asked for a reconsideration of the refusal"),
    audience=Audience.SUBJECT,
)
sentence(
    "stakeholders.reconsideration_stands",
    _("%(actor)s looked at the application again: the refusal stands"),
    audience=Audience.SUBJECT,
)
sentence("stakeholders.checklist_answered", _("%(actor)s answered the checklist; answers changed: %(count)s"))
sentence(
    "stakeholders.checklist_question_added", _("%(actor)s added the question “%(code)s” to the checklist")
)
sentence(
    "stakeholders.checklist_question_changed", _("%(actor)s changed the question “%(code)s” of the checklist")
)
sentence("stakeholders.flag_raised", _("%(actor)s noted: %(kind)s"), labels={"kind": dict(FlagKind.choices)})
sentence(
    "stakeholders.flag_withdrawn", _("%(actor)s withdrew: %(kind)s"), labels={"kind": dict(FlagKind.choices)}
)
sentence("stakeholders.domain_trusted", _("%(actor)s put the mail domain %(domain)s on the trusted list"))
sentence("stakeholders.domain_ended", _("%(actor)s took the mail domain %(domain)s off the trusted list"))
