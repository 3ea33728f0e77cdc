"""Logos in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.enums import Audience
from audit.hooks import sentence
from core.uploads import files, kept_by_browsers
from stakeholders.hooks import Reportable, by_desk_moves, reportable, sentences_of
from stakeholders.logos.actions import moderate_logo
from stakeholders.logos.enums import LOGO
from stakeholders.logos.models import Logo
from workflow.hooks import parties_on

for _name, _text in (
    ("stakeholders.logo_changed", _("%(actor)s changed the picture of the profile")),
    ("stakeholders.logo_removed", _("%(actor)s removed the picture of the profile")),
):
    sentence(_name, _text, audience=Audience.SUBJECT)
sentences_of(LOGO)


def _logo(user: Any, pk: int) -> Logo | None:
    return Logo.objects.visible_to(user).select_related("stakeholder").filter(pk=pk).first()


def _parties(logo: Logo) -> set[str]:
    return {f"stakeholder:{logo.stakeholder_id}"}


files.register("logo", _logo)
kept_by_browsers.register("logo", 86_400)
parties_on.register(LOGO, _parties)
reportable.register(
    LOGO,
    Reportable(
        label=_("Picture of a profile"),
        find=_logo,
        stakeholder_of=lambda logo: logo.stakeholder,
        roles=(Role.VETTING,),
        **by_desk_moves(moderate_logo),
    ),
)
