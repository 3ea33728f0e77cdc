"""Networks in moderation: their pages can be reported; the desk speaks with the network about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from coordination.models import Network
from stakeholders.enums.moderation import ThingOutcome, ThingWhat
from stakeholders.registry import Reportable, reportable


def _find(user: Any, pk: int) -> Network | None:
    return Network.objects.visible_to(user).filter(pk=pk).first()


reportable.register(
    "coordination.network",
    Reportable(
        label=_("Network"),
        find=_find,
        whose=lambda _network: None,
        roles=(Role.CURATION,),
        what=ThingWhat.choices,
        outcomes=ThingOutcome.choices,
        dismissed=ThingOutcome.FOUND_RIGHT,
        acts={},
    ),
)
