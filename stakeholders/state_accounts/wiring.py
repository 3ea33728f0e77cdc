"""State accounts in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from core.uploads import files
from notifications.hooks import kind
from stakeholders.invitations.queries import still_good
from stakeholders.state_accounts.enums import StateEnd
from stakeholders.state_accounts.models import StateAccount


def _note(user: Any, pk: int) -> StateAccount | None:
    """Return the account with the scanned note verbale, only for those who keep State accounts."""
    if not user.has_perm("stakeholders.keep_state_accounts"):
        return None
    return StateAccount.objects.visible_to(user).exclude(file="").filter(pk=pk).first()


files.register("note", _note)
kind(
    "stakeholders.state_invited",
    label=_("Invitation as a State user"),
    group=_("Invitations by the WhatsOn team"),
    secret=True,
    still_visible=still_good(StateAccount),
)
kind(
    "stakeholders.state_ended",
    label=_("Your State account was ended"),
    group=_("Your account"),
    essential=True,
)

for _name, _text in (
    ("stakeholders.state_invited", _("%(actor)s invited a State user (%(country)s)")),
    ("stakeholders.state_invited_again", _("%(actor)s wrote to the invited State user again")),
    ("stakeholders.state_accepted", _("%(actor)s accepted and is now a State user (%(country)s)")),
    ("stakeholders.state_ended", _("%(actor)s ended the State account: %(reason)s")),
):
    sentence(_name, _text, labels={"reason": dict(StateEnd.choices)})

desk_card(
    "vetting:states",
    group="people",
    position=20,
    title=_("State accounts"),
    text=_("People whom a State has nominated by note verbale."),
    permission="stakeholders.keep_state_accounts",
)

help_at("people#states", "stakeholders.state_accounts")
help_at("states#account", "stakeholders:for_states", "stakeholders:own_for_states")
