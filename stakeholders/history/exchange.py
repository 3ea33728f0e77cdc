"""Offers and needs, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from stakeholders.enums.exchange import Direction

for _name, _text in (
    ("offer_added", _("%(actor)s added to the offers and needs: %(direction)s")),
    ("offer_changed", _("%(actor)s changed in the offers and needs: %(direction)s")),
    ("offer_closed", _("%(actor)s closed in the offers and needs: %(direction)s")),
):
    sentence(
        f"stakeholders.{_name}",
        _text,
        audience=Audience.SUBJECT,
        labels={"direction": dict(Direction.choices)},
    )
