"""Participation figures in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept
from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at

sentence("coordination.participation_on", _("%(actor)s took on the task of participation figures"))
sentence("coordination.participation_off", _("%(actor)s ended the counting of participation"))
sentence(
    "coordination.periodreport.freeze",
    _("%(actor)s froze participation figures as a report"),
    audience=Audience.SUBJECT,
)
declare_kept(_("Work done at the desk"), "coordination.participationtask.holder")

desk_card(
    "participation:home",
    group="events",
    position=60,
    title=_("Participation figures"),
    text=_("Who registered, came, spoke and contributed, for a donor or the Conference."),
    permission="coordination.count_participation",
)

help_at("events#participation", "participation")
