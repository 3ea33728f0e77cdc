"""Invitations by the desk and State accounts, as sentences. All are the desk's."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from stakeholders.enums.invited import StateEnd

for _name, _text in (
    ("desk_invited", _("%(actor)s invited somebody to register")),
    ("desk_invited_again", _("%(actor)s wrote to the invited person again")),
    ("desk_invitation_withdrawn", _("%(actor)s withdrew the invitation")),
    ("desk_invitation_declined", _("The invited person declined the invitation")),
    ("desk_invitation_accepted", _("%(actor)s accepted the invitation and began to register")),
    ("wave_made", _("%(actor)s took in a list: people to invite: %(count)s")),
    ("wave_added", _("%(actor)s added somebody to the wave of invitations")),
    ("wave_started", _("%(actor)s had the wave of invitations sent")),
    ("wave_paused", _("%(actor)s paused the wave of invitations")),
    ("wave_written", _("All invitations of the wave are written")),
):
    sentence(f"stakeholders.{_name}", _text)
for _name, _text in (
    ("state_invited", _("%(actor)s invited a State user (%(country)s)")),
    ("state_invited_again", _("%(actor)s wrote to the invited State user again")),
    ("state_accepted", _("%(actor)s accepted and is now a State user (%(country)s)")),
    ("state_ended", _("%(actor)s ended the State account: %(reason)s")),
):
    sentence(f"stakeholders.{_name}", _text, labels={"reason": dict(StateEnd.choices)})
