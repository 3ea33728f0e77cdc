"""Reports, what was decided on them, dossiers, and who opened papers: as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums import ReportOutcome, ReportWhat
from stakeholders.enums.contact import MessageOutcome, MessageWhat
from stakeholders.enums.moderation import Deed, ThingOutcome, ThingWhat, Why

_WHAT = dict([*ReportWhat.choices, *MessageWhat.choices, *ThingWhat.choices])
_OUTCOMES = dict([*ReportOutcome.choices, *MessageOutcome.choices, *ThingOutcome.choices])
_WHY = {"reason": dict(Why.choices)}

# Who reported it is nobody's to read here, so the sentence has no person.
sentence("stakeholders.reported", _("A report came in: %(what)s"), labels={"what": _WHAT})
sentence(
    "stakeholders.report_answered",
    _("%(actor)s answered the report: %(outcome)s"),
    labels={"outcome": _OUTCOMES},
)
sentence(
    "stakeholders.report_decided",
    _("%(actor)s decided on the report: %(deed)s. Reason: %(reason)s. Outcome: %(outcome)s"),
    labels={"outcome": _OUTCOMES, "deed": dict(Deed.choices), "reason": {"": "–", **dict(Why.choices)}},
)
sentence("stakeholders.log_exported", _("%(actor)s exported the log of moderation as %(format)s"))
sentence("stakeholders.dossier_made", _("%(actor)s got the dossier of %(subject)s"))
sentence("stakeholders.file_opened", _("%(actor)s opened a restricted file: %(subject)s"))
sentence("stakeholders.report_undone", _("%(actor)s showed it again"))


def sentences_of(prefix: str) -> None:
    """What `desk_moves` write about a kind of thing, as "events.event"; its people read it."""
    for name, text in (
        ("suspend", _("%(actor)s hid it: %(reason)s")),
        ("restore", _("%(actor)s showed it again")),
        ("remove", _("%(actor)s took it down: %(reason)s")),
    ):
        sentence(f"{prefix}.{name}", text, audience=Audience.SUBJECT, labels=_WHY)
